/**
 * Records a voice note. Every second of it goes to the host as it comes, and the next one only after the host has it: so
 * what was said is sealed and on disk a moment later, and no sound gathers in the page.
 *
 * When the host cannot keep a second (the phone is full), the microphone stops at once and that second is offered again
 * until it is kept, as unsaved words are. Nothing that was kept is lost by anything that happens here.
 */
import type { ErrorCode, VoiceNote } from '../../common/generated/diary';
import { CommandError } from '../../common/host/host';

/** The longest note, in seconds. The host keeps to it too. */
export const LONGEST = 600;
export const RETRY = 2000;
/** How often the recorder hands over what it has. */
const SLICE = 1000;
const TICK = 250;
/** Speech is clear at this, and ten minutes are less than 3 MB. */
const BITS_PER_SECOND = 32_000;
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** What this platform records and can also play; none where it cannot. */
export function recordable(): string | null {
  if (typeof MediaRecorder === 'undefined' || !globalThis.navigator?.mediaDevices?.getUserMedia) return null;
  const player = document.createElement('audio');
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type) && player.canPlayType(type) !== '') ?? null;
}

/** What keeps a note. */
export interface Keeper {
  begin(mediaType: string): Promise<VoiceNote>;
  append(note: string, place: number, data: string, durationMs: number): Promise<VoiceNote>;
  end(note: string): Promise<void>;
  discard(note: string): Promise<void>;
}

export type Phase = 'idle' | 'asking' | 'recording' | 'paused' | 'ending';

/** Why there is no recording, or no more of it. */
export type Trouble = 'refused' | 'none' | 'taken' | 'switched-off' | 'full-length' | CommandError<ErrorCode>;

interface Chunk {
  sound: Blob;
  durationMs: number;
}

export class Recorder {
  readonly #keeper: Keeper;
  #stream: MediaStream | null = null;
  #recorder: MediaRecorder | null = null;
  #note: VoiceNote | null = null;
  #place = 0;
  #queue: Chunk[] = [];
  #keeping: Promise<void> | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  /** Milliseconds before the last time that recording went on, and when that was. */
  #before = 0;
  #since: number | null = null;
  #ended: (() => void)[] = [];
  /** Counts attempts, so that an answer to one that was given up starts nothing. */
  #attempt = 0;

  phase = $state<Phase>('idle');
  seconds = $state(0);
  trouble = $state.raw<Trouble | null>(null);

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  /** Whether a note is being recorded or still has something to be kept. */
  get busy(): boolean {
    return this.phase !== 'idle';
  }

  async start(mediaType: string): Promise<void> {
    if (this.busy) return;
    const attempt = ++this.#attempt;
    this.trouble = null;
    this.phase = 'asking';
    try {
      const audio = { channelCount: 1, noiseSuppression: true, echoCancellation: true, autoGainControl: true };
      const stream = await navigator.mediaDevices.getUserMedia({ audio });
      if (attempt !== this.#attempt) return release(stream);
      this.#stream = stream;
      const note = await this.#keeper.begin(mediaType);
      if (attempt !== this.#attempt) return await this.#keeper.discard(note.id);
      this.#note = note;
      this.#record(stream, mediaType);
    } catch (thrown) {
      if (attempt !== this.#attempt) return;
      this.#reset();
      this.trouble = thrown instanceof CommandError ? thrown : troubleWith(thrown);
    }
  }

  pause(): void {
    if (this.phase !== 'recording') return;
    this.#recorder?.requestData();
    this.#recorder?.pause();
    this.#stand();
    this.phase = 'paused';
  }

  goOn(): void {
    if (this.phase !== 'paused') return;
    this.#recorder?.resume();
    this.#since = performance.now();
    this.phase = 'recording';
  }

  /** Ends the note, and resolves when it is kept. False when a part of it could not be kept so far. */
  async stop(): Promise<boolean> {
    if (this.phase === 'asking') {
      this.#giveUp();
      return true;
    }
    if (this.phase === 'idle') return true;
    if (this.phase !== 'ending') this.#stopMicrophone();
    const kept = new Promise<boolean>((resolve) => this.#ended.push(() => resolve(true)));
    // Where the host cannot keep it now, nobody waits for that here.
    const stuck = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), RETRY));
    return Promise.race([kept, stuck]);
  }

  /** Ends the note with what the host has of it, and gives the rest up. Not even the end has to be written down for that. */
  async keepSoFar(): Promise<void> {
    await this.#leaveOff((note) => this.#keeper.end(note));
    this.trouble = null;
  }

  /** Throws the note away. */
  async discard(): Promise<void> {
    await this.#leaveOff((note) => this.#keeper.discard(note));
  }

  async #leaveOff(how: (note: string) => Promise<void>): Promise<void> {
    const note = this.#note;
    const keeping = this.#keeping;
    this.#giveUp();
    await keeping;
    if (!note) return;
    try {
      await how(note.id);
    } catch (thrown) {
      this.trouble = CommandError.from<ErrorCode>(thrown);
    }
  }

