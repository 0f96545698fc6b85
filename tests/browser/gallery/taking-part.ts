/** The study as somebody who takes part sees it: what was agreed to, other answers, and leaving. */
import { expect } from '@playwright/test';
import { at, type Walk } from './walk';

export const takingPart: Walk = {
  name: 'taking-part',
  stops: [
    at('my-study', async ({ phone, page, say, study }) => {
      await phone.join((await study.invite('P-taking-part')).link);
      await phone.go('Me');
      await phone.tap(say('me-study-open'));
      await expect(page.getByRole('list', { name: say('my-study-met-words') }).getByRole('listitem')).toHaveCount(6);
    }),
    at('phase', async ({ phone, say }) => {
      await phone.tap(say('phase-change'));
      await phone.sees(say('phase-title'));
    }),
    at('my-study-corrected', async ({ phone, page, say }) => {
      await page.getByRole('radio').nth(1).check();
      await phone.tap(say('phase-keep'));
      await expect(page.getByText(say('phase-kept'))).toBeVisible();
    }),
    at('answers', async ({ phone, say }) => {
      await phone.tap(say('my-study-change'));
      await phone.sees(say('answers-title'));
    }),
    at('answers-refused', async ({ page, say }) => {
      await page.getByRole('group').first().getByLabel(say('consent-no')).check();
      await expect(page.getByText(say('answers-needed'))).toBeVisible();
    }),
    at('leave', async ({ phone, say }) => {
      await phone.tap(say('my-study-leave'));
      await phone.sees(say('leave-title'));
    }),
    at('leave-stop', async ({ phone, page, say }) => {
      await phone.choose(`${say('leave-stop')} ${say('leave-stop-more')}`);
      await expect(page.getByText(say('leave-what-copies'))).toBeVisible();
    }),
    at('leave-erase', async ({ phone, page, say }) => {
      await phone.choose(say('leave-erase'));
      await expect(page.getByText(say('leave-what-copies-erased'))).toBeVisible();
    }),
    at('ask-leave', async ({ phone, page, say }) => {
      await phone.choose(`${say('leave-stop')} ${say('leave-stop-more')}`);
      await phone.tap(say('leave-go'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    at('my-study-left', async ({ phone, page, say }) => {
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('leave-go') })
        .click();
      await expect(phone.button(say('my-study-erase'))).toBeVisible();
      await expect(page.getByText(say('my-study-left-told'))).toBeVisible();
    }),
    at('leave-erase-later', async ({ phone, say }) => {
      await phone.tap(say('my-study-erase'));
      await phone.sees(say('my-study-erase'));
    }),
    at('me-left', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.tap(say('back'));
      await phone.sees(say('me-title'));
    }),
    at('today-left', async ({ phone, say }) => {
      await phone.go('Today');
      await expect(phone.button(say('today-write'))).toBeVisible();
    }),
  ],
};
