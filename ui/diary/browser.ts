/**
 * The page in a browser, over a page host on this machine. The address brings the token of the run in its fragment; it
 * is kept for this tab, so that the page can load anew when it locks, and taken out of the address.
 */
import { httpHost } from '../common/host/http';
import { start } from './start';

const KEY = 'token';
const given = location.hash.slice(1);
if (/^[0-9a-f]{64}$/.test(given)) {
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', location.pathname);
}
void start(httpHost(sessionStorage.getItem(KEY) ?? ''));
