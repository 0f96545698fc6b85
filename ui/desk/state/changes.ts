/** What changed in a study since it was published, in words. */
import type { Change, ChangedPart } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';
import { listOf } from '../../common/words/numbers';

/** Parts that are one text or number, and say only that they changed. */
const parts: Record<ChangedPart, string> = {
  title: 'field-title',
  about: 'field-about',
  'run-by': 'field-run-by',
  contact: 'field-contact',
  languages: 'section-languages',
  hold: 'field-hold',
  'about-days-back': 'field-days-back',
  'review-after': 'field-review',
  'join-page': 'field-join-page',
  phases: 'section-phases',
  sets: 'changed-sets',
  prompts: 'changed-prompts',
  schedules: 'days-title',
  consent: 'section-consent',
  support: 'section-support',
  codes: 'section-codes',
};

const LISTS: readonly ChangedPart[] = [
  'languages',
  'phases',
  'sets',
  'prompts',
  'schedules',
  'consent',
  'support',
  'codes',
];

export function changeWords({ part, added, changed, removed, moved }: Change): string {
  const name = t(parts[part]);
  if (!LISTS.includes(part)) return t('changed-one', { part: name });
  const what = [
    added > 0 ? t('changed-added', { count: added }) : null,
    changed > 0 ? t('changed-changed', { count: changed }) : null,
    removed > 0 ? t('changed-removed', { count: removed }) : null,
    moved ? t('changed-moved') : null,
  ].filter((each) => each !== null);
  return t('changed-list', { part: name, what: listOf(what) });
}
