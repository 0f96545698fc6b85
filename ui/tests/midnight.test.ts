import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { language: 'en-GB', languages: ['en-GB'] });
await import('../diary/words');
const { dateOf, dayName, dayOf, daysBefore, daysBetween, timeUntil } = await import('../common/words/time');
const { weeksOf } = await import('../diary/state/calendar');

/** Where the clock jumps at midnight: the last Friday of April 2026 begins at 1 in the morning, and 29 October ends twice. */
const CAIRO = 'Africa/Cairo';
const before = process.env.TZ;
beforeAll(() => void (process.env.TZ = CAIRO));
afterAll(() => void (process.env.TZ = before));

describe('a day that has no midnight', () => {
  it('is there, begins when it begins, and is a day after the one before', () => {
    expect(dayOf('2026-04-24').getHours(), 'the zone is in force').toBe(1);
    expect(dateOf(dayOf('2026-04-24'))).toBe('2026-04-24');
    expect(daysBetween('2026-04-23', '2026-04-24')).toBe(1);
    expect(daysBetween('2026-04-24', '2026-04-25')).toBe(1);
    expect([1, 2, 3].map((days) => daysBefore('2026-04-25', days))).toEqual(['2026-04-24', '2026-04-23', '2026-04-22']);
  });

  it('is called as people call it, minutes after it began', () => {
    const now = new Date(dayOf('2026-04-24').getTime() + 5 * 60_000);
    expect(dayName('2026-04-24', now)).toBe('Today');
    expect(dayName('2026-04-23', now)).toBe('Yesterday');
  });

  it('stands once in its month', () => {
    const april = weeksOf('2026-04', 7).flat();
    expect(april.filter((day) => day !== null)).toHaveLength(30);
    expect(april.filter((day) => day === '2026-04-24')).toHaveLength(1);
  });
});

describe('a day whose last hour comes twice', () => {
  const first = new Date('2026-10-29T20:30:00Z');
  const second = new Date('2026-10-29T21:30:00Z');

  it('is one day, in both of its hours', () => {
    expect(first.getHours()).toBe(23);
    expect(second.getHours(), 'the zone is in force').toBe(23);
    expect([dateOf(first), dateOf(second)]).toEqual(['2026-10-29', '2026-10-29']);
    expect(daysBetween('2026-10-29', '2026-10-30')).toBe(1);
    expect(daysBefore('2026-10-30', 1)).toBe('2026-10-29');
  });

  it('does not shorten a hold: hours are hours', () => {
    expect(timeUntil('2026-10-31T20:30:00Z', first)).toBe('in 48 hours');
  });
});
