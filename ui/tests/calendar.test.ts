import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { language: 'en-GB' });
await import('../diary/words');
const { dayAfterKey, firstDayByRegion, firstDayOfWeek, monthEnds, neighbours, someWeek, weeksOf } =
  await import('../diary/state/calendar');
const { dateOf } = await import('../common/words/time');

const [MONDAY, SATURDAY, SUNDAY] = [1, 6, 7];

describe('the first day of a week', () => {
  it('is the one of the place, also where the web view does not say', () => {
    expect(['DE', 'GB', 'FR', ''].map(firstDayByRegion)).toEqual([1, 1, 1, 1]);
    expect(['US', 'MX', 'BR', 'IL'].map(firstDayByRegion)).toEqual([7, 7, 7, 7]);
    expect(['EG', 'SY', 'IR'].map(firstDayByRegion)).toEqual([6, 6, 6]);
    expect(['en-GB', 'en-US', 'ar-EG', 'es', 'zh-Hans'].map(firstDayOfWeek)).toEqual([1, 7, 6, 1, 1]);
  });

  it('is told by the region when the locale has no week', () => {
    const prototype = Intl.Locale.prototype as unknown as Record<string, unknown>;
    const names = ['getWeekInfo', 'weekInfo'].filter((name) => name in prototype);
    const kept = names.map((name) => Object.getOwnPropertyDescriptor(prototype, name)!);
    names.forEach((name) => Object.defineProperty(prototype, name, { value: undefined, configurable: true }));
    expect(['en-GB', 'en-US', 'ar-EG'].map(firstDayOfWeek)).toEqual([1, 7, 6]);
    names.forEach((name, place) => Object.defineProperty(prototype, name, kept[place]!));
  });

  it('begins the names above the columns', () => {
    expect(someWeek(MONDAY)[0]!.getDay()).toBe(1);
    expect(someWeek(SATURDAY)[0]!.getDay()).toBe(6);
    expect(someWeek(SUNDAY).map((day) => day.getDay())).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('a month', () => {
  it('has each of its days once, under its weekday, in whole weeks', () => {
    for (const firstDay of [MONDAY, SATURDAY, SUNDAY]) {
      for (const [month, days] of Object.entries({ '2026-02': 28, '2028-02': 29, '2026-03': 31, '2026-11': 30 })) {
        const weeks = weeksOf(month, firstDay);
        expect(weeks.flat().filter((day) => day !== null)).toHaveLength(days);
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          week.forEach((date, place) => {
            if (date) expect(new Date(`${date}T12:00`).getDay()).toBe((firstDay + place) % 7);
          });
        }
      }
    }
    expect(weeksOf('2026-03', MONDAY)[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
    expect(weeksOf('2026-02', SUNDAY)).toHaveLength(4);
  });

  it('has its ends', () => {
    expect(monthEnds('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(monthEnds('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  });

  it('knows the months with entries on both sides', () => {
    const months = ['2026-11', '2026-03', '2024-12'];
    expect(neighbours(months, '2026-03')).toEqual({ earlier: '2024-12', later: '2026-11' });
    expect(neighbours(months, '2026-05')).toEqual({ earlier: '2026-03', later: '2026-11' });
    expect(neighbours(months, '2026-11').later).toBeNull();
    expect(neighbours([], '2026-11')).toEqual({ earlier: null, later: null });
  });
});

describe('a key', () => {
  const after = (key: string, date = '2026-03-11', rtl = false) => dayAfterKey(date, key, MONDAY, rtl);

  it('leads to the day beside, above or below, and to the ends of the week', () => {
    expect([after('ArrowRight'), after('ArrowLeft')]).toEqual(['2026-03-12', '2026-03-10']);
    expect([after('ArrowUp'), after('ArrowDown')]).toEqual(['2026-03-04', '2026-03-18']);
    expect([after('Home'), after('End')]).toEqual(['2026-03-09', '2026-03-15']);
    expect(after('a')).toBeNull();
  });

  it('follows the eye where writing runs from right to left', () => {
    expect([after('ArrowRight', '2026-03-11', true), after('ArrowLeft', '2026-03-11', true)]).toEqual([
      '2026-03-10',
      '2026-03-12',
    ]);
  });

  it('does not lead out of the month', () => {
    expect([after('ArrowLeft', '2026-03-01'), after('ArrowUp', '2026-03-05')]).toEqual(['2026-03-01', '2026-03-05']);
    expect([after('ArrowRight', '2026-03-31'), after('ArrowDown', '2026-03-28')]).toEqual(['2026-03-31', '2026-03-28']);
    expect([after('Home', '2026-04-02'), after('End', '2026-03-31')]).toEqual(['2026-04-01', '2026-03-31']);
  });

  it('reaches each day once through a change of clocks', () => {
    let date = '2026-03-01';
    const days = [date];
    for (let step = after('ArrowRight', date)!; step !== date; step = after('ArrowRight', date)!) {
      date = step;
      days.push(date);
    }
    expect(days).toHaveLength(31);
    expect(dateOf(new Date(2026, 2, 31))).toBe(date);
  });
});
