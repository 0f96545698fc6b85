import { expect, withHold } from '../world/test';

/** Asked in the last phase alone: not on offer to somebody who has just joined. */
const BEYOND_ALONE = `
[[prompt_set]]
id = "beyond-alone"
when = "event"
phases = ["beyond"]
title.en = "Beyond alone"

[[prompt]]
id = "how-often"
set = "beyond-alone"
kind = "choice"
text.en = "How often do you go back?"

[[prompt.option]]
id = "option-a"
text.en = "Almost never"

[[prompt.option]]
id = "option-b"
text.en = "Every other week"
`;

/** A study that holds nothing, and asks a choice that is not on offer now. */
const test = withHold('0h', (file) => file + BEYOND_ALONE);

test('a new version of a shared entry is kept private, the study keeps the earlier one, and both are said', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  const earlier = page.getByText('The study has an earlier version');
  await phone.join((await study.invite('P-version')).link);
  await phone.write('He told me where he sleeps.', 'Me and the study');
  await phone.go('Diary');
  await phone.tap(/He told me/);
  await expect(page.getByText('With the study', { exact: true })).toBeVisible();
  await expect(earlier).toHaveCount(0);

  await phone.tap('Change it');
  await phone.paper.fill('He told me where he sleeps. I did not sleep.');
  await phone.isSaved();
  await phone.tap('Done');
  await expect(page.getByText('What the study already has stays as it is.', { exact: false })).toBeVisible();
  await phone.choose('Only me');
  await phone.tap('Done');
  await phone.seesToday();
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  await phone.go('Diary');
  await expect(phone.button(/I did not sleep/)).toContainText('The study has an earlier version');
  await phone.tap(/I did not sleep/);
  await expect(page.getByText('Private, with a sealed copy on the server')).toBeVisible();
  await expect(earlier).toBeVisible();
  await expect(page.getByText('With the study', { exact: true })).toHaveCount(0);
  await expect(phone.button('Take back the earlier version')).toBeVisible();
  const { words } = await study.collect();
  expect(words).toContain('where he sleeps');
  expect(words).not.toContain('I did not sleep');

  await phone.tap('Share with the study');
  await expect(page.getByText('With the study', { exact: true })).toBeVisible();
  await expect(earlier).toHaveCount(0);
  expect((await study.collect()).words).toContain('I did not sleep');
});

test('a choice is read, found and changed in its words, also when its questions are not on offer', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-choice')).link);
  const answer = { prompt: 'how-often', question: 'How often do you go back?', value: 'option-a' };
  await phone.put({ prompt_set: 'beyond-alone', answers: [answer], text: 'The kettle was on.' });
  await phone.put({ text: 'Never again, I said.' });
  await phone.go('Diary');
  // In any letters, together with what was written, and marked.
  await page.getByRole('searchbox').fill('NEVER kettle');
  await expect(page.locator('mark')).toHaveText(['never', 'kettle']);
  await expect(phone.button(/Almost never/)).toHaveCount(1);
  await expect(phone.button(/Never again/)).toHaveCount(0);
  await page.getByRole('searchbox').fill('');
  await phone.tap(/Almost never/);
  await expect(page.getByRole('article')).toContainText('How often do you go back?');
  await expect(page.getByRole('article')).toContainText('Almost never');
  await expect(page.getByText('option-a')).toHaveCount(0);

  await phone.tap('Change it');
  const question = page.getByRole('group', { name: 'How often do you go back?' });
  await expect(question.getByRole('radio', { name: 'Almost never' })).toBeChecked();
  await question.getByRole('radio', { name: 'Every other week' }).check();
  await phone.isSaved();
  // What is still a draft is named in words, too.
  await phone.tap('Back');
  await phone.tap('Back');
  await phone.go('Today');
  await expect(page.getByText('Every other week')).toBeVisible();
  await phone.tap('Go on writing');
  await phone.tap('Done');
  await phone.choose('Only me');
  await phone.tap('Done');
  await phone.go('Diary');
  await expect(phone.button(/Every other week/)).toBeVisible();
});

test('how heavy the day was is an entry, without a word', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.tap('Write');
  await page.getByRole('radio', { name: 'Heavy' }).check();
  await phone.isSaved();
  await phone.button('Today').click();
  await expect(page.getByText('The day felt: heavy')).toBeVisible();
  await phone.tap('Go on writing');
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await expect(phone.button(/The day felt: heavy/)).toBeVisible();
});
