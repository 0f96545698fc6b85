import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandError } from '../common/host/host';
import type { Draft } from '../common/generated/diary';
import { newDraft } from '../diary/state/draft';
import { CARET, DraftSaver, RETRY, type SaveState } from '../diary/state/draft-saver';

/** A host that takes `latency` ms to seal a draft and remembers what it has sealed. */
function host(latency: number) {
  const kept: Draft[] = [];
  let inFlight = 0;
  let most = 0;
  let broken = false;
  return {
    kept,
    get most() {
      return most;
    },
    breakDown: (now: boolean) => (broken = now),
    save: async (draft: Draft) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, latency));
      inFlight -= 1;
      if (broken) throw new CommandError('disk-full');
      const sealed = { ...draft, id: draft.id || 'd1' };
      kept.push(sealed);
      return sealed;
    },
  };
}

function writing(latency: number) {
  const sealed = host(latency);
  const states: SaveState[] = [];
  const empty = newDraft('free', '2026-11-19');
  const saver = new DraftSaver(empty, sealed.save, (state) => states.push(state));
  return {
    sealed,
    states,
    saver,
    type: (text: string) => saver.changed({ ...empty, text }),
    move: (text: string, at: number) => saver.moved({ ...empty, text, caret: { prompt: null, at } }),
  };
}

