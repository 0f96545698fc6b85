/** The phone's own way back: one step at a time, with nothing lost on the way, and never behind the lock. */
import { expect, test } from '../world/test';

test('back from each page under Me is Me, and from a page under that one it is the one before', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-under-me')).link);
  await phone.go('Me');
  for (const [name, heading] of [
    ['About the study, and leaving it', 'Transitions'],
    ['My phones', 'My phones'],
    ['Show my 24 words', 'Your 24 words'],
    ['Reminders', 'Reminders'],
    ['Time off', 'Time off'],
    ['How it looks: language, text size, light or dark', 'How it looks'],
    ['Save a backup file', 'Save a backup file'],
    ['Save a copy to read or print', 'Save a copy to read or print'],
    ['Change the lock', 'The lock'],
  ] as const) {
    await phone.tap(name);
    await phone.sees(heading);
    await page.goBack();
    await phone.sees('Me');
    await expect(phone.button('Me')).toHaveAttribute('aria-current', 'page');
  }
  await phone.tap('About the study, and leaving it');
  await phone.tap('Change my answers');
  await phone.sees('Your answers');
  await page.goBack();
  await phone.sees('Transitions');
  await phone.tap('Leave the study');
  await phone.sees('Leave the study');
  await page.goBack();
  await phone.sees('Transitions');
  await page.goBack();
  await phone.sees('Me');
});

test('back from the question of who reads it the words are there, and nothing has been decided', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-readers')).link);
  await phone.writeFreely('Not quite done.');
  await phone.sees('Who should read this?');
  await phone.choose('Me and the study');
  await page.goBack();
  await expect(phone.paper).toHaveValue('Not quite done.');
  await phone.paper.fill('Not quite done. Now it is.');
  await phone.isSaved();
  await phone.tap('Done');
  await phone.sees('Who should read this?');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goBack();
  await page.goBack();
  await phone.seesToday();
  await expect(page.getByText('Not quite done. Now it is.')).toBeVisible();
  await phone.tap('Go on writing');
  await expect(phone.paper).toHaveValue('Not quite done. Now it is.');
  await page.goBack();
  await phone.go('Diary');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
});

test('after the lock, back and forth show nothing of the diary', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([{ text: 'Only for my own eyes.' }]);
  await phone.go('Diary');
  await phone.tap(/Only for my own eyes/);
  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await phone.paper.fill('Only for my own eyes, still.');
  await phone.isSaved();
  await phone.tap('Lock');
  await phone.sees('Notes');
  for (const step of ['Back', 'Back', 'Forward'] as const) {
    await page[`go${step}`]();
    await phone.sees('Notes');
    await expect(page.getByLabel('Passphrase')).toBeVisible();
    expect(await page.content()).not.toContain('Only for my own eyes');
  }
  await phone.unlock();
  await expect(phone.paper).toHaveValue('Only for my own eyes, still.');
});
