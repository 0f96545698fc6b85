import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Study } from '../world/study';
import { beginning, type Phone } from '../world/phone';
import { expect, test } from '../world/test';
import { wordsOf } from '../world/words';

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** To the screen where the language, the size and the light are chosen. */
async function toLooks(phone: Phone): Promise<void> {
  await phone.go('Me');
  await phone.tap(phone.say('me-looks'));
  await phone.sees(phone.say('looks-title'));
}

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const rootSize = (page: Page) =>
  page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));

test('someone who reads Arabic finds it before anything else, joins in it, and it stays', async ({ phone, study }) => {
  const { page } = phone;
  const html = page.locator('html');
  await expect(html).toHaveAttribute('dir', 'ltr');
  await phone.speak('ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await phone.sees(phone.say('welcome-title'));
  await isAccessible(page);

  await phone.readInvitation((await study.invite('P-arabic')).link);
  await expect(page.getByText(phone.say('study-read-private'))).toBeVisible();
  // The example study has English alone: its own texts are shown in that, and run its way.
  const title = page.getByRole('heading', { level: 1, name: 'Transitions' }).locator('bdi');
  expect(await title.evaluate((name) => getComputedStyle(name).direction)).toBe('ltr');
  await isAccessible(page);
  await phone.tap(phone.say('study-continue'));
  await phone.answerConsent();
  await isAccessible(page);
  await phone.tap(phone.say('consent-join-locked'));
  await phone.chooseLock();
  expect(await phone.words()).toHaveLength(24);
  await phone.tap(phone.say('later'));
  await phone.seesToday();
  await phone.write('He was waiting before the doors opened.', 'Me and the study');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\p{Script=Arabic}/u);
  await expect(page.getByText('تدوينة اليوم تصل إلى الدراسة بعد')).toBeVisible();
  await isAccessible(page);
  await phone.go('Support');
  // A telephone number keeps its order.
  const number = page.getByText('020 7946 0000', { exact: true });
  expect(await number.evaluate((span) => getComputedStyle(span).direction)).toBe('ltr');

  await phone.crashAndRestart();
  await expect(html).toHaveAttribute('lang', 'ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(page).toHaveTitle(phone.say('lock-title'));
  await isAccessible(page);
  await phone.unlock('something else');
  await expect(page.getByRole('alert')).toContainText('لم يُفقد شيء');
  await phone.unlock();
  await phone.seesToday();
});

test('the lock screen changes the language, and the page is in it from there on', async ({ phone }) => {
  await phone.tap(beginning(phone.say('welcome-private')));
  await phone.chooseLock();
  await phone.tap(phone.say('later'));
  await phone.tap(phone.say('lock-now'));
  await phone.sees('Notes');
  await phone.speak('ar');
  await phone.sees(phone.say('lock-title'));
  await phone.unlock();
  await phone.seesToday();
});

test('what a study says is chosen in the person’s language, and changes with it at once', async ({ phone }) => {
  const study = await Study.begin(undefined, (file) =>
    file
      .replace('languages = ["en"]', 'languages = ["en", "ar"]')
      .replace('title.en = "Transitions"', 'title.en = "Transitions"\ntitle.ar = "تحولات"')
      .replace(/^(text\.en = "What stays with you from today\?")$/m, '$1\ntext.ar = "ما الذي بقي معك من اليوم؟"'),
  );
  try {
    await phone.speak('ar');
    await phone.readInvitation((await study.invite('P-two-languages')).link);
    await phone.sees('تحولات');
    await phone.tap(phone.say('study-continue'));
    await phone.answerConsent();
    await phone.tap(phone.say('consent-join-locked'));
    await phone.chooseLock();
    await phone.tap(phone.say('later'));
    await expect(phone.page.getByText('ما الذي بقي معك من اليوم؟')).toBeVisible();

    await toLooks(phone);
    await phone.page.getByLabel('English').check();
    phone.say = wordsOf('en');
    await phone.sees('How it looks');
    await expect(phone.page.getByLabel('English')).toBeFocused();
    await phone.tap('Back');
    await expect(phone.page.getByText('Transitions')).toBeVisible();
    await phone.go('Today');
    await expect(phone.page.getByText('What stays with you from today?')).toBeVisible();
  } finally {
    await study.end();
  }
});

test.describe('on a phone that speaks Arabic of Egypt', () => {
  test.use({ locale: 'ar-EG' });

  test('the page does too, in its digits, and a PIN may be typed in either kind', async ({ phone }) => {
    phone.say = wordsOf('ar');
    const { page, say } = phone;
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await phone.tap(beginning(say('welcome-private')));
    await phone.choose(say('choose-lock-pin'));
    await page.getByLabel(say('choose-lock-secret-pin'), { exact: true }).fill('٧٢٨٣٩٤');
    await page.getByLabel(say('choose-lock-again-pin')).fill('٧٢٨٣٩٤');
    await phone.tap(say('choose-lock-done'));
    await phone.sees('كلماتك الـ٢٤');
    await expect(page.locator('ol .place').nth(9)).toHaveText('١٠');
    await phone.tap(say('later'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[٠-٩]/);
    await phone.tap(say('lock-now'));
    await page.getByLabel(say('lock-pin')).fill('728394');
    await phone.tap(say('lock-open'));
    await phone.seesToday();
  });
});

test('size and light are shown at once, and hold on the lock screen and after a restart', async ({ phone }) => {
  const { page } = phone;
  await phone.tap(beginning(phone.say('welcome-private')));
  await phone.chooseLock();
  await phone.tap(phone.say('later'));
  await toLooks(phone);
  const [paper, size] = [await background(page), await rootSize(page)];
  await page.getByLabel(phone.say('looks-text-largest')).check();
  expect(await rootSize(page)).toBeCloseTo(2 * size, 1);
  await page.getByLabel(phone.say('looks-theme-dark')).check();
  await expect.poll(() => background(page)).not.toBe(paper);
  const dark = await background(page);
  await isAccessible(page);

  await phone.crashAndRestart();
  await phone.sees('Notes');
  expect(await background(page)).toBe(dark);
  expect(await rootSize(page)).toBeCloseTo(2 * size, 1);
  await isAccessible(page);

  await phone.unlock();
  await toLooks(phone);
  await page.getByLabel(phone.say('looks-theme-light')).check();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => background(page)).toBe(paper);
  await page
    .getByRole('group', { name: phone.say('looks-theme') })
    .getByLabel(phone.say('looks-phone'))
    .check();
  await expect.poll(() => background(page)).toBe(dark);
});

test('a choice that the phone cannot keep holds until it is closed, and that is said', async ({ phone }) => {
  const { page } = phone;
  await phone.tap(beginning(phone.say('welcome-private')));
  await phone.chooseLock();
  await phone.tap(phone.say('later'));
  await toLooks(phone);
  await page.route('**/call/set_appearance', (route) => route.fulfill({ status: 422, json: { code: 'disk-full' } }));
  const paper = await background(page);
  await page.getByLabel(phone.say('looks-theme-dark')).check();
  await expect(page.getByRole('alert')).toContainText(phone.say('looks-not-kept'));
  expect(await background(page)).not.toBe(paper);
  await page.unroute('**/call/set_appearance');
  await page.getByLabel(phone.say('looks-theme-light')).check();
  await expect(page.getByText(phone.say('looks-not-kept'))).toHaveCount(0);
});

test.describe('on a phone that speaks Chinese as it is written in China', () => {
  test.use({ locale: 'zh-CN' });

  test('the page does too; without its words it begins in English, and works', async ({ phone }) => {
    const { page } = phone;
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await phone.sees(wordsOf('zh-Hans')('welcome-title'));
    await isAccessible(page);
    await page.route('**/*.ftl', (route) => route.fulfill({ status: 422 }));
    await phone.open();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await phone.sees(wordsOf('en')('welcome-title'));
  });
});
