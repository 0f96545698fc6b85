/** How an entry weighs on its writer, in words. */
import type { WeightName } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

export const weightText: Record<WeightName, string> = {
  light: 'weight-light',
  okay: 'weight-okay',
  heavy: 'weight-heavy',
  'not-said': 'weight-not-said',
};

export const WEIGHTS = Object.keys(weightText) as WeightName[];

export const weightWords = (weight: WeightName): string => t(weightText[weight]);
