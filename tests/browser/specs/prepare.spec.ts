/** From names to an export, and from there to what was withdrawn: getting text ready at the researcher's desk. */
import type { Locator } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { DeskPage } from '../world/desk';
import { judged } from '../world/shown';
import { testAtDesk } from '../world/desk-test';
import { expect } from '../world/test';
import { unzipped } from '../world/zip';

const test = testAtDesk(async (study) => {
  await study.simulate(2, 14);
  // What the simulated people write has no capital letters.
  await study.share('S1-001', 'I met Dave at Hope House. Later Dave rang from 07700 900123. 小明 was there.');
  await study.share('S1-002', 'At the clinic I saw David. He knows Hope House, and wrote to dave@example.org.');
});

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// Each goes on where the one before has ended.
test.describe.configure({ mode: 'serial' });

const REPLACED = ['Dave', 'David', 'Hope House', '小明', 'dave@example.org', '07700 900123'];

/** The box of something that may be a name. */
const box = (desk: DeskPage, term: string): Locator => desk.page.locator(`[id="name-${encodeURIComponent(term)}"]`);

const replace = (desk: DeskPage, replacement: string): Locator =>
  desk.page.getByRole('button', { name: desk.say('decide-replace', { replacement }), exact: true });

/** A row of what was decided. */
const row = (desk: DeskPage, term: string): Locator =>
  desk.page
    .getByRole('table')
    .first()
    .getByRole('row')
    .filter({ has: desk.page.getByRole('rowheader', { name: term, exact: true }) });

async function addByHand(desk: DeskPage, term: string): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: desk.say('add-name') }).click();
  await page.getByLabel(desk.say('add-name-term'), { exact: true }).fill(term);
}

/** Exports, and gives the path at which it lies. */
async function exported(desk: DeskPage): Promise<string> {
  const { page } = desk;
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  const done = page.getByRole('region', { name: desk.say('exported-title') });
  await expect(done).toBeVisible();
  return (await done.locator('code').innerText()).trim();
}

async function isMe(desk: DeskPage): Promise<void> {
  await desk.page.getByRole('button', { name: desk.say('who-offered', { name: 'Ana' }) }).click();
}

test('names are decided about together, with a number that is free, or with the one that another name has', async ({
  desk,
  page,
}) => {
  await desk.go('names');
  await expect(page.getByText(desk.say('found-title', { count: 6 }))).toBeVisible();
  await box(desk, 'Dave').check();
  // Who decides is asked for once, where it is missing.
  await replace(desk, '[Person 1]').click();
  await expect(page.getByText(desk.say('error-name-missing'))).toBeVisible();
  await expect(page.getByLabel(desk.say('who'), { exact: true })).toBeFocused();
  await page.keyboard.type('Ana');
  await replace(desk, '[Person 1]').click();
  await expect(box(desk, 'Dave')).toHaveCount(0);
  await expect(page.locator('input:focus')).toHaveAttribute('id', /^name-/);

  await box(desk, 'David').check();
  await page.getByLabel(desk.say('decide-used')).selectOption('[Person 1]');
  await expect(page.getByText(desk.say('decide-alike', { terms: '' }).trim().slice(0, -1))).toBeVisible();
  await page.getByLabel(desk.say('why-optional')).fill('the same person');
  await replace(desk, '[Person 1]').click();
  await expect(row(desk, 'David')).toContainText('the same person');

  await box(desk, 'Hope House').check();
  await page.getByRole('button', { name: '[Organisation 1]', exact: true }).click();
  await replace(desk, '[Organisation 1]').click();
  await expect(box(desk, 'Hope House')).toHaveCount(0);

  await box(desk, 'dave@example.org').check();
  await replace(desk, '[Contact 1]').click();
  await expect(box(desk, 'dave@example.org')).toHaveCount(0);

  // All of a group at once; what stays is told as such.
  const perhaps = page.getByRole('region', { name: desk.say('sort-perhaps') });
  await perhaps.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: desk.say('decide-leave'), exact: true }).click();
  await expect(perhaps).toHaveCount(0);
  await expect(row(desk, 'Later')).toContainText(desk.say('stays'));
});

