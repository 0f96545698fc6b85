/** A small study for tests of the form. */
import type { StudyDraft, StudyForm } from '../common/generated/desk';

export function smallDraft(): StudyDraft {
  return {
    version: 1,
    languages: ['en', 'gd'],
    title: { en: 'Ours', gd: 'Againne' },
    about: {},
    run_by: { en: 'The team' },
    contact: {},
    hold: '48h',
    about_days_back: 7,
    review_after: '10y',
    join_page: '',
    phase: [
      { id: 'into', from: '0w', title: { en: 'Into' } },
      { id: 'beyond', from: '9w', title: { en: 'Beyond' } },
    ],
    prompt_set: [
      { id: 'daily', when: 'day', title: { en: 'Today' }, phases: null },
      { id: 'weekly', when: 'weekly', title: {}, phases: ['into'] },
    ],
    prompt: [
      { id: 'stays', set: 'daily', kind: 'text', text: { en: 'What stays?' }, option: [] },
      { id: 'heavy', set: 'daily', kind: 'choice', text: { en: 'Heavy?' }, option: [] },
      { id: 'week', set: 'weekly', kind: 'text', text: { en: 'And the week?' }, option: [] },
    ],
    schedule: [{ set: 'weekly', days: ['fri'], aim_per_week: 1, phases: ['into'], weeks: '', every_weeks: 1 }],
    time_point: [],
    consent: [{ id: 'text', required: true, text: { en: 'They may read it.' } }],
    support: [{ name: { en: 'Us' }, tel: '999', hours: {} }],
    code: [],
  };
}

export const smallForm = (draft: StudyDraft | null): StudyForm => ({
  draft,
  problems: [],
  text: '',
  file: 'study.toml',
  published: null,
  unsent: null,
  changes: [],
  stale: false,
  without_interviews: false,
  kept: null,
});
