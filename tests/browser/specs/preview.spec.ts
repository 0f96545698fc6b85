/** The study that is being written, as phones show it: the app's own screens in frames that have no way to the desk. */
import type { FrameLocator, Page } from '@playwright/test';
import { DeskPage } from '../world/desk';
import { wrongWith } from '../world/judge';
import { NewStudy } from '../world/new-study';
import { Study } from '../world/study';
import { complained, complaints, expect, test as base } from '../world/test';
import { wordsOf } from '../world/words';

const test = base.extend<{ fresh: NewStudy; desk: DeskPage; refused: string[] }>({
  fresh: async ({}, use) => {
    const fresh = await NewStudy.begin();
    await use(fresh);
    await fresh.end();
  },
  /** What the test wants the browser to refuse; it names that on its console. */
  refused: async ({}, use) => use([]),
  desk: async ({ page, fresh, refused }, use) => {
    const wrong = await complaints(page);
    const desk = await fresh.open(page);
    await use(desk);
    await desk.end();
    // A session that has ended is told so.
    const expected = ['status of 401', ...refused];
    const unexpected = wrong.filter((each) => !expected.some((part) => each.includes(part)));
    if (unexpected.length > 0) throw new Error(complained(unexpected));
  },
});

test.use({ viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false });

const english = wordsOf('en');
const spanish = wordsOf('es');

const phone = (page: Page, desk: DeskPage, language: string): FrameLocator =>
  page.frameLocator(`iframe[title="${desk.say('preview-phone', { language })}"]`);

/** Each phone is a page of its own, with a main part of its own, and the title of its frame tells them apart. */
const wrong = async (page: Page) => (await wrongWith(page)).filter((each) => !each.startsWith('landmark-unique:'));

/** The example study in two languages, and its first question of the day in both. */
async function written(page: Page, { say }: DeskPage): Promise<void> {
  await page.getByRole('button', { name: say('begin-example-go') }).click();
  await page.getByRole('button', { name: new RegExp(`^${say('section-languages')}`) }).click();
  await page.getByLabel(say('languages-add')).selectOption('es');
  await page.getByRole('button', { name: say('item-add'), exact: true }).click();
  await page.getByRole('button', { name: new RegExp(`^${say('section-questions')}`) }).click();
  const question = page.getByRole('group', { name: say('question-text') }).first();
  await question.getByLabel('English').fill('What made you smile?');
  await question.getByLabel('Spanish').fill('¿Qué te hizo sonreír?');
}

async function show(page: Page, { say }: DeskPage, what: string | RegExp): Promise<void> {
  const options = await page.getByLabel(say('preview-when')).locator('option').allInnerTexts();
  const label = options.find((each) => (typeof what === 'string' ? each === what : what.test(each)));
  expect(label, `${options.join('; ')} has ${String(what)}`).toBeDefined();
  await page.getByLabel(say('preview-when')).selectOption({ label: label! });
  await page.getByRole('button', { name: say('preview-show'), exact: true }).click();
}

test('what is written in the form is on the phones, in both languages, before joining and on a day of it', async ({
  desk,
  page,
}) => {
  test.slow();
  const { say } = desk;
  await written(page, desk);
  await page.getByRole('button', { name: say('form-see') }).click();
  await desk.sees(say('preview-title'));
  const [first, second] = [phone(page, desk, 'English'), phone(page, desk, 'Spanish')];

  // The first run: what the study is, then what is agreed to.
  await expect(first.getByRole('heading', { name: english('study-read-heading') })).toBeVisible();
  await expect(second.getByRole('heading', { name: spanish('study-read-heading') })).toBeVisible();
  expect(await wrong(page)).toEqual([]);
  // Whoever is at a phone is there, also before there is a diary on it.
  const seen = page.waitForResponse('**/call/seen');
  await first.getByRole('button', { name: english('study-continue') }).click();
  expect((await seen).status()).toBe(200);
  await expect(first.getByRole('heading', { name: english('consent-title') })).toBeVisible();

  await show(page, desk, new RegExp('^Day 1,'));
  await expect(first.getByText('What made you smile?')).toBeVisible();
  await expect(second.getByText('¿Qué te hizo sonreír?')).toBeVisible();
  expect(await wrong(page)).toEqual([]);

  // It is written on as on any phone, and each has a way back of its own.
  await first.getByRole('button', { name: english('today-write'), exact: true }).click();
  await expect(first.getByText('What made you smile?')).toBeVisible();
  await second.getByRole('button', { name: spanish('today-write'), exact: true }).click();
  await first.getByRole('textbox').first().fill('The kettle.');
  await expect(first.getByText(english('write-saved'))).toBeVisible();
  await first.getByRole('button', { name: english('nav-today'), exact: true }).click();
  await expect(first.getByRole('button', { name: english('today-draft-on') })).toBeVisible();
  await expect(second.getByText('¿Qué te hizo sonreír?')).toBeVisible();
  await expect(second.getByRole('textbox').first()).toBeVisible();

  // What is asked on a day of a week, and whom people can call.
  await show(page, desk, /, with /);
  await expect(first.getByText('What made you smile?')).toBeVisible();
  await first.getByRole('button', { name: english('nav-support'), exact: true }).click();
  await expect(first.getByRole('link').first()).toBeVisible();

  // Any other day; one that is none is said to be none.
  await page.getByLabel(say('preview-when')).selectOption({ label: say('preview-another') });
  await page.getByLabel(say('preview-day')).fill('0');
  await page.getByRole('button', { name: say('preview-show'), exact: true }).click();
  await expect(page.getByText(say('preview-day-unfit', { last: '3,660' }))).toBeVisible();
  await page.getByLabel(say('preview-day')).fill('10');
  await page.getByRole('button', { name: say('preview-show'), exact: true }).click();
  await expect(second.getByText('¿Qué te hizo sonreír?')).toBeVisible();
  await expect(page.getByText(say('preview-day-unfit', { last: '3,660' }))).toHaveCount(0);

  // Back is back to the form, however far anybody has gone on the phones.
  await page.goBack();
  await desk.sees(say('form-title'));
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('the keyboard goes into a phone, and past it', async ({ desk, page }) => {
  const { say } = desk;
  await written(page, desk);
  await page.getByRole('button', { name: say('form-see') }).click();
  const first = phone(page, desk, 'English');
  await expect(first.getByRole('heading', { name: english('study-read-heading') })).toBeVisible();
  const second = phone(page, desk, 'Spanish');
  await expect(second.getByRole('heading', { name: spanish('study-read-heading') })).toBeVisible();
  // Their screens come up without taking the focus from the page around them.
  await expect(page.getByRole('heading', { level: 1, name: say('preview-title') })).toBeFocused();
  await page.getByRole('button', { name: say('preview-show'), exact: true }).focus();
  await page.keyboard.press('Tab');
  const past = page.getByRole('button', { name: say('preview-past', { language: 'English' }) });
  await expect(past).toBeFocused();
  await expect(past).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: say('preview-past', { language: 'Spanish' }) })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(first.getByRole('button', { name: english('study-not-for-me') })).toBeFocused();
});

