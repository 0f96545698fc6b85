/** The languages that a page may have. Which of them it has, it says with its words (`bringWords`). */

export interface Language {
  /** BCP 47. */
  tag: string;
  /** As its own readers write it. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** How dates and numbers are written where the phone does not say. */
  region: string;
}

export const english: Language = { tag: 'en', name: 'English', direction: 'ltr', region: 'en-GB' };

export const languages: readonly Language[] = [
  english,
  { tag: 'es', name: 'Español', direction: 'ltr', region: 'es' },
  { tag: 'zh-Hans', name: '简体中文', direction: 'ltr', region: 'zh-Hans' },
  { tag: 'ar', name: 'العربية', direction: 'rtl', region: 'ar' },
];

/** What a reader has to know to read it: the language and its script. `zh-CN` is Chinese in simplified letters, `zh-TW` is not. */
function readAs(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    // A phone that says something else than a language.
    return '';
  }
}

/** The chosen language, else the first of the phone's own that the page has, else English. */
export function languageFor(chosen: string | null, phone: readonly string[], has = languages): Language {
  for (const tag of chosen === null ? phone : [chosen, ...phone]) {
    const found = has.find((language) => readAs(language.tag) === readAs(tag));
    if (found) return found;
  }
  return english;
}

/**
 * The way in which the person writes dates and numbers: their own region's where it goes with the language. The calendar is
 * the one in which days are kept.
 */
export function regionFor(language: Language, phone: readonly string[]): string {
  const own = phone.find((tag) => readAs(tag) === readAs(language.tag)) ?? language.region;
  return new Intl.Locale(own, { calendar: 'gregory' }).toString();
}
