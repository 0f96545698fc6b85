/** The researcher's desk in a browser of ordinary size. */
import { CLASSES, DeskPage } from '../world/desk';
import { judged } from '../world/shown';
import { Study } from '../world/study';
import { complained, complaints, expect, test as base } from '../world/test';

const test = base.extend<{ desk: DeskPage }, { study: Study }>({
  study: [
    async ({}, use) => {
      // Without a hold, what is shared is there when the days are over.
      const study = await Study.begin('0h');
      await study.simulate(3, 20);
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
    // A session that has ended is told so, and the browser names that on its console.
    const unexpected = wrong.filter((each) => !each.includes('status of 401'));
    if (unexpected.length > 0) throw new Error(complained(unexpected));
  },
});

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });
// One desk at a time has the file.
test.describe.configure({ mode: 'serial' });

async function openedAndCollected(desk: DeskPage): Promise<void> {
  await desk.unlock();
  await desk.sees(desk.say('overview-title'));
  await desk.collected();
  await expect.poll(async () => (await desk.account()).received).toBeGreaterThan(0);
}

test('collects by itself, and every record that came is in one class that can be looked at', async ({ desk, page }) => {
  await openedAndCollected(desk);
  const account = await desk.account();
  expect(CLASSES.map((name) => account[name]!).reduce((sum, each) => sum + each)).toBe(account.received);
  expect(account.opened).toBeGreaterThan(0);
  for (const name of CLASSES.filter((each) => account[each]! > 0)) {
    await desk.term(name).click();
    await desk.sees(desk.say(`records-${name}`));
    const said = page
      .getByRole('status')
      .filter({ hasText: desk.say('pages-shown', { from: 1, until: 100, total: '' }).trim() });
    const rows = page.getByRole('table').getByRole('row');
    if (account[name]! > 100) await expect(said).toContainText(`${account[name]}`);
    else await expect(rows).toHaveCount(account[name]! + 1);
  }
  // What is not the study's is nowhere on the page.
  await desk.term('private').click();
  await desk.sees(desk.say('records-private'));
  await expect(page.getByRole('button', { name: desk.say('to-read') })).toHaveCount(0);
});

test('people are shown with their weeks, and lead to what they shared', async ({ desk, page }) => {
  await openedAndCollected(desk);
  await desk.go('people');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText(desk.say('invitation-used'));
  // Beside it stands what was hoped for.
  const shared = (await rows.nth(1).getByRole('cell').nth(2).innerText()).split(/\s/)[0]!;
  await rows.nth(1).getByRole('button').first().click();
  await desk.sees(desk.say('read-title'));
  const participants = 1;
  await expect(page.getByText(desk.say('read-found', { total: Number(shared), participants }))).toBeVisible();
  await page.goBack();
  await desk.sees(desk.say('people-title'));
});

test('what people agreed to stands beside each of them, and the words of every phone', async ({ desk, page }) => {
  await openedAndCollected(desk);
  await page.getByRole('button', { name: desk.say('overview-all', { count: 3 }) }).click();
  await expect(page.getByText(desk.say('overview-words'))).toBeVisible();
  await expect(page.getByRole('cell', { name: /^([a-z]+ ){5}[a-z]+$/ })).toHaveCount(3);
  await judged(page, 'overview-all');
  await desk.go('people');
  await page.getByRole('button', { name: desk.say('people-agreed') }).click();
  await expect(page.getByText(desk.say('agreed-lead'))).toBeVisible();
  const table = page.getByRole('table', { name: desk.say('agreed-caption') });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('cell', { name: desk.say('agreed-yes'), exact: true }).first()).toBeVisible();
  await judged(page, 'people-agreed');
});

test('entries are searched as one types, and what is known of one is shown', async ({ desk, page }) => {
  await openedAndCollected(desk);
  await desk.go('read');
  const entry = page.getByRole('article').first();
  await expect(entry).toBeVisible();
  const words = (await entry.innerText()).split('\n').at(-1)!.split(' ').slice(0, 4).join(' ').toUpperCase();
  const search = page.getByLabel(desk.say('filter-words'));
  await search.fill(words);
  await expect(entry).toBeVisible();
  await search.fill('quite other words');
  await expect(page.getByText(desk.say('read-none'))).toBeVisible();
  await search.fill('');
  await entry.getByRole('button').first().click();
  const known = page.getByRole('group', { name: desk.say('known-label') });
  await expect(known).toContainText(desk.say('known-written'));
  await expect(known).toContainText(desk.say('known-versions'));
});

