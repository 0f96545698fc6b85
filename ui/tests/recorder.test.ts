import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandError } from '../common/host/host';
import type { ErrorCode, VoiceNote } from '../common/generated/diary';
import { LONGEST, Recorder, RETRY, type Keeper } from '../diary/state/recorder.svelte';

/** A microphone whose sound the test makes. */
class FakeMediaRecorder {
  static latest: FakeMediaRecorder;
  state: 'inactive' | 'recording' | 'paused' = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;

  constructor() {
    FakeMediaRecorder.latest = this;
  }
  start() {
    this.state = 'recording';
  }
  pause() {
    this.state = 'paused';
  }
  resume() {
    this.state = 'recording';
  }
  requestData() {
    this.hear('p');
  }
  stop() {
    this.state = 'inactive';
    this.hear('z');
    this.onstop?.();
  }
  hear(sound: string) {
    this.ondataavailable?.({ data: new Blob([sound]) });
  }
}

let released = 0;
const track = { stop: () => (released += 1) };
const microphone = vi.fn<() => Promise<unknown>>();

/** A host that keeps what it is given, and can be full. */
function host() {
  const kept: { place: number; sound: string; ms: number }[] = [];
  const note: VoiceNote = { id: 'n', seconds: 0, finished: false, here: true, prompt: null, question: null };
  const state = { full: null as ErrorCode | null, ended: 0, discarded: 0, kept };
  const refuse = () => {
    if (state.full) throw new CommandError(state.full);
  };
  const keeper: Keeper = {
    begin: async () => note,
    async append(_, place, data, ms) {
      refuse();
      kept.push({ place, sound: atob(data), ms });
      return note;
    },
    async end() {
      refuse();
      state.ended += 1;
    },
    async discard() {
      state.discarded += 1;
    },
  };
  return { state, recorder: new Recorder(keeper) };
}

const heard = (kept: { sound: string }[]) => kept.map((chunk) => chunk.sound).join('');
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  released = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'performance'] });
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder);
  microphone.mockResolvedValue({ getTracks: () => [track] });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: microphone } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The microphone's own work is not on the clock. */
async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await vi.waitFor(() => undefined);
  await pass(1);
}

async function recording() {
  const made = host();
  await made.recorder.start('audio/webm');
  expect(made.recorder.phase).toBe('recording');
  return { ...made, mic: FakeMediaRecorder.latest };
}

describe('a voice note', () => {
  it('goes to the host second by second, in order, and ends with the last one', async () => {
    const { recorder, state, mic } = await recording();
    for (const sound of ['a', 'b', 'c']) {
      await pass(1000);
      mic.hear(sound);
    }
    await recorder.stop();
    expect(heard(state.kept)).toBe('abcz');
    expect(state.kept.map((chunk) => chunk.place)).toEqual([0, 1, 2, 3]);
    expect(state.kept[1]!.ms).toBeGreaterThanOrEqual(2000);
    expect([state.ended, recorder.phase, released]).toEqual([1, 'idle', 1]);
  });

  it('does not count the time of a pause', async () => {
    const { recorder, mic } = await recording();
    await pass(2000);
    recorder.pause();
    await pass(60_000);
    expect(recorder.seconds).toBeLessThanOrEqual(2);
    recorder.goOn();
    await pass(1000);
    expect([recorder.seconds, mic.state]).toEqual([3, 'recording']);
    await recorder.discard();
  });

  it('stops by itself after ten minutes, says so, and is kept', async () => {
    const { recorder, state, mic } = await recording();
    mic.hear('a');
    await pass(LONGEST * 1000 + 300);
    await settle();
    expect([recorder.trouble, recorder.phase, state.ended]).toEqual(['full-length', 'idle', 1]);
    expect(heard(state.kept)).toBe('az');
  });

  it('that the phone has no room for stops at once, and is kept when there is room', async () => {
    const { recorder, state, mic } = await recording();
    mic.hear('a');
    await settle();
    state.full = 'disk-full';
    mic.hear('b');
    await settle();
    expect([recorder.phase, released]).toEqual(['ending', 1]);
    expect(recorder.trouble).toBeInstanceOf(CommandError);
    const stopped = recorder.stop();
    await pass(RETRY + 10);
    expect(await stopped).toBe(false);

    state.full = null;
    await pass(RETRY + 10);
    await settle();
    expect([heard(state.kept), state.ended, recorder.phase, recorder.trouble]).toEqual(['abz', 1, 'idle', null]);
  });

  it('can be ended with what the host has, when there is no room for more', async () => {
    const { recorder, state, mic } = await recording();
    mic.hear('a');
    await settle();
    state.full = 'disk-full';
    mic.hear('b');
    await settle();
    await recorder.keepSoFar();
    expect([heard(state.kept), recorder.phase, recorder.trouble]).toEqual(['a', 'idle', null]);
  });

  it('ends well when the microphone is taken away', async () => {
    const { recorder, state, mic } = await recording();
    mic.hear('a');
    mic.stop();
    await settle();
    expect([recorder.trouble, recorder.phase, state.ended]).toEqual(['switched-off', 'idle', 1]);
    expect(heard(state.kept)).toBe('az');
  });

  it('that is thrown away leaves the microphone alone and nothing with the host', async () => {
    const { recorder, state, mic } = await recording();
    mic.hear('a');
    await recorder.discard();
    await pass(5000);
    expect([state.discarded, state.ended, recorder.phase, released]).toEqual([1, 0, 'idle', 1]);
  });
});

describe('a microphone', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'taken'],
  ])('that answers %s is "%s", and nothing is begun', async (name, trouble) => {
    microphone.mockRejectedValue(new DOMException('', name));
    const { recorder } = host();
    await recorder.start('audio/webm');
    expect([recorder.trouble, recorder.phase]).toEqual([trouble, 'idle']);
  });

  it('that is allowed after the person has left is given back', async () => {
    let allow: (stream: unknown) => void = () => undefined;
    microphone.mockReturnValue(new Promise((resolve) => (allow = resolve)));
    const { recorder } = host();
    const started = recorder.start('audio/webm');
    expect(await recorder.stop()).toBe(true);
    allow({ getTracks: () => [track] });
    await started;
    expect([recorder.phase, released]).toEqual(['idle', 1]);
  });
});
