/** Names: how they are grouped, what is suggested to stand in their place, and which of them are ticked. */
import type { DecidedName, FoundName, NameTerm, Sort } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

/** In the order in which they are looked at: what tells most first. */
const SORTS: readonly Sort[] = ['contact', 'number', 'name', 'perhaps', 'added'];

/** The heading of each sort, and what it is. */
export const sortText: Record<Sort, { title: string; lead: string }> = {
  contact: { title: 'sort-contact', lead: 'sort-contact-lead' },
  number: { title: 'sort-number', lead: 'sort-number-lead' },
  name: { title: 'sort-name', lead: 'sort-name-lead' },
  perhaps: { title: 'sort-perhaps', lead: 'sort-perhaps-lead' },
  added: { title: 'sort-added', lead: 'sort-added-lead' },
};

/** The id of the box that ticks a name. */
export const boxOf = (term: string): string => `name-${encodeURIComponent(term)}`;

/** A name that was typed; none while nothing is. It is as it was found before, where it was. */
export function addedByHand(typed: string, before: NameTerm | null = null): NameTerm[] {
  const term = typed.trim();
  if (term === '') return [];
  return [{ term, sort: term === before?.term ? before.sort : 'added' }];
}

export interface Group {
  sort: Sort;
  names: FoundName[];
}

/** What was found, by how it was found. */
export function groupsOf(found: readonly FoundName[]): Group[] {
  const groups = SORTS.map((sort) => ({ sort, names: found.filter((name) => name.sort === sort) }));
  return groups.filter(({ names }) => names.length > 0);
}

/** What stands in the place of names already, with the names. */
export interface Pseudonym {
  replacement: string;
  terms: string[];
}

export function pseudonymsOf(decided: readonly DecidedName[]): Pseudonym[] {
  const found = new Map<string, string[]>();
  for (const { replacement, term } of decided) {
    if (replacement !== null) found.set(replacement, [...(found.get(replacement) ?? []), term]);
  }
  const all = [...found].map(([replacement, terms]) => ({ replacement, terms }));
  return all.sort((a, b) => a.replacement.localeCompare(b.replacement, undefined, { numeric: true }));
}

/** "[Person 3]". */
const NUMBERED = /^\[(.+) ([1-9][0-9]{0,5})\]$/su;

/** The kinds that a desk begins with. Others come from what somebody has typed: after "[Street 1]" there are streets. */
const KINDS = ['kind-person', 'kind-place', 'kind-organisation', 'kind-contact', 'kind-number'];

/** One of each kind, with a number that nobody of it ever had. */
export function suggestions(used: readonly string[]): string[] {
  const numbers = new Map(KINDS.map((kind) => [t(kind), 0]));
  for (const replacement of used) {
    const [, kind, number] = NUMBERED.exec(replacement) ?? [];
    if (kind !== undefined) numbers.set(kind, Math.max(numbers.get(kind) ?? 0, Number(number)));
  }
  return [...numbers].map(([kind, number]) => `[${kind} ${number + 1}]`);
}

/** Those that stand in no entry as whole words. */
export function standNowhere(decided: readonly DecidedName[], terms: readonly string[]): string[] {
  const times = new Map(decided.map((each) => [each.term, each.times]));
  return terms.filter((term) => times.get(term.normalize('NFC').trim()) === 0);
}

/** The suggestion that fits best. */
export function suggested(terms: readonly NameTerm[], all: readonly string[]): string {
  const sorts = new Set(terms.map(({ sort }) => sort));
  const only = sorts.size === 1 ? terms[0]!.sort : 'name';
  const kind = only === 'contact' ? 'kind-contact' : only === 'number' ? 'kind-number' : 'kind-person';
  return all[KINDS.indexOf(kind)] ?? '';
}

/** The first that is not ticked after the last that is, else the last before: where one goes on when those that are ticked are gone. */
export function goesOnWith(shown: readonly FoundName[], ticked: ReadonlySet<string>): string | null {
  const terms = shown.map(({ term }) => term);
  const last = Math.max(...terms.map((term, i) => (ticked.has(term) ? i : -1)));
  const free = (some: string[]) => some.filter((term) => !ticked.has(term));
  return free(terms.slice(last + 1))[0] ?? free(terms.slice(0, last + 1)).at(-1) ?? null;
}
