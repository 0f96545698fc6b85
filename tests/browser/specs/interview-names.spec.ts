/** Names in interviews: decided in the same list as those of entries, read whole, and gone from what goes out. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { DeskPage } from '../world/desk';
import { judged } from '../world/shown';
import { testAtDesk } from '../world/desk-test';
import { expect } from '../world/test';
import { unzipped } from '../world/zip';

const test = testAtDesk(async (study) => {
  await study.simulate(1, 6);
  await study.share('S1-001', 'I met Dave today.');
});

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// Each goes on where the one before has ended.
test.describe.configure({ mode: 'serial' });

const TURN =
  'Interviewer: And what came then?\nS1-001: Then we went on for a while, and talked of other things, as one does in the evening.\n';
/** About sixty pages. */
const LONG = [
  'Interviewer: Well. Who was there?\nS1-001: There was Dave, and his friend Olu Adeyemi.\n',
  TURN.repeat(700),
  'Dave Smith: I come to this late.\n',
  TURN.repeat(500),
  'Dave Smith: And I go.\nS1-001: We ended at Hope House.\n',
].join('');

/** Where the screens are judged: that takes its time for each line. */
const SHORT = 'Interviewer: Well. And now?\nS1-001: Now I meet Bea at Hope House.\n';

const box = (desk: DeskPage, term: string) => desk.page.locator(`[id="name-${encodeURIComponent(term)}"]`);

async function replaceWith(desk: DeskPage, replacement: string): Promise<void> {
  const { page } = desk;
  await page.getByLabel(desk.say('decide-by'), { exact: true }).fill(replacement);
  await page.getByRole('button', { name: desk.say('decide-replace', { replacement }), exact: true }).click();
}

async function isMe(desk: DeskPage): Promise<void> {
  await desk.page.getByRole('button', { name: desk.say('who-offered', { name: 'Ana' }) }).click();
}

