import { expect, test } from '../world/test';
import { beginning, PASSPHRASE } from '../world/phone';

test('prompts come one at a time, and what is shared can be kept private and shared again', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-prompts')).link);
  await phone.tap('Write');
  await phone.sees('What stays with you from today?');
  await phone.paper.fill('He was waiting before the doors opened.');
  await phone.isSaved();
  await phone.tap('Next');
  await phone.tap('Back');
  await expect(phone.paper).toHaveValue('He was waiting before the doors opened.');
  await phone.tap('Next');
  while (!(await phone.button('Done').isVisible())) await phone.tap('Skip');
  await page.getByLabel('Heavy', { exact: true }).check();
  await page.getByLabel('Tags').fill('doors');
  await phone.tap('Add');
  await phone.isSaved();
  await phone.tap('Done');

  await phone.sees('Who should read this?');
  await phone.tap('Done');
  await expect(page.getByRole('alert')).toContainText('Choose one of the two');
  await page.getByLabel('Me and the study').check();
  await phone.tap('Done');
  await phone.seesToday();
  await expect(page.getByText(/Today’s entry goes to the study in 4[78] hours/)).toBeVisible();

  await phone.tap(/^Keep private/);
  await expect(page.getByText('Kept private. Nobody else reads it.')).toBeVisible();
  await expect(page.getByText(/Today’s entry goes to the study/)).toHaveCount(0);
  await phone.tap('Undo');
  await expect(page.getByText(/Today’s entry goes to the study/)).toBeVisible();
});

test('a private entry is found again, read, and changed into a second version', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-private')).link);
  await phone.write('The heron stood in the canal all morning.', 'Only me');
  await phone.write('Nothing much today.', 'Only me');
  await phone.go('Diary');
  await page.getByRole('searchbox').fill('heron');
  await expect(page.getByText('One entry found.')).toBeVisible();
  await expect(page.locator('mark')).toHaveText(/heron/i);
  await phone.tap(/heron/);
  await expect(page.getByText('The heron stood in the canal all morning.')).toBeVisible();
  await expect(page.getByText(/^Private/)).toBeVisible();

  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await page
    .getByRole('textbox', { name: /Write here|Anything else/ })
    .fill('The heron stood in the canal until noon.');
  await phone.isSaved();
  await phone.tap('Done');
  await page.getByLabel('Only me').check();
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await page.getByRole('searchbox').fill('noon');
  await phone.tap(/noon/);
  await expect(page.getByText('The heron stood in the canal until noon.')).toBeVisible();
  await page.locator('summary', { hasText: /^Today, / }).click();
  await expect(page.getByText('The heron stood in the canal all morning.')).toBeVisible();
});

test('the lock hides everything, refuses a wrong passphrase with a sentence, and opens with the right one', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-lock')).link);
  await phone.write('Only for my own eyes.', 'Only me');
  await phone.go('Diary');
  await expect(page.getByText('Only for my own eyes.')).toBeVisible();
  await phone.tap('Lock');
  await phone.sees('Notes');
  expect(await page.content()).not.toContain('Only for my own eyes');
  await phone.unlock('not the passphrase');
  await expect(page.getByRole('alert')).toContainText('That passphrase doesn’t open it. Nothing is lost.');
  await phone.unlock(PASSPHRASE);
  await phone.seesToday();
});

test('words survive a kill: the next start opens on them, with the caret where it was', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-crash')).link);
  await phone.tap('Write');
  await phone.sees('What stays with you from today?');
  await phone.paper.fill('Half a sentence that');
  await phone.tap('Next');
  const text = 'It was the first time anyone had asked.';
  await phone.paper.pressSequentially(text);
  // To the start of the text: the line may break elsewhere in another face.
  await phone.paper.press('Control+Home');
  await phone.paper.press('ArrowRight');
  await phone.paper.pressSequentially('!');
  await phone.isSaved();
  // Nothing more is written: the caret alone moves.
  for (let step = 0; step < 3; step += 1) await phone.paper.press('ArrowRight');
  await phone.isSaved();
  await page.waitForTimeout(3000);

  await phone.crashAndRestart();
  await phone.unlock();
  await expect(phone.paper).toHaveValue(`I!${text.slice(1)}`);
  await expect(phone.paper).toBeFocused();
  expect(await phone.paper.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(5);
  // The way out takes it along.
  await phone.paper.press('Control+Home');
  await phone.tap('Today');
  await phone.tap('Go on writing');
  await expect(phone.paper).toBeFocused();
  expect(await phone.paper.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(0);
  await phone.tap('Back');
  await expect(phone.paper).toHaveValue('Half a sentence that');
});

test('a draft that was opened without a word leaves nothing behind', async ({ phone, study }) => {
  await phone.join((await study.invite('P-nothing')).link);
  await phone.tap('Write about anything');
  await phone.paper.fill('x');
  await phone.isSaved();
  await phone.paper.fill('');
  await phone.tap('Today');
  await phone.seesToday();
  await expect(phone.button('Go on writing')).toHaveCount(0);
  await expect(phone.button('Write')).toBeVisible();
});

test('something else can be written while words are still a draft, and neither is lost', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-busy')).link);
  await phone.tap('Write about anything');
  await phone.paper.fill('The first thing.');
  await phone.isSaved();
  await phone.tap('Today');
  await expect(phone.button('Go on writing')).toBeVisible();
  await phone.tap('Write about anything');
  await phone.tap('Put them in the diary');
  await phone.paper.fill('The second thing.');
  await phone.isSaved();
  await phone.tap('Today');
  await expect(page.getByText('The second thing.')).toBeVisible();
  await phone.go('Diary');
  await expect(page.getByText('The first thing.')).toBeVisible();
});

