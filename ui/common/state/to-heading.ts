import { tick } from 'svelte';

/** Puts the focus on the screen's heading, when what had it is gone from the page. */
export async function toHeading(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('h1')?.focus();
}
