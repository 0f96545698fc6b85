/** Without a finger or a mouse, and without colours of our own. */
import type { Locator, Page } from '@playwright/test';
import { beginning, PASSPHRASE, type Phone } from '../world/phone';
import { expect, test } from '../world/test';

/** What is wrong with how the focus shows: it has a line around it, and lies where one looks. */
function wrongWithFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const at = document.activeElement;
    // After the last control the browser has the focus itself.
    if (!at || at === document.body) return null;
    // A radio's line goes around its words too.
    const shown = at.closest('label') ?? at;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `no line around ${at.outerHTML}`;
    const box = at.getBoundingClientRect();
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    if (top >= bottom) return `out of sight: ${at.outerHTML}`;
    const seen = document.elementFromPoint((box.left + box.right) / 2, (top + bottom) / 2);
    return seen && shown.contains(seen) ? null : `something lies over ${at.outerHTML}`;
  });
}

/** Goes on by keyboard until something has the focus. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((each) => each === document.activeElement)) {
      expect(await wrongWithFocus(page)).toBeNull();
      return;
    }
    await page.keyboard.press('Tab');
    expect(await wrongWithFocus(page)).toBeNull();
  }
  throw new Error(`not reached: ${target}`);
}

class Keys {
  constructor(private readonly phone: Phone) {}

  get #page(): Page {
    return this.phone.page;
  }

  async press(message: string): Promise<void> {
    await reach(this.#page, this.#page.getByRole('button', { name: beginning(this.phone.say(message)) }).first());
    await this.#page.keyboard.press('Enter');
  }

  async type(field: Locator, text: string): Promise<void> {
    await reach(this.#page, field);
    await this.#page.keyboard.type(text);
  }

  async choose(radio: Locator): Promise<void> {
    await reach(this.#page, radio);
    await this.#page.keyboard.press('Space');
    await expect(radio).toBeChecked();
  }
}

test('a keyboard alone is enough, and shows where it is: from the first screen over a study and an entry to the lock', async ({
  phone,
  study,
}) => {
  const { page, say } = phone;
  const { text } = await study.invite('P-keyboard');
  const keys = new Keys(phone);
  const field = (message: string) => page.getByLabel(say(message), { exact: true });

  await phone.sees(say('welcome-title'));
  await keys.press('welcome-private');
  await phone.sees(say('choose-lock-title'));
  await keys.type(field('choose-lock-secret-passphrase'), PASSPHRASE);
  await keys.type(field('choose-lock-again-passphrase'), PASSPHRASE);
  await page.keyboard.press('Enter');
  await phone.sees(say('words-title'));
  await keys.press('later');
  await phone.seesToday();

  await keys.press('nav-me');
  await phone.sees(say('me-title'));
  await keys.press('me-join');
  await keys.type(field('invitation-label'), text);
  await keys.press('invitation-open');
  await keys.press('study-continue');
  await phone.sees(say('consent-title'));
  for (const question of await page.getByRole('group').all())
    await keys.choose(question.getByRole('radio', { name: say('consent-yes') }));
  await keys.press('consent-join');
  await phone.sees(say('words-title'));
  await keys.press('later');
  await phone.seesToday();

  await keys.press('today-write-free');
  await expect(phone.paper).toBeFocused();
  await page.keyboard.type('By keys alone.');
  await phone.isSaved();
  await keys.type(field('write-tags'), 'keys');
  await page.keyboard.press('Enter');
  await keys.press('write-done');
  await phone.sees(say('readers-title'));
  await keys.choose(page.getByRole('radio', { name: beginning(say('readers-only-me')) }));
  await keys.press('readers-done');
  await phone.seesToday();

  await keys.press('nav-diary');
  await keys.type(page.getByRole('searchbox'), 'keys alone');
  await reach(page, page.getByRole('button', { name: /By keys alone/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('By keys alone.')).toBeVisible();

  // A question takes the focus, keeps it, and gives it back.
  await keys.press('entry-delete-study');
  const question = page.getByRole('dialog');
  await expect(question.getByRole('button', { name: say('entry-delete-no') })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);

  await keys.press('lock-now');
  await phone.sees(say('lock-title'));
  await expect(field('lock-passphrase')).toBeFocused();
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await phone.seesToday();
});

/** How something is drawn, but for its colours. */
function drawn(shown: Locator): Promise<string> {
  return shown.evaluate((element) => {
    const { borderTopWidth, borderTopStyle, outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
    const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineOffset}`;
    return `border ${borderTopStyle} ${borderTopWidth}, outline ${outline}, ${element.querySelectorAll('svg').length} icons`;
  });
}

test('with the colours of the device, what is chosen, pressed or current is drawn otherwise than what is not', async ({
  phone,
}) => {
  const { page, say } = phone;
  await phone.keepPrivately([{ text: 'One of them.', tags: ['a', 'b'] }]);
  await page.emulateMedia({ forcedColors: 'active' });
  const differ = async (one: Locator, other: Locator) => expect(await drawn(one)).not.toBe(await drawn(other));
  const tab = (name: string) => page.getByRole('navigation').getByRole('button', { name: say(name), exact: true });

  await differ(tab('nav-today'), tab('nav-diary'));
  // And where the focus is can be told from where one is.
  const current = await drawn(tab('nav-today'));
  await reach(page, tab('nav-today'));
  expect(await drawn(tab('nav-today'))).not.toBe(current);

  await phone.go('Diary');
  await phone.tap(say('diary-narrow'));
  await differ(phone.button(say('diary-narrow')), phone.button(say('diary-calendar')));
  const toggle = (name: string) =>
    page.locator('button[aria-pressed]').filter({ has: page.getByText(name, { exact: true }) });
  await toggle('a').click();
  await expect(toggle('a')).toHaveAttribute('aria-pressed', 'true');
  await differ(toggle('a'), toggle('b'));

  await phone.tap(/One of them/);
  await phone.tap(say('entry-edit'));
  const chip = (name: string) =>
    page.locator('label', { has: page.getByRole('radio', { name: say(name), exact: true }) });
  await page.getByRole('radio', { name: say('weight-heavy'), exact: true }).check();
  await differ(chip('weight-heavy'), chip('weight-light'));
});
