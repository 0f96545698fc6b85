/** What a form does to a study beside changing its words: ids that nobody has to think of, and lists that belong together. */
import type { DraftPrompt, StudyDraft, Words } from '../../common/generated/desk';

/** The most characters of an id. */
const LONGEST = 40;

/** A short name for a text, as ids are: `What stays with you?` becomes `what-stays-with-you`. Empty where no letter of it can be one. */
export function slug(text: string): string {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word.slice(0, LONGEST - 4) : `${name}-${word}`;
    if (longer.length > LONGEST - 4) break;
    name = longer;
  }
  return name;
}

/** A name that nothing else has: `daily`, else `daily-2` …. */
export function unused(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** The first of `phase-1`, `phase-2` … that nothing has. */
export function numbered(name: string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** Whether an id was made from a text, or stands for one that was not written yet. */
export function isMadeFrom(id: string, text: string): boolean {
  const name = slug(text);
  if (/^(phase|set|question|option|consent)-\d+$/.test(id)) return true;
  return name !== '' && (id === name || (id.startsWith(`${name}-`) && /^\d+$/.test(id.slice(name.length + 1))));
}

/**
 * What something is called from now on, and whether what names it goes along. None keeps its name, and one that is taken gets a number: what
 * names it would go to the other one. What has the name of another already is not known to mean this one.
 */
function renamed(before: string, wanted: string, taken: readonly string[]): { name: string; follows: boolean } {
  const name = wanted.trim() === '' ? before : unused(wanted, taken);
  return { name, follows: before !== '' && !taken.includes(before) };
}

export function renamePhase(draft: StudyDraft, index: number, id: string): void {
  const phase = draft.phase[index]!;
  const before = phase.id;
  const taken = others(draft.phase, index).map((each) => each.id);
  const { name, follows } = renamed(before, id, taken);
  phase.id = name;
  if (!follows) return;
  for (const each of [...draft.prompt_set, ...draft.schedule])
    each.phases = each.phases && each.phases.map((phase) => (phase === before ? name : phase));
}

export function renameSet(draft: StudyDraft, index: number, id: string): void {
  const set = draft.prompt_set[index]!;
  const before = set.id;
  const taken = others(draft.prompt_set, index).map((each) => each.id);
  const { name, follows } = renamed(before, id, taken);
  set.id = name;
  if (!follows) return;
  for (const each of [...draft.prompt, ...draft.schedule]) if (each.set === before) each.set = name;
}

/** What stands below a code follows its name. */
export function renameCode(draft: StudyDraft, index: number, wanted: string): void {
  const code = draft.code[index]!;
  const before = code.name;
  const taken = others(draft.code, index).map((each) => each.name);
  const { name, follows } = renamed(before, wanted, taken);
  code.name = name;
  if (!follows) return;
  for (const each of draft.code) if (each.parent === before) each.parent = name;
}

function others<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, place) => place !== index);
}

/** A phase goes with what names it. What was for it alone is used nowhere then, which the check says: nothing is asked of more people unseen. */
export function removePhase(draft: StudyDraft, index: number): void {
  const [gone] = draft.phase.splice(index, 1);
  for (const each of [...draft.prompt_set, ...draft.schedule])
    each.phases = each.phases?.filter((name) => name !== gone?.id) ?? null;
  // Whichever is the first one begins at joining.
  if (draft.phase[0]) draft.phase[0].from = '0w';
}

/** A set goes with its questions and its days. */
export function removeSet(draft: StudyDraft, index: number): void {
  const [gone] = draft.prompt_set.splice(index, 1);
  draft.prompt = draft.prompt.filter((prompt) => prompt.set !== gone?.id);
  draft.schedule = draft.schedule.filter((schedule) => schedule.set !== gone?.id);
}

/** One place up or down; nothing where there is none. */
export function move<T>(list: T[], index: number, by: -1 | 1): void {
  const other = index + by;
  if (other < 0 || other >= list.length) return;
  [list[index], list[other]] = [list[other]!, list[index]!];
}

/** A set moves with its questions. */
export function moveSet(draft: StudyDraft, index: number, by: -1 | 1): void {
  move(draft.prompt_set, index, by);
  const rank = (prompt: DraftPrompt) => draft.prompt_set.findIndex((set) => set.id === prompt.set);
  draft.prompt = [...draft.prompt].sort((one, other) => rank(one) - rank(other));
}

/** The questions of a set, each with its place among all. */
export function promptsOf(draft: StudyDraft, set: string): { prompt: DraftPrompt; index: number }[] {
  return draft.prompt.map((prompt, index) => ({ prompt, index })).filter(({ prompt }) => prompt.set === set);
}

/** A question moves among those of its set. */
export function movePrompt(draft: StudyDraft, index: number, by: -1 | 1): void {
  const places = promptsOf(draft, draft.prompt[index]!.set).map((each) => each.index);
  const other = places[places.indexOf(index) + by];
  if (other === undefined) return;
  [draft.prompt[index], draft.prompt[other]] = [draft.prompt[other]!, draft.prompt[index]!];
}

/** Adds a question behind those of its set, and gives its place. */
export function addPrompt(draft: StudyDraft, prompt: DraftPrompt): number {
  const rank = (set: string) => draft.prompt_set.findIndex((each) => each.id === set);
  const places = draft.prompt.flatMap((each, index) => (rank(each.set) <= rank(prompt.set) ? [index + 1] : []));
  const place = places.at(-1) ?? 0;
  draft.prompt.splice(place, 0, prompt);
  return place;
}

/** Every text of the study. */
export function allWords(draft: StudyDraft): Words[] {
  return [
    draft.title,
    draft.about,
    draft.run_by,
    draft.contact,
    ...draft.phase.map(({ title }) => title),
    ...draft.prompt_set.map(({ title }) => title),
    ...draft.prompt.flatMap(({ text, option }) => [text, ...option.map((each) => each.text)]),
    ...draft.consent.map(({ text }) => text),
    ...draft.support.flatMap(({ name, hours }) => [name, hours]),
  ];
}

const isThere = (words: Words, language: string): boolean => (words[language] ?? '').trim() !== '';

/** How many texts that stand in some language are missing in this one. */
export function missingIn(draft: StudyDraft, language: string): number {
  return allWords(draft).filter(
    (words) => !isThere(words, language) && draft.languages.some((other) => isThere(words, other)),
  ).length;
}

/** A language goes with its texts. */
export function removeLanguage(draft: StudyDraft, index: number): void {
  const [gone] = draft.languages.splice(index, 1);
  if (gone !== undefined) for (const words of allWords(draft)) delete words[gone];
}

/** Whether it looks like the code of a language: `en`, `gd`, `pt-BR`. */
export const isLanguage = (code: string): boolean => /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(code) && code.length <= 35;

/** A language by its name; by its code where it has none here. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
