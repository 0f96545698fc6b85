import type { Phone } from '../world/phone';
import { expect, test } from '../world/test';

const cue = (phone: Phone, name: string) => phone.button(new RegExp(`Use initials: .*${name}`));

const selected = (phone: Phone) =>
  phone.paper.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));

test('a name is pointed out, saving goes on, and a tap leads to the word', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-cue')).link);
  await phone.tap('Write');
  await phone.paper.fill('He was waiting with Danny before the doors opened.');
  await phone.isSaved();
  await expect(cue(phone, 'Danny')).toBeVisible();

  await cue(phone, 'Danny').click();
  expect(await selected(phone)).toBe('Danny');
  await page.keyboard.type('D.');
  await expect(phone.paper).toHaveValue('He was waiting with D. before the doors opened.');
  await expect(cue(phone, 'Danny')).toHaveCount(0);
  await phone.isSaved();
  await expect(page.getByText('Use initials or made-up names.')).toBeVisible();
});

test('a cue is read out once it has stood for a while, and moves nothing', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-cue-still')).link);
  await phone.tap('Write about anything');
  await phone.paper.fill('A quiet day.');
  await phone.isSaved();
  const below = page.getByText('How heavy is this day?');
  const before = await below.boundingBox();
  await phone.paper.fill('A quiet day with Danny. His number is 07700 900123, he lives at 14 Mill Lane.');
  const taller = (await phone.paper.boundingBox())!.height;
  await expect(cue(phone, 'Danny')).toBeVisible();
  const after = await below.boundingBox();
  expect((await phone.paper.boundingBox())!.height).toBe(taller);
  expect(after!.y).toBe(before!.y);

  const said = page.locator('[aria-live=polite]').filter({ hasText: 'Use initials' });
  await expect(said).toHaveCount(0);
  await expect(said).toHaveText(/Danny/, { timeout: 4000 });
  await phone.tap('That’s fine');
  await expect(phone.button(/A phone number: .*07700 900123/)).toBeVisible();
  expect((await below.boundingBox())!.y).toBe(before!.y);
  await phone.tap('That’s fine');
  await expect(phone.button(/An address: .*14 Mill Lane/)).toBeVisible();
});

test('what is fine stays quiet also after the lock, until the person wants to be asked again', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-cue-fine')).link);
  await phone.tap('Write about anything');
  await phone.paper.fill('I sat with Danny.');
  await phone.isSaved();
  await phone.tap('That’s fine');
  await expect(page.getByText(/Danny.* is fine from now on/)).toBeVisible();
  await phone.tap('Undo');
  await expect(cue(phone, 'Danny')).toBeVisible();
  await phone.tap('That’s fine');
  await expect(page.getByText(/Danny.* is fine from now on/)).toBeVisible();

  await phone.tap('Lock');
  await phone.unlock();
  await expect(phone.paper).toHaveValue('I sat with Danny.');
  await phone.paper.fill('I sat with Danny. Danny and Marek laughed.');
  await phone.isSaved();
  await expect(cue(phone, 'Marek')).toBeVisible();
  await expect(cue(phone, 'Danny')).toHaveCount(0);
  await phone.tap('Today');
  await phone.go('Me');
  await expect(page.getByRole('heading', { name: 'Words that are fine' })).toBeVisible();
  await phone.tap(/Ask me again about .*Danny/);
  await expect(page.getByRole('heading', { name: 'Words that are fine' })).toHaveCount(0);
});

test('the last question says which name is still there and leads back to it', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-cue-last')).link);
  await phone.tap('Write');
  await phone.paper.fill('It stayed with me how Kieron laughed.');
  await phone.isSaved();
  await phone.tap('Next');
  while (!(await phone.button('Done').isVisible())) await phone.tap('Skip');
  await expect(cue(phone, 'Kieron')).toHaveCount(0);
  await phone.paper.fill('Write to k@example.org');
  await phone.isSaved();
  await phone.tap('Done');
  await phone.sees('Who should read this?');
  await expect(page.getByText(/Names\? .*Kieron.* and one more thing are still there\./)).toBeVisible();
  await phone.tap('Look again');
  await expect(phone.paper).toHaveValue('It stayed with me how Kieron laughed.');
  await expect(phone.paper).toBeFocused();
  expect(await selected(phone)).toBe('Kieron');

  await page.keyboard.type('K.');
  await phone.isSaved();
  await phone.tap('Next');
  while (!(await phone.button('Done').isVisible())) await phone.tap('Skip');
  await phone.tap('Done');
  await expect(page.getByText(/An e-mail address\? .*k@example\.org.* is still there\./)).toBeVisible();
  await page.getByLabel('Only me').check();
  await phone.tap('Done');
  await phone.seesToday();
});
