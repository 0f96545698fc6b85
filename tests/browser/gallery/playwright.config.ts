import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

/** The gallery: one project for each language, named by its tag. */
export default defineConfig(base, {
  testDir: '.',
  testMatch: 'gallery.spec.ts',
  outputDir: '../../../target/browser-screens',
  timeout: 20 * 60_000,
  workers: 2,
  fullyParallel: true,
  globalSetup: './empty-folder.ts',
  globalTeardown: './index-page.ts',
  projects: ['en', 'ar'].map((name) => ({ name, use: { viewport: { width: 412, height: 915 } } })),
});
