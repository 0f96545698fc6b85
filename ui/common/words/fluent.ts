/**
 * Every word that a page shows comes from a Fluent file, through `t`. A page brings its own (`bringWords`) before it shows
 * anything: English comes with it, and the words of every other language are a file beside it, which is read when they are wanted.
 *
 * Texts that a person or a study brings (titles, names, tags) are wrapped by `isolate` when they stand inside one of our
 * sentences, so that one that runs the other way does not turn the sentence around. Our own dates and numbers need none.
 */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { english, languageFor, languages, regionFor, type Language } from './languages';
import { spoken } from './spoken.svelte';

const phone: readonly string[] = globalThis.navigator?.languages ?? [globalThis.navigator?.language ?? english.tag];

/** How dates and numbers are written. It follows the language. */
export let dateLocale = regionFor(english, phone);

let englishBundle: FluentBundle;

/** Where the words of each language other than English are, by its tag. */
let files: Readonly<Record<string, string>> = {};

/** The language that was asked for last: its words may still be on the way. */
let wanted: Language = english;

/** Says what the page speaks with: its words in English, and the addresses of its files in other languages, by their tags. */
export function bringWords(englishWords: string, others: Readonly<Record<string, string>> = {}): void {
  englishBundle = bundleOf(dateLocale, englishWords);
  files = others;
  spoken.bundles = [englishBundle];
}

/** More words in English, of screens that come later. */
export function bringMoreWords(englishWords: string): void {
  englishBundle.addResource(new FluentResource(englishWords));
}

function bundleOf(locale: string, words: string): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false });
  bundle.addResource(new FluentResource(words));
  return bundle;
}

async function wordsAt(file: string): Promise<string | null> {
  try {
    const reply = await fetch(file);
    return reply.ok ? await reply.text() : null;
  } catch {
    return null;
  }
}

/** Speaks the chosen language from now on; without a choice, the phone's. One whose words cannot be read leaves it as it was. */
export async function speak(chosen: string | null): Promise<void> {
  const language = languageFor(
    chosen,
    phone,
    languages.filter(({ tag }) => tag === english.tag || tag in files),
  );
  wanted = language;
  if (language === spoken.language) return;
  const file = files[language.tag];
  const words = file === undefined ? null : await wordsAt(file);
  if (wanted !== language || (file !== undefined && words === null)) return;
  dateLocale = regionFor(language, phone);
  spoken.bundles = words === null ? [englishBundle] : [bundleOf(dateLocale, words), englishBundle];
  spoken.language = language;
}

export function t(id: string, args: Record<string, FluentVariable> = {}): string {
  for (const bundle of spoken.bundles) {
    const message = bundle.getMessage(id);
    if (!message?.value) continue;
    const text = bundle.formatPattern(message.value, args);
    return bundle === spoken.bundles[0] ? text : isolate(text);
  }
  throw new Error(`no text for ${id}`);
}

export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/** An address that goes on in the next line after one of its signs, and within a name only where nothing else helps. */
export function breakable(address: string): string {
  return address.replaceAll(/[/.:]+/g, '$&\u200b');
}

/** Says to the browser which language this is, and which way it runs. */
export function declareLanguage(root: HTMLElement): void {
  root.lang = spoken.language.tag;
  root.dir = spoken.language.direction;
}
