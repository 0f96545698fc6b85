/** `test` with a study of its own per file and a fresh phone per test. */
import { test as base, type Page } from '@playwright/test';
import { Phone } from './phone';
import { hasEnded } from './programs';
import { Study } from './study';
import { watchForTwins } from './twins';

/** Whatever the page complains about from the next page on, as it comes. */
export async function complaints(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  await watchForTwins(page);
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    // A command that could not be done is an answer of its own kind, and the browser names it on its console.
    const refusal = message.text().includes('status of 422');
    if (message.type() === 'error' && !refusal && !hasEnded(message.location().url)) wrong.push(message.text());
  });
  return wrong;
}

export const complained = (wrong: readonly string[]) => `the page complained: ${wrong.join('\n')}`;

export const test = base.extend<{ phone: Phone }, { study: Study }>({
  study: [
    async ({}, use) => {
      const study = await Study.begin();
      await use(study);
      await study.end();
    },
    { scope: 'worker' },
  ],
  phone: async ({ page }, use) => {
    const wrong = await complaints(page);
    const phone = await Phone.unpack(page);
    await use(phone);
    await phone.end();
    if (wrong.length > 0) throw new Error(complained(wrong));
  },
});

/**
 * `test` with a study whose hold is another one, as in a study file ("0h" holds nothing, what is shared goes at once), and
 * with what `change` makes of its file.
 */
export const withHold = (hold: string, change?: (file: string) => string) =>
  test.extend<object, { study: Study }>({
    study: [
      async ({}, use) => {
        const study = await Study.begin(hold, change);
        await use(study);
        await study.end();
      },
      { scope: 'worker' },
    ],
  });

export { expect } from '@playwright/test';
