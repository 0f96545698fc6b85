/** People to turn to: the study's and one's own, with the diary open and locked. */
import { expect } from '@playwright/test';
import { at, type Walk } from './walk';

export const support: Walk = {
  name: 'support',
  stops: [
    at('contacts-empty', async ({ phone, page, say, study }) => {
      await phone.join((await study.invite('P-support')).link);
      await phone.go('Support');
      await phone.tap(say('support-own'));
      await phone.sees(say('contacts-title'));
      await expect(phone.button(say('contacts-add'))).toBeVisible();
      await expect(page.getByRole('list')).toHaveCount(0);
    }),
    at('contacts-form-wrong', async ({ phone, page, say }) => {
      await phone.tap(say('contacts-add'));
      await page.getByLabel(say('contacts-name')).fill('Rosa');
      await page.getByLabel(say('contacts-tel')).fill('at home');
      await phone.tap(say('contacts-keep'));
      await expect(page.getByText(say('contacts-tel-wrong'))).toBeVisible();
    }),
    at('contacts', async ({ phone, page, say }) => {
      await page.getByLabel(say('contacts-tel')).fill('+44 20 7946 0001');
      await page.getByLabel(say('contacts-while-locked'), { exact: true }).check();
      await phone.tap(say('contacts-keep'));
      await expect(page.getByText(say('contacts-is-shown'))).toBeVisible();
      await phone.tap(say('contacts-add'));
      await page.getByLabel(say('contacts-name')).fill('أمينة');
      await page.getByLabel(say('contacts-tel')).fill('116 123');
      await phone.tap(say('contacts-keep'));
      await expect(page.getByText(say('contacts-is-sealed'))).toBeVisible();
    }),
    at('support-own', async ({ phone, page, say }) => {
      await phone.tap(say('back'));
      await expect(page.getByRole('list', { name: say('contacts-title') }).getByRole('listitem')).toHaveCount(2);
    }),
    at('support-copied', async ({ phone, page, say }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await phone
        .button(say('support-copy-of', { name: '\u2068Rosa\u2069', tel: '\u2068+44 20 7946 0001\u2069' }))
        .click();
      await expect(page.getByText(say('support-copied'), { exact: true })).toBeVisible();
    }),
    at('support-locked', async ({ phone, page, say }) => {
      await phone.tap(say('lock-now'));
      await expect(page.getByLabel(say('lock-passphrase'))).toBeFocused();
      await phone.tap(say('nav-support'));
      await expect(page.getByRole('list', { name: say('contacts-title') }).getByRole('listitem')).toHaveCount(1);
    }),
  ],
};
