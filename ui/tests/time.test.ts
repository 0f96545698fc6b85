import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { language: 'en-GB' });
await import('../diary/words');
const { comingMoment, dayName, daysBefore, daysBetween, duration, longDay, monthOf, pastMoment, timeUntil } =
  await import('../common/words/time');

// A Thursday, on the phone's own clock.
const now = new Date(2026, 10, 19, 14, 30);
const at = (days: number, hour: number, minute = 0) => new Date(2026, 10, 19 + days, hour, minute).toISOString();

describe('days', () => {
  it('are called as people call them', () => {
    expect(dayName('2026-11-19', now)).toBe('Today');
    expect(dayName('2026-11-18', now)).toBe('Yesterday');
    expect(dayName('2026-11-17', now)).toBe('Tuesday');
    expect(dayName('2026-11-12', now)).toBe('12\u00a0November');
    expect(dayName('2025-11-12', now)).toBe('12\u00a0November 2025');
    expect(longDay('2026-11-19', now)).toBe('Thursday 19\u00a0November');
    expect(monthOf('2026-11-19')).toBe('November 2026');
  });

  it('are counted on the calendar, over a change of clocks and a leap day', () => {
    expect(daysBefore('2026-03-30', 2)).toBe('2026-03-28');
    expect(daysBefore('2028-03-01', 1)).toBe('2028-02-29');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });
});

describe('moments behind', () => {
  it('have a part of the day', () => {
    expect(pastMoment(at(0, 14, 29), now)).toBe('just now');
    expect(pastMoment(at(0, 9), now)).toBe('this morning');
    expect(pastMoment(at(-1, 22), now)).toBe('yesterday evening');
    expect(pastMoment(at(-2, 19), now)).toBe('Tuesday evening');
    expect(pastMoment(at(-2, 2), now)).toBe('Tuesday night');
    expect(pastMoment(at(-20, 19), now)).toBe('30\u00a0October');
  });
});

describe('moments ahead', () => {
  it('are told by how long it takes', () => {
    expect(timeUntil(at(2, 12, 30), now)).toBe('in 46 hours');
    expect(timeUntil(at(0, 14, 50), now)).toBe('in 20 minutes');
    expect(timeUntil(at(0, 15, 30), now)).toBe('in 1 hour');
    expect(timeUntil(at(5, 14, 30), now)).toBe('in 5 days');
    expect(timeUntil(at(-1, 0), now)).toBe('very soon');
  });

  it('are told by when it is', () => {
    expect(comingMoment(new Date(at(0, 18)), now)).toBe('today at 18:00');
    expect(comingMoment(new Date(at(1, 9)), now)).toMatch(/^tomorrow at 0?9:00$/);
    expect(comingMoment(new Date(at(2, 9)), now)).toMatch(/^on Saturday at 0?9:00$/);
    expect(comingMoment(new Date(at(14, 9)), now)).toMatch(/^on 3\u00a0December at 0?9:00$/);
  });

  it('and spans have plain units', () => {
    expect(duration(48)).toBe('48 hours');
    expect(duration(1)).toBe('1 hour');
    expect(duration(168)).toBe('7 days');
  });
});
