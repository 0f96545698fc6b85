/** A researcher's whole way at the desk's page: from an empty folder to what was taken back from an export. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { CLASSES, type DeskPage } from '../world/desk';
import { wrongWith } from '../world/judge';
import { NewStudy } from '../world/new-study';
import { DESK_PASSPHRASE } from '../world/study';
import { complained, complaints, expect, test as base } from '../world/test';
import { unzipped } from '../world/zip';

const test = base.extend<{ fresh: NewStudy }>({
  fresh: async ({}, use) => {
    const fresh = await NewStudy.begin();
    await use(fresh);
    await fresh.end();
  },
});

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });

/** What a person at the desk does, and what they see. */
class Researcher {
  constructor(
    private readonly desk: DeskPage,
    private readonly page: Page,
  ) {}

  get main(): Locator {
    return this.page.getByRole('main');
  }

  press(words: string, args?: Record<string, string | number>): Promise<void> {
    return this.main.getByRole('button', { name: this.desk.say(words, args), exact: true }).click();
  }

  async looks(): Promise<void> {
    // The desk's tables are for a mouse, too.
    const wrong = (await wrongWith(this.page)).filter((each) => !each.startsWith('under 48 px'));
    expect(wrong, await this.page.title()).toEqual([]);
  }

  async collects(): Promise<Record<string, number>> {
    const banner = this.page.getByRole('banner');
    await banner.getByRole('button', { name: this.desk.say('collect'), exact: true }).click();
    await this.desk.collected();
    return this.desk.account();
  }

  /** What came is in one class each, and each of them can be looked at. */
  async accountsFor(): Promise<Record<string, number>> {
    const account = await this.desk.account();
    expect(CLASSES.map((name) => account[name]!).reduce((sum, each) => sum + each)).toBe(account.received);
    for (const name of CLASSES.filter((each) => account[each]! > 0)) {
      await this.desk.term(name).click();
      await this.desk.sees(this.desk.say(`records-${name}`));
      await this.looks();
    }
    return account;
  }

  /** Reads the copies, a page of them at a time. */
  async readsAll(): Promise<void> {
    const { page, desk } = this;
    const copies = page.getByRole('article');
    await expect(copies.first()).toBeVisible();
    const [, total] = /^0 of (\d+) read$/m.exec(await this.main.innerText()) ?? [];
    for (let read = 0; read < Number(total);) {
      await expect(page.getByRole('button', { name: desk.say('copy-unread') })).toHaveCount(0);
      const shown = await copies.count();
      await page
        .getByRole('button', { name: desk.say('review-these', { count: shown }) })
        .last()
        .click();
      read += shown;
      await expect(page.getByText(desk.say('review-count', { read, entries: total! }), { exact: true })).toBeVisible();
    }
    await expect(page.getByText(desk.say('review-none'))).toBeVisible();
  }

  /** Gives the path of what was written. */
  async exports(): Promise<string> {
    await this.press('export-go');
    const done = this.page.getByRole('region', { name: this.desk.say('exported-title') });
    await expect(done).toBeVisible();
    return (await done.locator('code').innerText()).trim();
  }
}