test('a page in a phone reaches nothing of the desk, and no other page can show it', async ({
  desk,
  page,
  refused,
  context,
}) => {
  const { say } = desk;
  await written(page, desk);
  await page.getByRole('button', { name: say('form-see') }).click();
  await expect(
    phone(page, desk, 'English').getByRole('heading', { name: english('study-read-heading') }),
  ).toBeVisible();
  const around = new URL(page.url()).origin;
  const frame = page.frames().find((each) => each !== page.mainFrame())!;
  const token = await page.evaluate(() => sessionStorage.getItem('token'));
  const own = new URL(frame.url()).origin;
  expect(own).not.toBe(around);
  refused.push(
    'Content Security Policy',
    'Refused to frame',
    'allow-top-navigation',
    'allow-popups',
    'net::ERR_BLOCKED',
    '403',
  );
  const tried = await frame.evaluate(
    async ({ around, token }) => {
      const may = async (work: () => unknown) => {
        try {
          await work();
          return 'yes';
        } catch {
          return 'no';
        }
      };
      const headers = { 'content-type': 'application/json', 'x-waymark-token': token ?? '' };
      return {
        call: await may(() => fetch(`${around}/call/status`, { method: 'POST', headers, body: '{}' })),
        look: await may(() => fetch(around, { mode: 'no-cors' })),
        read: await may(() => parent.document.title),
        keep: await may(() => parent.sessionStorage.getItem('token')),
        lead: await may(() => (top!.location.href = 'about:blank')),
        mine: sessionStorage.getItem('token') === token ? 'yes' : 'no',
        dial: window.open('tel:116123') === null ? 'no' : 'yes',
      };
    },
    { around, token },
  );
  expect(new Set(Object.values(tried)), JSON.stringify(tried)).toEqual(new Set(['no']));
  await desk.sees(say('preview-title'));

  // Another page of this machine would show nothing of it.
  const other = await context.newPage();
  await other.route('http://127.0.0.1:1/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${own}/"></iframe>` }),
  );
  await other.goto('http://127.0.0.1:1/');
  await expect.poll(() => other.frames()[1]?.url()).toMatch(/^chrome-error:/);
  await other.close();
});

const withDesk = base.extend<{ desk: DeskPage }, { study: Study }>({
  study: [
    async ({}, use) => {
      const study = await Study.begin();
      await use(study);
      await study.end();
    },
    { scope: 'worker' },
  ],
  desk: async ({ page, study }, use) => {
    const wrong = await complaints(page);
    const desk = await DeskPage.open(page, study);
    await use(desk);
    await desk.end();
    const unexpected = wrong.filter((each) => !each.includes('status of 401'));
    if (unexpected.length > 0) throw new Error(complained(unexpected));
  },
});

withDesk('when the desk locks, the phones are gone', async ({ desk, page }) => {
  const { say } = desk;
  await desk.unlock();
  await desk.sees(say('overview-title'));
  await desk.collected();
  await desk.go('study');
  await page.getByRole('button', { name: say('form-see') }).click();
  const only = phone(page, desk, 'English');
  await expect(only.getByRole('heading', { name: english('study-read-heading') })).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(1);
  const frame = page.frames().find((each) => each !== page.mainFrame())!;
  const token = await frame.evaluate(() => sessionStorage.getItem('token'));
  const call = `${new URL(frame.url()).origin}/call/status`;
  const asks = async () =>
    (await page.request.post(call, { data: {}, headers: { 'x-waymark-token': token ?? '' } })).status();
  expect(await asks()).toBe(200);

  await page.getByRole('button', { name: say('lock-now') }).click();
  await desk.sees(say('unlock-title'));
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await asks()).toBe(401);
});
