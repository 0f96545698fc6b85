import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUDGET, scriptSizes } from '../scripts/budget.js';

const dist = join(import.meta.dirname, '../dist/diary');

describe('the built page', () => {
  it('has been built: npm run build', () => {
    expect(existsSync(join(dist, 'index.html'))).toBe(true);
  });

  it('brings no more JavaScript than its budget', () => {
    const sizes = [...scriptSizes(dist).values()];
    expect(sizes.length).toBeGreaterThanOrEqual(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET);
  });

  it.each(['index.html', 'browser.html'])(
    '%s has no script and no style of its own, which the policy forbids',
    (file) => {
      const html = readFileSync(join(dist, file), 'utf8');
      expect(html).not.toMatch(/<style|style="|<script(?![^>]*\ssrc=)/);
    },
  );
});
