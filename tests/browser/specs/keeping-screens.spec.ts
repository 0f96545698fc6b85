/** The screens about keeping the diary: accessible, within the smallest phone, and with room for thumbs. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSPHRASE, Phone } from '../world/phone';
import { expect, test } from '../world/test';

/** As the phone is, in the dark, and the smallest one with the text at 200 %. */
const WAYS = [
  { name: 'light', width: 360, height: 740, scheme: 'light', text: '' },
  { name: 'dark', width: 360, height: 740, scheme: 'dark', text: '' },
  { name: 'small', width: 320, height: 640, scheme: 'light', text: '' },
  { name: 'large', width: 320, height: 640, scheme: 'light', text: '212.5%' },
] as const;

/** A picture for people, where one is asked for. */
async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.WAYMARK_SCREENS) return;
  const path = join(import.meta.dirname, '../../../target/screens', `keeping-${name}.png`);
  await page.screenshot({ path, fullPage: true });
}

async function judge(page: Page, name: string): Promise<void> {
  for (const way of WAYS) {
    const as = `${name}, ${way.name}`;
    await page.setViewportSize({ width: way.width, height: way.height });
    await page.emulateMedia({ colorScheme: way.scheme });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), way.text);
    const wide = await page.evaluate(() => {
      const root = document.documentElement;
      return root.scrollWidth - root.clientWidth;
    });
    expect.soft(wide, `${as}: how far it scrolls sideways`).toBeLessThanOrEqual(0);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], select, label.check, input:not([type=radio], [type=checkbox])')]
        .filter((control) => control.getClientRects().length > 0 && control.getBoundingClientRect().height < 47.5)
        .map((control) => control.outerHTML.slice(0, 120)),
    );
    expect.soft(small, `${as}: controls under 48 px`).toEqual([]);
    await picture(page, `${name}-${way.name}`);
    // What axe looks for does not depend on the size of the screen.
    if (way.width < 360) continue;
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`);
    expect.soft(found, `${as}: what axe finds`).toEqual([]);
  }
  await page.setViewportSize({ width: WAYS[0].width, height: WAYS[0].height });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

test('every screen about keeping is accessible, fits, and has room for thumbs', async ({ phone, study, browser }) => {
  test.setTimeout(300_000);
  const { page } = phone;
  const look = (name: string) => judge(page, name);
  await phone.join((await study.invite('P-keeping-screens')).link);
  await phone.go('Me');
  await expect(phone.button('Save a sealed copy')).toBeVisible();
  await look('01-me');
  await phone.tap('Save a sealed copy');
  await phone.sees('Save a sealed copy');
  await look('02-backup');
  await phone.tap('Save the sealed copy');
  await phone.sees('Your sealed copy is saved');
  await look('03-backup-saved');
  await phone.tap('Back');
  await phone.tap('Save a copy to read or print');
  await look('04-export');
  await page.getByLabel('The passphrase that opens it today').fill('not this one');
  await phone.tap('Save this copy');
  await expect(page.getByRole('alert')).toContainText('doesn’t open it');
  await look('05-export-refused');
  await page.getByLabel('The passphrase that opens it today').fill(PASSPHRASE);
  await phone.tap('Save this copy');
  await phone.sees('Your copy is saved');
  await look('06-export-saved');
  await phone.tap('Back');
  await phone.tap('Change the lock');
  await expect(phone.button('See what happens')).toBeVisible();
  await look('07-lock-settings');
  await phone.tap('Change it');
  await phone.sees('Your passphrase now');
  await look('08-old-lock');
  await phone.tap('Back');
  await phone.tap('See what happens');
  await phone.sees('Someone knows my passphrase');
  await look('09-someone');
  await page.getByLabel('The passphrase that opens it today').fill(PASSPHRASE);
  await phone.tap('Choose a new lock');
  await page.getByLabel('With a PIN').check();
  await page.getByLabel('Your PIN').fill('602214');
  await page.getByLabel('The same PIN again').fill('602214');
  await phone.tap('Lock it with this');
  await expect(page.getByText('Your 24 words don’t open this phone until')).toBeVisible();
  await phone.tap('Change the lock');
  await expect(phone.button('Let my 24 words open it')).toBeVisible();
  await look('10-lock-settings-closed');
  await phone.tap('Let my 24 words open it');
  await look('11-words-open');
  await phone.tap('Back');
  await phone.tap('Back');
  await phone.tap('Save a sealed copy');
  await look('12-backup-pin');
  await phone.tap('Lock');
  await phone.sees('Notes');
  await look('13-lock');
  await phone.tap('I forgot my PIN');
  await look('14-forgot');

  const context = await browser.newContext();
  const second = await Phone.unpack(await context.newPage());
  await judge(second.page, '15-welcome');
  await second.tap(/I have a backup file/);
  await judge(second.page, '16-backup-file');
  const file = (await readdir(phone.outbox)).find((name) => name.endsWith('.waymark-backup'));
  await second.page.getByLabel('The sealed copy').setInputFiles(join(phone.outbox, file!));
  await expect(second.page.getByText('The file is whole.')).toBeVisible();
  await judge(second.page, '17-backup-file-whole');
  await second.page.getByLabel('The passphrase of that copy').fill(PASSPHRASE);
  await second.tap('Choose a lock');
  await second.chooseLock();
  await second.seesToday();
  await second.go('Me');
  await expect(second.button('Connect it again')).toBeVisible();
  await judge(second.page, '18-me-parted');
  await second.tap('Connect it again');
  await judge(second.page, '19-reconnect');
  await second.end();
  await context.close();
});
