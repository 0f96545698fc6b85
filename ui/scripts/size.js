/** `npm run size`: the weight of the built pages beside their budgets; fails above one. */
import { fileURLToPath } from 'node:url';
import { FIRST_SCREEN, firstScreenSizes, PAGES, scriptSizes, total, WHOLE } from './budget.js';

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} kB`;

for (const page of PAGES) {
  const dist = fileURLToPath(new URL(`../dist/${page}`, import.meta.url));
  const sizes = scriptSizes(dist);
  for (const [file, size] of sizes) console.log(`${page}/${file}: ${kilobytes(size)}`);
  const first = total(firstScreenSizes(dist));
  const whole = total(sizes);
  console.log(`${page}: JavaScript, gzip: ${kilobytes(first)} of ${kilobytes(FIRST_SCREEN)} for the first screen,`);
  console.log(`${kilobytes(whole)} of ${kilobytes(WHOLE[page])} in all`);
  if (first > FIRST_SCREEN || whole > WHOLE[page]) process.exitCode = 1;
}
