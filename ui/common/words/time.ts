/**
 * Times as people say them: "Tuesday evening", "in 46 hours", "on Saturday at 9:00".
 *
 * Dates without a time (`2026-11-19`) are days on the person's own calendar. Moments are RFC 3339 and are told in the
 * phone's time zone. `now` is always passed in.
 */
import { dateLocale, t } from './fluent';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Midnight, here, of a `YYYY-MM-DD` date. */
export function dayOf(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day);
}

/** The `YYYY-MM-DD` of a moment, here. */
export function dateOf(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The date that lies `days` before another. */
export function daysBefore(date: string, days: number): string {
  const day = dayOf(date);
  return dateOf(new Date(day.getFullYear(), day.getMonth(), day.getDate() - days));
}

/** Whole days on the calendar from one date to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayOf(to).getTime() - dayOf(from).getTime()) / DAY);
}

/** A day and its month stay on one line. */
function written(day: Date, form: Intl.DateTimeFormatOptions): string {
  const parts = new Intl.DateTimeFormat(dateLocale, form).formatToParts(day);
  const isDate = (part: Intl.DateTimeFormatPart | undefined) => part?.type === 'day' || part?.type === 'month';
  return parts
    .map(({ value }, i) => (isDate(parts[i - 1]) && isDate(parts[i + 1]) ? value.replaceAll(' ', '\u00a0') : value))
    .join('');
}

/** "Thursday 19 November", with the year when it is not this one's. */
export function longDay(date: string, now: Date): string {
  const day = dayOf(date);
  const form: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  return written(day, day.getFullYear() === now.getFullYear() ? form : { ...form, year: 'numeric' });
}

/** The day of a moment that may not be known. */
export function longDayOf(rfc3339: string | null, now: Date): string {
  return rfc3339 === null ? '' : longDay(dateOf(new Date(rfc3339)), now);
}

/** "Thursday 19 November 2026", whichever year it is now: for a file, in which it is looked for with plain spaces. */
export function fullDay(date: string): string {
  const form: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
  return written(dayOf(date), form).replaceAll('\u00a0', ' ');
}

/** "November 2026". */
export function monthOf(date: string): string {
  return written(dayOf(date), { month: 'long', year: 'numeric' });
}

/** "Today", "Yesterday", "Tuesday", then "3 November" and "3 November 2024". */
export function dayName(date: string, now: Date): string {
  const ago = daysBetween(date, dateOf(now));
  if (ago === 0) return t('day-today');
  if (ago === 1) return t('day-yesterday');
  const day = dayOf(date);
  if (ago > 1 && ago < 7) return written(day, { weekday: 'long' });
  const form: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
  return written(day, day.getFullYear() === now.getFullYear() ? form : { ...form, year: 'numeric' });
}

/** "19 Nov 2026": for a column of days. */
export function shortDay(date: string): string {
  return written(dayOf(date), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "Thu 19 Nov", with the year when it is not this one's: for a narrow margin. */
export function marginDay(date: string, now: Date): string {
  const day = dayOf(date);
  const form: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
  return written(day, day.getFullYear() === now.getFullYear() ? form : { ...form, year: 'numeric' });
}

/** "09:05" or "9:05 am", as the person's region writes it. */
export function clock(moment: Date): string {
  return written(moment, { hour: 'numeric', minute: '2-digit' }).replaceAll(' ', '\u00a0');
}

function partOfDay(moment: Date): string {
  const hour = moment.getHours();
  if (hour < 5) return t('part-night');
  if (hour < 12) return t('part-morning');
  if (hour < 18) return t('part-afternoon');
  return t('part-evening');
}

/** "Just now", "this evening", "Tuesday evening", then "3 November". */
export function pastMoment(rfc3339: string, now: Date): string {
  const moment = new Date(rfc3339);
  if (Math.abs(now.getTime() - moment.getTime()) < 2 * 60_000) return t('moment-now');
  const day = dateOf(moment);
  const ago = daysBetween(day, dateOf(now));
  const part = partOfDay(moment);
  if (ago === 0) return t('moment-today', { part });
  if (ago === 1) return t('moment-yesterday', { part });
  if (ago > 1 && ago < 7) return t('moment-weekday', { weekday: written(moment, { weekday: 'long' }), part });
  return dayName(day, now);
}

/** "Today, 22:02", "Tuesday, 9:05": one that others of the same day are told apart from. */
export function exactMoment(rfc3339: string, now: Date): string {
  const moment = new Date(rfc3339);
  return t('moment-exact', { day: dayName(dateOf(moment), now), time: clock(moment) });
}

/** "19 Nov 2026, 22:02": for a column of moments. */
export function shortMoment(moment: Date): string {
  return t('moment-exact', { day: shortDay(dateOf(moment)), time: clock(moment) });
}

/** "12 minutes ago", "3 hours ago", "5 days ago"; "just now" within a minute. */
export function timeSince(rfc3339: string, now: Date): string {
  const passed = now.getTime() - new Date(rfc3339).getTime();
  const relative = new Intl.RelativeTimeFormat(dateLocale, { numeric: 'always' });
  if (passed < 60_000) return t('moment-now');
  if (passed < HOUR) return relative.format(-Math.round(passed / 60_000), 'minute');
  if (passed < 2 * DAY) return relative.format(-Math.round(passed / HOUR), 'hour');
  return relative.format(-Math.round(passed / DAY), 'day');
}

/** "in 46 hours", "in 20 minutes", "in 4 days"; "now" when it has passed. */
export function timeUntil(rfc3339: string, now: Date): string {
  const left = new Date(rfc3339).getTime() - now.getTime();
  const relative = new Intl.RelativeTimeFormat(dateLocale, { numeric: 'always' });
  // Arabic's word there means "within", as if it could be at any moment.
  const after = (amount: number, unit: 'minute' | 'hour' | 'day') =>
    relative.format(amount, unit).replace(/^خلال/, 'بعد');
  if (left < 60_000) return t('moment-soon');
  if (left < HOUR) return after(Math.round(left / 60_000), 'minute');
  if (left < 3 * DAY) return after(Math.round(left / HOUR), 'hour');
  return after(Math.round(left / DAY), 'day');
}

/** "today at 18:00", "tomorrow at 09:00", "on Saturday at 09:00", "on 3 December at 09:00". */
export function comingMoment(moment: Date, now: Date): string {
  const ahead = daysBetween(dateOf(now), dateOf(moment));
  const time = clock(moment);
  if (ahead <= 0) return t('coming-today', { time });
  if (ahead === 1) return t('coming-tomorrow', { time });
  const day = ahead < 7 ? written(moment, { weekday: 'long' }) : written(moment, { day: 'numeric', month: 'long' });
  return t('coming-day', { day, time });
}

/** "48 hours", "7 days", "1 hour". */
export function duration(hours: number): string {
  const [amount, unit] = hours > 72 && hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
  return new Intl.NumberFormat(dateLocale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

/** "1:05": how long a recording is. */
export function length(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** "1 minute, 5 seconds": the same, to be read aloud. */
export function spokenLength(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const said = (amount: number, unit: string) =>
    new Intl.NumberFormat(dateLocale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [minutes > 0 ? said(minutes, 'minute') : '', rest > 0 || minutes === 0 ? said(rest, 'second') : ''];
  return new Intl.ListFormat(dateLocale, { type: 'unit' }).format(parts.filter((part) => part !== ''));
}
