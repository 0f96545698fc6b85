import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { walks } from '../gallery/stops';
import { show, type Variant } from '../gallery/variants';
import { take } from '../gallery/walk';
import { expect, test } from '../world/test';

/** Each way of showing a screen has its own way of going wrong: colours in the dark, room when the text is large. */
const SHOWN: Record<string, readonly Variant[]> = {
  en: [
    { width: 360, theme: 'light', text: 100 },
    { width: 360, theme: 'dark', text: 100 },
    { width: 320, theme: 'light', text: 200 },
  ],
  ar: [{ width: 320, theme: 'light', text: 200 }],
};

/** Everything that can be judged of a screen by a machine. */
async function judge(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${name}: how far it scrolls sideways`).toBeLessThanOrEqual(0);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], select, input:not([type=radio])')]
      .filter((control) => control.getClientRects().length > 0 && control.getBoundingClientRect().height < 47.5)
      .map((control) => control.outerHTML.slice(0, 120)),
  );
  expect.soft(small, `${name}: controls under 48 px`).toEqual([]);
  // A box that is narrower than its words cuts them off, or lets them run over what stands beside it.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('button, label, legend, h1, h2, h3, p, li, select')]
      .filter((box) => box.getClientRects().length > 0 && !box.closest('.hidden, .words, .opening'))
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== 'inline')
      .map((box) => box.outerHTML.slice(0, 120)),
  );
  expect.soft(cut, `${name}: words that do not fit their box`).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`);
  expect.soft(found, `${name}: what axe finds`).toEqual([]);
}

for (const language of ['en', 'ar'])
  for (const walk of walks)
    test(`${language}, ${walk.name}: every screen is accessible, fits, and has room for thumbs`, async ({ page }) => {
      test.setTimeout(300_000);
      await take(walk, page, language, async (stop) => {
        for (const variant of SHOWN[language]!) {
          await show(page, variant);
          await judge(page, `${stop.name} ${variant.width} ${variant.theme} ${variant.text} %`);
        }
        await show(page, SHOWN[language]![0]!);
      });
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
