/** The weights of a day and their words, in the order in which they are asked. */
import type { Weight } from '../../common/generated/diary';
import { dateLocale, t } from '../../common/words/fluent';

export const weightText: Record<Weight, string> = {
  light: 'weight-light',
  okay: 'weight-okay',
  heavy: 'weight-heavy',
  'not-said': 'weight-not-said',
};

/** A weight in the middle of a sentence. */
export function weightWords(weight: Weight): string {
  return t(weightText[weight]).toLocaleLowerCase(dateLocale);
}