  #record(stream: MediaStream, mediaType: string): void {
    const recorder = new MediaRecorder(stream, { mimeType: mediaType, audioBitsPerSecond: BITS_PER_SECOND });
    this.#recorder = recorder;
    this.#place = 0;
    this.#before = 0;
    this.seconds = 0;
    recorder.ondataavailable = (event) => {
      if (event.data.size === 0 || this.#recorder !== recorder) return;
      this.#queue.push({ sound: event.data, durationMs: Math.round(this.#elapsed()) });
      void this.#keep();
    };
    // By us, or because the microphone was taken away.
    recorder.onstop = () => {
      if (this.#recorder !== recorder) return;
      if (this.phase === 'recording' || this.phase === 'paused') {
        this.trouble = 'switched-off';
        this.#stopMicrophone();
      }
      this.#recorder = null;
      void this.#keep();
    };
    recorder.start(SLICE);
    this.#since = performance.now();
    this.phase = 'recording';
    this.#ticking = setInterval(() => this.#tick(), TICK);
  }

  #tick(): void {
    this.seconds = Math.min(LONGEST, Math.floor(this.#elapsed() / 1000));
    if (this.seconds < LONGEST || this.phase !== 'recording') return;
    this.trouble = 'full-length';
    this.#stopMicrophone();
  }

  #elapsed(): number {
    return this.#before + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  /** Time stands still. */
  #stand(): void {
    this.#before = this.#elapsed();
    this.#since = null;
  }

  /** The recorder hands over its last chunk, and then says that it has stopped. */
  #stopMicrophone(): void {
    this.#stand();
    this.phase = 'ending';
    clearInterval(this.#ticking);
    if (this.#recorder && this.#recorder.state !== 'inactive') this.#recorder.stop();
    if (this.#stream) release(this.#stream);
    this.#stream = null;
  }

  #keep(): Promise<void> {
    this.#keeping ??= this.#keepAll().finally(() => {
      this.#keeping = null;
    });
    return this.#keeping;
  }

  async #keepAll(): Promise<void> {
    const attempt = this.#attempt;
    const note = this.#note;
    try {
      for (let chunk = this.#queue[0]; chunk && note; chunk = this.#queue[0]) {
        await this.#keeper.append(note.id, this.#place, await base64(chunk.sound), chunk.durationMs);
        if (attempt !== this.#attempt) return;
        this.#place += 1;
        this.#queue.shift();
        if (this.trouble instanceof CommandError) this.trouble = null;
      }
      if (this.phase !== 'ending' || this.#recorder || !note) return;
      await this.#keeper.end(note.id);
      if (attempt === this.#attempt) this.#reset();
    } catch (thrown) {
      if (attempt !== this.#attempt) return;
      const error = CommandError.from<ErrorCode>(thrown);
      this.trouble = error;
      if (this.phase !== 'ending') this.#stopMicrophone();
      // What is too long is not kept later either.
      if (error.code === 'voice-too-long') this.#queue = [];
      this.#again = setTimeout(() => void this.#keep(), RETRY);
    }
  }

  #giveUp(): void {
    this.#attempt += 1;
    this.#reset();
  }

  #reset(): void {
    clearTimeout(this.#again);
    clearInterval(this.#ticking);
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder && recorder.state !== 'inactive') recorder.stop();
    if (this.#stream) release(this.#stream);
    this.#stream = null;
    this.#note = null;
    this.#queue = [];
    this.#since = null;
    this.phase = 'idle';
    this.#ended.splice(0).forEach((ended) => ended());
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
function troubleWith(thrown: unknown): Trouble {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return 'taken';
}

async function base64(sound: Blob): Promise<string> {
  const bytes = new Uint8Array(await sound.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x4000) text += String.fromCharCode(...bytes.subarray(at, at + 0x4000));
  return btoa(text);
}
