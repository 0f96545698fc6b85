/** Numbers and lists, as the language writes them. */
import { dateLocale, isolate } from './fluent';

/** "7", in the digits of the person's region. */
export function numeral(value: number): string {
  return new Intl.NumberFormat(dateLocale, { useGrouping: false }).format(value);
}

/** "a, b and c", where a, b and c are somebody's own words. */
export function listOf(words: readonly string[]): string {
  return new Intl.ListFormat(dateLocale).format(words.map(isolate));
}
