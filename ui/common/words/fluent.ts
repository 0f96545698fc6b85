/**
 * Every word that the page shows comes from a Fluent file, through `t`.
 *
 * Texts that a study brings (titles, names) are wrapped by `isolate` when they stand inside one of our sentences, so that
 * a right-to-left title does not turn the sentence around. Our own dates and numbers need none.
 */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import english from '../locales/en/diary.ftl?raw';

const bundle = new FluentBundle('en', { useIsolating: false });
bundle.addResource(new FluentResource(english));

/** The language that the page speaks, and which way it runs. */
export const language = { tag: 'en', direction: 'ltr' } as const;

/** The person's own way of writing dates, when it is one of the page's language. */
export const dateLocale: string = globalThis.navigator?.language.startsWith(language.tag)
  ? navigator.language
  : 'en-GB';

export function t(id: string, args: Record<string, FluentVariable> = {}): string {
  const message = bundle.getMessage(id);
  if (!message?.value) throw new Error(`no text for ${id}`);
  return bundle.formatPattern(message.value, args);
}

export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Says to the browser which language this is. */
export function declareLanguage(root: HTMLElement): void {
  root.lang = language.tag;
  root.dir = language.direction;
}
