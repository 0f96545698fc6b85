/** Two phones of one person: the card that names the new one, the list, and stopping one. */
import { expect } from '@playwright/test';
import { beginning, type Phone } from '../world/phone';
import { at, type Walk } from './walk';

let first: Phone;

export const twoPhones: Walk = {
  name: 'two-phones',
  stops: [
    at('phones', async (going) => {
      first = going.phone;
      await first.join((await going.study.invite('P-gallery-phones')).link);
      const words = await first.recoveryWords();
      await first.ask('sync_now', {});
      await going.unpackAnother();
      const { phone, page, say, study } = going;
      await phone.comeBack(words, study.server_address);
      await phone.ask('sync_now', {});
      await phone.go('Me');
      await phone.tap(say('me-phones'));
      await expect(page.getByRole('heading', { level: 2 })).toHaveCount(2);
    }),
    at('stop-phone-words', async ({ phone, say }) => {
      await phone.tap(beginning(say('phone-stop')));
      await phone.sees(say('stop-title'));
    }),
    at('today-new-phone', async ({ page, say }) => {
      await page.evaluate(() => sessionStorage.clear());
      await first.ask('sync_now', {});
      await first.open();
      await expect(first.button(say('phone-mine'))).toBeVisible();
    }),
    at('stop-phone', async ({ say }) => {
      await first.tap(say('phone-not-mine'));
      await first.sees(say('stop-title'));
    }),
    at('phones-stopped', async ({ page, say }) => {
      await first.tap(say('stop-action'));
      await expect(page.getByText(say('phone-stopped'))).toBeVisible();
    }),
    at('me-stopped', async ({ phone, page, say }) => {
      await phone.ask('sync_now', {});
      await phone.open();
      await phone.go('Me');
      await expect(page.getByText(say('error-phone-stopped'))).toBeVisible();
    }),
  ],
};
