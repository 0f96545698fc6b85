/**
 * Keeps what is on the screen saved: nothing typed stays unsaved for a second.
 *
 * A save starts when typing pauses for `QUIET`, and at the latest `AT_MOST` and `GIVES_WAY` after the first change that is
 * not saved yet, so steady typing is saved too. One save is in flight at a time; what changes meanwhile is saved right after. A save
 * that did not work is tried again every `RETRY` until it does. "Saved" is said only when the host has said so, nothing
 * has changed since, and typing pauses: a word that comes and goes twice a second tells nobody anything.
 *
 * A caret that moved and changed nothing is saved within `CARET` and with what else is saved. Nothing is said of it, whether that works
 * or not: no word depends on it.
 */
import { CommandError } from '../../common/host/host';
import type { Draft, ErrorCode } from '../../common/generated/diary';

export const QUIET = 300;
export const AT_MOST = 600;
export const RETRY = 2000;
export const CARET = 2000;
/** How long a save may wait for the page to have nothing else to do, so that no key waits for it. */
const GIVES_WAY = 150;
const spare: (work: () => void) => void =
  'requestIdleCallback' in globalThis
    ? (work) => void requestIdleCallback(work, { timeout: GIVES_WAY })
    : (work) => work();

export type SaveState = 'empty' | 'unsaved' | 'saved' | { problem: CommandError<ErrorCode> };

export class DraftSaver {
  readonly #save: (draft: Draft) => Promise<Draft>;
  readonly #onState: (state: SaveState) => void;
  #latest: Draft;
  #said: SaveState;
  #unsaved = false;
  #firstUnsaved = 0;
  #lastChange = 0;
  #moved = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #caretTimer: ReturnType<typeof setTimeout> | undefined;
  #inFlight: Promise<void> | undefined;

  /** `draft` is what the host has already; an empty id means that it has nothing yet. */
  constructor(draft: Draft, save: (draft: Draft) => Promise<Draft>, onState: (state: SaveState) => void) {
    this.#latest = draft;
    this.#save = save;
    this.#onState = onState;
    this.#said = draft.id === '' ? 'empty' : 'saved';
    onState(this.#said);
  }

  /** The id that the host gave to the draft; empty until the first save. */
  get id(): string {
    return this.#latest.id;
  }

  /** What is on the screen now. The id is the saver's own. */
  changed(draft: Draft): void {
    this.#latest = { ...draft, id: this.#latest.id };
    if (!this.#unsaved) {
      this.#unsaved = true;
      this.#firstUnsaved = performance.now();
      this.#say('unsaved');
    }
    this.#lastChange = performance.now();
    const waited = this.#lastChange - this.#firstUnsaved;
    this.#schedule(Math.max(0, Math.min(QUIET, AT_MOST - waited)));
  }

  /** The same words with the caret elsewhere. A draft that nothing was written in is not made by it. */
  moved(draft: Draft): void {
    if (this.#said === 'empty') return;
    this.#latest = { ...draft, id: this.#latest.id };
    this.#moved = true;
    this.#caretTimer ??= setTimeout(() => {
      this.#caretTimer = undefined;
      spare(() => void this.#start());
    }, CARET);
  }

  /** Saves what is not saved, now, and resolves when the host has answered. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#inFlight) await this.#inFlight;
    if (this.#unsaved || this.#moved) await this.#start();
    this.#lastChange = -Infinity;
    this.#rest();
  }

  /** Forgets everything; what is in flight is left to arrive. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#unsaved = false;
    this.#moved = false;
  }

  #schedule(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => spare(() => void this.#start()), after);
  }

  /** Says that all is saved, once typing pauses. */
  #rest(): void {
    // What is unsaved has its timer: it is not to be taken away.
    if (this.#unsaved || this.#said === 'empty') return;
    clearTimeout(this.#timer);
    const left = this.#lastChange + QUIET - performance.now();
    if (left > 0) {
      this.#timer = setTimeout(() => this.#rest(), left);
      return;
    }
    this.#say('saved');
  }

  #say(state: SaveState): void {
    if (state === this.#said) return;
    this.#said = state;
    this.#onState(state);
  }

  #start(): Promise<void> {
    if (this.#inFlight || !(this.#unsaved || this.#moved)) return this.#inFlight ?? Promise.resolve();
    clearTimeout(this.#timer);
    const words = this.#unsaved;
    this.#unsaved = false;
    this.#moved = false;
    this.#inFlight = this.#run(this.#latest, words).finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  /** `words`: whether there is more to it than where the caret is. */
  async #run(sent: Draft, words: boolean): Promise<void> {
    try {
      const kept = await this.#save(sent);
      this.#latest = { ...this.#latest, id: kept.id };
    } catch (thrown) {
      if (words) {
        if (!this.#unsaved) this.#firstUnsaved = performance.now();
        this.#unsaved = true;
        this.#say({ problem: CommandError.from<ErrorCode>(thrown) });
        this.#schedule(RETRY);
        return;
      }
    }
    if (this.#unsaved) this.#schedule(0);
    else this.#rest();
  }
}
