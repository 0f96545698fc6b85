import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandError } from '../common/host/host';
import type { DeskCommands, PreviewView } from '../common/generated/desk';
import { Previewing } from '../desk/state/previewing.svelte';
import { moveClock } from '../diary/preview/clock';
import { keepHistory } from '../diary/preview/history';
import { tellWhenSeen } from '../diary/preview/seen';

const wanted = { languages: ['en'], day: null };
const view = (number: number): PreviewView => ({ number, phones: [], pin: null, days: [], last_day: 3660 });

describe('a preview', () => {
  it('is over when the host says so, and not when another one has taken its place', async () => {
    const over = new Map<number, () => void>();
    let opened = 0;
    const previewing = new Previewing(async <K extends keyof DeskCommands>(name: K, input: unknown) => {
      if (name === 'open_preview') return view((opened += 1)) as DeskCommands[K]['output'];
      const { number } = input as { number: number };
      await new Promise<void>((resolve) => over.set(number, resolve));
      return {} as DeskCommands[K]['output'];
    });
    await previewing.open(wanted);
    await previewing.open(wanted);
    over.get(1)!();
    await Promise.resolve();
    expect([previewing.shown?.number, previewing.over]).toEqual([2, false]);
    over.get(2)!();
    await vi.waitFor(() => expect([previewing.shown, previewing.over]).toEqual([null, true]));
    await previewing.open(wanted);
    expect([previewing.shown?.number, previewing.over]).toEqual([3, false]);
  });

  it('goes on asking when nobody answers, and stops when the desk is locked', async () => {
    const answers = ['no-answer', 'no-answer', 'locked'];
    let asked = 0;
    const previewing = new Previewing(async <K extends keyof DeskCommands>(name: K) => {
      if (name === 'open_preview') return view(1) as DeskCommands[K]['output'];
      throw new CommandError(answers[asked++]!);
    }, 0);
    await previewing.open(wanted);
    await vi.waitFor(() => expect(asked).toBe(3));
    await new Promise((resolve) => setTimeout(resolve));
    expect([asked, previewing.over]).toEqual([3, false]);
  });
});

describe('somebody at a phone in a frame', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const moved = (movementX: number) => Object.assign(new Event('pointermove'), { movementX, movementY: 0 });

  it('is told of by pointer and key, whatever the phone shows, and not too often', () => {
    const [at, tell] = [new EventTarget(), vi.fn()];
    tellWhenSeen(tell, at);
    at.dispatchEvent(new Event('keydown'));
    at.dispatchEvent(new Event('keydown'));
    expect(tell).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5_000);
    at.dispatchEvent(moved(0));
    expect(tell).toHaveBeenCalledTimes(1);
    at.dispatchEvent(moved(3));
    expect(tell).toHaveBeenCalledTimes(2);
  });
});

describe('the clock of a phone on another day', () => {
  const Real = Date;
  afterEach(() => void (globalThis.Date = Real));

  it('is ahead in what is asked now, and in nothing that is given', () => {
    moveClock(9);
    const ahead = 9 * 86_400_000;
    expect(Math.abs(new Date().getTime() - Real.now() - ahead)).toBeLessThan(60_000);
    expect(Math.abs(Date.now() - Real.now() - ahead)).toBeLessThan(60_000);
    expect(new Date(2026, 10, 30).getDate()).toBe(30);
    expect(new Date('2026-11-30T10:00:00Z').toISOString()).toBe('2026-11-30T10:00:00.000Z');
    expect(Date.UTC(1970, 0, 2)).toBe(86_400_000);
    expect(new Date() instanceof Date && new Real() instanceof Date).toBe(true);
  });
});

describe('a history of a frame’s own', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('goes back and forth by itself, and takes no step of the tab', async () => {
    const tab = { state: null, pushState: vi.fn(), replaceState: vi.fn(), go: vi.fn() };
    const came: unknown[] = [];
    vi.stubGlobal('history', tab);
    vi.stubGlobal(
      'PopStateEvent',
      class {
        constructor(
          _: string,
          readonly init: { state: unknown },
        ) {}
      },
    );
    vi.stubGlobal('dispatchEvent', (event: { init: { state: unknown } }) => came.push(event.init.state));
    const [pushed, replaced, went] = [tab.pushState, tab.replaceState, tab.go];
    keepHistory();
    const { history } = globalThis;
    history.replaceState(0, '');
    history.pushState(1, '');
    history.pushState(2, '');
    history.go(-2);
    await vi.waitFor(() => expect(came).toEqual([0]));
    expect([history.state, history.length]).toEqual([0, 3]);
    // What lay ahead is gone with another step.
    history.pushState('another', '');
    history.go(5);
    await vi.waitFor(() => expect(came).toEqual([0, 'another']));
    expect([history.state, history.length]).toEqual(['another', 2]);
    history.replaceState('same', '', '#invitation=x');
    expect(replaced.mock.calls).toEqual([[null, '', '#invitation=x']]);
    expect([pushed.mock.calls.length, went.mock.calls.length]).toEqual([0, 0]);
  });
});
