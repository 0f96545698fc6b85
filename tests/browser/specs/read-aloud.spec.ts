import { expect, test } from '../world/test';
import { Phone } from '../world/phone';

const QUESTION = 'The study may read the entries that I choose to share.';

test('each question can be read aloud, in its own language, and it ends with the screen', async ({ phone, study }) => {
  const { page } = phone;
  // The page speaks Arabic; what the study asks is English.
  await phone.speak('ar');
  await phone.readInvitation((await study.invite('P-aloud')).link);
  await phone.tap(phone.say('study-continue'));
  const question = page.getByRole('group', { name: QUESTION });
  await expect(question.locator('legend')).toHaveAttribute('lang', 'en');
  const read = question.getByRole('button', { name: phone.say('read-aloud') });
  await expect(read).toHaveAccessibleDescription(new RegExp(`^${QUESTION}`));
  await read.click();
  await expect.poll(() => phone.heard()).toEqual([expect.stringMatching(new RegExp(`^en: ${QUESTION}`))]);
  await phone.tap(phone.say('back'));
  await expect.poll(async () => (await phone.heard()).at(-1)).toBe('stop');
});

test('where nothing can read aloud, nothing offers it', async ({ page, study }) => {
  const phone = await Phone.unpack(page, false);
  try {
    await phone.readInvitation((await study.invite('P-silent')).link);
    await phone.tap('Go on to the questions');
    await expect(page.getByRole('group').first()).toBeVisible();
    await expect(phone.button('Read it aloud')).toHaveCount(0);
  } finally {
    await phone.end();
  }
});
