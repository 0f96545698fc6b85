/** The page's own words, from the Fluent files that it has: so a walk through the page can be taken in any language. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Say = (id: string, args?: Record<string, FluentVariable>) => string;

/** What the page says in `language`, by the message's name. */
export function wordsOf(language: string): Say {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const file = join(import.meta.dirname, '../../../ui/common/locales', language, 'diary.ftl');
  bundle.addResource(new FluentResource(readFileSync(file, 'utf8')));
  return (id, args = {}) => {
    const message = bundle.getMessage(id);
    if (!message?.value) throw new Error(`${language} has no message ${id}`);
    return bundle.formatPattern(message.value, args);
  };
}
