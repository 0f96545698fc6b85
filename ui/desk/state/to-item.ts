import { tick } from 'svelte';

/** Puts the focus into what was added just now: its first field. */
export async function toItem(at: string): Promise<void> {
  await tick();
  document.getElementById(at)?.querySelector<HTMLElement>('input, textarea, select')?.focus();
}
