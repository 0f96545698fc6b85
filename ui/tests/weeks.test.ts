import { expect, it } from 'vitest';
import type { PersonView } from '../common/generated/desk';
import { weeksOf } from '../desk/state/weeks';

const person = (strip: number[], time_off: PersonView['time_off'] = []): PersonView => ({
  participant: 'P01',
  number: '00',
  invitation: 'used',
  until: null,
  phones: 1,
  joined: '2026-11-02',
  left: null,
  said_left: null,
  phase: null,
  shared: strip.reduce((sum, shared) => sum + shared, 0),
  interviews: 0,
  talk: 0,
  last_about: null,
  last_seen: null,
  strip,
  hoped_for: [],
  silent_days: null,
  time_off,
  needs_a_look: false,
  agreed: null,
});
const mondays = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];

it('a week is the darker the more was shared, and a daily diary is the darkest', () => {
  const levels = (strip: number[]) => weeksOf(person(strip), mondays).map((week) => week.level);
  expect(levels([0, 1, 2, 3])).toEqual([0, 1, 2, 2]);
  expect(levels([4, 6, 7, 40])).toEqual([3, 3, 4, 4]);
});

it('a week that time off touches with one day is off, and so is each one after time off that has no end', () => {
  const off = (from: string, until: string | null) =>
    weeksOf(person([0, 0, 0, 0], [{ from, until }]), mondays).map((week) => week.off);
  expect(off('2026-11-08', '2026-11-09')).toEqual([true, true, false, false]);
  expect(off('2026-11-10', '2026-11-15')).toEqual([false, true, false, false]);
  expect(off('2026-11-22', null)).toEqual([false, false, true, true]);
  expect(off('2026-10-01', '2026-11-01')).toEqual([false, false, false, false]);
});
