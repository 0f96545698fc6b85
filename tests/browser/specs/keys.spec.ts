/** Who can open the researcher's desk: passphrases of several people, and custodians with their sheets. */
import type { Page } from '@playwright/test';
import { DeskPage } from '../world/desk';
import { judged } from '../world/shown';
import { DESK_PASSPHRASE, Study } from '../world/study';
import { complained, complaints, expect, test as base } from '../world/test';

const ROBINS = 'the kettle is on again';
const ANOTHER = 'a passphrase that nobody has forgotten';

const test = base.extend<{ desk: DeskPage }, { study: Study }>({
  study: [
    async ({}, use) => {
      const study = await Study.begin('0h');
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
    if (wrong.length > 0) throw new Error(complained(wrong));
  },
});

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// One desk at a time has the file, and each test goes on from what the one before has made of it.
test.describe.configure({ mode: 'serial' });

async function toKeys(desk: DeskPage, passphrase = DESK_PASSPHRASE): Promise<void> {
  await desk.unlock(passphrase);
  await desk.sees(desk.say('overview-title'));
  await desk.go('keys');
}

async function lock(desk: DeskPage, page: Page): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: desk.say('lock-now') })
    .click();
  await desk.sees(desk.say('unlock-title'));
}

const button = (desk: DeskPage, page: Page, id: string) =>
  page.getByRole('button', { name: desk.say(id), exact: true });

test('somebody is given a passphrase of their own, which opens the desk until it is removed', async ({
  desk,
  page,
}) => {
  await toKeys(desk);
  const listed = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText(desk.say('keys-first'));
  // The last one cannot be removed.
  await expect(page.getByRole('button', { name: new RegExp(`^${desk.say('keys-remove')}`) })).toHaveCount(0);
  await button(desk, page, 'keys-add').click();
  const current = page.getByLabel(desk.say('keys-current'));
  await expect(current).toBeFocused();
  await current.fill('another one');
  await page.getByLabel(desk.say('keys-name')).fill('Robin');
  await page.getByLabel(desk.say('create-passphrase'), { exact: true }).fill(ROBINS);
  await page.getByLabel(desk.say('create-again')).fill('something else');
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('create-differ'))).toBeVisible();
  await expect(page.getByLabel(desk.say('create-again'))).toBeFocused();
  await page.getByLabel(desk.say('create-again')).fill(ROBINS);
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('error-wrong-passphrase'))).toBeVisible();
  await expect(current).toBeFocused();
  await judged(page, 'keys-add');
  await current.fill(DESK_PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('keys-added', { name: 'Robin' }))).toBeVisible();
  await expect(listed).toHaveCount(2);
  await judged(page, 'keys');

  await lock(desk, page);
  await toKeys(desk, ROBINS);
  await listed.filter({ hasText: 'Robin' }).getByRole('button').click();
  await expect(page.getByText(desk.say('keys-remove-copies'))).toBeVisible();
  await judged(page, 'keys-remove');
  await current.fill(DESK_PASSPHRASE);
  await button(desk, page, 'keys-remove-yes').click();
  await expect(page.getByText(desk.say('keys-removed', { name: 'Robin' }))).toBeVisible();
  await expect(listed).toHaveCount(1);

  await lock(desk, page);
  await desk.unlock(ROBINS);
  await expect(page.getByText(desk.say('error-wrong-passphrase'))).toBeVisible();
});

test('a passphrase is changed, and keeps or gets a name', async ({ desk, page }) => {
  await toKeys(desk);
  await button(desk, page, 'keys-change').click();
  await page.getByLabel(desk.say('keys-current-change')).fill(DESK_PASSPHRASE);
  await page.getByLabel(desk.say('keys-name')).fill('Team office');
  await page.getByLabel(desk.say('create-passphrase'), { exact: true }).fill(ROBINS);
  await page.getByLabel(desk.say('create-again')).fill(ROBINS);
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('keys-changed'))).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'Team office' })).toBeVisible();
  await lock(desk, page);
  await desk.unlock(DESK_PASSPHRASE);
  await expect(page.getByText(desk.say('error-wrong-passphrase'))).toBeVisible();
  await toKeys(desk, ROBINS);
});

