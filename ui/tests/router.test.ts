import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from '../common/state/router.svelte';
import type { Screen } from '../diary/state/screens';

/** The browser's history: what goes along it gets there later, as the standard has it. */
class History {
  scrollRestoration = 'auto';
  #states: unknown[] = [null];
  #at = 0;
  #arrive: () => void = () => undefined;

  listen = (name: string, arrive: () => void) => {
    expect(name).toBe('popstate');
    this.#arrive = arrive;
  };

  get state(): unknown {
    return this.#states[this.#at];
  }

  get steps(): unknown[] {
    return this.#states.slice(0, this.#at + 1);
  }

  pushState(state: unknown): void {
    this.#states = [...this.steps, state];
    this.#at++;
  }

  replaceState(state: unknown): void {
    this.#states[this.#at] = state;
  }

  go(steps: number): void {
    setTimeout(() => {
      const to = this.#at + steps;
      if (to < 0 || to >= this.#states.length) return;
      this.#at = to;
      this.#arrive();
    });
  }
}

describe('the way back', () => {
  let router: Router<Screen>;
  let browser: History;
  const arrived = () => vi.runAllTimersAsync();
  const name = () => router.screen.name;

  afterEach(() => void vi.useRealTimers());

  beforeEach(() => {
    vi.useFakeTimers();
    browser = new History();
    vi.stubGlobal('history', browser);
    vi.stubGlobal('addEventListener', browser.listen);
    router = new Router<Screen>({ name: 'welcome' });
    router.start({ name: 'me' });
    router.go({ name: 'looks' });
  });

  it('is taken at once, and the browser follows', async () => {
    router.back();
    expect(name()).toBe('me');
    await arrived();
    expect([name(), browser.steps]).toEqual(['me', [0]]);
  });

  it('is the phone’s own button too', async () => {
    browser.go(-1);
    await arrived();
    expect([name(), router.deep]).toEqual(['me', false]);
  });

  it.each([
    ['another screen', () => router.go({ name: 'phase' }), 'phase', [0, 1]],
    ['a fresh start', () => router.start({ name: 'diary' }), 'diary', [0]],
    ['nothing more to go back to', () => router.back(), 'me', [0]],
  ])('and what comes before the browser got there stays: %s', async (_, then, screen, steps) => {
    router.back();
    then();
    await arrived();
    expect([name(), browser.steps]).toEqual([screen, steps]);
  });

  it('is taken twice in a row', async () => {
    router.go({ name: 'phase' });
    router.back();
    router.back();
    await arrived();
    expect([name(), browser.steps]).toEqual(['me', [0]]);
    router.go({ name: 'phones' });
    browser.go(-1);
    await arrived();
    expect([name(), browser.steps]).toEqual(['me', [0]]);
  });

  it('is not taken by the phone’s own button where the screen says no', async () => {
    const stop = router.guard(() => Promise.resolve(false));
    browser.go(-1);
    await arrived();
    expect([name(), browser.steps]).toEqual(['looks', [0, 1]]);
    stop();
    browser.go(-1);
    await arrived();
    expect([name(), browser.steps]).toEqual(['me', [0]]);
  });

  it('is taken by it once the screen says yes, and one step however often it is pressed meanwhile', async () => {
    router.start({ name: 'today' });
    router.go({ name: 'me' });
    router.go({ name: 'looks' });
    let answer = (_yes: boolean) => {};
    const asked = new Promise<boolean>((resolve) => (answer = resolve));
    router.guard(() => asked);
    for (let press = 0; press < 3; press += 1) {
      browser.go(-1);
      await arrived();
      expect([name(), browser.steps]).toEqual(['looks', [0, 1, 2]]);
    }
    answer(true);
    await arrived();
    expect([name(), browser.steps]).toEqual(['me', [0, 1]]);
  });

  it('is not taken either where two presses come before the browser is back', async () => {
    router.start({ name: 'today' });
    router.go({ name: 'me' });
    router.go({ name: 'looks' });
    router.guard(() => Promise.resolve(false));
    browser.go(-1);
    browser.go(-1);
    await arrived();
    expect([name(), browser.steps]).toEqual(['looks', [0, 1, 2]]);
  });

  it.each([
    ['the phone’s own button', 1, () => browser.go(-1)],
    ['its own', 0, () => {}],
  ])('closes what lies over a first screen, and nothing more: by %s', async (_, times, press) => {
    router.start({ name: 'today' });
    await arrived();
    let closed = 0;
    const gone = router.cover(() => (closed += 1));
    expect(browser.steps).toEqual([0, 1]);
    press();
    await arrived();
    gone();
    await arrived();
    expect([name(), closed, browser.steps]).toEqual(['today', times, [0]]);
  });

  it('has nothing behind a fresh start', async () => {
    router.go({ name: 'phase' });
    router.start({ name: 'diary' });
    await arrived();
    expect([name(), router.deep, browser.steps]).toEqual(['diary', false, [0]]);
  });

  it('leads past a screen that the phone’s forward button left behind', async () => {
    browser.go(-1);
    await arrived();
    browser.go(1);
    await arrived();
    expect(name()).toBe('me');
    router.go({ name: 'phase' });
    router.back();
    await arrived();
    expect(name()).toBe('me');
    router.go({ name: 'phones' });
    browser.go(-1);
    await arrived();
    expect(name()).toBe('me');
  });
});