test('from setting up to withdrawing, without a terminal', async ({ fresh, page }) => {
  test.slow();
  const wrong = await complaints(page);
  const opened = await fresh.open(page);
  const { say } = opened;
  let me = new Researcher(opened, page);

  // Set up: the example, as it is.
  await opened.sees(say('begin-title'));
  await me.press('begin-example-go');
  await opened.sees(say('form-title'));
  await me.press('form-go-on');
  await opened.sees(say('create-title'));
  await page.getByLabel(say('create-server'), { exact: true }).fill(fresh.serverAddress);
  await page.getByLabel(say('create-token'), { exact: true }).fill(fresh.token);
  await page.getByLabel(say('create-passphrase'), { exact: true }).fill(DESK_PASSPHRASE);
  await page.getByLabel(say('create-again'), { exact: true }).fill(DESK_PASSPHRASE);
  await me.press('create-go');
  await opened.sees(say('overview-title'));
  await opened.collected();

  // Invite: one person by a card. The page has to be closed for the others: they are invited by a program.
  await opened.go('people');
  await me.press('invite-title');
  await opened.sees(say('invite-title'));
  await page.getByLabel(say('invite-labels')).fill('P01');
  await me.press('invite-go', { count: 1 });
  const link = await page.getByRole('article').getByText('waymark://join/').innerText();
  await me.looks();
  await opened.end();

  // Thirty days, in which somebody loses a phone.
  const ana = fresh.diarist('ana');
  await ana.joins(link, 30);
  const first = await ana.shares('I met Dave at Hope House.', 25);
  await ana.losesThePhone(fresh.serverAddress, 20);
  await ana.shares('On the new phone: Dave was late, and I minded.', 10);
  await fresh.simulate(4, 30);

  // Collect.
  const desk = await fresh.open(page);
  me = new Researcher(desk, page);
  await desk.unlock();
  await desk.sees(say('overview-title'));
  await desk.collected();
  await me.looks();
  const before = await me.accountsFor();
  expect(before.opened).toBeGreaterThan(20);
  // Those who were simulated take things back.
  expect(before.erased).toBeGreaterThan(0);
  expect([before.waiting, before.quarantined]).toEqual([0, 0]);

  // See.
  await desk.go('people');
  await expect(page.getByRole('table').first().getByRole('row')).toHaveCount(6);
  await expect(page.getByText(say('people-care'))).toBeVisible();
  await me.looks();

  // Read.
  await desk.go('read');
  await page.getByLabel(say('filter-words')).fill('dave');
  await expect(page.getByText(say('read-found', { total: 2, participants: 1 }))).toBeVisible();
  await me.looks();

  // Prepare: names are replaced, and every copy is read.
  await desk.go('names');
  for (const [name, sort, replacement] of [
    ['Dave', null, '[Person 1]'],
    ['Hope House', '[Organisation 1]', '[Organisation 1]'],
  ] as const) {
    const found = page.locator(`[id="name-${encodeURIComponent(name)}"]`);
    await found.check();
    if (!sort) await page.getByLabel(say('who'), { exact: true }).fill('Ana');
    if (sort) await page.getByRole('button', { name: sort, exact: true }).click();
    await me.press('decide-replace', { replacement });
    await expect(found).toHaveCount(0);
  }
  await me.looks();
  await desk.go('review');
  await me.looks();
  await me.readsAll();

  // Export: a project with names replaced, and what was written for the archive.
  await desk.go('export');
  const copies = [...unzipped(await readFile(await me.exports())).values()].join('\n');
  expect(copies).toContain('I met [Person 1] at [Organisation 1].');
  expect(copies).not.toContain('Dave');
  await me.looks();
  await page.getByLabel(say('export-original'), { exact: false }).check();
  await page.getByLabel(say('why'), { exact: true }).fill('for the archive');
  const written = [...unzipped(await readFile(await me.exports())).values()].join('\n');
  expect(written).toContain('I met Dave at Hope House.');

  // Withdraw: by the phone, and by the study's order.
  const { erased } = await desk.account();
  await ana.takesBack(first);
  const after = await me.collects();
  expect(after.erased).toBeGreaterThan(erased!);
  await desk.go('overview');
  await expect(page.getByRole('heading', { name: say('mend-title', { count: 2 }) })).toBeVisible();
  await me.looks();
  await desk.go('read');
  await page.getByLabel(say('filter-words')).fill('dave');
  await expect(page.getByText(say('read-found', { total: 1, participants: 1 }))).toBeVisible();
  await desk.go('people');
  await page
    .getByRole('row', { name: /^S1-001/ })
    .getByRole('button', { name: say('erase-way') })
    .click();
  await page.getByLabel(say('why'), { exact: true }).fill('asked by telephone');
  await page.getByLabel(say('erase-confirm', { label: 'S1-001' })).fill('S1-001');
  await me.press('erase-yes');
  await expect(page.getByRole('heading', { name: say('erased-title'), exact: true })).toBeVisible();
  await expect(page.getByText(say('erased-sent'))).toBeVisible();
  await me.looks();
  await me.accountsFor();

  await desk.end();
  // A session that has ended is told so, and the browser names that on its console. Other copies have the same buttons, and an export
  // of which something was withdrawn goes to another table.
  const expected = /status of 401|replaced while its screen stays: BUTTON (Add a name…|I have read|Copy the path of)/;
  expect(wrong.filter((each) => !expected.test(each)).map((each) => complained([each]))).toEqual([]);
});
