import { expect, test } from '../world/test';
import { PASSPHRASE } from '../world/phone';

const OTHERS = 'another four plain words';

test('two people share a phone: each has a diary and a lock, and neither opens the other’s', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([{ text: 'The heron stood in the canal.' }]);
  await phone.tap('Lock');
  await phone.sees('Notes');

  // Somebody else begins.
  await phone.tap('Someone else’s notes');
  await phone.sees('Diaries on this phone');
  await expect(page.getByRole('button', { name: 'Diary 1 The one you came from' })).toBeVisible();
  await phone.tap('Start another diary');
  await phone.sees('A place for your own words');
  await phone.tap(/^Start a private diary/);
  await page.getByLabel('Your passphrase', { exact: true }).fill(OTHERS);
  await page.getByLabel('The same passphrase again').fill(OTHERS);
  await phone.tap('Lock it with this');
  await phone.words();
  await phone.tap('Later');
  await phone.seesToday();
  await phone.go('Diary');
  await expect(page.getByText('Nothing here yet.', { exact: false })).toBeVisible();
  await phone.tap('Lock');

  // It is in front from now on, and what opens the first one does not open it.
  await phone.sees('Notes');
  await phone.unlock(PASSPHRASE);
  await expect(page.getByRole('alert')).toContainText('That passphrase doesn’t open it.');
  await phone.unlock(OTHERS);
  await phone.seesToday();
  await phone.crashAndRestart();
  await phone.tap('Someone else’s notes');
  await phone.tap(/^Diary 1/);
  await phone.sees('Notes');
  await phone.unlock(OTHERS);
  await expect(page.getByRole('alert')).toContainText('That passphrase doesn’t open it.');
  await phone.unlock(PASSPHRASE);
  await phone.seesToday();
  await phone.go('Diary');
  await expect(page.getByText('The heron stood in the canal.')).toBeVisible();
});

test('whoever began another diary and has one already comes back to it', async ({ phone }) => {
  await phone.keepPrivately([]);
  await phone.tap('Lock');
  await phone.tap('Someone else’s notes');
  await phone.tap('Start another diary');
  await phone.tap('I have a diary here already');
  await phone.tap(/^Diary 1/);
  await phone.sees('Notes');
  await phone.unlock();
  await phone.seesToday();
});

test('an invitation that is tapped on a shared phone reaches somebody who has no diary yet', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.tap('Lock');
  await phone.sees('Notes');
  const { link } = await study.invite('P-shared-phone');
  await page.evaluate((link) => (location.hash = `#invitation=${encodeURIComponent(link)}`), link);
  await phone.tap('Someone else’s notes');
  await phone.tap('Start another diary');
  await expect(page.getByRole('heading', { name: 'Who can read what' })).toBeVisible();
});