test('the keys are split onto paper, rehearsed, and give a forgotten desk a new passphrase', async ({
  desk,
  page,
  browserName,
}) => {
  await toKeys(desk, ROBINS);
  await expect(page.getByText(desk.say('custodians-none'))).toBeVisible();
  await button(desk, page, 'split-begin').click();
  await page.getByLabel(desk.say('split-custodian', { number: 1 })).fill('Ana');
  await page.getByLabel(desk.say('split-custodian', { number: 3 })).fill('Chidi');
  await page.getByLabel(desk.say('keys-current')).fill(ROBINS);
  await judged(page, 'split');
  await page.getByRole('button', { name: desk.say('split-yes', { count: 3 }) }).click();

  // One sheet each, on a page of its own, with nothing else of the page.
  const sheets = page.getByRole('article');
  await expect(sheets).toHaveCount(3);
  await expect(sheets.first()).toContainText('Ana');
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
  await judged(page, 'sheets');
  const shares = await sheets.evaluateAll((all) =>
    all.map((sheet) => [...sheet.querySelectorAll('ol li')].map((line) => line.textContent).join('\n')),
  );
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByText(desk.say('sheets-once'))).toBeHidden();
  await expect(page.getByText(desk.say('sheet-use')).first()).toBeVisible();
  if (browserName === 'chromium') {
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(3);
  }
  await page.emulateMedia({ media: null });

  // Whoever goes away is asked once, and the sheets are gone then.
  const people = page.getByRole('navigation', { name: desk.say('nav-label') });
  await people.getByRole('button', { name: desk.say('nav-people'), exact: true }).click();
  await expect(page.getByText(desk.say('sheets-leave'))).toBeVisible();
  await button(desk, page, 'sheets-leave-no').click();
  await expect(sheets).toHaveCount(3);
  await button(desk, page, 'sheets-done').click();
  await button(desk, page, 'sheets-leave-yes').click();
  await expect(sheets).toHaveCount(0);
  const first = shares[0]!.slice(0, 11);
  expect(await page.content()).not.toContain(first);
  await expect(page.getByRole('row', { name: /Ana/ })).toContainText(
    desk.say('custodians-of', { threshold: 2, of: 3 }),
  );

  await button(desk, page, 'rehearse-begin').click();
  const field = page.getByLabel(desk.say('shares-label'));
  const add = button(desk, page, 'shares-add');
  await expect(field).toBeFocused();
  await field.fill(shares[0]!.toLowerCase().replace(/[a-z]/, '8'));
  await add.click();
  await expect(page.getByText(desk.say('shares-mistyped'))).toBeVisible();
  await field.fill(shares[0]!.toLowerCase().replaceAll(' ', '-'));
  await add.click();
  await expect(page.getByText(desk.say('shares-read', { number: 1 }))).toBeVisible();
  await expect(field).toHaveValue('');
  await field.fill(shares[0]!);
  await add.click();
  await expect(page.getByText(desk.say('shares-twice'))).toBeVisible();
  await judged(page, 'rehearse');
  await field.fill(shares[2]!);
  await add.click();
  await expect(page.getByText(desk.say('gives-keys'))).toBeVisible();
  expect(await page.content()).not.toContain(first);
  await button(desk, page, 'rehearse-end').click();
  await expect(page.getByText(desk.say('gives-keys'))).toHaveCount(0);

  await lock(desk, page);
  await button(desk, page, 'unlock-forgotten').click();
  await desk.sees(desk.say('join-title'));
  await judged(page, 'join');
  // Both at once, with an empty line between them.
  await field.fill(`${shares[1]!}\n\n${shares[2]!}`);
  await add.click();
  await expect(page.getByText(desk.say('join-replaces'))).toBeVisible();
  await expect(page.getByLabel(desk.say('keys-name'))).toBeFocused();
  await page.getByLabel(desk.say('keys-name')).fill('Ana and Chidi');
  await page.getByLabel(desk.say('create-passphrase'), { exact: true }).fill(ANOTHER);
  await page.getByLabel(desk.say('create-again')).fill(ANOTHER);
  await judged(page, 'join-passphrase');
  await button(desk, page, 'join-go').click();
  await desk.sees(desk.say('overview-title'));
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  expect(kept).not.toContain(shares[1]!.slice(0, 5));

  await lock(desk, page);
  await desk.unlock(ROBINS);
  await expect(page.getByText(desk.say('error-wrong-passphrase'))).toBeVisible();
  await toKeys(desk, ANOTHER);
  await expect(page.getByRole('heading', { level: 3, name: 'Ana and Chidi' })).toBeVisible();
});

test('shares that are typed at a locked desk are gone once nobody is there any more', async ({ desk, page }) => {
  await desk.sees(desk.say('unlock-title'));
  await page.clock.install();
  await button(desk, page, 'unlock-forgotten').click();
  const field = page.getByLabel(desk.say('shares-label'));
  await field.fill('somebody’s share');
  await page.clock.fastForward('14:00');
  await expect(field).toHaveValue('somebody’s share');
  await page.clock.fastForward('02:00');
  await desk.sees(desk.say('unlock-title'));
  await button(desk, page, 'unlock-forgotten').click();
  await expect(field).toHaveValue('');
});
