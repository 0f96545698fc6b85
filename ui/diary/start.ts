/**
 * Puts the page on the screen, over whichever host the entry brings.
 *
 * An invitation that was tapped outside comes in the address's fragment, `#invitation=<link, URI-encoded>`, at the start or
 * later: the shell sets it, and the page takes it out again at once.
 */
import { mount } from 'svelte';
import '../common/tokens.css';
import '../common/base.css';
import type { DiaryCommands } from '../common/generated/diary';
import type { Host } from '../common/host/host';
import './words';
import App from './App.svelte';
import { Diary } from './state/diary.svelte';
import { INVITATION } from './state/invitation-link';

export async function start(host: Host<DiaryCommands>): Promise<void> {
  const diary = new Diary(host);
  // Nothing is shown in a language or a light that the person does not want.
  await diary.looks.begin();
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
