/**
 * The open page's memory: what the host has said last, and where the person is.
 *
 * Locking drops all of it by loading the page anew. Where the program has ended there is nothing to load: it is dropped by hand.
 */
import { getContext, setContext } from 'svelte';
import type {
  Collecting,
  CreateStudy,
  DeskCommands,
  ErrorCode,
  JoinKeys,
  Overview,
  Status,
} from '../../common/generated/desk';
import { CommandError, type Host } from '../../common/host/host';
import type { Unheard } from '../../common/host/http';
import { Router } from '../../common/state/router.svelte';
import { TOUCHES } from './left';
import { Reader } from './reader.svelte';
import { Reviewer } from './reviewer.svelte';
import type { Screen } from './screens';
import { Who } from './who.svelte';

/** How often a collection is asked how far it has come. */
const LOOK_EVERY = 300;
/** How often "12 minutes ago" is told anew. */
const TELL_EVERY = 30_000;
/** After so long a host that could not answer is asked again. */
const ASK_AGAIN = 1_000;
/** How often the host is told, at the most, that somebody is there. */
const TOUCH_EVERY = 20_000;

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Why there is nothing to show: the link was used, or the program has ended. */
export type Away = 'used' | 'ended';

export class Desk {
  readonly router = new Router<Screen>({ name: 'unlock' });
  readonly #host: Host<DeskCommands>;
  #touched = -TOUCH_EVERY;
  #awaitsLock = false;
  #looksForHost = false;
  #collection: Promise<void> | null = null;

  status = $state.raw<Status | null>(null);
  overview = $state.raw<Overview | null>(null);
  /** The collection that is under way. */
  collecting = $state.raw<Collecting | null>(null);
  /** What stood in the way of the last collection. */
  trouble = $state<ErrorCode | null>(null);
  now = $state.raw(new Date());
  away = $state<Away | null>(null);
  hiding = $state(false);
  /** Grows with each collection, so that what is on show knows when to be read again. */
  version = $state(0);
  /** Saves what is being written, where something is. */
  save: () => Promise<unknown> = () => Promise.resolve();
  /** Where the person is in reading, for the way back to it. */
  reader = $state.raw(new Reader((name, input) => this.ask(name, input)));
  /** The same in reading copies before they go out. */
  reviewer = $state.raw(new Reviewer((name, input) => this.ask(name, input)));
  who = $state.raw(new Who());

  constructor(host: Host<DeskCommands>) {
    this.#host = host;
    setInterval(() => (this.now = new Date()), TELL_EVERY);
    for (const kind of TOUCHES) addEventListener(kind, () => this.#touch(), { passive: true, capture: true });
  }

  /** Asks the host. When the desk has been locked from outside, the page goes to the lock. */
  async ask<K extends keyof DeskCommands>(
    name: K,
    input: DeskCommands[K]['input'],
  ): Promise<DeskCommands[K]['output']> {
    try {
      return await this.#host.call(name, input);
    } catch (thrown) {
      const error = CommandError.from<ErrorCode | Unheard>(thrown);
      if (error.code === 'token-unknown') this.#leave('used');
      else if (error.code === 'no-answer') void this.#lookForHost();
      else if (error.code === 'locked' && this.status?.open) this.#forget();
      throw error;
    }
  }

  /** Where a voice note is played from. */
  soundUrl(sound: string): string {
    return this.#host.soundUrl(sound);
  }

  /** The first screen. */
  async start(): Promise<void> {
    const status = await this.ask('status', {});
    if (!status.open) {
      this.status = status;
      // Where there is no desk, one is set up.
      if (!status.desk) this.router.start({ name: 'form', at: { section: 'about', checked: false } });
      return;
    }
    await this.#opened(status);
    // The page was loaded anew meanwhile.
    if ((await this.ask('progress', {})).running) void this.collect();
  }

  async unlock(passphrase: string): Promise<void> {
    await this.#opened(await this.ask('unlock', { passphrase }));
    void this.collect();
  }

  /** Makes the desk of the study that was written, and opens it. */
  async create(study: CreateStudy): Promise<void> {
    await this.#opened(await this.ask('create_study', study));
    void this.collect();
  }

  /** Sets a new passphrase by the custodians' shares, and opens the desk. */
  async join(shares: JoinKeys): Promise<void> {
    await this.#opened(await this.ask('join_keys', shares));
    void this.collect();
  }

  /** The study says something else now. */
  async restudied(): Promise<void> {
    this.status = await this.ask('status', {});
    await this.refresh();
  }

  /** Hides the screen at once, locks, and forgets. */
  async lock(): Promise<void> {
    this.hiding = true;
    // What was typed just now is saved first, unless that takes long.
    await Promise.race([this.save(), later(ASK_AGAIN)]);
    try {
      await this.#host.call('lock', {});
    } catch {
      // A program that has ended has locked already, which the page says when it loads.
    }
    this.#forget();
  }

  /** Collects, once at a time, and looks how far it has come. What stands in the way is told in `trouble`. */
  collect(): Promise<void> {
    this.#collection ??= this.#collect().finally(() => (this.#collection = null));
    return this.#collection;
  }

  async #collect(): Promise<void> {
    this.trouble = null;
    this.collecting = { running: true, records: 0, part: 0, parts: 0, opening: false };
    let ended = false;
    const collected = this.ask('collect', {})
      .catch((thrown) => CommandError.from<ErrorCode | Unheard>(thrown).code)
      .finally(() => (ended = true));
    while (!ended) {
      await Promise.race([collected, later(LOOK_EVERY)]);
      if (!ended) await this.#look();
    }
    const outcome = await collected;
    // Another tab has begun it, or its answer was lost on the way: it is followed to its end.
    if (outcome === 'collecting' || outcome === 'no-answer') while (await this.#look()) await later(LOOK_EVERY);
    else if (typeof outcome === 'string' && outcome !== 'token-unknown') this.trouble = outcome;
    try {
      // Also after one that broke off: what came until then is here.
      await this.refresh();
    } catch {
      // What is on show stays as it was.
    }
    this.collecting = null;
  }

  /** Looks how far the collection is. False when none is under way. */
  async #look(): Promise<boolean> {
    const progress = await this.ask('progress', {}).catch(() => null);
    if (progress?.running) this.collecting = progress;
    return progress?.running === true;
  }

