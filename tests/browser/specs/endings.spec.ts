/** People who leave, phones that are lost or stopped, words that are compared, the study's end, its certificate, and the desk's token. */
import type { Locator } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { DeskPage } from '../world/desk';
import { judged } from '../world/shown';
import { testAtDesk } from '../world/desk-test';
import { expect } from '../world/test';

// One test lets the page's own question go unanswered, and the browser names that on its console.
const test = testAtDesk((study) => study.simulate(2, 14), /ERR_FAILED/);

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// Each goes on where the one before has ended.
test.describe.configure({ mode: 'serial' });

const button = (desk: DeskPage, id: string, args?: Record<string, string>): Locator =>
  desk.page.getByRole('main').getByRole('button', { name: desk.say(id, args) });

async function toPerson(desk: DeskPage, label: string): Promise<void> {
  await desk.go('people');
  await desk.page
    .getByRole('row', { name: new RegExp(`^${label}`) })
    .getByRole('button', { name: desk.say('person-way') })
    .click();
  await desk.sees(desk.say('person-title', { of: label }));
}

test('the six words of a phone are compared once, by somebody, and that is kept and can be taken back', async ({
  desk,
  page,
}) => {
  await toPerson(desk, 'S1-001');
  const phone = page.getByRole('article');
  await expect(phone).toHaveCount(1);
  await expect(phone).toContainText(desk.say('holds-none', { moment: '' }).split(' on ')[0]!);
  await button(desk, 'met-same').click();
  await expect(page.getByText(desk.say('error-name-missing'))).toBeVisible();
  await page.getByLabel(desk.say('who'), { exact: true }).fill('Ana');
  await judged(page, 'a person');
  await button(desk, 'met-same').click();
  const met = phone.getByText(desk.say('met-by', { by: 'Ana', day: '' }).split(' on ')[0]!);
  await expect(met).toBeFocused();
  await expect(page.getByLabel(desk.say('who'), { exact: true })).toHaveCount(0);

  // It stands beside the words on Overview too.
  await desk.go('overview');
  await page.getByRole('button', { name: desk.say('overview-all', { count: 2 }) }).click();
  const row = page.getByRole('row', { name: /^S1-001/ });
  await expect(row).toContainText('Ana');
  await expect(page.getByRole('row', { name: /^S1-002/ })).not.toContainText('Ana');
  await row.getByRole('button', { name: 'S1-001' }).click();
  await desk.sees(desk.say('person-title', { of: 'S1-001' }));
  await button(desk, 'met-undo').click();
  await expect(phone.getByText(desk.say('met-not'))).toBeFocused();
});

test('what was done is told as done, also when the page cannot be read anew', async ({ desk, page }) => {
  await toPerson(desk, 'S1-001');
  await page.getByLabel(desk.say('who'), { exact: true }).fill('Ana');
  let asked = 0;
  await page.route('**/overview', (route) => {
    asked += 1;
    return route.abort();
  });
  await button(desk, 'met-same').click();
  await expect(page.getByText(desk.say('error-done-unread'))).toBeVisible();
  expect(asked).toBeGreaterThan(0);
  await page.unroute('**/overview');
  await desk.page
    .getByRole('banner')
    .getByRole('button', { name: desk.say('collect'), exact: true })
    .click();
  await expect(page.getByText(desk.say('met-by', { by: 'Ana', day: '' }).split(' on ')[0]!)).toBeVisible();
});

test('somebody has left by telephone: it is asked, said, said once more, and taken back', async ({
  desk,
  page,
  study,
}) => {
  await toPerson(desk, 'S1-001');
  await button(desk, 'leaving-way', { of: 'S1-001' }).click();
  await expect(button(desk, 'leaving-no')).toBeFocused();
  await judged(page, 'somebody has left?');

  // Without a server nothing is noted.
  await study.stopServer();
  await button(desk, 'leaving-yes').click();
  await expect(page.getByText(desk.say('leaving-unsure'))).toBeVisible({ timeout: 30_000 });
  await study.startServer();
  await button(desk, 'leaving-yes').click();
  await expect(page.getByText(desk.say('leaving-done', { of: 'S1-001' }))).toBeVisible();
  await judged(page, 'somebody has left');
  await desk.go('people');
  const row = page.getByRole('row', { name: /^S1-001/ });
  await expect(row).toContainText(desk.say('people-said-left', { day: '' }).trim());

  await toPerson(desk, 'S1-001');
  await button(desk, 'staying-way', { of: 'S1-001' }).click();
  await button(desk, 'staying-yes').click();
  await expect(page.getByText(desk.say('staying-done', { of: 'S1-001' }))).toBeVisible();
});

