/** Leaving people out of an export: for a reason, with nothing of theirs in the file, and said in the list. */
import { readFile } from 'node:fs/promises';
import { judged } from '../world/shown';
import { testAtDesk } from '../world/desk-test';
import { expect } from '../world/test';

const test = testAtDesk((study) => study.simulate(2, 14));

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });

test('a reason is asked, nothing of who is left out is in the file, and the list says who and why', async ({
  desk,
  page,
}) => {
  await desk.go('export');
  const way = page.getByRole('button', { name: desk.say('without-way') });
  await way.click();
  const people = page.getByRole('group', { name: desk.say('without-legend') }).getByRole('checkbox');
  await expect(people).toHaveCount(2);
  const [gone, stays] = [await people.nth(0).inputValue(), await people.nth(1).inputValue()];
  await people.nth(0).check();
  await judged(page, 'leaving out');
  // What is not on show leaves nobody out.
  await way.click();
  await way.click();
  await expect(people.nth(0)).not.toBeChecked();
  await people.nth(0).check();

  await page.getByRole('radio', { name: desk.say('format-csv') }).check();
  await page.getByRole('radio', { name: desk.say('export-original') }).check();
  await page.getByLabel(desk.say('who')).fill('A. Researcher');
  await page.getByLabel(desk.say('why'), { exact: true }).fill('a table for the archive');
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  const why = page.getByLabel(desk.say('without-why'));
  await expect(why).toBeFocused();
  await expect(page.getByText(desk.say('error-reason-missing'))).toBeVisible();
  await why.fill('said no to the archive');
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  await expect(page.getByRole('heading', { name: desk.say('exported-title') })).toBeFocused();
  const saved = await readFile(await page.locator('section code').first().innerText(), 'utf8');
  expect(saved).toContain(`\n${stays},`);
  expect(saved).not.toContain(gone);
  const row = page.getByRole('row').filter({ hasText: 'a table for the archive' });
  await expect(row).toContainText('said no to the archive');
  await expect(row).toContainText(gone);
  await judged(page, 'left out');

  // The next one takes everybody again.
  await expect(people.nth(0)).not.toBeChecked();
  await page.getByLabel(desk.say('why'), { exact: true }).fill('another');
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  await expect(page.getByRole('row').filter({ hasText: 'another' })).toHaveCount(1);
  const again = await readFile(await page.locator('section code').first().innerText(), 'utf8');
  for (const label of [gone, stays]) expect(again).toContain(`\n${label},`);
});

test('who was chosen before the codebook alone was looked at is not left out unseen', async ({ desk, page }) => {
  await desk.go('export');
  const way = page.getByRole('button', { name: desk.say('without-way') });
  await way.click();
  const people = page.getByRole('group', { name: desk.say('without-legend') }).getByRole('checkbox');
  const gone = await people.nth(0).inputValue();
  await people.nth(0).check();
  await page.getByLabel(desk.say('without-why')).fill('said no to the archive');
  await page.getByRole('radio', { name: desk.say('format-qdc') }).check();
  await expect(way).toHaveCount(0);
  await page.getByRole('radio', { name: desk.say('format-csv') }).check();
  await expect(way).toHaveAttribute('aria-expanded', 'false');
  await page.getByRole('radio', { name: desk.say('export-original') }).check();
  await page.getByLabel(desk.say('who')).fill('A. Researcher');
  await page.getByLabel(desk.say('why'), { exact: true }).fill('of everybody');
  await page
    .getByRole('main')
    .getByRole('button', { name: desk.say('export-go'), exact: true })
    .click();
  await expect(page.getByRole('heading', { name: desk.say('exported-title') })).toBeFocused();
  const saved = await readFile(await page.locator('section code').first().innerText(), 'utf8');
  expect(saved).toContain(`\n${gone},`);
  await way.click();
  await expect(people.nth(0)).not.toBeChecked();
});

test('where nobody knows who takes part, it is said that nobody can be left out', async ({ desk, page }) => {
  await page.route('**/call/people', (route) => route.fulfill({ status: 422, json: { code: 'unreadable' } }));
  await desk.go('export');
  await expect(page.getByText(desk.say('without-unknown'))).toBeVisible();
  await expect(page.getByRole('button', { name: desk.say('without-way') })).toHaveCount(0);
  await judged(page, 'people not known');
});
