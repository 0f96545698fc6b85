/**
 * The page in a frame of the desk's page, where a researcher sees a study as phones show it. What holds it up is the page host that
 * `waymark-desk open` runs for it; the rest is the page as it is everywhere.
 */
import type { DiaryCommands } from '../common/generated/diary';
import { httpHost } from '../common/host/http';
import { tokenOfTheRun } from '../common/host/link';
import { moveClock } from './preview/clock';
import { keepFocusInside } from './preview/focus';
import { keepHistory } from './preview/history';
import { tellWhenSeen } from './preview/seen';
import { start } from './start';
import { INVITATION } from './state/invitation-link';

/** What this host alone answers: how the page begins, and that somebody is there. */
interface PreviewCommands extends DiaryCommands {
  beginning: { input: Record<string, never>; output: { days_ahead: number; invitation: string | null } };
  seen: { input: Record<string, never>; output: Record<string, never> };
}

const host = httpHost<PreviewCommands>(await tokenOfTheRun());
const { days_ahead, invitation } = await host.call('beginning', {});
moveClock(days_ahead);
keepHistory();
keepFocusInside();
tellWhenSeen(() => void host.call('seen', {}).catch(() => {}));
// As if it had been tapped just now.
if (invitation !== null) history.replaceState(history.state, '', INVITATION + encodeURIComponent(invitation));
await start(host);
