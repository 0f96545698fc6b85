/** The pack for an interview at the researcher's desk: what somebody wants to talk about is found, saved, printed and named when it is withdrawn. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { DeskPage } from '../world/desk';
import { judged } from '../world/shown';
import { testAtDesk } from '../world/desk-test';
import { expect } from '../world/test';

const test = testAtDesk((study) => study.simulate(2, 14));

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// One desk at a time has the file, and each test goes on from what the one before has kept.
test.describe.configure({ mode: 'serial' });

/** To the pack of the one who takes part first, by way of reading. */
async function toPack(desk: DeskPage, page: Page): Promise<string> {
  await desk.go('people');
  const person = page.getByRole('rowheader').first().getByRole('button');
  const label = (await person.locator('bdi').innerText()).trim();
  await person.click();
  await desk.sees(desk.say('read-title'));
  await page.getByRole('button', { name: desk.say('pack-way', { of: label }) }).click();
  await desk.sees(desk.say('pack-title', { of: label }));
  return label;
}

test('while nobody has asked to talk about anything, the pack says what it is for', async ({ desk, page }) => {
  await toPack(desk, page);
  await expect(page.getByText(desk.say('pack-none-more'))).toBeVisible();
  await expect(page.getByRole('button', { name: desk.say('pack-print') })).toHaveCount(0);
  await judged(page, 'pack, empty');
});

test('what somebody wants to talk about is marked and found, saved and printed, and both stand in the list', async ({
  desk,
  page,
  study,
}) => {
  await desk.go('people');
  const label = (await page.getByRole('rowheader').first().locator('bdi').innerText()).trim();
  const told = await study.talkAbout(label, 2);
  expect(told).toHaveLength(2);
  await page.getByRole('button', { name: desk.say('collect') }).click();
  const way = page.getByRole('button', { name: desk.say('people-talk', { count: 2 }) });
  await expect(way).toBeVisible();
  await judged(page, 'people');

  await desk.go('read');
  await page.getByRole('button', { name: desk.say('filter-more'), exact: true }).click();
  await page.getByRole('checkbox', { name: desk.say('filter-talk') }).check();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('article').first()).toContainText(desk.say('entry-talk'));
  await judged(page, 'read');

  await toPack(desk, page);
  const paper = page.getByRole('region', { name: desk.say('pack-of', { of: label }) });
  await expect(paper).toContainText(desk.say('pack-confidential'));
  const articles = paper.getByRole('article');
  await expect(articles).toHaveCount(2);
  await expect(articles.first()).toContainText(told[0]!.split('\n')[0]!);
  await judged(page, 'pack');

  // Who takes it and what for is asked before anything leaves the desk.
  const print = page.getByRole('button', { name: desk.say('pack-print') });
  await page.evaluate(() => Object.assign(window, { print: () => (document.documentElement.dataset.printed = 'yes') }));
  await print.click();
  await expect(page.getByLabel(desk.say('who'))).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel(desk.say('who')).fill('A. Researcher');
  await print.click();
  await expect(page.getByLabel(desk.say('why'))).toBeFocused();
  await expect(page.locator('html')).not.toHaveAttribute('data-printed', 'yes');
  await page.getByLabel(desk.say('why')).fill('the interview in May');
  await print.click();
  await expect(page.getByText(desk.say('pack-printed'))).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');

  await page.getByRole('button', { name: desk.say('pack-save-md') }).click();
  await expect(page.getByRole('heading', { name: desk.say('exported-title') })).toBeFocused();
  const path = await page.locator('section code').first().innerText();
  const saved = await readFile(path, 'utf8');
  expect(saved).toContain(`# What ${label} wants to talk about`);
  for (const text of told) expect(saved).toContain(text);
  await page.getByRole('button', { name: desk.say('pack-save-docx') }).click();
  await expect(page.locator('section code').first()).toHaveText(/\.docx$/);

  await desk.go('export');
  const rows = page.getByRole('row').filter({ hasText: label });
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: desk.say('made-paper') })).toHaveCount(1);
  await judged(page, 'exports');
});

test('the pack alone goes to paper, black on white, with room for notes', async ({ desk, page }) => {
  await toPack(desk, page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByLabel(desk.say('who'))).toBeHidden();
  await expect(page.getByText(desk.say('pack-confidential'))).toBeVisible();
  await expect(page.getByText(desk.say('pack-notes'), { exact: true })).toHaveCount(2);
  await expect(page.getByText(desk.say('pack-notes'), { exact: true }).first()).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
});

test('what is withdrawn later leaves the pack, and the list names files and paper that hold it', async ({
  desk,
  page,
  study,
}) => {
  const answered = page.waitForResponse('**/call/pack');
  const label = await toPack(desk, page);
  const articles = page.getByRole('article');
  await expect(articles).toHaveCount(2);
  const earlier: unknown = await (await answered).json();
  const told = await study.talkAbout(label, 2);
  await study.takeBack(label, told[0]!);
  // As in another tab, which has not heard of it.
  let showsEarlier = false;
  await page.route(
    '**/call/pack',
    async (route) => {
      await route.fulfill({ json: earlier });
      showsEarlier = true;
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: desk.say('collect') }).click();
  await expect.poll(() => showsEarlier).toBe(true);
  await expect(articles).toHaveCount(2);
  await page.evaluate(() => Object.assign(window, { print: () => (document.documentElement.dataset.printed = 'yes') }));
  await page.getByLabel(desk.say('who')).fill('A. Researcher');
  await page.getByLabel(desk.say('why')).fill('the interview in June');
  await page.getByRole('button', { name: desk.say('pack-print') }).click();
  await expect(page.getByText(desk.say('error-pack-changed'))).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-printed', 'yes');
  await expect(articles).toHaveCount(1);
  await desk.go('export');
  await expect(page.getByRole('row').filter({ hasText: desk.say('made-mend', { count: 1 }) })).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: desk.say('made-paper-mend', { count: 1 }) })).toHaveCount(1);
});
