/** Interviews at the researcher's desk: files are read, kept, found between the entries, corrected and removed. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { DeskPage } from '../world/desk';
import { wrongWith } from '../world/judge';
import { testAtDesk } from '../world/desk-test';
import { expect } from '../world/test';

const PEOPLE = 2;

const test = testAtDesk((study) => study.simulate(PEOPLE, 10));

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// One desk at a time has the file, and each test goes on from what the one before has kept.
test.describe.configure({ mode: 'serial' });

const SAID = 'I: How was the first week?\nP: Like a lighthouse that nobody has switched off.\n';
const LONG = `${SAID}${'I: And then?\nP: Then we went on for a while, and talked of other things.\n'.repeat(60)}P: The word is Zwieback.\n`;

const file = (name: string, bytes: string | Buffer) => ({ name, mimeType: '', buffer: Buffer.from(bytes) });

async function toAdding(desk: DeskPage, page: Page): Promise<void> {
  await desk.go('read');
  await page.getByRole('button', { name: desk.say('interviews-title') }).click();
  await desk.sees(desk.say('interviews-title'));
}

/** The files are chosen as by the browser's own window. */
async function choose(desk: DeskPage, page: Page, files: ReturnType<typeof file>[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: new RegExp(desk.say('interviews-choose')) }).click();
  await (await chooser).setFiles(files);
}

/** A label that takes part. */
async function someone(desk: DeskPage, page: Page): Promise<string> {
  await desk.go('people');
  return (await page.getByRole('rowheader').first().getByRole('button').locator('bdi').innerText()).trim();
}

test('files are read before they are kept, and one that is no transcript says what it is', async ({ desk, page }) => {
  const person = await someone(desk, page);
  await toAdding(desk, page);
  await choose(desk, page, [
    file(`${person} T1 2026-05-04.txt`, LONG),
    file('Another day.md', SAID),
    file('Renamed.docx', '%PDF-1.7\n'),
    file('Latin-1.txt', Buffer.from('Gespr\xe4ch', 'latin1')),
  ]);
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(4);
  await expect(cards.nth(0)).toContainText('lighthouse');
  await expect(cards.nth(0)).not.toContainText('Zwieback');
  // What its name says is proposed.
  await expect(cards.nth(0).getByLabel(desk.say('interviews-person'))).toHaveValue(person);
  await expect(cards.nth(0).getByLabel(desk.say('interview-time-point'))).toHaveValue('T1');
  await expect(cards.nth(0).getByLabel(desk.say('interview-day'))).toHaveValue('2026-05-04');
  await expect(cards.nth(2)).toContainText(desk.say('error-transcript-pdf'));
  await expect(cards.nth(3)).toContainText(desk.say('error-transcript-other-encoding'));

  // Of the second one nothing is said yet: nothing is kept, and the first field that lacks has the focus.
  await page.getByRole('button', { name: desk.say('interviews-keep', { count: 2 }) }).click();
  await expect(cards.nth(1)).toContainText(desk.say('interviews-missing'));
  await expect(cards.nth(1).getByLabel(desk.say('interviews-person'))).toBeFocused();
  await cards.nth(1).getByLabel(desk.say('interviews-person')).selectOption(person);
  await cards.nth(1).getByLabel(desk.say('interview-time-point')).fill('T2');
  await cards.nth(1).getByLabel(desk.say('interview-day')).fill('2026-06-01');
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('interviews-kept', { count: 2 }))).toBeVisible();
  await expect(cards).toHaveCount(2);
  await page.getByRole('button', { name: desk.say('interviews-read') }).click();
  await desk.sees(desk.say('read-title'));
  await expect(page.getByText(desk.say('read-found-interviews', { count: 2, participants: 1 }))).toBeVisible();

  // The same again is said to be there.
  await toAdding(desk, page);
  await choose(desk, page, [file(`${person} T1 2026-05-04.txt`, LONG)]);
  await page.getByRole('button', { name: desk.say('interviews-keep', { count: 1 }) }).click();
  await expect(cards.first()).toContainText(desk.say('error-transcript-there'));
});

test('interviews stand between the entries, and are found by the same search and filters', async ({ desk, page }) => {
  await desk.go('read');
  const status = page.getByRole('status').first();
  await expect(status).toContainText(/entries and 2 interviews/);
  const search = page.getByLabel(desk.say('filter-words'));
  await search.fill('ZWIEBACK');
  await expect(status).toHaveText(desk.say('read-found-interviews', { count: 1, participants: 1 }));
  const found = page.getByRole('article');
  await expect(found.locator('mark')).toHaveText('Zwieback');
  await expect(found).not.toContainText('lighthouse');
  const whole = found.getByRole('button', { name: desk.say('interview-whole') });
  await whole.focus();
  await page.keyboard.press('Enter');
  await expect(found).toContainText('lighthouse');
  await found.getByRole('button', { name: desk.say('interview-less') }).click();
  await expect(found).not.toContainText('lighthouse');
  await search.fill('');

  await page.getByRole('button', { name: desk.say('filter-more'), exact: true }).click();
  const kind = page.getByLabel(desk.say('filter-kind'));
  await kind.selectOption('interview');
  await expect(status).toHaveText(desk.say('read-found-interviews', { count: 2, participants: 1 }));
  await page.getByLabel(desk.say('filter-from')).fill('2026-05-20');
  await expect(status).toHaveText(desk.say('read-found-interviews', { count: 1, participants: 1 }));
  await page.getByLabel(desk.say('filter-from')).fill('');
  await kind.selectOption('entry');
  await expect(status).not.toContainText('interview');
});

