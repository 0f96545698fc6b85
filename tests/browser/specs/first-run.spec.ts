import type { Page } from '@playwright/test';
import { expect, test } from '../world/test';

/** A link that is tapped while the page is there. */
const tapOutside = (page: Page, link: string) =>
  page.evaluate((text) => (location.hash = `#invitation=${encodeURIComponent(text)}`), link);

test('an invitation leads over the study, consent, a lock and the words to today', async ({ phone, study }) => {
  const { page } = phone;
  const { link } = await study.invite('P-first-run');
  await phone.readInvitation(link);
  await expect(page.getByText('Entries that you keep private can be read by you, and by nobody else.')).toBeVisible();
  await expect(page.getByText(/it waits 48 hours before it goes/)).toBeVisible();
  await phone.tap('Go on to the questions');

  await phone.tap('Join, and choose a lock');
  await expect(page.getByRole('alert')).toContainText('Some questions have no answer yet');
  await phone.answerConsent();
  await phone.tap('Join, and choose a lock');
  await phone.chooseLock();

  const words = await phone.words();
  expect(words).toHaveLength(24);
  await phone.tap('I have written them down');
  for (const field of await page.getByRole('textbox').all()) await field.fill('wrong');
  await phone.tap('Check');
  await expect(page.getByRole('alert')).toContainText('Not all of the words are right');
  for (const field of await page.getByRole('textbox').all())
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  for (const field of await page.getByRole('textbox').all()) {
    const place = Number((await field.getAttribute('id'))?.replace('word-', ''));
    await field.fill(words[place - 1] ?? '');
  }
  await phone.tap('Check');
  await phone.seesToday();
  await expect(page.getByText('Your 24 words are not on paper yet.')).toHaveCount(0);
});

test('what was answered stays answered for whoever looks at the study again', async ({ phone, study }) => {
  const { page } = phone;
  await phone.readInvitation((await study.invite('P-second-look')).link);
  await phone.tap(phone.say('study-continue'));
  await phone.answerConsent();
  const questions = await page.getByRole('group').count();
  expect(questions).toBeGreaterThan(0);
  const answered = page.getByRole('radio', { name: phone.say('consent-yes'), checked: true });
  for (const back of [() => phone.tap(phone.say('back')), () => page.goBack()]) {
    await back();
    await phone.tap(phone.say('study-continue'));
    await phone.sees(phone.say('consent-title'));
    await expect(answered).toHaveCount(questions);
  }
  await phone.tap(phone.say('consent-join-locked'));
  await phone.sees(phone.say('choose-lock-title'));
  await phone.tap(phone.say('back'));
  await expect(answered).toHaveCount(questions);
});

test('typed text works like the link, and a typing mistake is told', async ({ phone, study }) => {
  const { text } = await study.invite('P-typed');
  await phone.tap(/I have an invitation/);
  const box = phone.page.getByLabel('Paste the link, or type the text');
  const wrong = text.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, (last) => (last === 'x' ? 'y' : 'x'));
  await box.fill(wrong);
  await phone.tap('Open the invitation');
  await expect(phone.page.getByRole('alert')).toContainText('This invitation can’t be read');
  await box.fill(text.toLowerCase());
  await phone.tap('Open the invitation');
  await expect(phone.page.getByRole('heading', { name: 'Who can read what' })).toBeVisible();
});

test('nothing is under the thumb before the words are there, and without them there is a way on', async ({ phone }) => {
  const { page } = phone;
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/call/recovery_words', async (route) => {
    await held;
    await route.fulfill({ status: 422, json: { code: 'disk-full' } });
  });
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  await phone.sees('Your 24 words');
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  arrive();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(phone.button('Later')).toBeVisible();
  await page.unroute('**/call/recovery_words');
  await phone.tap('Try again');
  expect(await phone.words()).toHaveLength(24);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a private diary needs no study, asks nobody who may read, and can join later', async ({ phone, study }) => {
  const { page } = phone;
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  await phone.sees('Your 24 words');
  await phone.tap('Later');
  await phone.seesToday();
  await phone.tap('Write');
  await phone.paper.fill('Before any study.');
  await phone.isSaved();
  while (!(await phone.button('Done').isVisible())) await phone.tap(/^(Next|Skip)$/);
  await phone.tap('Done');
  await phone.seesToday();
  await expect(page.getByText('Saved in your diary.')).toBeVisible();

  const { link } = await study.invite('P-later');
  await phone.go('Me');
  await phone.readInvitation(link);
  await phone.tap('Go on to the questions');
  await expect(page.getByText('You have written one entry already.')).toBeVisible();
  await phone.answerConsent();
  await phone.tap('Join the study');
  await phone.sees('Your 24 words');
  await phone.tap('Later');
  await phone.go('Me');
  await phone.tap(/About the study/);
  await expect(page.getByRole('heading', { name: 'What I agreed to' })).toBeVisible();
  await phone.tap('Back');
  await phone.go('Diary');
  await expect(page.getByText(/With the study/)).toHaveCount(0);
});

