import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { walks } from '../gallery/stops';
import { show, type Variant } from '../gallery/variants';
import { take } from '../gallery/walk';
import { microphone } from '../world/microphone';
import { expect, test } from '../world/test';

test.use(microphone);

/** What axe looks at: everything, the colours alone, or nothing because it has seen the same page just now. */
type Axe = 'everything' | 'colours' | 'nothing';

/** Each way of showing a screen has its own way of going wrong: colours in the dark, room when the text is large. */
const SHOWN: Record<string, readonly (Variant & { axe: Axe })[]> = {
  en: [
    { width: 360, theme: 'light', text: 100, axe: 'everything' },
    { width: 360, theme: 'dark', text: 100, axe: 'colours' },
    { width: 320, theme: 'light', text: 100, axe: 'nothing' },
    { width: 320, theme: 'light', text: 200, axe: 'nothing' },
  ],
  ar: [{ width: 320, theme: 'light', text: 200, axe: 'everything' }],
};

async function axeFinds(page: Page, axe: Axe): Promise<string[]> {
  if (axe === 'nothing') return [];
  const all = new AxeBuilder({ page });
  const { violations } = await (axe === 'colours' ? all.withRules(['color-contrast']) : all).analyze();
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`);
}

/** Everything that a machine finds wrong with a screen. */
async function wrongWith(page: Page, axe: Axe = 'everything'): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  const found = await page.evaluate(() => {
    const wrong: string[] = [];
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0);
    const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (sideways > 0) wrong.push(`scrolls ${sideways} px sideways`);
    for (const control of shown('button, a[href], select, label.check, input:not([type=radio], [type=checkbox])'))
      if (control.getBoundingClientRect().height < 47.5) wrong.push(`under 48 px: ${control.outerHTML.slice(0, 120)}`);
    // A box that is narrower than its words cuts them off, or lets them run over what stands beside it.
    for (const box of shown('button, label, legend, h1, h2, h3, p, li'))
      if (
        box.scrollWidth > box.clientWidth + 1 &&
        getComputedStyle(box).display !== 'inline' &&
        !box.closest('.hidden, .words, .opening')
      )
        wrong.push(`does not fit its box: ${box.outerHTML.slice(0, 120)}`);
    // A word that is broken in two, unless it is an address.
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      for (const word of (text.textContent ?? '').matchAll(/[\p{L}\p{M}’]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.bottom)));
        const address = /\S*[/.:]\S/.test((text.textContent ?? '').slice(word.index).split(/\s/)[0] ?? '');
        if (lines.size > 1 && !address) wrong.push(`broken in two: ${word[0]}`);
      }
    return wrong;
  });
  return [...found, ...(await axeFinds(page, axe))];
}

for (const language of ['en', 'ar'])
  for (const walk of walks)
    test(`${language}, ${walk.name}: every screen is accessible, fits, and has room for thumbs`, async ({ page }) => {
      test.setTimeout(600_000);
      await take(walk, page, language, async (stop) => {
        for (const variant of SHOWN[language]!) {
          await show(page, variant);
          const shown = `${stop.name} ${variant.width} ${variant.theme} ${variant.text} %`;
          expect.soft(await wrongWith(page, variant.axe), shown).toEqual([]);
        }
        await show(page, SHOWN[language]![0]!);
      });
    });

test('what is wrong with a screen is found, in either direction', async ({ phone }) => {
  const { page } = phone;
  for (const language of ['en', 'ar']) {
    await phone.speak(language);
    const kinds = async () => (await wrongWith(page)).map((each) => each.split(':')[0]);
    expect(await kinds()).toEqual([]);
    if (language === 'en') {
      // axe leaves most Arabic text out when it looks at contrast. The colours are the same in every language.
      await page.evaluate(() => (document.querySelector<HTMLElement>('main p')!.style.color = '#ccc'));
      expect(await kinds()).toEqual(['color-contrast']);
    }
    await page.evaluate(() => {
      document.querySelector('h1')!.style.cssText = 'inline-size: 60px; white-space: nowrap';
      document.querySelector<HTMLElement>('main button')!.style.cssText = 'min-height: 0; block-size: 30px';
      document.querySelector<HTMLElement>('li .title')!.style.inlineSize = '1em';
    });
    expect(await kinds()).toEqual(expect.arrayContaining(['under 48 px', 'broken in two', 'does not fit its box']));
    await page.evaluate(() => (document.querySelector('h1')!.style.inlineSize = '900px'));
    expect(await wrongWith(page)).toContainEqual(expect.stringMatching(/^scrolls \d+ px sideways$/));
    await page.reload();
  }
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