/** The way to an interview from the list of copies. */
async function toInterview(desk: DeskPage, page: Page, point: string): Promise<void> {
  await desk.go('review');
  await page.getByRole('button', { name: `interview ${point}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`interview ${point}`);
}

test('names in an interview are found with those of entries, and who speaks does not drown them', async ({
  desk,
  page,
}) => {
  await desk.go('read');
  await page.getByRole('button', { name: desk.say('interviews-title') }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: new RegExp(desk.say('interviews-choose')) }).click();
  const file = (name: string, words: string) => ({ name, mimeType: '', buffer: Buffer.from(words) });
  const files = [file('S1-001 T1 2026-05-04.txt', LONG), file('S1-001 T2 2026-06-04.txt', SHORT)];
  await (await chooser).setFiles(files);
  await page.getByRole('button', { name: desk.say('interviews-keep', { count: 2 }) }).click();
  await expect(page.getByText(desk.say('interviews-kept', { count: 2 }))).toBeVisible();

  await desk.go('names');
  await page.getByLabel(desk.say('who'), { exact: true }).fill('Ana');
  for (const quiet of ['Interviewer', 'S1-001', 'S1']) await expect(box(desk, quiet)).toHaveCount(0);
  await expect(page.getByText(/, interview T1/).first()).toBeVisible();
  for (const [term, replacement] of [
    ['Dave', '[Person 1]'],
    ['Dave Smith', '[Person 2]'],
  ] as const) {
    await box(desk, term).check();
    await replaceWith(desk, replacement);
    await expect(box(desk, term)).toHaveCount(0);
  }
});

test('what may be names only at the beginning of a sentence is shown before it is left together, and can be undone', async ({
  desk,
  page,
}) => {
  await desk.go('names');
  await isMe(desk);
  const perhaps = page.getByRole('region', { name: desk.say('sort-perhaps') });
  const all = await perhaps.getByRole('listitem').count();
  expect(all).toBeGreaterThan(1);
  await perhaps.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: desk.say('decide-leave'), exact: true }).click();
  // The safe answer has the focus, and nothing is done yet.
  await expect(page.getByText(desk.say('leave-sure', { count: all }))).toBeVisible();
  const no = page.getByRole('button', { name: desk.say('leave-no') });
  await expect(no).toBeFocused();
  await judged(page, 'left together');
  await no.click();
  await expect(page.getByRole('button', { name: desk.say('decide-leave'), exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: desk.say('leave-yes', { count: all }) }).click();
  await expect(perhaps).toHaveCount(0);
  await page.getByRole('button', { name: desk.say('leave-undo', { count: all }) }).click();
  await expect(page.getByText(desk.say('leave-undone', { count: all }))).toBeVisible();
  await expect(perhaps.getByRole('listitem')).toHaveCount(all);
});

test('a long interview is read from mark to mark by the keyboard, and recorded as it was read', async ({
  desk,
  page,
}) => {
  await toInterview(desk, page, 'T1');
  await isMe(desk);
  const text = page.locator('[data-text]');
  await expect(text.first()).toHaveText('Interviewer: Well. Who was there?');
  const at = page.locator('mark.at');
  const next = page.getByRole('button', { name: desk.say('marks-next') });
  await next.focus();
  const words: string[] = [];
  // From the beginning to the end of sixty pages, and round again; the focus stays where it is pressed.
  for (let i = 0; i < 40 && !(words.length > 1 && words.at(-1) === words[0]); i += 1) {
    await page.keyboard.press('Enter');
    await expect(at).toBeInViewport();
    words.push(`${await at.getAttribute('data-mark')} ${await at.innerText()}`);
    if (words.at(-1)?.endsWith('Hope House')) break;
  }
  expect(words.map((word) => word.replace(/^\d+ /, ''))).toEqual(
    expect.arrayContaining(['[Person 1]', 'Olu Adeyemi', '[Person 2]', 'Hope House']),
  );
  await expect(next).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Hope House' })).toBeVisible();

  // What may be a name is added from where one is.
  await page.getByRole('button', { name: desk.say('copy-add-selected', { words: 'Hope House' }) }).click();
  await expect(page.getByLabel(desk.say('add-name-term'), { exact: true })).toHaveValue('Hope House');
  await replaceWith(desk, '[Place 1]');
  await expect(text.last()).toHaveText('S1-001: We ended at [Place 1].');
  await page.getByLabel(desk.say('review-replaced')).check();
  await expect(text.last()).toContainText('Hope House');
  await page.getByLabel(desk.say('review-replaced')).uncheck();

  await page.getByRole('button', { name: desk.say('review-interview-read') }).click();
  await expect(page.getByText(desk.say('said-read-interview'))).toBeVisible();
  await page
    .getByRole('button', { name: desk.say('review-back') })
    .first()
    .click();
  await desk.sees(desk.say('review-title'));
  await expect(page.getByText(/entries and 1 of 2 interviews read/).first()).toBeVisible();
  await page.getByLabel(desk.say('review-unread')).uncheck();
  await expect(page.getByRole('region', { name: desk.say('review-interviews', { count: 2 }) })).toContainText('Ana');
});

test('a decision since then makes another copy, and an export waits for it', async ({ desk, page }) => {
  await desk.go('names');
  await isMe(desk);
  await box(desk, 'Olu Adeyemi').check();
  await replaceWith(desk, '[Person 3]');
  await desk.go('review');
  const entries = page.getByRole('article');
  await expect(entries.first()).toBeVisible();
  const unread = await entries.count();
  await page.getByRole('button', { name: desk.say('review-these', { count: unread }) }).click();
  await expect(page.getByText(desk.say('review-none-entries'))).toBeVisible();
  await desk.go('export');
  const go = page.getByRole('main').getByRole('button', { name: desk.say('export-go'), exact: true });
  await go.click();
  await expect(page.getByText(desk.say('error-copies-unread'))).toBeVisible();
  await page.getByLabel(desk.say('export-only-read')).check();
  await go.click();
  await expect(page.getByText(desk.say('exported-left-out-interviews', { count: 2 }))).toBeVisible();

  for (const point of ['T1', 'T2']) {
    await toInterview(desk, page, point);
    await page.getByRole('button', { name: desk.say('review-interview-read') }).click();
    await expect(page.getByText(desk.say('said-read-interview'))).toBeVisible();
  }
  await desk.go('export');
  await go.click();
  const done = page.getByRole('region', { name: desk.say('exported-title') });
  await expect(done).toContainText(desk.say('exported-interviews', { count: 2 }));
  const project = unzipped(await readFile((await done.locator('code').innerText()).trim()));
  const all = [...project.entries()].flat().join('\n');
  expect(all).toContain('There was [Person 1], and his friend [Person 3].');
  expect(['Dave', 'Olu', 'Hope House'].filter((name) => all.includes(name))).toEqual([]);
  await judged(page, 'exported');
});

test('every screen with interviews is accessible, and fits', async ({ desk, page }) => {
  await desk.go('review');
  await page.getByLabel(desk.say('review-unread')).uncheck();
  await expect(page.getByRole('region', { name: desk.say('review-interviews', { count: 2 }) })).toBeVisible();
  await judged(page, 'copies with interviews');
  await page.getByRole('button', { name: 'interview T2' }).click();
  await page.getByRole('button', { name: desk.say('marks-next') }).click();
  await judged(page, 'an interview that was read');
  await page.getByRole('button', { name: desk.say('copy-add-selected', { words: 'Well' }) }).click();
  await expect(page.getByLabel(desk.say('add-name-term'), { exact: true })).toHaveValue('Well');
  await judged(page, 'adding from an interview');
});