test('a name that no rule finds is added by hand, and what stands nowhere is forgotten for good', async ({
  desk,
  page,
}) => {
  await desk.go('names');
  await isMe(desk);
  await addByHand(desk, '小明');
  await replace(desk, '[Person 2]').click();
  await expect(row(desk, '小明')).toContainText('[Person 2]');
  await addByHand(desk, 'Nowhere Street');
  await page.getByLabel(desk.say('decide-by'), { exact: true }).fill('a street');
  await replace(desk, 'a street').click();

  // What was undone is to be decided about again, and stands in the history.
  await row(desk, 'David')
    .getByRole('button', { name: desk.say('decided-undo') })
    .click();
  await expect(box(desk, 'David')).toHaveCount(1);
  await page.getByRole('button', { name: desk.say('history') }).click();
  const history = page.getByRole('region', { name: desk.say('history') });
  await expect(history.getByRole('row').nth(1)).toContainText(desk.say('history-undone'));
  await expect(history).toContainText('Nowhere Street');
  await box(desk, 'David').check();
  await page.getByLabel(desk.say('decide-used')).selectOption('[Person 1]');
  await replace(desk, '[Person 1]').click();

  await page.getByRole('button', { name: desk.say('gone-way') }).click();
  await expect(page.getByRole('button', { name: desk.say('gone-no') })).toBeFocused();
  await page.getByRole('button', { name: desk.say('gone-yes') }).click();
  await expect(page.getByText(desk.say('said-forgotten', { count: 1 }))).toBeVisible();
  await expect(history).not.toContainText('Nowhere Street');
  await expect(history).toContainText('David');
});

test('copies are read one by one and by the page, and what is selected in one becomes a name', async ({
  desk,
  page,
}) => {
  await desk.go('review');
  await isMe(desk);
  const copies = page.getByRole('article');
  const total = await copies.count();
  expect(total).toBeGreaterThan(3);
  const count = (read: number) => page.getByText(desk.say('review-count', { read, entries: total }), { exact: true });
  await expect(count(0)).toBeVisible();

  // What was replaced is shown when it is asked for.
  const copy = copies.filter({ hasText: '[Organisation 1]' }).first();
  await expect(copy).not.toContainText('Hope House');
  await page.getByLabel(desk.say('review-replaced')).check();
  await expect(copy).toContainText('Hope House');

  await copy.getByRole('button', { name: desk.say('copy-read') }).click();
  await expect(count(1)).toBeVisible();
  await copy.getByRole('button', { name: desk.say('copy-unread') }).click();
  await expect(count(0)).toBeVisible();

  // Selected across what was replaced already, it is what stands in the original.
  const words = copies.filter({ hasText: '07700' }).locator('[data-text]').first();
  await words.evaluate((text) => {
    const all = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let node = all.nextNode();
    while (node && !node.textContent!.includes('07700')) node = all.nextNode();
    const at = node!.textContent!.indexOf('07700');
    getSelection()!.setBaseAndExtent(node!, at, node!, at + '07700 900123'.length);
  });
  await page.getByRole('button', { name: desk.say('copy-add-selected', { words: '07700 900123' }) }).click();
  await expect(page.getByLabel(desk.say('add-name-term'), { exact: true })).toHaveValue('07700 900123');
  await page.getByRole('button', { name: '[Number 1]', exact: true }).click();
  await replace(desk, '[Number 1]').click();
  await expect(copies.filter({ hasText: '[Number 1]' })).toHaveCount(1);
  await expect(page.locator('button:focus')).toHaveText(desk.say('copy-add'));

  await page.getByRole('button', { name: desk.say('review-these', { count: total }) }).click();
  await expect(page.getByText(desk.say('review-none'))).toBeVisible();
  await expect(count(total)).toBeVisible();
  await page.getByLabel(desk.say('review-unread')).uncheck();
  await expect(copies).toHaveCount(total);
  await expect(copies.first()).toContainText('Ana');
});

test('a copy that changes while it is read is shown anew and marked by nobody', async ({ desk, page, study }) => {
  await study.share('S1-001', 'Ulla was late.');
  await page
    .getByRole('banner')
    .getByRole('button', { name: desk.say('collect'), exact: true })
    .click();
  await desk.collected();
  await desk.go('review');
  await isMe(desk);
  const copy = page.getByRole('article');
  await expect(copy).toHaveCount(1);
  // In another tab it would be the same: what is on show is another copy by now.
  await page.evaluate(async () => {
    const token = sessionStorage.getItem('token')!;
    const terms = [{ term: 'Ulla', sort: 'added' }];
    const body = JSON.stringify({ terms, verdict: 'replace', replacement: '[Person 3]', by: 'Bo', why: null });
    const headers = { 'content-type': 'application/json', 'x-waymark-token': token };
    await fetch('call/decide_names', { method: 'POST', headers, body });
  });
  await copy.getByRole('button', { name: desk.say('copy-read') }).click();
  await expect(page.getByText(desk.say('review-changed'))).toBeVisible();
  await expect(copy).toContainText('[Person 3]');

  // Until it is read, an export would leave it out, or there is none.
  await desk.go('export');
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  await expect(page.getByText(desk.say('error-copies-unread'))).toBeVisible();
  await page.getByLabel(desk.say('export-only-read')).check();
  await exported(desk);
  await expect(page.getByText(desk.say('exported-left-out', { count: 1 }))).toBeVisible();
  await page.getByRole('button', { name: desk.say('to-review') }).click();
  await copy.getByRole('button', { name: desk.say('copy-read') }).click();
  await expect(copy.getByRole('button', { name: desk.say('copy-unread') })).toBeVisible();
});

