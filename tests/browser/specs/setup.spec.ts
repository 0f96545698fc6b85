/** Setting up a study on the desk's page, from an empty folder to who has its second version. */
import type { Page } from '@playwright/test';
import type { DeskPage } from '../world/desk';
import { wrongWith } from '../world/judge';
import { NewStudy } from '../world/new-study';
import { DESK_PASSPHRASE } from '../world/study';
import { complained, complaints, expect, test as base } from '../world/test';

const test = base.extend<{ fresh: NewStudy; desk: DeskPage }>({
  fresh: async ({}, use) => {
    const fresh = await NewStudy.begin();
    await use(fresh);
    await fresh.end();
  },
  desk: async ({ page, fresh }, use) => {
    const wrong = await complaints(page);
    const desk = await fresh.open(page);
    await use(desk);
    await desk.end();
    // A session that has ended is told so, and the browser names that on its console.
    const unexpected = wrong.filter((each) => !each.includes('status of 401'));
    if (unexpected.length > 0) throw new Error(complained(unexpected));
  },
});

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });

/** What a keyboard does: goes to a control by its focus, and uses it. */
class Keys {
  constructor(
    private readonly page: Page,
    private readonly desk: DeskPage,
  ) {}

  /** Presses Tab until the focus is on something of that name. */
  async to(name: string | RegExp): Promise<void> {
    const named = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
    for (let step = 0; step < 120; step += 1) {
      const focused = await this.page.evaluate(() => {
        const { activeElement: at } = document;
        const label =
          at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
            ? (at.labels?.[0] ?? at)
            : at;
        return (label?.getAttribute('aria-label') ?? label?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
      });
      if (named(focused)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not come to ${String(name)}`);
  }

  async press(name: string | RegExp, key = 'Enter'): Promise<void> {
    await this.to(name);
    await this.page.keyboard.press(key);
  }

  async write(name: string | RegExp, text: string): Promise<void> {
    await this.to(name);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** To another part of the form, whose heading then has the focus. */
  async part(section: string): Promise<void> {
    await this.page.evaluate(() => document.querySelector<HTMLElement>('h1')?.focus());
    await this.press(new RegExp(`^${this.desk.say(`section-${section}`)}( \\d+ to do)?$`));
    await expect(this.page.getByRole('heading', { level: 2, name: this.desk.say(`section-${section}`) })).toBeFocused();
  }
}

const saved = (desk: DeskPage, page: Page) => expect(page.getByText(desk.say('form-saved'))).toBeVisible();

test('a study is written with the keyboard, created, changed, published, and it is seen who has it', async ({
  desk,
  fresh,
  page,
}) => {
  test.slow();
  const { say } = desk;
  const keys = new Keys(page, desk);
  await desk.sees(say('begin-title'));
  expect(await wrongWith(page)).toEqual([]);
  await keys.press(say('begin-empty-go'));
  await desk.sees(say('form-title'));
  expect(await wrongWith(page)).toEqual([]);

  // Nobody is told what is missing before they ask; then each thing leads to its place.
  await expect(page.getByText(say('remark-blank'))).toHaveCount(0);
  await keys.press(say('form-check'));
  const missing = page.getByRole('region', { name: say('problems-label') });
  await expect(missing).toBeFocused();
  await expect(missing.getByRole('listitem')).toHaveCount(4);
  expect(await wrongWith(page)).toEqual([]);
  await keys.press(new RegExp(say('phase-number', { number: 1 })));
  await expect(page.getByLabel(say('phase-title'))).toBeFocused();
  await page.keyboard.type('All of it');
  await keys.part('about');
  await keys.write(say('field-title'), 'A year of ours');
  await keys.part('questions');
  await keys.write(say('question-text'), 'What stays with you?');
  await keys.press(say('question-add'));
  // The focus is in the new one.
  await expect(page.getByLabel(say('question-text')).nth(1)).toBeFocused();
  await page.keyboard.type('How was it?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await expect(missing.getByText(say('remark-options'))).toBeVisible();
  for (const choice of ['Light', 'Heavy']) {
    await keys.press(new RegExp(`^${say('option-add')}`));
    await expect(page.getByLabel(say('option-text'), { exact: true }).last()).toBeFocused();
    await page.keyboard.type(choice);
  }
  await keys.part('consent');
  await keys.write(say('consent-text'), 'The study may read what I share.');
  await expect(missing).toHaveText(say('problems-none'));
  await saved(desk, page);
  expect(await fresh.check()).toContain('"A year of ours", version 1: 1 phases, 1 prompt sets with 2 prompts');
  expect(await fresh.file()).toContain('id = "what-stays-with-you"');

  await page.evaluate(() => document.querySelector<HTMLElement>('h1')?.focus());
  await keys.press(say('form-go-on'));
  await desk.sees(say('create-title'));
  expect(await wrongWith(page)).toEqual([]);
  await keys.write(say('create-server'), fresh.serverAddress);
  await keys.write(say('create-token'), fresh.token);
  await keys.write(say('create-passphrase'), DESK_PASSPHRASE);
  await keys.write(say('create-again'), 'something else');
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('create-differ'))).toBeVisible();
  await expect(page.getByLabel(say('create-again'))).toBeFocused();
  await keys.write(say('create-again'), DESK_PASSPHRASE);
  await page.keyboard.press('Enter');
  await desk.sees(say('overview-title'));
  await expect(page.getByText('A year of ours')).toBeVisible();
  await desk.collected();
  await desk.end();

  // Two people take part meanwhile, with the first version.
  await fresh.simulate(2, 10);
  const again = await fresh.open(page);
  await again.unlock();
  await again.sees(say('overview-title'));
  await again.collected();
  await again.go('study');
  await expect(page.getByText(say('study-who-count', { count: 2, of: 2, version: 1 }))).toBeVisible();
  expect(await wrongWith(page)).toEqual([]);
  await keys.press(say('study-change'));
  await again.sees(say('form-title-change'));
  // Nobody leaves by the ways above with what could not be saved.
  await page.getByLabel(say('field-title')).fill('x'.repeat(1_100_000));
  await expect(page.getByText(say('error-draft-too-long'))).toBeVisible();
  await page.getByRole('button', { name: say('nav-people'), exact: true }).click();
  await expect(page.getByLabel(say('field-title'))).toHaveValue(/^x{9}/);
  await keys.write(say('field-title'), 'A year of ours, and more');
  // Also who leaves in the middle of it comes back to what was typed.
  await again.go('study');
  await expect(page.getByText(say('study-changed', { version: 2 }))).toBeVisible();
  const title = say('changed-one', { part: say('field-title') });
  const changed = page.getByRole('main').getByRole('listitem');
  await expect(changed).toHaveCount(1);
  await expect(changed).toContainText(title);
  // As it was, and as it would be.
  const definitions = changed.getByRole('definition');
  await expect(definitions).toHaveText([
    new RegExp(`^${say('changed-was')}`),
    `${say('changed-now')} A year of ours, and more`,
  ]);
  await keys.press(say('study-publish-first'));
  await expect(page.getByText(say('study-publish-ask', { version: 2 }))).toBeFocused();
  expect(await wrongWith(page)).toEqual([]);
  await keys.press(say('study-publish', { version: 2 }));
  await expect(page.getByText(say('study-published', { version: 2 }))).toBeVisible();
  await expect(page.getByText(say('study-same'))).toBeVisible();
  await expect(page.getByRole('banner').getByText('A year of ours, and more')).toBeVisible();
  await expect(page.getByText(say('study-who-count', { count: 0, of: 2, version: 2 }))).toBeVisible();
  expect(await wrongWith(page)).toEqual([]);
  await again.end();
});

test('languages stand side by side, what one lacks is said, and what was taken out can be put back', async ({
  desk,
  page,
}) => {
  const { say } = desk;
  await page.getByRole('button', { name: say('begin-example-go') }).click();
  const part = (section: string) =>
    page
      .getByRole('navigation', { name: say('form-parts') })
      .getByRole('button', { name: say(`section-${section}`) })
      .click();
  await part('languages');
  await page.getByLabel(say('languages-add')).selectOption('es');
  await page.getByRole('button', { name: say('item-add'), exact: true }).click();
  await expect(page.getByText(say('languages-missing', { count: 44 }))).toBeVisible();
  expect(await wrongWith(page)).toEqual([]);
  await part('about');
  const title = page.getByRole('group', { name: say('field-title') });
  await expect(title.getByText(say('words-missing', { language: 'Spanish', first: 'English' }))).toBeVisible();
  const [english, spanish] = [title.getByLabel('English'), title.getByLabel('Spanish')];
  expect((await english.boundingBox())!.y).toBe((await spanish.boundingBox())!.y);
  await spanish.fill('Transiciones');
  await expect(title.getByText(say('words-missing', { language: 'Spanish', first: 'English' }))).toHaveCount(0);
  await page.setViewportSize({ width: 320, height: 640 });
  expect((await english.boundingBox())!.y).toBeLessThan((await spanish.boundingBox())!.y);
  for (const section of [
    'about',
    'languages',
    'phases',
    'questions',
    'consent',
    'support',
    'rules',
    'interviews',
    'codes',
    'file',
  ]) {
    await part(section);
    expect(await wrongWith(page, section === 'questions' ? 'everything' : 'colours'), section).toEqual([]);
  }
  await part('languages');
  await page.getByRole('button', { name: `${say('item-remove')} Spanish` }).click();
  await expect(page.getByText(say('removed', { what: 'Spanish' }))).toBeVisible();
  // Who takes something out by the keyboard has the way back at hand.
  await expect(page.getByRole('button', { name: say('removed-back') })).toBeFocused();
  await page.keyboard.press('Enter');
  await part('about');
  await expect(spanish).toHaveValue('Transiciones');
});

test('a file that somebody wrote is taken, and one with mistakes says where they are', async ({
  desk,
  page,
  fresh,
}) => {
  const { say } = desk;
  const file = (text: string | Buffer) => ({ name: 'ours.toml', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const choose = page.getByLabel(say('take-choose'));
  await choose.setInputFiles(file(Buffer.from('# ours\ntitle.en = "Caf\xe9"\n', 'latin1')));
  await expect(page.getByText(say('take-not-utf8', { line: 2 }))).toBeVisible();
  await choose.setInputFiles(file('titel.en = "x"\n'));
  await expect(page.getByRole('alert')).toContainText('titel');
  await expect(page.getByLabel(say('take-paste'))).toHaveValue('titel.en = "x"\n');
  expect(await wrongWith(page)).toEqual([]);
  await choose.setInputFiles(file('# A note of ours.\ntitle.en = "Ours"\nversion = 1\nlanguages = ["en"]\n'));
  await desk.sees(say('form-title'));
  await page.getByLabel(say('field-title')).fill('Ours, changed');
  await saved(desk, page);
  await expect.poll(() => fresh.file()).toContain('# A note of ours.\ntitle.en = "Ours, changed"');
  // It is there when the page is loaded anew.
  await page.reload();
  await expect(page.getByLabel(say('field-title'))).toHaveValue('Ours, changed');
});

test('a name that is typed takes nothing over on the way, and what is put back leaves what was typed since', async ({
  desk,
  page,
  fresh,
}) => {
  const { say } = desk;
  await page.getByRole('button', { name: say('begin-empty-go') }).click();
  await desk.sees(say('form-title'));
  const part = (section: string) =>
    page
      .getByRole('navigation', { name: say('form-parts') })
      .getByRole('button', { name: say(`section-${section}`) })
      .click();
  await part('codes');
  for (const name of ['Work', 'Pay', 'Wo', 'Hours']) {
    await page.getByRole('button', { name: say('code-add') }).click();
    await page.getByLabel(say('code-name')).last().pressSequentially(name);
  }
  await page.getByLabel(say('code-parent')).nth(1).selectOption('Work');
  await page.getByLabel(say('code-parent')).nth(3).selectOption('Wo');
  const first = page.getByLabel(say('code-name')).first();
  await first.press('End');
  for (const key of ['Backspace', 'Backspace', 'Backspace', 'Backspace']) await first.press(key);
  await first.pressSequentially('Job');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(say('code-parent')).nth(1)).toHaveValue('Job');
  await expect(page.getByLabel(say('code-parent')).nth(3)).toHaveValue('Wo');
  // A name is not taken away from what stands below it.
  await first.fill('');
  await page.keyboard.press('Tab');
  await expect(first).toHaveValue('Job');

  await page.getByRole('button', { name: `${say('item-remove')} Pay` }).click();
  await first.fill('Labour');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: say('removed-back') }).click();
  await expect(first).toHaveValue('Labour');
  await expect(page.getByLabel(say('code-name')).nth(1)).toHaveValue('Pay');
  await expect.poll(() => fresh.file()).toContain('name = "Labour"');
});