describe('a draft', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is with the host within a second of the last key', async () => {
    const { sealed, type } = writing(50);
    type('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(sealed.kept.at(-1)?.text).toBe('a');
  });

  it.each([5, 50, 200])(
    'is never older than a second while keys keep coming, with a host of %i ms',
    async (latency) => {
      const { sealed, type } = writing(latency);
      const typedAt = new Map<string, number>();
      let text = '';
      for (let key = 0; key < 300; key += 1) {
        text += 'x';
        typedAt.set(text, Date.now());
        type(text);
        await vi.advanceTimersByTimeAsync(40);
        const safe = sealed.kept.at(-1)?.text ?? '';
        const oldestUnsafe = typedAt.get(text.slice(0, safe.length + 1));
        if (oldestUnsafe !== undefined) expect(Date.now() - oldestUnsafe).toBeLessThanOrEqual(1000);
      }
      await vi.advanceTimersByTimeAsync(1000);
      expect(sealed.kept.at(-1)?.text).toBe(text);
      expect(sealed.most).toBe(1);
    },
  );

  it('is called saved when typing pauses, and not between the words', async () => {
    const { sealed, states, type } = writing(20);
    for (let key = 0; key < 50; key += 1) {
      type('x'.repeat(key + 1));
      await vi.advanceTimersByTimeAsync(80);
    }
    expect(sealed.kept.length).toBeGreaterThan(3);
    expect(states).toEqual(['empty', 'unsaved']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(states).toEqual(['empty', 'unsaved', 'saved']);
  });

  it('is called saved at once when the writer leaves', async () => {
    const { states, saver, type } = writing(20);
    await saver.flush();
    expect(states).toEqual(['empty']);
    type('one');
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(20);
    await flushed;
    expect(states).toEqual(['empty', 'unsaved', 'saved']);
  });

  it('is tried again when it could not be saved on leaving', async () => {
    const { sealed, saver, states, type } = writing(20);
    sealed.breakDown(true);
    type('one');
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(20);
    await flushed;
    expect(states.at(-1)).toHaveProperty('problem');
    sealed.breakDown(false);
    await vi.advanceTimersByTimeAsync(RETRY + 100);
    expect(sealed.kept.at(-1)?.text).toBe('one');
    expect(states.at(-1)).toBe('saved');
  });

  it('is saved with what was typed while it was flushed', async () => {
    const { sealed, saver, type } = writing(100);
    type('one');
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(50);
    type('one two');
    await vi.advanceTimersByTimeAsync(50);
    await flushed;
    await vi.advanceTimersByTimeAsync(1000);
    expect(sealed.kept.at(-1)?.text).toBe('one two');
  });

  it('is called saved only after the host has said so, and not when it has changed since', async () => {
    const { states, type } = writing(200);
    type('one');
    await vi.advanceTimersByTimeAsync(450);
    expect(states.at(-1)).toBe('unsaved');
    type('one two');
    await vi.advanceTimersByTimeAsync(100);
    expect(states).not.toContain('saved');
    await vi.advanceTimersByTimeAsync(1000);
    expect(states.at(-1)).toBe('saved');
  });

  it('keeps the id that the host gave it', async () => {
    const { sealed, saver, type } = writing(10);
    type('one');
    await vi.advanceTimersByTimeAsync(1000);
    type('two');
    await vi.advanceTimersByTimeAsync(1000);
    expect(saver.id).toBe('d1');
    expect(sealed.kept.map((draft) => draft.id)).toEqual(['d1', 'd1']);
    expect(sealed.kept[1]?.text).toBe('two');
  });

  it('is tried again until it is kept, and says what stands in the way', async () => {
    const { sealed, states, type } = writing(10);
    sealed.breakDown(true);
    type('words');
    await vi.advanceTimersByTimeAsync(1000);
    expect(states.at(-1)).toMatchObject({ problem: { code: 'disk-full' } });
    sealed.breakDown(false);
    await vi.advanceTimersByTimeAsync(RETRY + 100);
    expect(sealed.kept.at(-1)?.text).toBe('words');
    expect(states.at(-1)).toBe('saved');
  });

  it('is saved at once when the page goes away, also while an older save is in flight', async () => {
    const { sealed, saver, type } = writing(200);
    type('one');
    await vi.advanceTimersByTimeAsync(350);
    type('one two');
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(400);
    await flushed;
    expect(sealed.kept.at(-1)?.text).toBe('one two');
    expect(sealed.most).toBe(1);
  });

  it('is not sent when nothing has changed', async () => {
    const { sealed, saver } = writing(10);
    await saver.flush();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sealed.kept).toEqual([]);
  });

  it('has its caret saved where that only moved: now and then, and without a word', async () => {
    const { sealed, states, type, move } = writing(20);
    type('one two');
    await vi.advanceTimersByTimeAsync(1000);
    const before = sealed.kept.length;
    for (let at = 7; at > 2; at -= 1) {
      move('one two', at);
      await vi.advanceTimersByTimeAsync(CARET / 4);
    }
    await vi.advanceTimersByTimeAsync(CARET + 100);
    expect(sealed.kept.at(-1)).toMatchObject({ text: 'one two', caret: { at: 3 } });
    expect(sealed.kept.length - before).toBe(2);
    expect(states).toEqual(['empty', 'unsaved', 'saved']);
  });

  it('has its caret saved with it when the writer leaves, and no draft comes of a caret alone', async () => {
    const { sealed, states, saver, type, move } = writing(20);
    move('', 0);
    const nothing = saver.flush();
    await vi.advanceTimersByTimeAsync(CARET * 2);
    await nothing;
    expect(sealed.kept).toEqual([]);
    type('one');
    await vi.advanceTimersByTimeAsync(1000);
    move('one', 1);
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(20);
    await flushed;
    expect(sealed.kept.at(-1)?.caret?.at).toBe(1);
    expect(states).toEqual(['empty', 'unsaved', 'saved']);
    // What is thrown away does not come back for it.
    const count = sealed.kept.length;
    move('one', 2);
    saver.stop();
    await saver.flush();
    await vi.advanceTimersByTimeAsync(CARET * 2);
    expect(sealed.kept.length).toBe(count);
  });

  it('stays saved, and may be left, when only its caret could not be', async () => {
    const { sealed, states, saver, type, move } = writing(20);
    type('one');
    await vi.advanceTimersByTimeAsync(1000);
    sealed.breakDown(true);
    move('one', 1);
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(20);
    await flushed;
    expect(states.at(-1)).toBe('saved');
    // Words that come while a caret is on its way are not taken for one.
    move('one', 2);
    await vi.advanceTimersByTimeAsync(CARET + 10);
    type('one two');
    await vi.advanceTimersByTimeAsync(1000);
    expect(states.at(-1)).toHaveProperty('problem');
    sealed.breakDown(false);
    await vi.advanceTimersByTimeAsync(RETRY + 100);
    expect(sealed.kept.at(-1)?.text).toBe('one two');
    expect(states.at(-1)).toBe('saved');
  });
});