test('a required item that is refused leaves a private diary as the way on', async ({ phone, study }) => {
  const { link } = await study.invite('P-refused');
  await phone.readInvitation(link);
  await phone.tap('Go on to the questions');
  await phone.answerConsent('No');
  await expect(phone.button('Join, and choose a lock')).toHaveCount(0);
  await phone.tap('Keep a private diary instead');
  await phone.chooseLock();
  await phone.tap('Later');
  await phone.go('Me');
  await expect(phone.page.getByText('This diary is yours alone.')).toBeVisible();
});

test('an invitation that was tapped outside opens by itself and leaves no trace in the address', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  const { link } = await study.invite('P-tapped');
  await phone.sees('A place for your own words');
  await tapOutside(page, link);
  await expect(page.getByRole('heading', { name: 'Who can read what' })).toBeVisible();
  expect(page.url()).not.toContain('invitation');
});

test('an invitation that was tapped in a diary that is in a study already is answered with a sentence', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-joined')).link);
  const { link } = await study.invite('P-joined-again');
  await phone.go('Me');
  await tapOutside(page, link);
  await expect(page.getByText(phone.say('error-already-joined'))).toBeVisible();
  await phone.sees(phone.say('me-title'));
  // Also where it came while the diary was locked.
  await phone.tap('Lock');
  await phone.sees(phone.say('lock-title'));
  await tapOutside(page, link);
  await phone.unlock();
  await phone.seesToday();
  await expect(page.getByText(phone.say('error-already-joined'))).toBeVisible();
});

test('an invitation that is tapped while words are being written takes none of them away', async ({ phone, study }) => {
  const { page } = phone;
  const { link } = await study.invite('P-tapped-writing');
  await phone.keepPrivately([]);
  await phone.tap(phone.say('today-write'));
  await page.route('**/call/save_draft', (route) => route.fulfill({ status: 422, json: { code: 'disk-full' } }));
  await phone.paper.fill('In the middle of it.');
  await tapOutside(page, link);
  await expect(page.getByRole('alert')).toHaveText(phone.say('write-no-room'));
  await expect(phone.paper).toHaveValue('In the middle of it.');
  await page.unroute('**/call/save_draft');
  await phone.isSaved();
  await tapOutside(page, link);
  await expect(page.getByRole('heading', { name: phone.say('study-read-heading') })).toBeVisible();
  await phone.tap(phone.say('study-not-for-me'));
  await phone.tap(phone.say('back'));
  await phone.seesToday();
  await phone.tap(phone.say('today-draft-on'));
  await expect(phone.paper).toHaveValue('In the middle of it.');
  // The address that it came by is no step of its own that leads anywhere else.
  await page.goBack();
  await phone.seesToday();
});

test('a PIN is possible, comes with its warning, and needs six numbers', async ({ phone }) => {
  const { page } = phone;
  await phone.tap(/Start a private diary/);
  await expect(page.getByText('someone who copies the files on this phone can find a PIN')).toBeVisible();
  await page.getByLabel('With a PIN').check();
  await page.getByLabel('Your PIN').fill('12345');
  await phone.tap('Lock it with this');
  await expect(page.getByRole('alert')).toContainText('Use 6 numbers or more');
  await phone.tap('Show');
  await page.getByLabel('Your PIN').fill('728394');
  await phone.tap('Lock it with this');
  await phone.tap('Later');
  await phone.tap('Lock');
  await page.getByLabel('PIN').fill('728395');
  await phone.tap('Open');
  await expect(page.getByRole('alert')).toContainText('That PIN doesn’t open it.');
  await page.getByLabel('PIN').fill('728394');
  await phone.tap('Open');
  await phone.seesToday();
});
