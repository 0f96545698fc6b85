import { expect, test } from '../world/test';
import { Phone } from '../world/phone';

/** In seconds, in the place of a minute. */
const LEFT = 6;

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
    for (let second = 0; second < LEFT + 4; second += 1) {
      await page.waitForTimeout(1000);
      await phone.paper.press('End');
      await expect(phone.paper).toBeVisible();
    }
    await phone.sees(phone.say('lock-title'));
    await expect(page.getByText('The heron stood')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('heron');

    await phone.unlock();
    await expect(phone.paper).toHaveValue('The heron stood in the canal.');
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
