/** The parts in which a study is written, and which of them a place in it belongs to. */

export const SECTIONS = [
  'about',
  'languages',
  'phases',
  'questions',
  'consent',
  'support',
  'rules',
  'interviews',
  'codes',
  'file',
] as const;
export type Section = (typeof SECTIONS)[number];

const OF: Record<string, Section> = {
  title: 'about',
  about: 'about',
  run_by: 'about',
  contact: 'about',
  languages: 'languages',
  phase: 'phases',
  prompt_set: 'questions',
  prompt: 'questions',
  schedule: 'questions',
  consent: 'consent',
  support: 'support',
  version: 'rules',
  hold: 'rules',
  about_days_back: 'rules',
  review_after: 'rules',
  join_page: 'rules',
  time_point: 'interviews',
  code: 'codes',
};

/** What belongs nowhere is seen in the file itself. */
export function sectionOf(at: string): Section {
  return OF[/^\w*/.exec(at)?.[0] ?? ''] ?? 'file';
}

/** The place itself, then what it stands in, outwards. */
export function surroundings(at: string): string[] {
  const places = [at];
  for (let end = /^(.+)[.[]/.exec(at)?.[1]; end !== undefined; end = /^(.+)[.[]/.exec(end)?.[1]) places.push(end);
  return places;
}
