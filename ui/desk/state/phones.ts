/** How a phone's log stands, in words, and which of the states need a look. */
import type { PhoneLine, PhoneState } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

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