/** Each way of showing the desk has its own way of going wrong. */
const SHOWN = [
  { width: 1280, theme: 'light', text: 100 },
  { width: 1280, theme: 'dark', text: 100 },
  { width: 768, theme: 'light', text: 200 },
  { width: 320, theme: 'light', text: 100 },
] as const;

async function judge(page: Page, name: string): Promise<void> {
  const show = async ({ width, theme, text }: (typeof SHOWN)[number]) => {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(
      ([theme, text]) => Object.assign(document.documentElement.dataset, { theme, text: `${text}` }),
      [theme, text] as const,
    );
  };
  for (const variant of SHOWN) {
    await show(variant);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const shown = `${name} ${variant.width} ${variant.theme} ${variant.text} %`;
    const found = violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`);
    const sideways = (await wrongWith(page, 'nothing')).filter((wrong) => wrong.startsWith('scrolls'));
    expect.soft([...found, ...sideways], shown).toEqual([]);
  }
  await show(SHOWN[0]);
}

test('every screen with interviews is accessible, and fits', async ({ desk, page }) => {
  await toAdding(desk, page);
  await judge(page, 'nothing chosen');
  await choose(desk, page, [file('Talk.txt', `${SAID}Other words.`), file('Renamed.docx', '%PDF-1.7\n')]);
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.getByRole('button', { name: desk.say('interviews-keep', { count: 1 }) }).click();
  await judge(page, 'something lacks');
  await desk.go('read');
  await page.getByLabel(desk.say('filter-words')).fill('lighthouse');
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.getByRole('article').first().getByRole('button').first().click();
  const known = page.getByRole('group', { name: desk.say('interview-known') });
  await expect(known).toContainText(desk.say('interview-exports-none'));
  await judge(page, 'known');
  await known.getByRole('button', { name: desk.say('interview-correct') }).click();
  await judge(page, 'correcting');
  await known.getByRole('button', { name: desk.say('interview-cancel') }).click();
  await known.getByRole('button', { name: desk.say('interview-remove') }).click();
  await judge(page, 'removing');
  await desk.go('people');
  await judge(page, 'people');
});

test('an interview is corrected, and removed only after a question', async ({ desk, page }) => {
  await desk.go('read');
  await page.getByLabel(desk.say('filter-words')).fill('zwieback');
  const found = page.getByRole('article');
  await found.getByRole('button').first().click();
  const known = page.getByRole('group', { name: desk.say('interview-known') });
  await known.getByRole('button', { name: desk.say('interview-correct') }).click();
  await expect(known.getByLabel(desk.say('interviews-person'))).toBeFocused();
  await known.getByLabel(desk.say('interview-time-point')).fill('');
  await known.getByRole('button', { name: desk.say('interview-save') }).click();
  await expect(known.getByLabel(desk.say('interview-time-point'))).toBeFocused();
  await known.getByLabel(desk.say('interview-time-point')).fill('T3');
  await known.getByLabel(desk.say('interviews-title-field')).fill('In town');
  await page.keyboard.press('Enter');
  await expect(found).toContainText(desk.say('interview-of', { point: 'T3' }));
  await expect(found).toContainText('In town');

  await known.getByRole('button', { name: desk.say('interview-remove') }).click();
  await expect(known.getByRole('button', { name: desk.say('interview-remove-no') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(known.getByRole('button', { name: desk.say('interview-remove') })).toBeFocused();
  await page.keyboard.press('Enter');
  await known.getByRole('button', { name: desk.say('interview-remove-yes') }).click();
  const removed = page.getByRole('status').filter({ hasText: desk.say('interviews-removed', { count: 1 }) });
  await expect(removed).toBeFocused();
  await expect(page.getByText(desk.say('read-none'))).toBeVisible();
  expect(await page.content()).not.toContain('Zwieback');
});

test('all interviews of one person are removed at once', async ({ desk, page }) => {
  const person = await someone(desk, page);
  await desk.go('read');
  await page
    .getByRole('list', { name: desk.say('filter-person') })
    .getByRole('button', { name: person })
    .click();
  await page.getByRole('button', { name: desk.say('filter-more'), exact: true }).click();
  await page.getByLabel(desk.say('filter-kind')).selectOption('interview');
  await page.getByRole('button', { name: desk.say('interviews-remove-all', { of: person }) }).click();
  await expect(page.getByText(desk.say('interviews-remove-all-ask', { of: person, count: 1 }))).toBeVisible();
  await page.getByRole('button', { name: desk.say('interview-remove-yes') }).click();
  await expect(page.getByText(desk.say('interviews-removed', { count: 1 }))).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
});
