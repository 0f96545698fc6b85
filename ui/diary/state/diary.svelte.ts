/**
 * The open page's memory: what the host has said last, and where the person is.
 *
 * Locking drops all of it by loading the page anew; nothing that was written outlives the lock in the page.
 */
import { getContext, setContext } from 'svelte';
import type {
  Appearance,
  DiaryCommands,
  Draft,
  DraftCue,
  ErrorCode,
  PromptSet,
  RemindersView,
  Status,
  StudyView,
  SyncView,
  TakeTimeOff,
  Today,
} from '../../common/generated/diary';
import { CommandError, type Host } from '../../common/host/host';
import { Router } from '../../common/state/router.svelte';
import { t } from '../../common/words/fluent';
import { dateOf } from '../../common/words/time';
import { errorSentence } from './errors';
import { INVITATION } from './invitation-link';
import { Looks } from './looks.svelte';
import type { Screen, Secret } from './screens';
import { Timeline } from './timeline.svelte';

/** How often what waits is looked at again while the diary is open. */
const LOOK_AGAIN = 60_000;
/** After so long a host that could not say when the lock falls is asked again. */
const ASK_AGAIN = 2_000;
/** How often the host is told, at the most, that somebody is there. */
const TOUCH_EVERY = 5_000;
/** By what it is seen that somebody is there: whoever listens is. */
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'scroll', 'focusin', 'timeupdate'];

export interface Notice {
  text: string;
  /** What the notice offers, as a word and a deed. */
  action?: { text: string; run: () => Promise<void> };
}

export class Diary {
  readonly router = new Router<Screen>({ name: 'welcome' });
  readonly looks: Looks;
  readonly #host: Host<DiaryCommands>;
  #invitation: string | null = null;
  #syncing: Promise<void> | null = null;
  #syncAgain = false;
  #touched = -TOUCH_EVERY;
  #refreshed = 0;
  #awaitsLock = false;
  /** What was typed to restore a diary, while the person goes back and forth between two screens. */
  restoring = { words: '', server: '' };
  /** A word that the person wants to look at again, on the way back to it. */
  sought: DraftCue | null = null;
  /** The diary to re-read, for the way back from an entry to where the person was. */
  readonly timeline = new Timeline((name, input) => this.ask(name, input));
  /** What a leaving page still has to save. */
  beforeLock: (() => Promise<void>) | null = null;

  status = $state.raw<Status | null>(null);
  today = $state.raw<Today | null>(null);
  /** The study that the person takes part in. */
  study = $state.raw<StudyView | null>(null);
  /** The study that the person has left. */
  former = $state.raw<StudyView | null>(null);
  now = $state.raw(new Date());
  notice = $state.raw<Notice | null>(null);
  talking = $state(false);
  /** Whether this device can read aloud; known from the start on. */
  readsAloud = false;
  /** Whether other people have diaries here, where this is a new one. */
  others = false;
  hiding = $state(false);
  /** Grows with each change of entries, so that lists know when to read again. */
  version = $state(0);

  constructor(host: Host<DiaryCommands>) {
    this.#host = host;
    this.looks = new Looks(host);
    this.router.onBack = () => (this.notice = null);
    setInterval(() => this.#lookAgain(), LOOK_AGAIN);
    for (const kind of TOUCHES) addEventListener(kind, (event) => this.#seen(event), { passive: true, capture: true });
    addEventListener('online', () => void this.sync());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#comeBack();
    });
  }

  /** Asks the host. When the diary has been locked from outside, the page goes to the lock. */
  async ask<K extends keyof DiaryCommands>(
    name: K,
    input: DiaryCommands[K]['input'],
  ): Promise<DiaryCommands[K]['output']> {
    try {
      return await this.#host.call(name, input);
    } catch (thrown) {
      const error = CommandError.from<ErrorCode>(thrown);
      if (error.code === 'locked' && this.status?.state === 'open') this.#forget();
      throw error;
    }
  }

  /** Where a voice note is played from. */
  soundUrl(note: string): string {
    return this.#host.soundUrl(note);
  }

  /** The first screen. */
  async start(): Promise<void> {
    // A device that cannot say is one that cannot.
    const speech = this.ask('speech', {}).catch(() => null);
    const status = await this.ask('status', {});
    this.readsAloud = (await speech)?.can_read_aloud ?? false;
    if (status.state === 'none') {
      this.others = (await this.ask('diaries', {})).places.length > 0;
      this.status = status;
      this.router.start({ name: 'welcome' });
      void this.#followInvitation();
    } else if (status.state === 'locked') {
      this.status = status;
      this.router.start({ name: 'lock' });
    } else {
      await this.#opened(status);
    }
  }

