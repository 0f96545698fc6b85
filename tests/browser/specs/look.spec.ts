import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from '../world/test';

/** Everything that can be judged of a screen by a machine; and a picture of it for people, where one is asked for. */
async function judge(page: Page, project: string, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${name}: how far it scrolls sideways`).toBeLessThanOrEqual(0);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], select, input:not([type=radio])')]
      .filter((control) => control.getClientRects().length > 0 && control.getBoundingClientRect().height < 47.5)
      .map((control) => control.outerHTML.slice(0, 120)),
  );
  expect.soft(small, `${name}: controls under 48 px`).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`);
  expect.soft(found, `${name}: what axe finds`).toEqual([]);
  if (process.env.WAYMARK_SCREENS) {
    const path = join(import.meta.dirname, '../../../target/screens', `${project}-${name}.png`);
    await page.screenshot({ path });
  }
}

test('every screen is accessible, fits, and has room for thumbs', async ({ phone, study }, info) => {
  test.setTimeout(180_000);
  const { page } = phone;
  const look = (name: string) => judge(page, info.project.name, name);

  await phone.sees('A place for your own words');
  await look('01-welcome');
  await phone.tap(/I lost my phone/);
  await look('02-restore');
  await phone.tap('Back');
  await phone.tap(/I have an invitation/);
  await look('03-invitation');
  await phone.tap('Open the invitation');
  await look('04-invitation-empty');
  await page.getByLabel('Paste the link, or type the text').fill((await study.invite(`P-${info.project.name}`)).link);
  await phone.tap('Open the invitation');
  await expect(page.getByRole('heading', { name: 'Who can read what' })).toBeVisible();
  await look('05-study');
  await phone.tap('Go on to the questions');
  await phone.tap('Choose a lock');
  await look('06-consent-open');
  await phone.answerConsent();
  await look('07-consent');
  await phone.tap('Choose a lock');
  await phone.tap('Lock it with this');
  await look('08-lock-too-short');
  await phone.chooseLock();
  await phone.sees('Your 24 words');
  await look('09-words');
  await phone.tap('I have written them down');
  await look('10-words-check');
  await phone.tap('Later');
  await phone.seesToday();
  await look('11-today-new');

  await phone.tap('Write');
  await look('12-write');
  await phone.paper.fill('He was waiting before the doors opened, and I saw myself, four years ago.');
  await phone.isSaved();
  await look('13-write-saved');
  await phone.paper.fill('Danny was waiting before the doors opened, and I saw myself, four years ago.');
  await expect(phone.button('That’s fine')).toBeVisible();
  await look('13-write-cue');
  await phone.tap('Next');
  while (!(await phone.button('Done').isVisible())) await phone.tap('Skip');
  await page.getByLabel('Heavy', { exact: true }).check();
  await page.getByLabel('Tags').fill('doors');
  await phone.tap('Add');
  await look('14-write-last');
  await phone.tap('Done');
  await phone.sees('Who should read this?');
  await look('15-readers');
  await page.getByLabel('Me and the study').check();
  await phone.tap('Done');
  await phone.seesToday();
  await phone.write('A quiet one, for me.', 'Only me');
  await look('16-today');

  await phone.go('Diary');
  await expect(page.getByText('A quiet one, for me.')).toBeVisible();
  await look('17-diary');
  await page.getByRole('searchbox').fill('waiting');
  await expect(page.locator('mark')).toBeVisible();
  await look('18-search');
  await page.getByRole('searchbox').fill('nowhere to be found');
  await expect(page.getByText('Nothing found.')).toBeVisible();
  await look('19-search-nothing');
  await page.getByRole('searchbox').fill('');
  await phone.tap(/A quiet one/);
  await expect(phone.button('Change it')).toBeVisible();
  await look('20-entry');
  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await look('21-change');
  await phone.paper.fill('A quiet one, for me and nobody else.');
  await phone.isSaved();
  await phone.tap('Back');
  await phone.tap('Back');
  await phone.go('Today');
  await expect(phone.button('Go on writing')).toBeVisible();
  await look('22-today-draft');
  await phone.tap('Throw it away');
  await look('23-ask');
  await phone.tap('Keep them');
  await phone.go('Support');
  await phone.sees('Support');
  await look('24-support');
  await phone.go('Me');
  await phone.sees('Me');
  await look('25-me');
  await phone.tap('Lock');
  await phone.sees('Notes');
  await look('26-lock');
  await phone.unlock('something else');
  await expect(page.getByRole('alert')).toContainText('Nothing is lost');
  await look('27-lock-wrong');
});

test('a screen reader starts at the heading of each screen, and the keyboard reaches everything', async ({ phone }) => {
  const { page } = phone;
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await phone.sees('Choose a lock');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.goBack();
  await phone.sees('A place for your own words');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  expect(new URL(page.url()).pathname).toBe('/');
});
