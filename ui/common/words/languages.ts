/** The languages that the page has. English comes with the page; every other one is read when it is wanted. */
export interface Language {
  /** BCP 47. */
  tag: string;
  /** As its own readers write it. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** How dates and numbers are written where the phone does not say. */
  region: string;
  /** The words, where they do not come with the page. */
  words: (() => Promise<{ default: string }>) | null;
}

export const english: Language = { tag: 'en', name: 'English', direction: 'ltr', region: 'en-GB', words: null };

export const languages: readonly Language[] = [
  english,
  {
    tag: 'ar',
    name: 'العربية',
    direction: 'rtl',
    region: 'ar',
    words: () => import('../locales/ar/diary.ftl?raw'),
  },
];

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0]!;
}

/** The chosen language, else the first of the phone's own that the page has, else English. */
export function languageFor(chosen: string | null, phone: readonly string[]): Language {
  for (const tag of chosen === null ? phone : [chosen, ...phone]) {
    const found = languages.find((language) => language.tag === primary(tag));
    if (found) return found;
  }
  return english;
}

/**
 * The way in which the person writes dates and numbers: their own region's where it goes with the language. The calendar is
 * the one in which days are kept.
 */
export function regionFor(language: Language, phone: readonly string[]): string {
  const own = phone.find((tag) => primary(tag) === language.tag) ?? language.region;
  return new Intl.Locale(own, { calendar: 'gregory' }).toString();
}