test('a project with names replaced holds none of them, and what was written goes out for a reason', async ({
  desk,
  page,
}) => {
  await desk.go('export');
  await isMe(desk);
  const copy = unzipped(await readFile(await exported(desk)));
  const words = [...copy.values()].join('\n');
  expect([...copy.keys()]).toContain('project.qde');
  expect(words).toContain('I met [Person 1] at [Organisation 1].');
  expect(REPLACED.filter((name) => words.includes(name))).toEqual([]);

  await page.getByLabel(desk.say('export-original'), { exact: false }).check();
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  await expect(page.getByText(desk.say('error-reason-missing'))).toBeVisible();
  const why = page.getByLabel(desk.say('why'), { exact: true });
  await expect(why).toBeFocused();
  await why.fill('for the archive');
  const path = await exported(desk);
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('for the archive');
  const original = [...unzipped(await readFile(path)).values()].join('\n');
  expect(REPLACED.filter((name) => !original.includes(name))).toEqual([]);
});

test('what somebody shared is erased by their label, and the exports that have it are named', async ({
  desk,
  page,
}) => {
  // One entry, from Read.
  await desk.go('read');
  const entry = page.getByRole('article').filter({ hasText: 'Ulla' });
  await entry.getByRole('button').first().click();
  await page.getByRole('button', { name: desk.say('erase-way-entry') }).click();
  await expect(page.getByText(desk.say('erase-entries', { count: 1 }))).toBeVisible();
  await page.getByRole('button', { name: desk.say('erase-no') }).click();
  await desk.sees(desk.say('read-title'));

  // All of one person's, from People.
  await desk.go('people');
  const person = page.getByRole('row', { name: /^S1-001/ });
  await person.getByRole('button', { name: desk.say('erase-way') }).click();
  await desk.sees(desk.say('erase-title', { of: 'S1-001' }));
  await expect(page.getByText(desk.say('erase-takes-more'))).toBeVisible();
  const erase = page.getByRole('button', { name: desk.say('erase-yes') });
  await erase.click();
  await expect(page.getByText(desk.say('error-reason-missing'))).toBeVisible();
  await page.getByLabel(desk.say('why'), { exact: true }).fill('asked by telephone');
  await page.getByLabel(desk.say('erase-confirm', { label: 'S1-001' })).fill('S1-002');
  await erase.click();
  await expect(page.getByText(desk.say('error-not-confirmed'))).toBeVisible();
  await page.getByLabel(desk.say('erase-confirm', { label: 'S1-001' })).fill('S1-001');
  await erase.click();
  await expect(page.getByRole('heading', { name: desk.say('erased-title'), exact: true })).toBeFocused();
  await expect(page.getByText(desk.say('erased-sent'))).toBeVisible();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(4);
  await judged(page, 'erased');

  await desk.go('people');
  await expect(person.getByRole('cell').nth(2)).toHaveText(/^\s*0\b/);
  await desk.go('read');
  await expect(page.getByText('07700 900123')).toHaveCount(0);

  await desk.go('overview');
  const mend = desk.say('mend-title', { count: 3 });
  await expect(page.getByRole('heading', { name: mend })).toBeVisible();
  await page.getByRole('button', { name: desk.say('mend-show') }).click();
  await desk.sees(desk.say('export-title'));
  await expect(page.getByRole('heading', { name: mend })).toBeVisible();
  // Names that only they have written stand nowhere now.
  await desk.go('names');
  await expect(page.getByRole('heading', { name: desk.say('gone-title') })).toBeVisible();
});

test('every screen is accessible, and fits', async ({ desk, page, study }) => {
  await study.share('S1-002', 'Then Olu and Bea came, and Olu left.');
  await page
    .getByRole('banner')
    .getByRole('button', { name: desk.say('collect'), exact: true })
    .click();
  await desk.collected();
  await judged(page, 'overview');
  await desk.go('people');
  await judged(page, 'people');
  await desk.go('names');
  await box(desk, 'Olu').check();
  await page.getByRole('button', { name: desk.say('history') }).click();
  await judged(page, 'names');
  await page.getByRole('button', { name: desk.say('gone-way') }).click();
  await addByHand(desk, 'Bea');
  await judged(page, 'names by hand');
  await desk.go('review');
  await page.getByLabel(desk.say('review-unread')).uncheck();
  await page.getByLabel(desk.say('review-replaced')).check();
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: desk.say('copy-add') })
    .click();
  await judged(page, 'review');
  await desk.go('export');
  await isMe(desk);
  await page.getByLabel(desk.say('export-only-read')).check();
  await exported(desk);
  await judged(page, 'export');
  await page.getByLabel(desk.say('export-original'), { exact: false }).check();
  await judged(page, 'export as written');
  await desk.go('people');
  await page
    .getByRole('row', { name: /^S1-002/ })
    .getByRole('button', { name: desk.say('erase-way') })
    .click();
  await expect(page.getByText(desk.say('erase-takes-more'))).toBeVisible();
  await judged(page, 'erase');
});
