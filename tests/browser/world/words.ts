/** The page's own words, from the Fluent files that it has: so a walk through the page can be taken in any language. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Say = (id: string, args?: Record<string, FluentVariable>) => string;

/** The pages that have words of their own. */
export type Speaking = 'diary' | 'desk';

/** Words that stand in the place of a language's own, for tests that give the page other ones. */
const inPlaceOf = new Map<string, string>();

/** From now on `language` is made of these words; the page has to be given them too. */
export function speaksIn(language: string, words: string): void {
  inPlaceOf.set(language, words);
}

function fileOf(language: string, page: Speaking | 'desk-later'): string {
  return readFileSync(join(import.meta.dirname, '../../../ui/common/locales', language, `${page}.ftl`), 'utf8');
}

/** What the page says in `language`, by the message's name. */
export function wordsOf(language: string, words = inPlaceOf.get(language) ?? fileOf(language, 'diary')): Say {
  return saying(language, words);
}

/** What the desk's page says. */
export function wordsOfDesk(): Say {
  return saying('en', `${fileOf('en', 'desk')}\n${fileOf('en', 'desk-later')}`);
}

function saying(language: string, words: string): Say {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(words));
  return (id, args = {}) => {
    const message = bundle.getMessage(id);
    if (!message?.value) throw new Error(`${language} has no message ${id}`);
    return bundle.formatPattern(message.value, args);
  };
}
