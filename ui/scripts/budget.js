/** What a page weighs, gzipped as it would travel: what the first screen needs, and everything that it may ever read. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The most JavaScript that the first screen may need, in bytes of gzip. */
export const FIRST_SCREEN = 60 * 1024;

/** The most JavaScript that a page may bring in all. The desk's comes from its own machine. */
export const WHOLE = { diary: 90 * 1024, desk: 140 * 1024 };

/** @type {('diary' | 'desk')[]} */
export const PAGES = ['diary', 'desk'];

const STATIC = /(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]/g;
const ANY = /(?:from|import)\s*\(?\s*["'`](\.[^"'`]+\.js)["'`]/g;

/**
 * @param {string} dist folder of the built page
 * @param {RegExp} leads what leads from one script to the next
 * @returns {Map<string, number>} gzipped bytes by file
 */
function follow(dist, leads) {
  const sizes = new Map();
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sizes.has(file)) continue;
    const code = readFileSync(join(dist, file), 'utf8');
    sizes.set(file, gzipSync(code).length);
    for (const match of code.matchAll(leads)) waiting.push(join(dirname(file), match[1] ?? ''));
  }
  return sizes;
}

/** @param {Map<string, number>} sizes */
export const total = (sizes) => [...sizes.values()].reduce((sum, size) => sum + size, 0);

/** Every script that the page leads to, English among them; other languages are files of words, which no script leads to. @param {string} dist */
export const scriptSizes = (dist) => follow(dist, ANY);

/** The scripts without which nothing is shown. @param {string} dist */
export const firstScreenSizes = (dist) => follow(dist, STATIC);
