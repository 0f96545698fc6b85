import { expect, test } from '../world/test';
import { Phone } from '../world/phone';

/** In seconds, in the place of a minute. */
const LEFT = 15;

test('a diary that nobody touches locks by itself, nothing of it stays on the screen, and the words are there afterwards', async ({
  page,
}) => {
  const phone = await Phone.unpack(page, true, LEFT);
  try {
    await phone.keepPrivately([]);
    await phone.tap('Write');
    await phone.paper.fill('The heron stood in the canal.');
    await phone.isSaved();
    // Whoever writes on keeps it open.
    await page.evaluate(() => Object.assign(window, { remembered: true }));
    for (const end = Date.now() + (LEFT + 4) * 1000; Date.now() < end; await page.waitForTimeout(500)) {
      await phone.paper.press('End');
    }
    expect(await page.evaluate(() => 'remembered' in window)).toBe(true);
    await phone.sees(phone.say('lock-title'));
    // The page has begun anew: what it remembered is gone.
    expect(await page.evaluate(() => 'remembered' in window)).toBe(false);
    const fields = page.getByRole('textbox');
    expect(await fields.evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value))).toEqual(['']);

    await phone.unlock();
    await expect(phone.paper).toHaveValue('The heron stood in the canal.');
  } finally {
    await phone.end();
  }
});

test('the lock falls over a question, too, and leaves nothing of it', async ({ page }) => {
  const phone = await Phone.unpack(page, true, 4);
  try {
    await phone.keepPrivately([{ text: 'The heron stood in the canal.' }]);
    await phone.go('Diary');
    await phone.tap(/The heron/);
    await phone.tap('Delete it');
    await expect(page.getByRole('dialog')).toBeVisible();
    await phone.sees(phone.say('lock-title'));
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await phone.unlock();
    await phone.seesToday();
  } finally {
    await phone.end();
  }
});

test('how long the lock waits is chosen, and holds after the next unlocking', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.go('Me');
  await phone.tap('Change the lock');
  const choices = page.getByRole('group', { name: 'Lock by itself' });
  await expect(choices.getByLabel('After one minute')).toBeChecked();
  const kept = page.waitForResponse('**/call/set_lock_after');
  await choices.getByLabel('After 15 minutes').check();
  await kept;
  await phone.crashAndRestart();
  await phone.unlock();
  await phone.go('Me');
  await phone.tap('Change the lock');
  await expect(choices.getByLabel('After 15 minutes')).toBeChecked();
});
