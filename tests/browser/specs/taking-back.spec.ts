import { expect, withHold } from '../world/test';

const test = withHold('0h');

test('a shared entry is taken back after a question, stays with its writer, and leaves the researchers', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-back')).link);
  await phone.write('He told me where he sleeps.', 'Me and the study');
  await phone.go('Diary');
  await expect(page.getByText('With the study')).toBeVisible();
  expect((await study.collect()).words).toContain('where he sleeps');

  await phone.tap(/He told me/);
  await phone.tap('Take it back');
  const question = page.getByRole('dialog', { name: 'Take it back from the study?' });
  await expect(question).toContainText('Words that someone has already read can’t be unread.');
  await expect(question.getByRole('button', { name: 'Leave it there' })).toBeFocused();
  // Hiding everything is one tap away, over a question too.
  await question.getByRole('button', { name: 'Lock' }).click();
  await phone.sees('Notes');
  expect(await page.content()).not.toContain('where he sleeps');
  await phone.unlock();
  await phone.seesToday();
  await phone.go('Diary');
  await phone.tap(/He told me/);
  await phone.tap('Take it back');
  await question.getByRole('button', { name: 'Leave it there' }).click();
  await expect(page.getByText('With the study')).toBeVisible();

  await phone.tap('Take it back');
  await question.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('Taken back. Your own copy stays here.')).toBeVisible();
  await expect(page.getByText('Taken back from the study', { exact: true })).toBeVisible();
  await expect(page.getByText('He told me where he sleeps.')).toBeVisible();
  await expect(page.locator('[role=alert]')).toHaveText('');
  expect((await study.collect()).words).not.toContain('where he sleeps');

  // It is the same entry still, and can be shared anew.
  await phone.tap('Share with the study');
  await expect(page.getByText('With the study', { exact: true })).toBeVisible();
  await phone.tap('Back');
  await expect(phone.button(/He told me/)).toHaveCount(1);
  expect((await study.collect()).words).toContain('where he sleeps');
});

test('what waits for a connection can still be kept private, and never reaches the researchers', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-offline')).link);
  await study.stopServer();
  try {
    await phone.write('On second thoughts.', 'Me and the study');
    await phone.go('Diary');
    await expect(page.getByText('Waits for a connection')).toBeVisible();
    await phone.tap(/On second thoughts/);
    await phone.tap('Keep private');
    await expect(page.getByText('It stays private.')).toBeVisible();
    await expect(phone.button('Keep private')).toHaveCount(0);
  } finally {
    await study.startServer();
  }
  await phone.tap('Back');
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  expect((await study.collect()).words).not.toContain('second thoughts');
});
