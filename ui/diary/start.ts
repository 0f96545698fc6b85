/**
 * Puts the page on the screen, over whichever host the entry brings.
 *
 * An invitation that was tapped outside comes in the address's fragment, `#invitation=<link, URI-encoded>`, at the start or
 * later: the shell sets it, and the page takes it out again at once.
 */
import { mount } from 'svelte';
import '../common/tokens.css';
import '../common/base.css';
import type { Host } from '../common/host/host';
import { declareLanguage } from '../common/words/fluent';
import App from './App.svelte';
import { Diary } from './state/diary.svelte';

const INVITATION = '#invitation=';

export function start(host: Host): void {
  declareLanguage(document.documentElement);
  const diary = new Diary(host);
  mount(App, { target: document.getElementById('page')!, props: { diary } });

  const followAddress = () => {
    if (!location.hash.startsWith(INVITATION)) return;
    const link = decodeURIComponent(location.hash.slice(INVITATION.length));
    history.replaceState(history.state, '', location.pathname);
    diary.openInvitation(link);
  };
  addEventListener('hashchange', followAddress);
  followAddress();
}
