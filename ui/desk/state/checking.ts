/** Whether it is said at each place what is missing there. It is not before somebody asks: an empty form is nobody's mistake. */
import { getContext, setContext } from 'svelte';

export interface Checking {
  readonly on: boolean;
}

const KEY = Symbol('checking');

export function provideChecking(checking: Checking): void {
  setContext(KEY, checking);
}

export function useChecking(): Checking {
  return getContext<Checking>(KEY);
}
