/** A person's weeks: how much was shared in each, and which of them time off touches. */
import type { PersonView } from '../../common/generated/desk';
import { daysBefore } from '../../common/words/time';

export interface Week {
  monday: string;
  shared: number;
  /** How many the study hoped for. */
  hoped: number;
  /** How dark it is drawn: 0 for nothing, to 4. The same for all people, so that rows can be compared. */
  level: number;
  off: boolean;
}

/** The least of each level. A daily diary reaches 7. */
export const LEVELS = [1, 2, 4, 7] as const;

export function weeksOf({ strip, hoped_for, time_off }: PersonView, mondays: string[]): Week[] {
  return mondays.map((monday, i) => {
    const shared = strip[i] ?? 0;
    const sunday = daysBefore(monday, -6);
    return {
      monday,
      shared,
      hoped: hoped_for[i] ?? 0,
      level: LEVELS.filter((least) => shared >= least).length,
      off: time_off.some(({ from, until }) => from <= sunday && (until === null || until >= monday)),
    };
  });
}
