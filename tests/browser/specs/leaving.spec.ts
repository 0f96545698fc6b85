import { expect, test } from '../world/test';

test('answers can be changed, and a no to what is needed leads to leaving', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-answers')).link);
  await phone.go('Me');
  await phone.tap(/About the study/);
  await expect(page.getByRole('list', { name: 'Six words' }).getByRole('listitem')).toHaveCount(6);
  await expect(page.getByText('No:')).toHaveCount(0);
  await phone.tap('Change my answers');
  await phone.sees('Your answers');
  const questions = await page.getByRole('group').all();
  const last = questions[questions.length - 1]!;
  await last.getByLabel('No').check();
  await phone.tap('Save these answers');
  await expect(page.getByText('Your answers are changed.')).toBeVisible();
  await expect(page.getByText('No:')).toHaveCount(1);

  await phone.tap('Change my answers');
  await page.getByRole('group').first().getByLabel('No').check();
  await phone.tap('Save these answers');
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
  await phone.go('Me');
  await phone.tap(/About the study/);
  await phone.tap('Leave the study');
  await page.getByLabel('Stop and erase').check();
  await expect(page.getByText('the 24 words can’t bring this diary back', { exact: false })).toBeVisible();
  await phone.tap('Leave and erase');
  const question = page.getByRole('dialog', { name: 'Leave the study now?' });
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
  await question.getByRole('button', { name: 'Leave and erase' }).click();
  await expect(page.getByText('You have left the study. Your diary is still here.')).toBeVisible();
  await expect(page.getByText('The study’s server has been told.', { exact: false })).toBeVisible();

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
