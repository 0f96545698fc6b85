import { walks } from '../gallery/stops';
import { show, type Variant } from '../gallery/variants';
import { take } from '../gallery/walk';
import { wrongWith, type Axe } from '../world/judge';
import { microphone } from '../world/microphone';
import { complaints, expect, test } from '../world/test';

test.use(microphone);
// Each walk has a study and phones of its own.
test.describe.configure({ mode: 'parallel' });

/** Each way of showing a screen has its own way of going wrong: colours in the dark, room when the text is large. */
const SHOWN: Record<string, readonly (Variant & { axe: Axe })[]> = {
  en: [
    { width: 360, theme: 'light', text: 100, axe: 'everything' },
    { width: 360, theme: 'dark', text: 100, axe: 'colours' },
    { width: 320, theme: 'light', text: 100, axe: 'nothing' },
    { width: 320, theme: 'light', text: 200, axe: 'nothing' },
  ],
  // What axe looks for is the same in every language.
  ar: [{ width: 320, theme: 'light', text: 200, axe: 'nothing' }],
};

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
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('a control that is put there anew while its screen stays is complained about', async ({ page }) => {
  const wrong = await complaints(page);
  await page.goto('data:text/html,<main><h1>Words</h1><p><button>Later</button></p></main>');
  await page.evaluate(() => {
    document.querySelector('main')!.innerHTML = '<h1>Another screen</h1><p><button>Later</button></p>';
    return new Promise(requestAnimationFrame);
  });
  expect(wrong).toEqual([]);
  await page.evaluate(() => (document.querySelector('p')!.innerHTML = '<button>Later</button>'));
  await expect.poll(() => wrong).toEqual(['replaced while its screen stays: BUTTON Later']);
});

test('a screen reader starts at the heading of each screen, also on the way back', async ({ phone }) => {
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
