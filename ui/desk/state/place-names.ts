/** Places in a study by the names that the form gives them. */
import type { StudyDraft } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';
import { listOf } from '../../common/words/numbers';
import { languageName, promptsOf } from './edits';
import { sectionOf, type Section } from './sections';

export const sectionNames: Record<Section, string> = {
  about: 'section-about',
  languages: 'section-languages',
  phases: 'section-phases',
  questions: 'section-questions',
  consent: 'section-consent',
  support: 'section-support',
  rules: 'section-rules',
  interviews: 'section-interviews',
  codes: 'section-codes',
  file: 'section-file',
};

const FIELDS: Record<string, string> = {
  title: 'field-title',
  about: 'field-about',
  run_by: 'field-run-by',
  contact: 'field-contact',
  hold: 'field-hold',
  about_days_back: 'field-days-back',
  review_after: 'field-review',
  join_page: 'field-join-page',
};

const ITEMS: Record<string, string> = {
  phase: 'phase-number',
  prompt_set: 'set-number',
  consent: 'consent-number',
  support: 'support-number',
  time_point: 'interview-number',
  code: 'code-number',
};

export function placeName(at: string, draft: StudyDraft): string {
  const key = /^\w*/.exec(at)?.[0] ?? '';
  const index = Number(/^\w+\[(\d+)\]/.exec(at)?.[1] ?? -1);
  const names = [t(sectionNames[sectionOf(at)])];
  if (key === 'prompt' && draft.prompt[index]) {
    const { set } = draft.prompt[index];
    names.push(setTitle(draft, set));
    names.push(t('question-number', { number: promptsOf(draft, set).findIndex((each) => each.index === index) + 1 }));
  } else if (key === 'schedule' && draft.schedule[index]) {
    names.push(setTitle(draft, draft.schedule[index].set), t('days-title'));
  } else if (key === 'prompt_set' && draft.prompt_set[index]) {
    names.push(setTitle(draft, draft.prompt_set[index].id));
  } else if (index >= 0 && ITEMS[key]) {
    names.push(t(ITEMS[key], { number: index + 1 }));
  } else if (FIELDS[key]) {
    names.push(t(FIELDS[key]));
  }
  const option = /\.option\[(\d+)\]/.exec(at)?.[1];
  if (option !== undefined) names.push(t('option-number', { number: Number(option) + 1 }));
  const language = at.split('.').at(-1) ?? '';
  if (draft.languages.length > 1 && draft.languages.includes(language)) names.push(languageName(language));
  return listOf(names);
}

function setTitle(draft: StudyDraft, id: string): string {
  const index = draft.prompt_set.findIndex((set) => set.id === id);
  const title = draft.prompt_set[index]?.title[draft.languages[0] ?? '']?.trim();
  return title || t('set-number', { number: index + 1 });
}
