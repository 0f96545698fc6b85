/** Reminders, time off, and voice notes that wait. */
import { expect } from '@playwright/test';
import { at, type Walk } from './walk';

export const timely: Walk = {
  name: 'timely',
  stops: [
    at('reminders-first', async ({ phone, page, say, study }) => {
      await phone.join((await study.invite('P-timely')).link);
      await phone.go('Me');
      await phone.tap(say('reminders-title'));
      await expect(page.getByText(say('reminders-how'))).toBeVisible();
    }),
    at('reminders', async ({ phone, page, say }) => {
      await phone.tap(say('reminders-add'));
      await phone.tap(say('reminders-add'));
      await expect(page.getByRole('button', { pressed: true })).toHaveCount(14);
      await phone.tap(say('reminders-test'));
      await expect(page.getByText(say('reminders-shown'))).toBeVisible();
    }),
    at('today-reminder', async ({ phone, page, say }) => {
      await phone.tap(say('back'));
      await phone.go('Today');
      await expect(page.getByText(say('today-reminder', { when: '' }).trim().slice(0, 8))).toBeVisible();
    }),
    at('time-off', async ({ phone, say }) => {
      await phone.tap(say('off-take'));
      await phone.sees(say('off-title'));
    }),
    at('time-off-in-the-wrong-order', async ({ phone, page, say }) => {
      await page.getByLabel(say('off-until')).fill('2020-01-01');
      await phone.tap(say('off-take'));
      await expect(page.getByText(say('off-order'))).toBeVisible();
    }),
    at('today-time-off', async ({ phone, page, say }) => {
      await page.getByLabel(say('off-until')).fill('');
      await page.getByLabel(say('off-note')).fill('To sleep.');
      await phone.tap(say('off-take'));
      await phone.seesToday();
      await expect(phone.button(say('off-back'))).toBeVisible();
    }),
    at('time-off-changed', async ({ phone, page, say }) => {
      await phone.tap(say('off-change'));
      await expect(page.getByLabel(say('off-note'))).toHaveValue('To sleep.');
    }),
    at('today-back', async ({ phone, page, say }) => {
      await phone.tap(say('off-back'));
      await phone.seesToday();
      await expect(page.getByText(say('off-welcome'))).toBeVisible();
    }),
    at('time-off-to-come', async ({ phone, page, say }) => {
      await phone.tap(say('off-take'));
      const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
      await page.getByLabel(say('off-from')).fill(inAWeek);
      await phone.tap(say('off-take'));
      await phone.seesToday();
      await expect(phone.button(say('off-call'))).toBeVisible();
    }),
  ],
};
