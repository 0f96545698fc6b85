import { defineConfig, type Project } from '@playwright/test';

/** A phone of the cheaper kind, a small one with the text at 200 %, and the first one in the dark. */
const projects: Project[] = [
  { name: 'phone', use: { viewport: { width: 360, height: 740 } } },
  { name: 'dark', testMatch: 'look.spec.ts', use: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } },
  { name: 'large-text', testMatch: 'look.spec.ts', use: { viewport: { width: 320, height: 640 } } },
];

export default defineConfig({
  testDir: 'specs',
  outputDir: '../../target/browser-tests',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  projects,
  use: {
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    hasTouch: true,
    isMobile: true,
    // Pictures for people are as sharp as on a phone.
    deviceScaleFactor: process.env.WAYMARK_SCREENS ? 2 : 1,
    reducedMotion: 'reduce',
    launchOptions: {
      executablePath: process.env.WAYMARK_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
