/** What the app's page weighs: every script that `index.html` leads to, gzipped as it would travel. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The most JavaScript that the diary may bring, in bytes of gzip. */
export const BUDGET = 60 * 1024;

/**
 * @param {string} dist folder of the built page
 * @returns {Map<string, number>} gzipped bytes by file
 */
export function scriptSizes(dist) {
  const sizes = new Map();
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sizes.has(file)) continue;
    const code = readFileSync(join(dist, file), 'utf8');
    sizes.set(file, gzipSync(code).length);
    for (const match of code.matchAll(/(?:from|import)\s*\(?["'`](\.[^"'`]+\.js)["'`]/g)) {
      waiting.push(join(dirname(file), match[1] ?? ''));
    }
  }
  return sizes;
}