test('an entry that was opened to be changed, and was not, leaves no draft behind', async ({ phone, study }) => {
  await phone.join((await study.invite('P-unchanged')).link);
  await phone.write('As it was.', 'Only me');
  await phone.go('Diary');
  await phone.tap(/As it was/);
  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await phone.tap('Back');
  await phone.tap('Back');
  await phone.go('Today');
  await expect(phone.button('Write')).toBeVisible();
  await expect(phone.button('Go on writing')).toHaveCount(0);

  // Nor does locking in the middle of it.
  await phone.go('Diary');
  await phone.tap(/As it was/);
  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await phone.tap('Lock');
  await phone.unlock();
  await phone.seesToday();
  await expect(phone.button('Go on writing')).toHaveCount(0);
});

test('on a full phone the words stay on the screen, and are saved by themselves once there is room', async ({
  phone,
}) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.tap(phone.say('today-write'));
  await page.route('**/call/save_draft', (route) => route.fulfill({ status: 422, json: { code: 'disk-full' } }));
  await phone.paper.fill('Nothing of this is lost.');
  await expect(page.getByRole('alert')).toHaveText(phone.say('write-no-room'));
  await expect(page.getByText(phone.say('write-not-saved'))).toBeVisible();
  await page.unroute('**/call/save_draft');
  await phone.isSaved();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(phone.paper).toHaveValue('Nothing of this is lost.');
});

test('the phone’s own way back is not taken while words cannot be saved', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.tap(phone.say('today-write'));
  await page.route('**/call/save_draft', (route) => route.fulfill({ status: 422, json: { code: 'disk-full' } }));
  await phone.paper.fill('These stay in sight.');
  for (let press = 0; press < 3; press += 1) {
    await page.goBack();
    await expect(page.getByRole('alert')).toHaveText(phone.say('write-no-room'));
    await expect(phone.paper).toHaveValue('These stay in sight.');
  }
  // Two more answers: one of them is to what the last press asked for, which would go back if it were saved.
  for (let answers = 0; answers < 2; answers += 1) await page.waitForResponse('**/call/save_draft');
  await page.unroute('**/call/save_draft');
  await phone.isSaved();
  await expect(phone.paper).toHaveValue('These stay in sight.');
  await page.goBack();
  await phone.seesToday();
  await expect(phone.button(phone.say('today-draft-on'))).toBeVisible();
  await expect(page.getByText('These stay in sight.')).toBeVisible();
});

test('the phone’s own way back closes a question, and leads from the readers to the words', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-way-back')).link);
  await phone.writeFreely('Not decided yet.');
  await phone.sees(phone.say('readers-title'));
  await page.goBack();
  await expect(phone.paper).toHaveValue('Not decided yet.');
  await page.goBack();
  await phone.seesToday();
  await phone.tap(phone.say('today-draft-discard'));
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await phone.seesToday();
  await expect(page.getByText('Not decided yet.')).toBeVisible();
});

test('an entry that is full of tags says so, keeps the word that finds no room, and is put in the diary', async ({
  phone,
}) => {
  const { page } = phone;
  const tags = Array.from({ length: 100 }, (_, i) => `tag ${i + 1}`);
  await phone.keepPrivately([{ text: 'Full of tags.', tags }]);
  await phone.go('Diary');
  await phone.tap(/Full of tags/);
  await phone.tap(phone.say('entry-edit'));
  const field = page.getByLabel(phone.say('write-tags'), { exact: true });
  const shown = page.getByRole('button', { name: beginning(phone.say('write-tag-remove', { tag: '' }).trim()) });
  await expect(shown).toHaveCount(100);
  await field.fill('one more');
  await phone.tap(phone.say('write-tag-add'));
  await expect(page.getByText(phone.say('write-tags-full', { most: 100 }))).toBeVisible();
  await expect(field).toHaveValue('one more');
  await expect(shown).toHaveCount(100);
  await shown.first().click();
  await expect(page.getByText(phone.say('write-tags-full', { most: 100 }))).toHaveCount(0);
  await phone.tap(phone.say('write-tag-add'));
  await expect(field).toHaveValue('');
  await expect(shown).toHaveCount(100);
  await phone.isSaved();
  await phone.tap(phone.say('write-done'));
  await phone.seesToday();
});
