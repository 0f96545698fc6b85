/** Numbers and lists, as the language writes them. */
import { dateLocale, isolate, t } from './fluent';

/** "7", in the digits of the person's region. */
export function numeral(value: number): string {
  return new Intl.NumberFormat(dateLocale, { useGrouping: false }).format(value);
}

/** "a, b, c", where a, b and c are somebody's own words. No "and": some languages write it as a part of the next word. */
export function listOf(words: readonly string[]): string {
  return words.map(isolate).join(t('list-comma'));
}
