import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST_SCREEN, firstScreenSizes, scriptSizes, total, WHOLE } from '../scripts/budget.js';

const dist = join(import.meta.dirname, '../dist/diary');

describe('the built page', () => {
  it('has been built: npm run build', () => {
    expect(existsSync(join(dist, 'index.html'))).toBe(true);
  });

  it('brings no more JavaScript than its budgets', () => {
    const first = firstScreenSizes(dist);
    const all = scriptSizes(dist);
    expect(first.size).toBeGreaterThanOrEqual(1);
    expect(total(first)).toBeLessThanOrEqual(FIRST_SCREEN);
    expect(total(all)).toBeLessThanOrEqual(WHOLE);
    // What a day can begin without is not read at first.
    expect(all.size).toBeGreaterThan(first.size);
  });

  it.each(['index.html', 'browser.html'])(
    '%s has no script and no style of its own, which the policy forbids',
    (file) => {
      const html = readFileSync(join(dist, file), 'utf8');
      expect(html).not.toMatch(/<style|style="|<script(?![^>]*\ssrc=)/);
    },
  );
});
