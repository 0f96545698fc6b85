import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

/** What is measured in the page: one thing at a time, and nothing that is asserted. */
export default defineConfig(base, {
  testDir: '.',
  outputDir: '../../../target/browser-bench',
  timeout: 10 * 60_000,
  workers: 1,
  reporter: [['./figures-only.ts']],
});
