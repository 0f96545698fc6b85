import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const tokens = readFileSync(join(import.meta.dirname, '../common/tokens.css'), 'utf8');

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
