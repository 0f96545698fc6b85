/** The languages' files, read where the page would fetch them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `fetch` answers for a language's words, and a refusal for anything else. */
export async function localeFiles(address: string | URL | Request): Promise<Response> {
  const [file] = /locales\/[\w-]+\/diary\.ftl/.exec(String(address)) ?? [];
  if (!file) return new Response(null, { status: 404 });
  return new Response(readFileSync(join(import.meta.dirname, '../common', file)));
}
