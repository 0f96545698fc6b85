/**
 * A history of the frame's own. A frame's steps are otherwise steps of the whole tab, so that back on one phone would be back on the
 * other, or in the page around them.
 */

/** From now on the page's steps are kept here, and the tab has none of them. The address can still be replaced. */
export function keepHistory(): void {
  const steps: unknown[] = [null];
  let at = 0;
  const replace = history.replaceState.bind(history);
  const go = (by: number) => {
    // As the browser does it: later, and not beyond its ends.
    setTimeout(() => {
      at = Math.min(Math.max(at + by, 0), steps.length - 1);
      dispatchEvent(new PopStateEvent('popstate', { state: steps[at] }));
    });
  };
  Object.defineProperties(history, {
    state: { get: () => steps[at] },
    length: { get: () => steps.length },
    pushState: {
      value: (state: unknown) => {
        at += 1;
        steps.splice(at, steps.length, state);
      },
    },
    replaceState: {
      value: (state: unknown, unused: string, address?: string | URL | null) => {
        steps[at] = state;
        if (address != null) replace(null, unused, address);
      },
    },
    go: { value: go },
    back: { value: () => go(-1) },
    forward: { value: () => go(1) },
  });
}
