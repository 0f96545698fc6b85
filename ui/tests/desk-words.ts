/** All words of the desk: those that come with its first screens, and those of the others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function deskWords(): string {
  const files = ['desk.ftl', 'desk-later.ftl'];
  return files.map((file) => readFileSync(join(import.meta.dirname, '../common/locales/en', file), 'utf8')).join('\n');
}
