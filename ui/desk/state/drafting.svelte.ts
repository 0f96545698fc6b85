/**
 * The study that is being written: what stands in the form, and what the host says of it. What is typed is saved by itself a moment
 * later; one save at a time, and what changes meanwhile is saved right after.
 */
import { getContext, setContext } from 'svelte';
import type {
  BeginFrom,
  DeskCommands,
  ErrorCode,
  StudyDraft,
  StudyForm,
  StudyProblem,
} from '../../common/generated/desk';
import { CommandError } from '../../common/host/host';
import { undoable } from './undo';

/** How long typing pauses before it is saved. */
export const QUIET = 600;
/** After so long a save that did not work is tried again; after twice as long each time that it does not. */
export const RETRY = 4_000;
/** The longest between two tries. */
const LONGEST_RETRY = 120_000;
/** What may pass by itself. Anything else waits for somebody to change what they typed. */
const PASSING: readonly string[] = ['disk-full', 'read-only', 'unreadable', 'draft-unwritten', 'folder-missing'];

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

export class Drafting {
  /** What the host has said last. */
  form = $state.raw<StudyForm | null>(null);
  /** What stands in the form. */
  draft = $state<StudyDraft | null>(null);
  saving = $state<'saved' | 'unsaved'>('saved');
  problem = $state<ErrorCode | null>(null);
  /** What was taken out last, and the way to have it back. */
  before = $state.raw<{ what: string; back: () => void } | null>(null);
  /** Takes over what is being typed and counts only once it is finished, like an id. */
  typing: (() => void) | null = null;

  readonly #ask: Ask;
  /** What was made while this was open: their ids may still change with their words. */
  readonly #fresh = new WeakSet<object>();
  #stored = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inFlight: Promise<void> | null = null;
  #over = false;
  #tries = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async load(): Promise<void> {
    this.#take(await this.#ask('study_form', {}));
  }

  async begin(from: BeginFrom): Promise<void> {
    await this.#mustSettle();
    this.#take(await this.#ask('begin_study', { from }));
  }

  /** Takes a file that somebody wrote. Where it cannot be taken, gives what is wrong with it, and everything stays as it was. */
  async take(text: string): Promise<StudyProblem[]> {
    await this.#mustSettle();
    const { form, problems } = await this.#ask('take_study', { text });
    if (form) this.#take(form);
    return problems;
  }

  /** What has to be put right, at a place and nowhere deeper. */
  problemsAt(at: string): StudyProblem[] {
    return this.form?.problems.filter((problem) => problem.at === at) ?? [];
  }

  /** To be called whenever the draft may have changed. */
  changed(): void {
    if (this.draft === null || JSON.stringify(this.draft) === this.#stored) return;
    this.saving = 'unsaved';
    this.#later(QUIET);
  }

  /** Takes something out, in a way that can be taken back. */
  takeOut(what: string, change: (draft: StudyDraft) => void): void {
    const { draft } = this;
    if (draft === null) return;
    this.before = { what, back: undoable(draft, () => change(draft)) };
    this.changed();
  }

  putBack(): void {
    this.before?.back();
    this.before = null;
    this.changed();
  }

  /** Something that was made just now. */
  made(item: object): void {
    this.#fresh.add(item);
  }

  /** Whether an id may still change: no phone has heard of it. */
  isFree(item: object): boolean {
    return this.form?.published === null || this.#fresh.has(item);
  }

  /** Saves what is not saved yet. True when everything is. */
  async settled(): Promise<boolean> {
    this.typing?.();
    this.changed();
    return this.#settle();
  }

  /** The file is about to say something else: what could not be saved would be lost. */
  async #mustSettle(): Promise<void> {
    if (!(await this.settled())) throw new CommandError(this.problem ?? 'internal');
  }

  async #settle(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#inFlight;
    if (this.saving === 'unsaved') await this.#save();
    return this.saving === 'saved';
  }

  /** The screen is left: what is not saved is, and nothing further is tried. */
  async end(): Promise<void> {
    await this.settled();
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#over) this.#timer = setTimeout(() => void this.#settle(), ms);
  }

  #save(): Promise<void> {
    this.#inFlight ??= this.#saveAll().finally(() => (this.#inFlight = null));
    return this.#inFlight;
  }

  async #saveAll(): Promise<void> {
    try {
      for (let now = JSON.stringify(this.draft); now !== this.#stored; now = JSON.stringify(this.draft)) {
        const form = await this.#ask('save_study', { draft: JSON.parse(now) as StudyDraft });
        this.#stored = now;
        // What was kept stays said until the screen is left.
        this.form = { ...form, kept: form.kept ?? this.form?.kept ?? null };
      }
      this.problem = null;
      this.saving = 'saved';
      this.#tries = 0;
    } catch (thrown) {
      this.problem = CommandError.from<ErrorCode>(thrown).code;
      if (!PASSING.includes(this.problem)) return;
      this.#later(Math.min(RETRY * 2 ** this.#tries, LONGEST_RETRY));
      this.#tries += 1;
    }
  }

  #take(form: StudyForm): void {
    this.form = form;
    this.draft = form.draft;
    this.before = null;
    this.problem = null;
    this.#stored = JSON.stringify(form.draft);
    this.saving = 'saved';
  }
}

const KEY = Symbol('drafting');

export function provideDrafting(drafting: Drafting): void {
  setContext(KEY, drafting);
}

export function useDrafting(): Drafting {
  return getContext<Drafting>(KEY);
}