test('at a lost phone the page leads to a new card, and to stopping the phone by its label', async ({ desk, page }) => {
  await toPerson(desk, 'S1-002');
  const phone = page.getByRole('article');
  await phone.getByRole('button', { name: desk.say('replace-way') }).click();
  await expect(phone).toContainText(desk.say('replace-lead', { of: 'S1-002' }));
  await judged(page, 'a lost phone');
  await phone
    .getByRole('button', { name: desk.say('stop-way') })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: desk.say('stop-does'), exact: true })).toBeVisible();
  await judged(page, 'stop a phone?');
  const label = page.getByLabel(desk.say('erase-confirm', { label: 'S1-002' }));
  await label.fill('S1-001');
  await button(desk, 'stop-yes').click();
  await expect(page.getByText(desk.say('error-not-confirmed'))).toBeVisible();
  await expect(label).toBeFocused();
  await label.fill('S1-002');
  await button(desk, 'stop-yes').click();
  await expect(page.getByRole('heading', { name: desk.say('stopped-title'), exact: true })).toBeFocused();
  await expect(page.getByText(desk.say('stopped-sent'))).toBeVisible();
  await judged(page, 'a phone is stopped');
  await button(desk, 'erase-back').click();
  await desk.sees(desk.say('person-title', { of: 'S1-002' }));
  await expect(phone).toContainText(desk.say('holds-stopped'));
  await expect(phone.getByRole('button', { name: desk.say('stop-way') })).toHaveCount(0);

  // The same label gets another card.
  await phone.getByRole('button', { name: desk.say('replace-way') }).click();
  await phone.getByRole('button', { name: desk.say('replace-card-way') }).click();
  await desk.sees(desk.say('card-of', { of: 'S1-002' }));
  await expect(page.getByText(desk.say('cards-care'))).toBeVisible();
});

test('a certificate is saved beside the exports', async ({ desk, page }) => {
  await desk.go('export');
  await button(desk, 'certificate-go').click();
  const path = page.locator('code', { hasText: 'certificate' });
  await expect(path).toBeVisible();
  await judged(page, 'a certificate');
  const certificate = JSON.parse(await readFile((await path.innerText()).trim(), 'utf8')) as { statement: object };
  expect(certificate.statement).toBeTruthy();
});

test('the study ends by its title, is told so when the server is there again, and goes on', async ({
  desk,
  page,
  study,
}) => {
  await desk.go('study');
  const title = await page.getByRole('banner').locator('.study').innerText();
  await button(desk, 'end-way').click();
  await button(desk, 'end-yes').click();
  await expect(page.getByText(desk.say('error-not-confirmed'))).toBeVisible();
  await judged(page, 'end the study?');
  await page.getByLabel(desk.say('erase-confirm', { label: title })).fill(title);
  await study.stopServer();
  await button(desk, 'end-yes').click();
  await expect(page.getByText(desk.say('end-not-sent'))).toBeVisible({ timeout: 30_000 });
  await judged(page, 'the study has ended');
  await study.startServer();
  await desk.page
    .getByRole('banner')
    .getByRole('button', { name: desk.say('collect'), exact: true })
    .click();
  await expect(page.getByText(desk.say('end-not-sent'))).toHaveCount(0, { timeout: 30_000 });
  await desk.go('overview');
  await expect(page.getByText(desk.say('end-late'))).toBeVisible();

  await desk.go('study');
  await button(desk, 'go-on-way').click();
  await expect(button(desk, 'go-on-no')).toBeFocused();
  await button(desk, 'go-on-yes').click();
  await expect(page.getByText(desk.say('go-on-done'))).toBeVisible();
  await expect(page.getByText(desk.say('end-sent'))).toBeVisible();
});

test('a token that is none, or that the server does not know, leaves the desk the one that it has', async ({
  desk,
  page,
}) => {
  await desk.go('study');
  await button(desk, 'token-way').click();
  const field = page.getByLabel(desk.say('token-new'), { exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type('not a token');
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('error-token-unfit'))).toBeVisible();
  await field.fill('ab'.repeat(32));
  await page.keyboard.press('Enter');
  await expect(page.getByText(desk.say('error-new-token-refused'))).toBeVisible();
  await expect(field).toBeFocused();
  await judged(page, 'a new token');
  await button(desk, 'token-no').click();
  await expect(button(desk, 'token-way')).toBeFocused();
  await expect(field).toHaveCount(0);
});
