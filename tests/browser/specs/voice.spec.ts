import type { Locator, Page } from '@playwright/test';
import { wrongWith } from '../world/judge';
import { microphone } from '../world/microphone';
import { Phone } from '../world/phone';
import { Study } from '../world/study';
import { expect, test } from '../world/test';

test.use(microphone);

async function privateDiary(phone: Phone): Promise<void> {
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  await phone.sees('Your 24 words');
  await phone.tap('Later');
  await phone.seesToday();
}

/** Speaks for some seconds, and stops. */
async function speak(phone: Phone, seconds = 3): Promise<void> {
  await phone.tap('Say it');
  await heardFor(phone, seconds);
  await phone.tap('Stop');
  await expect(phone.button('Say it')).toBeVisible();
}

async function heardFor(phone: Phone, seconds: number): Promise<void> {
  await expect(phone.page.getByText('Recording', { exact: true })).toBeVisible();
  const shown = () => phone.page.getByRole('timer').innerText();
  await expect.poll(async () => Number(/0:(\d\d)/.exec(await shown())?.[1])).toBeGreaterThanOrEqual(seconds);
}

/** Presses play, and hears the note go on. */
async function listen(page: Page, number = 1): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Play voice note ${number}, `) }).click();
  const audio = page.getByRole('group', { name: `Voice note ${number}` }).locator('audio');
  await expect.poll(() => audio.evaluate((it: HTMLAudioElement) => it.currentTime)).toBeGreaterThan(0.5);
  await expect
    .poll(() => audio.evaluate((it: HTMLAudioElement) => it.ended || it.paused || it.currentTime > 1))
    .toBe(true);
}

/** What a player would get of a note: a fingerprint of all its bytes. */
async function fingerprint(page: Page): Promise<string> {
  const address = await page
    .locator('audio')
    .first()
    .evaluate((audio: HTMLAudioElement) => audio.src);
  return page.evaluate(async (address) => {
    const sound = await (await fetch(address)).arrayBuffer();
    const hash = await crypto.subtle.digest('SHA-256', sound);
    const digits = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${sound.byteLength} ${digits}`;
  }, address);
}

test('a voice note is recorded, paused, heard, and enough for an entry', async ({ phone }) => {
  const { page } = phone;
  await privateDiary(phone);
  await phone.tap('Write');
  await phone.tap('Say it');
  await heardFor(phone, 2);
  await phone.tap('Pause');
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  const paused = await page.getByRole('timer').innerText();
  await page.waitForTimeout(1500);
  expect(await page.getByRole('timer').innerText()).toBe(paused);
  await phone.tap('Go on');
  await heardFor(phone, 4);
  await phone.tap('Stop');
  await expect(page.getByRole('group', { name: 'Voice note 1' })).toBeVisible();
  await listen(page);

  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await phone.tap(/A voice note/);
  await expect(phone.button('Change it')).toBeVisible();
  await listen(page);
  const whole = await fingerprint(page);
  expect(Number(whole.split(' ')[0])).toBeGreaterThan(5000);

  // The place in it can be chosen, by keyboard too.
  const place = page.getByRole('slider', { name: 'Place in voice note 1' });
  await place.focus();
  await place.press('Home');
  for (let second = 0; second < 3; second += 1) await place.press('ArrowRight');
  await expect(place).toHaveAttribute('aria-valuetext', /^3 seconds of \d+ seconds$/);
  await page.getByRole('button', { name: /^Play voice note 1/ }).click();
  const audio = page.locator('audio').first();
  await expect.poll(() => audio.evaluate((it: HTMLAudioElement) => it.currentTime)).toBeGreaterThan(3.2);

  // Whoever leaves the entry hears no more of it.
  const player = (await audio.elementHandle())!;
  expect(await player.evaluate((it) => (it as HTMLAudioElement).paused)).toBe(false);
  await phone.tap('Back');
  await expect(phone.button('Change it')).toHaveCount(0);
  expect(await player.evaluate((it) => [(it as HTMLAudioElement).paused, it.hasAttribute('src')])).toEqual([
    true,
    false,
  ]);
});

test('what was said until a kill is there at the next start, can be heard, and goes into the entry', async ({
  phone,
}) => {
  const { page } = phone;
  await privateDiary(phone);
  await phone.tap('Write');
  await phone.paper.fill('Words beside it.');
  await phone.isSaved();
  await phone.tap('Say it');
  await heardFor(phone, 4);
  await phone.crashAndRestart();
  await phone.unlock();

  await expect(phone.paper).toHaveValue('Words beside it.');
  await expect(page.getByText('It stopped early. What you said until then is here.')).toBeVisible();
  expect.soft(await wrongWith(page), 'after-a-kill').toEqual([]);
  await listen(page);
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await phone.tap(/Words beside it/);
  await listen(page);
});

test('on a full phone a recording is offered again by itself, and nothing that was said is lost', async ({ phone }) => {
  const { page } = phone;
  await privateDiary(phone);
  await phone.tap('Write');
  await phone.tap('Say it');
  await heardFor(phone, 2);
  await page.route('**/call/append_voice', (route) => route.fulfill({ status: 422, json: { code: 'disk-full' } }));
  await expect(page.getByRole('alert')).toHaveText(phone.say('write-no-room'));
  await page.unroute('**/call/append_voice');
  await expect(page.getByRole('alert')).toHaveCount(0);
  // It has ended with that: what waited is in it.
  await listen(page);
});