  /** Changes how the page looks. What a study says is read again when the language is another one. */
  async look(change: Partial<Appearance>): Promise<void> {
    await this.looks.choose(change);
    if (change.language === undefined || this.status?.state !== 'open') return;
    await this.refresh();
    await this.tellReminderText();
  }

  async unlock(secret: string): Promise<void> {
    await this.#opened(await this.ask('unlock', { secret }));
  }

  /** The diaries of other people, where the one in front cannot be looked at. */
  showOthers(): void {
    this.status = { state: 'locked', lock: null, study: null, words_confirmed: false };
    this.router.start({ name: 'diaries' });
  }

  /** Another person's diary comes to the front, or a new one: the page begins anew with it. */
  async turnTo(place: number): Promise<void> {
    await this.ask('bring_to_front', { place });
    // An invitation that was tapped goes along: it may be theirs.
    if (this.#invitation !== null) location.hash = INVITATION + encodeURIComponent(this.#invitation);
    this.#forget();
  }

  async create({ lock, secret }: Secret): Promise<void> {
    this.status = await this.ask('create_diary', { lock, secret });
    await this.refresh();
  }

  async restore(words: string, server: string, { lock, secret }: Secret): Promise<void> {
    const status = await this.ask('restore_diary', { words, server, lock, secret });
    this.restoring = { words: '', server: '' };
    await this.#opened(status);
  }

  /** A diary has been opened in another way than by its lock. */
  enter(status: Status): Promise<void> {
    return this.#opened(status);
  }

  async join(invitation: string, agreed: string[], backUpEarlier: boolean): Promise<void> {
    this.status = await this.ask('join_study', { invitation, agreed, back_up_earlier: backUpEarlier });
    await this.refresh();
  }

  async changeAnswers(agreed: string[]): Promise<void> {
    await this.ask('change_consent', { agreed });
    await this.refresh();
    void this.sync();
  }

  async leave(erase: boolean): Promise<void> {
    this.status = await this.ask('leave_study', { erase });
    await this.refresh();
    void this.sync();
  }

  async takeTimeOff(days: TakeTimeOff): Promise<void> {
    await this.ask('take_time_off', days);
    await this.refresh();
    this.notice = { text: t('off-taken') };
    void this.sync();
  }

  async endTimeOff(begun: boolean): Promise<void> {
    await this.ask('end_time_off', {});
    await this.refresh();
    this.notice = { text: t(begun ? 'off-welcome' : 'off-called') };
    void this.sync();
  }

  /** What a reminder says, in the language of now: the host has no words of its own. */
  tellReminderText(): Promise<RemindersView> {
    return this.ask('reminders', { text: t('reminder-text') });
  }

  /** Voice notes that wait go and come now. */
  async letVoiceGo(): Promise<void> {
    this.status = await this.ask('let_voice_go', {});
    await this.refresh();
    void this.sync();
  }

  /** The screen after a diary has come to be: its words, or today. */
  async begin(): Promise<void> {
    await this.refresh();
    if (this.status?.words_confirmed) this.router.start({ name: 'today' });
    else this.router.start({ name: 'words' });
    void this.sync();
  }

  /** Reads today and the study again. */
  async refresh(): Promise<void> {
    const [today, study] = await Promise.all([this.ask('today', {}), this.ask('study', {})]);
    this.now = new Date();
    this.today = today;
    this.study = study?.left ? null : study;
    this.former = study?.left ? study : null;
    this.version += 1;
    this.#refreshed = performance.now();
    void this.#awaitLock();
  }

  /** What happens on the page, unless the page itself may have done it. */
  #seen(event: Event): void {
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return;
    if (event.type === 'scroll' && performance.now() - this.#refreshed < 2000) return;
    this.touch();
  }

  /** Tells the host that somebody is there: without it the lock falls by itself. */
  touch(): void {
    // Whatever the clock of the phone is set to.
    const now = performance.now();
    if (this.status?.state !== 'open' || now - this.#touched < TOUCH_EVERY) return;
    this.#touched = now;
    this.ask('touch', {}).catch(() => {});
  }

  /** Talks to the study's server, once at a time; what is asked for meanwhile is done right after. */
  sync(): Promise<void> {
    // After leaving, the study may still have to hear of something that was deleted.
    const hears = this.status?.study || (this.today && this.today.sync.state !== 'no-study');
    if (this.status?.state !== 'open' || !hears) return Promise.resolve();
    this.#syncAgain = this.#syncing !== null;
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = null;
      if (this.#syncAgain) void this.sync();
    });
    return this.#syncing;
  }

  /** Hides the screen at once, saves what is left to save, locks, and forgets. */
  async lock(): Promise<void> {
    this.hiding = true;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 1000));
    await Promise.race([this.beforeLock?.().catch(() => undefined), patience]);
    try {
      await this.#host.call('lock', {});
    } finally {
      this.#forget();
    }
  }

  /** An invitation from outside: a link that was tapped, or the page's own address. */
  openInvitation(text: string): void {
    this.#invitation = text;
    if (this.status && this.status.state !== 'locked') void this.#followInvitation();
  }

  /** The questions that are on offer today, and those of the draft. */
  get sets(): PromptSet[] {
    const { today } = this;
    return today ? [today.daily, ...today.others, ...(today.draft_set ? [today.draft_set] : [])] : [];
  }

  /** One step further; what was said on this screen is left behind. */
  open(screen: Screen): void {
    this.notice = null;
    this.router.go(screen);
  }

  /** Opens the screen to write on. `fresh`: the draft is a copy of an entry, and nothing in it has been changed yet. */
  write(draft: Draft, fresh = false): void {
    this.notice = null;
    this.router.go({ name: 'write', draft, fresh });
  }

  async #opened(status: Status): Promise<void> {
    this.status = status;
    await this.refresh();
    this.router.start({ name: 'today' });
    if (this.today?.draft) this.write(this.today.draft);
    void this.#followInvitation();
    void this.sync();
    // A language that was chosen on the lock.
    this.tellReminderText().catch(() => {});
  }

  async #followInvitation(): Promise<void> {
    const text = this.#invitation;
    this.#invitation = null;
    if (text === null) return;
    if (this.study) {
      this.notice = { text: errorSentence('already-joined') };
    } else if (await this.router.mayLeave()) {
      // What is being written is a draft by then; its screen, opened anew, would have the words that it began with.
      if (this.router.screen.name === 'write') this.router.start({ name: 'today' });
      this.open({ name: 'invitation', text, tapped: true });
    } else {
      // It is followed at the next opening.
      this.#invitation ??= text;
    }
  }

  async #sync(): Promise<void> {
    this.talking = true;
    let view: SyncView | null = null;
    try {
      view = await this.ask('sync_now', {});
    } catch (thrown) {
      const problem = CommandError.from<ErrorCode>(thrown).code;
      if (this.today) view = { ...this.today.sync, problem };
    } finally {
      this.talking = false;
    }
    try {
      await this.refresh();
      if (view?.problem && this.today)
        this.today = { ...this.today, sync: { ...this.today.sync, problem: view.problem } };
    } catch {
      // What today shows stays as it was; the next look reads it again.
    }
  }

  /** The page is looked at again; meanwhile the shell may have locked the diary. */
  async #comeBack(): Promise<void> {
    if (this.status?.state !== 'open') return;
    const status = await this.ask('status', {}).catch(() => null);
    if (status?.state === 'locked') this.#forget();
    else this.#lookAgain();
  }

  /** The host says when the lock has fallen, also when nothing here had asked for it. */
  async #awaitLock(): Promise<void> {
    if (this.#awaitsLock) return;
    this.#awaitsLock = true;
    let fallen = false;
    while (!fallen && !this.hiding) {
      try {
        await this.#host.call('await_lock', {});
        fallen = true;
      } catch {
        // A host that could not answer is asked again.
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
      }
    }
    if (!this.hiding) this.#forget();
  }

  #lookAgain(): void {
    this.now = new Date();
    if (!this.today) return;
    const due = this.today.held.some(({ shares_at }) => shares_at !== null && new Date(shares_at) <= this.now);
    if (due || this.today.sync.state !== 'up-to-date') void this.sync();
    const { date, reminder } = this.today;
    const past = date !== dateOf(this.now) || (reminder !== null && new Date(reminder) <= this.now);
    if (past) this.refresh().catch(() => {});
  }

  #forget(): void {
    this.hiding = true;
    this.router.end();
    location.reload();
  }
}

const KEY = Symbol('diary');

export function provideDiary(diary: Diary): void {
  setContext(KEY, diary);
}

export function useDiary(): Diary {
  return getContext<Diary>(KEY);
}
