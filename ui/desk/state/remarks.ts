/**
 * What the check of a study has found, in words for somebody who fills in a form. Of what only a file that was written by hand can have
 * wrong, the check's own words are shown.
 */
import type { StudyDraft, StudyProblem } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

/** What stands at a place like `prompt[3].text.en`; undefined where nothing does. */
export function valueAt(draft: StudyDraft, at: string): unknown {
  let value: unknown = draft;
  for (const [, key, index] of at.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key ?? index!];
  }
  return value;
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';
const isSpan = (value: unknown): boolean => typeof value === 'string' && /^\d+[hdwy]$/.test(value);

function remarkOf({ at }: StudyProblem, draft: StudyDraft): string | null {
  const value = valueAt(draft, at);
  const shape = at.replaceAll(/\[\d+\]/g, '[]');
  if (shape === 'time_point[].at' || shape === 'schedule[].weeks') return 'remark-range';
  const isText = value === undefined && draft.languages.includes(at.split('.').at(-1) ?? '');
  if (isText || isBlank(value)) return 'remark-blank';
  switch (shape) {
    case 'phase':
      return draft.phase.length === 0 ? 'remark-no-phase' : null;
    case 'phase[].from':
      return !isSpan(value) ? null : at === 'phase[0].from' ? 'remark-first-phase' : 'remark-phase-order';
    case 'prompt_set':
      return draft.prompt_set.length === 0 ? 'remark-no-set' : null;
    case 'prompt_set[]':
      return 'remark-set-empty';
    case 'prompt_set[].when':
      return value === 'weekly' ? 'remark-weekly' : null;
    case 'prompt_set[].phases':
    case 'schedule[].phases':
      return Array.isArray(value) && value.length === 0 ? 'remark-phases' : null;
    case 'prompt[].kind':
      return value === 'choice' || value === 'scale' ? 'remark-options' : null;
    case 'schedule[].days':
      return Array.isArray(value) && value.length === 0 ? 'remark-days' : null;
    case 'consent':
      return draft.consent.length === 0 ? 'remark-no-consent' : null;
    case 'support[].tel':
      return 'remark-tel';
    case 'join_page':
      return 'remark-join-page';
    case 'languages':
      return draft.languages.length === 0 ? 'remark-no-language' : null;
    default:
      return null;
  }
}

/** What is wrong, and what to do. */
export function remark(problem: StudyProblem, draft: StudyDraft): string {
  const id = remarkOf(problem, draft);
  return id === null ? t('remark-other', { message: problem.message, remedy: problem.remedy }) : t(id);
}