  async refresh(): Promise<void> {
    this.overview = await this.ask('overview', {});
    this.now = new Date();
    this.version += 1;
  }

  /** The same, or `read`, after something was done: what stands in the way of it is no reason to say that nothing was. */
  async readAfter(read: () => Promise<void> = () => this.refresh()): Promise<void> {
    try {
      await read();
    } catch {
      throw new CommandError<ErrorCode>('done-unread');
    }
  }

  async #opened(status: Status): Promise<void> {
    this.status = status;
    await this.refresh();
    this.router.start({ name: 'overview' });
    void this.#awaitLock();
  }

  /** Tells the host that somebody is there: without it the lock falls by itself. */
  #touch(): void {
    // Whatever the clock of the machine is set to.
    const now = performance.now();
    if (!this.status?.open || this.hiding || now - this.#touched < TOUCH_EVERY) return;
    this.#touched = now;
    this.ask('touch', {}).catch(() => {});
  }

  /** The host says when the lock has fallen, also when nothing here had asked for it. */
  async #awaitLock(): Promise<void> {
    if (this.#awaitsLock) return;
    this.#awaitsLock = true;
    let fallen = false;
    while (!fallen && !this.hiding && !this.away) {
      try {
        await this.ask('await_lock', {});
        fallen = true;
      } catch {
        await later(2 * ASK_AGAIN);
      }
    }
    if (fallen && !this.hiding) this.#forget();
  }

  /** A machine that slept breaks what was under way. Only a host that still says nothing a moment later is gone. */
  async #lookForHost(): Promise<void> {
    if (this.#looksForHost || this.away) return;
    this.#looksForHost = true;
    await later(ASK_AGAIN);
    try {
      await this.#host.call('status', {});
    } catch (thrown) {
      if (CommandError.from<Unheard>(thrown).code === 'no-answer') this.#leave('ended');
    }
    this.#looksForHost = false;
  }

  #forget(): void {
    this.hiding = true;
    this.router.end();
    location.reload();
  }

  #leave(why: Away): void {
    this.away = why;
    this.status = null;
    this.overview = null;
    this.collecting = null;
    this.reader = new Reader((name, input) => this.ask(name, input));
    this.reviewer = new Reviewer((name, input) => this.ask(name, input));
    this.who = new Who();
  }
}

const KEY = Symbol('desk');

export function provideDesk(desk: Desk): void {
  setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
