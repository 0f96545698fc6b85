import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const under = (folder: string, end: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end))
    .map((file) => join(folder, file));

const components = ['common/parts', 'desk', 'diary'].flatMap((folder) => under(folder, '.svelte'));
const tokens = read('common/tokens.css');

/** The colours of a block, by name. */
function colours(opening: string): Record<string, string> {
  const start = tokens.indexOf(opening);
  expect(start, opening).toBeGreaterThanOrEqual(0);
  const block = tokens.slice(start + opening.length, tokens.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

it('the dark colours are the same, chosen or found, and each light colour has one', () => {
  const found = colours(":root:not([data-theme='light']) {");
  const chosen = colours(":root[data-theme='dark'] {");
  expect(Object.keys(found).length).toBeGreaterThan(8);
  expect(chosen).toEqual(found);
  expect(Object.keys(found).sort()).toEqual(Object.keys(colours(':root {')).sort());
});

describe('whichever way the language runs', () => {
  /** Sides that do not turn round with the language; the phone's own safe area is the one thing that has such sides. */
  const SIDES =
    /(?:(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right)) *:(?! *env\()|(?:text-align|float) *: *(?:left|right)/;

  it('a side that does not turn round is found out', () => {
    for (const css of ['margin-left: 1px', '  left: 0;', 'text-align: right', 'border-right-width: 0; right:0'])
      expect(css).toMatch(SIDES);
    for (const css of ['padding-left: env(safe-area-inset-left)', 'inset-inline-start: 0', 'text-align: start'])
      expect(css).not.toMatch(SIDES);
  });

  it.each([...components, 'common/base.css', 'common/tokens.css'])('%s has no such side', (file) => {
    expect(
      read(file)
        .split('\n')
        .filter((line) => SIDES.test(line)),
    ).toEqual([]);
  });

  it.each(components)('each field for words in %s says which way they run', (file) => {
    const fields = [...read(file).matchAll(/<(?:input|textarea)\b(?:[^>]|=>)*>/g)].map((match) => match[0]);
    const forWords = fields.filter((field) => !/type="(?:radio|checkbox|date|time|file|range)"/.test(field));
    // In the markup, or where the field arrives.
    const later = /area\.dir = direction/.test(read(file));
    expect(forWords.filter((field) => !later && !/\sdir=/.test(field))).toEqual([]);
  });
});
