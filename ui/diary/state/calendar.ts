/** A month's page of the calendar: pure steps over `YYYY-MM` months and `YYYY-MM-DD` days. */
import { dateOf, dayOf } from '../../common/words/time';

/** Where the week begins on Friday, Saturday or Sunday instead of Monday, by region (Unicode's CLDR, supplemental week data). */
const FRIDAY = 'MV';
const SATURDAY = 'AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY';
const SUNDAY =
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR ' +
  'PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW';

interface WeekInfo {
  firstDay: number;
}

/** The day on which a week begins: 1 = Monday … 7 = Sunday. Older web views do not know and are told by the region. */
export function firstDayOfWeek(tag: string): number {
  const locale = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? firstDayByRegion(locale.maximize().region ?? '');
}

export function firstDayByRegion(region: string): number {
  if (region === FRIDAY) return 5;
  if (SATURDAY.split(' ').includes(region)) return 6;
  return SUNDAY.split(' ').includes(region) ? 7 : 1;
}

/** 1 = Monday … 7 = Sunday. */
function weekday(day: Date): number {
  return day.getDay() === 0 ? 7 : day.getDay();
}

/** The days of a month in rows of a week; null where a row has days of another month. */
export function weeksOf(month: string, firstDay: number): (string | null)[][] {
  const first = dayOf(`${month}-01`);
  const before = (weekday(first) - firstDay + 7) % 7;
  const length = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  const cells: (string | null)[] = Array.from({ length: before }, () => null);
  for (let day = 1; day <= length; day += 1) cells.push(`${month}-${String(day).padStart(2, '0')}`);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Seven days, from the first of a week: for the names above the columns. */
export function someWeek(firstDay: number): Date[] {
  // 1 January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, place) => new Date(2024, 0, firstDay + place));
}

/** The first and the last day of a month. */
export function monthEnds(month: string): { from: string; to: string } {
  const first = dayOf(`${month}-01`);
  return { from: `${month}-01`, to: dateOf(new Date(first.getFullYear(), first.getMonth() + 1, 0)) };
}

/**
 * The day that a key leads to, within the month: arrows by day and week, Home and End to the ends of the week. Null for any
 * other key.
 */
export function dayAfterKey(date: string, key: string, firstDay: number, rightToLeft: boolean): string | null {
  const day = dayOf(date);
  const place = (weekday(day) - firstDay + 7) % 7;
  const forward = rightToLeft ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowRight: forward,
    ArrowLeft: -forward,
    ArrowDown: 7,
    ArrowUp: -7,
    Home: -place,
    End: 6 - place,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const { from, to } = monthEnds(date.slice(0, 7));
  const reached = dateOf(new Date(day.getFullYear(), day.getMonth(), day.getDate() + step));
  if (reached >= from && reached <= to) return reached;
  // To the ends of the week as far as the month goes; a step out of the month leads nowhere.
  if (key === 'Home') return from;
  return key === 'End' ? to : date;
}

/** The months with entries before and after one, nearest first; `months` are newest first. */
export function neighbours(months: string[], month: string): { earlier: string | null; later: string | null } {
  return {
    earlier: months.find((each) => each < month) ?? null,
    later: months.filter((each) => each > month).at(-1) ?? null,
  };
}
