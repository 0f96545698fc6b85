/** `npm run size`: the weight of the built page beside its budget; fails above it. */
import { fileURLToPath } from 'node:url';
import { BUDGET, scriptSizes } from './budget.js';

const sizes = scriptSizes(fileURLToPath(new URL('../dist/diary', import.meta.url)));
const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} kB`;
for (const [file, size] of sizes) console.log(`${file}: ${kilobytes(size)}`);
console.log(`JavaScript, gzip: ${kilobytes(total)} of ${kilobytes(BUDGET)}`);
if (total > BUDGET) process.exitCode = 1;
