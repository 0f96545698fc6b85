/** The diary to re-read: what it is narrowed to, how much of it is shown, and where the person was when they left it. */
import type { DiaryCommands, EntryFilter, ListedEntry, MarkKind } from '../../common/generated/diary';
import { monthEnds } from './calendar';

/** How many entries are asked for at once: some screens of a small phone. */
const PAGE = 60;

type Ask = <K extends keyof DiaryCommands>(
  name: K,
  input: DiaryCommands[K]['input'],
) => Promise<DiaryCommands[K]['output']>;

export class Timeline {
  query = $state('');
  tags = $state.raw<string[]>([]);
  mark = $state<MarkKind | null>(null);
  day = $state<string | null>(null);
  calendar = $state(false);
  /** The calendar's page; null for the newest. */
  month = $state<string | null>(null);
  /** The panel of marks and tags. */
  narrowing = $state(false);

  lines = $state.raw<ListedEntry[]>([]);
  /** How many entries there are in all; null before the first answer. */
  total = $state<number | null>(null);
  /** The entry that was opened from the list, and where it stood on the screen. */
  left: { entry: string; top: number; scroll: number } | null = null;

  readonly #ask: Ask;
  /** Answers to older questions are not shown. */
  #question = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Whether something is left out by choice. A month of the calendar is a page, not a choice. */
  get narrowed(): boolean {
    return this.query.trim() !== '' || this.tags.length > 0 || this.mark !== null || this.day !== null;
  }

  /** What narrows the calendar too: everything but days. */
  get anyDay(): EntryFilter {
    return { query: this.query.trim(), tags: this.tags, mark: this.mark, from: null, to: null };
  }

  get filter(): EntryFilter {
    if (this.day) return { ...this.anyDay, from: this.day, to: this.day };
    // Words are looked for everywhere.
    const page = this.calendar && this.query.trim() === '' ? this.month : null;
    return page ? { ...this.anyDay, ...monthEnds(page) } : this.anyDay;
  }

  /** Everything again. */
  widen(): void {
    this.query = '';
    this.tags = [];
    this.mark = null;
    this.day = null;
  }

  /** A fresh look at the whole diary. */
  reset(): void {
    this.widen();
    this.calendar = false;
    this.month = null;
    this.narrowing = false;
    this.lines = [];
    this.total = null;
  }

  toggleTag(tag: string): void {
    this.tags = this.tags.includes(tag) ? this.tags.filter((each) => each !== tag) : [...this.tags, tag];
  }

  /** Reads the list again, as far as it is shown; `afresh`: its beginning. */
  async read(filter: EntryFilter, afresh: boolean): Promise<void> {
    const limit = afresh ? PAGE : Math.max(PAGE, this.lines.length);
    const question = (this.#question += 1);
    const list = await this.#ask('list_entries', { filter, offset: 0, limit });
    if (question !== this.#question) return;
    this.total = list.total;
    this.lines = list.lines;
  }

  /** Reads on. */
  async more(): Promise<void> {
    if (this.total === null || this.lines.length >= this.total) return;
    const question = this.#question;
    const shown = this.lines;
    const list = await this.#ask('list_entries', { filter: this.filter, offset: shown.length, limit: PAGE });
    if (question !== this.#question || shown !== this.lines) return;
    const known = new Set(shown.map((line) => line.entry.id));
    this.total = list.total;
    this.lines = [...shown, ...list.lines.filter((line) => !known.has(line.entry.id))];
  }

  /** An entry has another id now: what is taken back goes on as a copy. */
  renamed(from: string, to: string): void {
    if (this.left?.entry === from) this.left = { ...this.left, entry: to };
    this.lines = this.lines.map((line) =>
      line.entry.id === from ? { ...line, entry: { ...line.entry, id: to } } : line,
    );
  }

  /** An entry is no more: it is not on show for another moment. */
  removed(entry: string): void {
    this.lines = this.lines.filter((line) => line.entry.id !== entry);
  }
}
