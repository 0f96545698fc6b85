/** Reading: what entries and interviews are narrowed to, how many of them are shown, which is selected, and how far down the person was. */
import type { DeskCommands, FindEntries, Found, FoundKind, WeightName } from '../../common/generated/desk';
import { wordsOf } from './found';

/** How many entries are asked for at once: some screens. */
const PAGE = 50;
/** The most that the host gives at once. */
const MOST = 200;

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

/** What may narrow; an empty text does not. */
const ANYTHING = {
  kind: '',
  participant: '',
  phase: '',
  prompt_set: '',
  tag: '',
  weight: '',
  talk: '',
  from: '',
  until: '',
  words: '',
};
export type Narrowing = typeof ANYTHING;

export class Reader {
  narrowing = $state<Narrowing>({ ...ANYTHING });
  /** Whether the side is unfolded, where it folds. */
  unfolded = $state(false);
  /** Whether what narrows beside words and people is on show. */
  filtering = $state(false);
  entries = $state.raw<Found[]>([]);
  /** How many there are, how many of them are interviews, and of how many people; null before the first answer. */
  found = $state.raw<{ total: number; interviews: number; participants: number } | null>(null);
  /** The words by which those on show were found, to mark them. */
  words = $state.raw<string[]>([]);
  selected = $state<string | null>(null);
  /** How far down the page the person was. */
  scroll = 0;

  readonly #ask: Ask;
  /** Answers to older questions are not shown. */
  #question = 0;
  /** What the entries on show were found by. */
  #foundBy = '';

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  get narrowed(): boolean {
    return Object.values(this.narrowing).some((value) => value.trim() !== '');
  }

  /** The same without where to begin and how many. */
  get wanted(): Omit<FindEntries, 'offset' | 'limit'> {
    const { kind, participant, phase, prompt_set, tag, weight, talk, from, until, words } = this.narrowing;
    return {
      kind: (kind as FoundKind) || null,
      participant: participant || null,
      phase: phase || null,
      prompt_set: prompt_set || null,
      tag: tag || null,
      weight: (weight as WeightName) || null,
      talk: talk !== '',
      from: from || null,
      until: until || null,
      words: words.trim() || null,
    };
  }

  /** Narrows to this and to nothing else. */
  narrow(narrowing: Partial<Narrowing>, selected: string | null = null): void {
    this.narrowing = { ...ANYTHING, ...narrowing };
    this.selected = selected;
    this.scroll = 0;
  }

  /** Reads what is wanted: its beginning, or, where it is on show already, as far as it is. */
  async read(): Promise<void> {
    const { wanted } = this;
    const foundBy = JSON.stringify(wanted);
    const limit = foundBy === this.#foundBy ? Math.min(MOST, Math.max(PAGE, this.entries.length)) : PAGE;
    const question = (this.#question += 1);
    const { entries, ...found } = await this.#ask('entries', { ...wanted, offset: 0, limit });
    if (question !== this.#question) return;
    this.#foundBy = foundBy;
    this.words = wordsOf(wanted.words ?? '');
    this.found = found;
    this.entries = entries;
  }

  /** Reads on. */
  async more(): Promise<void> {
    if (this.found === null || this.entries.length >= this.found.total) return;
    const question = this.#question;
    const shown = this.entries;
    const { entries, ...found } = await this.#ask('entries', { ...this.wanted, offset: shown.length, limit: PAGE });
    if (question !== this.#question || shown !== this.entries) return;
    this.found = found;
    // What was collected meanwhile may have moved some of them on.
    const known = new Set(shown.map(keyOf));
    this.entries = [...shown, ...entries.filter((each) => !known.has(keyOf(each)))];
  }
}

type Named = { kind: 'interview'; transcript: string } | { kind?: 'entry'; participant: string; entry: string };

/** An entry or an interview among those of all people. */
export const keyOf = (each: Named): string =>
  each.kind === 'interview' ? each.transcript : `${each.participant}/${each.entry}`;