test('a link is good once, and a page that has been let in stays so when it is loaded anew', async ({
  desk,
  page,
  context,
}) => {
  await desk.sees(desk.say('unlock-title'));
  await page.reload();
  await desk.sees(desk.say('unlock-title'));
  expect(page.url()).not.toContain('#');
  const second = await context.newPage();
  await second.goto(desk.link);
  await expect(second.getByRole('heading', { name: desk.say('away-used') })).toBeVisible();
  // One of the two should not have had it: so nobody goes on with it.
  await page.reload();
  await expect(page.getByRole('heading', { name: desk.say('away-used') })).toBeVisible();
});

test('another passphrase opens nothing, and a locked page holds nothing', async ({ desk, page }) => {
  await desk.unlock('another passphrase');
  await expect(page.getByText(desk.say('error-wrong-passphrase'))).toBeVisible();
  await desk.unlock();
  await desk.sees(desk.say('overview-title'));
  await desk.collected();
  await desk.go('read');
  const text = (await page.getByRole('article').first().innerText()).split('\n').at(-1)!;
  await page.getByRole('button', { name: desk.say('lock-now') }).click();
  await desk.sees(desk.say('unlock-title'));
  expect(await page.content()).not.toContain(text.slice(0, 20));
  await page.goBack();
  await desk.sees(desk.say('unlock-title'));
});

test('without the server what was collected can be read, and the page says so', async ({ desk, page, study }) => {
  await study.stopServer();
  try {
    await desk.unlock();
    await desk.sees(desk.say('overview-title'));
    await expect(page.getByText(desk.say('error-server-unreachable'))).toBeVisible();
    await desk.go('read');
    await expect(page.getByRole('article').first()).toBeVisible();
  } finally {
    await study.startServer();
  }
});

test('somebody is invited by a card, which can be shown again and taken back', async ({ desk, page }) => {
  await openedAndCollected(desk);
  await desk.go('people');
  await page.getByRole('button', { name: desk.say('invite-title') }).click();
  await desk.sees(desk.say('invite-title'));
  await page.getByLabel(desk.say('invite-labels')).fill('P90\nP91');
  await page.getByRole('button', { name: desk.say('invite-go', { count: 2 }) }).click();
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(2);
  await expect(cards.first().getByRole('img')).toHaveAttribute('alt', desk.say('card-picture'));
  // The typed text leads to the same as the link.
  const link = (await cards.first().getByText('waymark://join/').innerText()).trim();
  const text = (await cards.first().locator('.text').innerText()).replaceAll(/\s/g, '');
  expect(link.endsWith(text)).toBe(true);

  await desk.go('people');
  expect(await page.content()).not.toContain(text);
  const row = page.getByRole('row', { name: /^P90/ });
  await row.getByRole('button', { name: desk.say('card-show') }).click();
  await desk.sees(desk.say('card-of', { of: 'P90' }));
  await expect(page.getByText('waymark://join/')).toHaveText(link);
  await page.goBack();
  await row.getByRole('button', { name: desk.say('revoke-yes') }).click();
  await row.getByRole('button', { name: desk.say('revoke-yes'), exact: true }).click();
  await expect(row).toContainText(desk.say('invitation-revoked'));
});

test('every screen is accessible, and fits', async ({ desk, page }) => {
  const judge = (name: string) => judged(page, name);
  await desk.sees(desk.say('unlock-title'));
  await judge('unlock');
  await openedAndCollected(desk);
  await judge('overview');
  await desk.go('people');
  await judge('people');
  await desk.go('read');
  await page.getByRole('article').first().getByRole('button').first().click();
  await judge('read');
  await desk.term('erased').click();
  await desk.sees(desk.say('records-erased'));
  await judge('records');
  await desk.go('people');
  await page.getByRole('button', { name: desk.say('invite-title') }).click();
  await page.getByLabel(desk.say('invite-labels')).fill('P95');
  await page.getByRole('button', { name: desk.say('invite-go', { count: 1 }) }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await judge('cards');
});
