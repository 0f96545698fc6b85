/** How a phone's log stands, in words, and which of the states need a look. */
import type { MetView, PhoneLine, PhoneState } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';
import { dateOf, shortDay, shortMoment } from '../../common/words/time';

const stateText: Record<PhoneState, string> = {
  complete: 'phone-complete',
  behind: 'phone-behind',
  gap: 'phone-gap',
  withheld: 'phone-withheld',
  'rolled-back': 'phone-rolled-back',
  fork: 'phone-fork',
  stopped: 'phone-stopped',
  unproven: 'phone-unproven',
};

/** What each state that needs a look means, and what to do. The others mean what their words say. */
const lookText: Partial<Record<PhoneState, string>> = {
  gap: 'look-gap',
  withheld: 'look-withheld',
  'rolled-back': 'look-rolled-back',
  fork: 'look-fork',
  unproven: 'look-unproven',
};

export const stateWords = (state: PhoneState): string => t(stateText[state]);

/** The sentences, where the phone needs a look. */
export function lookWords({ state, seq }: PhoneLine): string | null {
  const text = lookText[state];
  return text === undefined ? null : t(text, { seq });
}

export const needsLook = ({ state }: PhoneLine): boolean => state in lookText;

/** The beginning of an id, by which people tell one from another. */
export const short = (id: string): string => id.slice(0, 8);

/** What a phone still has, as far as its own last word says it; that nothing is known is told as such. */
export function holdsWords({ state, to_come, as_of, parts_missing }: PhoneLine): string {
  if (state === 'stopped') return t('holds-stopped');
  if (to_come === null || as_of === null) return t('holds-unknown');
  const moment = shortMoment(new Date(as_of));
  if (to_come > 0) return t('holds-some', { count: to_come, moment });
  if (parts_missing > 0) return t('holds-parts', { count: parts_missing, moment });
  return t('holds-none', { moment });
}

/** Who has compared the words of a phone, and when. */
export const metWords = ({ by, at }: MetView): string =>
  t('met-by', { by, day: at === null ? t('not-known') : shortDay(dateOf(new Date(at))) });
