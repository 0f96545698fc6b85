/**
 * A control that is taken away and put there anew while its screen stays: a finger that is on it just then taps nothing,
 * and nobody can tell why. It happens where a screen shows a button before what it asked for has come, and the same
 * button elsewhere after that.
 */
import type { Page } from '@playwright/test';

/** From the next page on, each such control is named on the page's console as an error. */
export async function watchForTwins(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const CONTROLS = 'button, a[href], input, select, textarea';
    /** The screen, by its heading, that each control came with. */
    const cameWith = new WeakMap<Element, Element | null>();
    const among = (nodes: NodeList) =>
      [...nodes].flatMap((node) => {
        if (!(node instanceof Element)) return [];
        return [...(node.matches(CONTROLS) ? [node] : []), ...node.querySelectorAll(CONTROLS)];
      });
    const called = (control: Element) =>
      `${control.tagName} ${control.getAttribute('aria-label') ?? (control.textContent || control.id)}`.trim();
    new MutationObserver((changes) => {
      const heading = document.querySelector('h1');
      const came = changes.flatMap((change) => among(change.addedNodes)).filter((each) => each.isConnected);
      const went = changes.flatMap((change) => among(change.removedNodes)).filter((each) => !each.isConnected);
      for (const control of went)
        if (heading !== null && cameWith.get(control) === heading) {
          const twin = came.find((each) => !cameWith.has(each) && called(each) === called(control));
          if (twin) console.error(`replaced while its screen stays: ${called(control)}`);
        }
      for (const control of came) if (!cameWith.has(control)) cameWith.set(control, heading);
    }).observe(document, { subtree: true, childList: true });
  });
}