test('leaving and locking in the middle of a recording keep it, and thrown away is thrown away', async ({ phone }) => {
  const { page } = phone;
  await privateDiary(phone);
  await phone.tap('Write');
  await phone.tap('Say it');
  await heardFor(phone, 2);
  await phone.tap('Today');
  await phone.seesToday();
  await expect(page.getByText('A voice note', { exact: true })).toBeVisible();
  await phone.tap('Go on writing');
  await phone.tap('Say it');
  await heardFor(phone, 2);
  await phone.tap('Lock');
  await phone.unlock();
  await expect(page.getByRole('group', { name: /^Voice note/ })).toHaveCount(2);

  await phone.tap('Throw away voice note 1');
  await phone.tap('Keep it');
  await expect(page.getByRole('group', { name: /^Voice note/ })).toHaveCount(2);
  await phone.tap('Throw away voice note 1');
  await phone.tap('Throw away');
  await expect(page.getByRole('group', { name: /^Voice note/ })).toHaveCount(1);
  await phone.tap('Say it');
  await heardFor(phone, 1);
  await phone.tap('Throw away');
  await page.getByRole('dialog').getByRole('button', { name: 'Throw away' }).click();
  await expect(phone.button('Say it')).toBeVisible();
  await expect(page.getByRole('group', { name: /^Voice note/ })).toHaveCount(1);
});

test('a changed entry keeps one note and drops another; its earlier version keeps both', async ({ phone }) => {
  const { page } = phone;
  await privateDiary(phone);
  await phone.tap('Write');
  await speak(phone);
  await speak(phone, 1);
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await phone.tap(/2 voice notes/);
  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await phone.tap('Throw away voice note 2');
  await phone.tap('Throw away');
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await phone.tap(/A voice note/);
  await expect(page.getByRole('article').getByRole('group')).toHaveCount(1);
  await page.locator('summary', { hasText: /^Today, / }).click();
  await expect(page.locator('details').getByRole('group', { name: /^Voice note/ })).toHaveCount(2);
  await page
    .locator('details')
    .getByRole('button', { name: /^Play voice note 2/ })
    .click();
  const earlier: Locator = page.locator('details audio').nth(1);
  await expect.poll(() => earlier.evaluate((it: HTMLAudioElement) => it.currentTime)).toBeGreaterThan(0.3);
});

test('a question that asks for a voice is answered aloud or in words, and the answer stands under it', async ({
  phone,
}) => {
  const { page } = phone;
  const study = await Study.begin('0h', (file) => file.replace('\nkind = "text"', '\nkind = "voice"'));
  try {
    await phone.join((await study.invite('P-asked')).link);
    await phone.tap('Write');
    await phone.sees('What stays with you from today?');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(phone.paper).toBeVisible();
    await speak(phone, 2);
    await expect(phone.button('Say it')).toBeFocused();
    expect.soft(await wrongWith(page), 'asked').toEqual([]);
    await phone.tap('Next');
    await expect(page.getByRole('group', { name: /^Voice note/ })).toHaveCount(0);
    while (!(await phone.button('Done').isVisible())) await phone.tap('Skip');
    await phone.tap('Done');
    await page.getByLabel('Me and the study').check();
    await phone.tap('Done');
    await phone.seesToday();
    await phone.go('Diary');
    await phone.tap(/A voice note/);
    const spoken = page.getByRole('article').getByRole('listitem');
    await expect(spoken).toContainText('What stays with you from today?');
    expect.soft(await wrongWith(page), 'answered').toEqual([]);
    await listen(page);
  } finally {
    await study.end();
  }
});

test('24 words bring a shared voice note back on a new phone, byte for byte', async ({ phone, study }) => {
  const { page } = phone;
  await phone.readInvitation((await study.invite('P-voice')).link);
  await phone.tap('Go on to the questions');
  await phone.answerConsent();
  await phone.tap('Join, and choose a lock');
  await phone.chooseLock();
  const words = await phone.words();
  await phone.tap('Later');
  await phone.tap('Write about anything');
  await speak(phone, 5);
  await phone.tap('Done');
  await expect(page.getByText('Your voice note goes with it.')).toBeVisible();
  expect.soft(await wrongWith(page), 'readers').toEqual([]);
  await page.getByLabel('Me and the study').check();
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  await phone.go('Diary');
  await phone.tap(/A voice note/);
  await expect(phone.button('Change it')).toBeVisible();
  const recorded = await fingerprint(page);
  await page.evaluate(() => sessionStorage.clear());

  const newPhone = await Phone.unpack(page);
  try {
    await newPhone.comeBack(words.join(' '), study.server_address);
    await newPhone.go('Me');
    await newPhone.tap('Send and fetch now');
    await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
    await newPhone.go('Diary');
    await newPhone.tap(/A voice note/);
    await listen(page);
    expect(await fingerprint(page)).toBe(recorded);
  } finally {
    await newPhone.end();
  }
});
