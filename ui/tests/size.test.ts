import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST_SCREEN, firstScreenSizes, PAGES, scriptSizes, total, WHOLE } from '../scripts/budget.js';

const dist = (page: string) => join(import.meta.dirname, '../dist', page);

describe.each(PAGES)('the built page of the %s', (page) => {
  it('has been built: npm run build', () => {
    expect(existsSync(join(dist(page), 'index.html'))).toBe(true);
  });

  it('brings no more JavaScript than its budgets', () => {
    const first = firstScreenSizes(dist(page));
    expect(first.size).toBeGreaterThanOrEqual(1);
    expect(total(first)).toBeLessThanOrEqual(FIRST_SCREEN);
    expect(total(scriptSizes(dist(page)))).toBeLessThanOrEqual(WHOLE[page]);
  });
});

it('what a day can begin without is not read at first', () => {
  expect(scriptSizes(dist('diary')).size).toBeGreaterThan(firstScreenSizes(dist('diary')).size);
});

it.each(['diary/index.html', 'diary/browser.html', 'desk/index.html'])(
  '%s has no script and no style of its own, which the policy forbids',
  (file) => {
    const html = readFileSync(dist(file), 'utf8');
    expect(html).not.toMatch(/<style|style="|<script(?![^>]*\ssrc=)/);
  },
);
