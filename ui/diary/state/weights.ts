/** The weights of a day and their words, in the order in which they are asked. */
import type { Weight } from '../../common/generated/diary';

export const weightText: Record<Weight, string> = {
  light: 'weight-light',
  okay: 'weight-okay',
  heavy: 'weight-heavy',
  'not-said': 'weight-not-said',
};
