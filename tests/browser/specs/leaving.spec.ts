import type { Phone } from '../world/phone';
import { expect, withHold } from '../world/test';

/** What is shared goes at once, so that leaving has something to take along. */
const test = withHold('0h');

/** To the page on which one leaves. */
async function towardsLeaving(phone: Phone): Promise<void> {
  await phone.go('Me');
  await phone.tap(/About the study/);
  await phone.tap('Leave the study');
}

/** A shared entry that is with the study, as the diary says. */
async function shareWithStudy(phone: Phone, text: string): Promise<void> {
  await phone.write(text, 'Me and the study');
  await phone.go('Diary');
  await expect(phone.page.getByText('With the study')).toBeVisible();
}

const TOLD = 'The study’s server has been told.';

test('answers can be changed, and a no to what is needed leads to leaving', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-answers')).link);
  await phone.go('Me');
  await phone.tap(/About the study/);
  await expect(page.getByRole('list', { name: 'Six words' }).getByRole('listitem')).toHaveCount(6);
  await expect(page.getByText('No', { exact: true })).toHaveCount(0);
  await phone.tap('Change my answers');
  await phone.sees('Your answers');
  const questions = await page.getByRole('group').all();
  const last = questions[questions.length - 1]!;
  await last.getByLabel('No').check();
  await phone.tap('Save these answers');
  await expect(page.getByText('Your answers are changed.')).toBeVisible();
  await expect(page.getByText('No', { exact: true })).toHaveCount(1);

  await phone.tap('Change my answers');
  await page.getByRole('group').first().getByLabel('No').check();
  await expect(phone.button('Save these answers')).toHaveCount(0);
  await expect(page.getByText('Taking part needs a yes here.', { exact: false })).toBeVisible();
  await phone.tap('Leave the study');
  await phone.sees('Leave the study');
});

test('who leaves is told first what happens, keeps the diary, and can follow another invitation', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-leaving')).link);
  await phone.write('Mine, whatever happens.', 'Only me');
  await towardsLeaving(phone);
  await page.getByLabel('Stop and erase').check();
  await expect(page.getByText('the 24 words can’t bring this diary back', { exact: false })).toBeVisible();
  await phone.tap('Leave and erase');
  const question = page.getByRole('dialog', { name: 'Leave the study now?' });
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
  await question.getByRole('button', { name: 'Leave and erase' }).click();
  await expect(page.getByText('You have left the study. Your diary is still here.')).toBeVisible();
  await expect(page.getByText(TOLD)).toBeVisible();

  await phone.tap('Back');
  await phone.go('Diary');
  await expect(page.getByText('Mine, whatever happens.')).toBeVisible();
  await phone.go('Today');
  // Without a study there are no questions, and nobody else to choose.
  await phone.tap('Write');
  await phone.paper.fill('For me alone now.');
  await phone.isSaved();
  while (!(await phone.button('Done').isVisible())) await phone.tap(/^(Next|Skip)$/);
  await phone.tap('Done');
  await phone.seesToday();
  await expect(page.getByText('Saved in your diary.')).toBeVisible();

  await phone.go('Me');
  await phone.readInvitation((await study.invite('P-again')).link);
  await phone.tap('Go on to the questions');
  await phone.answerConsent();
  await phone.tap('Join the study');
  await phone.sees('Your 24 words');
});

test('who stops and erases takes along what the researchers had, and the diary keeps it as private', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-erasing')).link);
  await shareWithStudy(phone, 'The bus driver knew his name.');
  expect((await study.collect()).words).toContain('The bus driver');

  await towardsLeaving(phone);
  await page.getByLabel('Stop and erase').check();
  await phone.tap('Leave and erase');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave and erase' }).click();
  await expect(page.getByText('everything that it had from you is erased')).toBeVisible();
  await expect(page.getByText(TOLD)).toBeVisible();
  expect((await study.collect()).words).not.toContain('The bus driver');

  await phone.tap('Back');
  await phone.go('Diary');
  await phone.tap(/The bus driver knew his name/);
  await expect(page.getByText('Private', { exact: true })).toBeVisible();
  await expect(page.getByText('The bus driver knew his name.')).toBeVisible();
});

test('who only stops leaves with the study what it had, and can have it erased later', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-stopping')).link);
  await shareWithStudy(phone, 'She asked about the night bus.');

  await towardsLeaving(phone);
  await page.getByLabel('What you shared before stays with the study.').check();
  await phone.tap('Leave the study');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the study' }).click();
  await expect(page.getByText('It gets nothing more from you.')).toBeVisible();
  await expect(page.getByText(TOLD)).toBeVisible();
  expect((await study.collect()).words).toContain('the night bus');
  await phone.tap('Back');
  await phone.go('Diary');
  await phone.tap(/the night bus/);
  await expect(page.getByText('With the study', { exact: true })).toBeVisible();
  // After leaving it goes all at once, and not from here.
  await expect(phone.button('Change it')).toBeVisible();
  await expect(phone.button('Take it back')).toHaveCount(0);
  await phone.tap('Back');

  await phone.go('Me');
  await phone.tap(/^You left this study/);
  await phone.tap('Erase what the study still has');
  await phone.sees('Erase what the study still has');
  await phone.tap('Erase what the study still has');
  const question = page.getByRole('dialog', { name: 'Erase what the study still has' });
  await question.getByRole('button', { name: 'Erase what the study still has' }).click();
  await expect(page.getByText('everything that it had from you is erased')).toBeVisible();
  await expect(page.getByText(TOLD)).toBeVisible();
  await expect(phone.button('Erase what the study still has')).toHaveCount(0);
  expect((await study.collect()).words).not.toContain('the night bus');
  await phone.tap('Back');
  await phone.go('Diary');
  await phone.tap(/the night bus/);
  await expect(page.getByText('Private', { exact: true })).toBeVisible();
});
