/** Keeping the diary: the lock changed and forgotten, copies to read, a sealed copy, and a diary from it on a second phone. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PASSPHRASE, Phone } from '../world/phone';
import { Study } from '../world/study';
import { expect, test } from '../world/test';

const NEW = 'another four plain words';
const HOSTILE = '</p></script><img src=x onerror="document.title=1"> & friends';

/** A private diary whose words are on paper; gives the words. */
async function privateDiary(phone: Phone): Promise<string[]> {
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  const words = await phone.words();
  await confirmWords(phone, words);
  await phone.seesToday();
  return words;
}

async function confirmWords(phone: Phone, words: string[]): Promise<void> {
  await phone.tap('I have written them down');
  await phone.sees('Three of your words');
  for (const field of await phone.page.getByRole('textbox').all()) {
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
    await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1]!);
  }
  await phone.tap('Check');
}

async function writePrivately(phone: Phone, text: string): Promise<void> {
  await phone.tap('Write');
  await phone.paper.fill(text);
  await phone.isSaved();
  while (!(await phone.button('Done').isVisible())) await phone.tap(/^(Next|Skip)$/);
  await phone.tap('Done');
  await phone.seesToday();
}

async function chooseNewLock(page: Page, passphrase = NEW): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Choose a lock' })).toBeVisible();
  await page.getByLabel('Your passphrase').fill(passphrase);
  await page.getByLabel('The same passphrase again').fill(passphrase);
  await page.getByRole('button', { name: 'Lock it with this' }).click();
}

/** Everything that was due is with the server. */
async function arrived(phone: Phone): Promise<void> {
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(phone.page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
}

/** Saves a sealed copy and gives its path. */
async function sealedCopy(phone: Phone): Promise<string> {
  await phone.go('Me');
  await phone.tap('Save a backup file');
  await phone.tap('Save the backup file');
  await phone.sees('Your backup file is saved');
  const name = (await readdir(phone.outbox)).find((file) => file.endsWith('.waymark-backup'));
  await expect(
    phone.page.getByText(`It is called \u2068${name}\u2069 and lies in the folder \u2068Downloads\u2069.`),
  ).toBeVisible();
  await phone.tap('Back');
  return join(phone.outbox, name!);
}

test('the lock is changed, and a forgotten one gives way to the 24 words', async ({ phone }) => {
  const { page } = phone;
  const words = await privateDiary(phone);
  await writePrivately(phone, 'Kept through every lock.');
  await phone.go('Me');
  await phone.tap('Change the lock');
  await phone.sees('The lock');
  await phone.tap('Change the lock');
  await page.getByLabel('Your passphrase now').fill('not this one');
  await phone.tap('Next');
  await expect(page.getByRole('alert')).toContainText('doesn’t open it');
  await page.getByLabel('Your passphrase now').fill(PASSPHRASE);
  await phone.tap('Next');
  await expect(page.getByText('someone who copies the files on this phone can find a PIN')).toBeVisible();
  await page.getByLabel('With a PIN').check();
  await page.getByLabel('Your PIN').fill('602214');
  await page.getByLabel('The same PIN again').fill('602214');
  await phone.tap('Lock it with this');
  await expect(page.getByText('Changed. From now on your PIN opens it.')).toBeVisible();
  await expect(page.getByText('It opens with your PIN.')).toBeVisible();
  await phone.tap('Lock now');
  await page.getByLabel('PIN').fill('602214');
  await phone.tap('Open');
  await phone.seesToday();
  await phone.tap('Lock');

  await phone.tap('I forgot my PIN');
  await phone.sees('Open it with your 24 words');
  await page.getByLabel('Your 24 words').fill(words.slice(0, 23).join(' '));
  await phone.tap('Choose a lock');
  await expect(page.getByRole('alert')).toContainText('It takes 24 words.');
  await page.getByLabel('Your 24 words').fill(`${'abandon '.repeat(23)}art`);
  await phone.tap('Choose a lock');
  await expect(page.getByRole('alert')).toContainText('These words belong to another diary');
  await page.getByLabel('Your 24 words').fill(words.join('\n'));
  await phone.tap('Choose a lock');
  await chooseNewLock(page);
  await phone.seesToday();
  await phone.tap('Lock');
  await phone.unlock(NEW);
  await phone.go('Diary');
  await expect(page.getByText('Kept through every lock.')).toBeVisible();
});

test('when someone knows the passphrase everything gets a new key, with the words or without', async ({ phone }) => {
  const { page } = phone;
  const words = await privateDiary(phone);
  await writePrivately(phone, 'Mine alone.');
  const begin = async (old: string) => {
    await phone.go('Me');
    await phone.tap('Change the lock');
    await phone.tap('See what happens');
    await expect(page.getByText('the old passphrase still opens it')).toBeVisible();
    await page.getByLabel('Your passphrase now').fill(old);
  };
  await begin(PASSPHRASE);
  await phone.tap('Choose a new lock');
  await expect(page.getByRole('alert')).toContainText('Type all 24 words');
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await phone.tap('Choose a new lock');
  await chooseNewLock(page, PASSPHRASE);
  await expect(page.getByRole('alert')).toContainText('That is the one that someone knows');
  await chooseNewLock(page);
  await expect(page.getByText('Everything has a new key and a new lock.')).toBeVisible();
  await phone.tap('Lock now');
  await phone.unlock(PASSPHRASE);
  await expect(page.getByRole('alert')).toContainText('doesn’t open it');
  await phone.unlock(NEW);
  await phone.seesToday();

  await begin(NEW);
  await page.getByLabel('I don’t have my words here').check();
  await phone.tap('Choose a new lock');
  await chooseNewLock(page, PASSPHRASE);
  await expect(page.getByText('Your 24 words don’t open this phone until you let them')).toBeVisible();
  await phone.tap('Change the lock');
  await phone.tap('Let my 24 words open it');
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await phone.tap('Let them open it');
  await expect(page.getByText('Your 24 words open this phone again.')).toBeVisible();
  await phone.tap('Lock now');
  await phone.tap('I forgot my passphrase');
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await phone.tap('Choose a lock');
  await phone.sees('Choose a lock');
});

test('words that were never written down are new ones after a new key', async ({ phone }) => {
  const { page } = phone;
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  const before = await phone.words();
  await phone.tap('Later');
  await phone.go('Me');
  await phone.tap('Change the lock');
  await phone.tap('See what happens');
  await expect(page.getByText('You get 24 new words.')).toBeVisible();
  await page.getByLabel('Your passphrase now').fill(PASSPHRASE);
  await phone.tap('Choose a new lock');
  await chooseNewLock(page);
  const after = await phone.words();
  expect(after.join(' ')).not.toBe(before.join(' '));
});

test('the diary leaves as a page, as plain text and as JSON, behind the lock and with a warning', async ({
  phone,
}, info) => {
  const { page } = phone;
  await privateDiary(phone);
  await writePrivately(phone, HOSTILE);
  await writePrivately(phone, 'مرحبا، كان يوما طويلا.\n\nAnd a second paragraph.');
  const save = async (format: string) => {
    await phone.go('Me');
    await phone.tap('Save a copy to read or print');
    await expect(page.getByText('Anyone who gets it can read everything in it.')).toBeVisible();
    await page.getByLabel(format).check();
    await page.getByLabel('Your passphrase now').fill(PASSPHRASE);
    await phone.tap('Save this copy');
    await phone.sees('Your copy is saved');
    await phone.tap('Back');
  };
  await phone.go('Me');
  await phone.tap('Save a copy to read or print');
  await page.getByLabel('Your passphrase now').fill('something else');
  await phone.tap('Save this copy');
  await expect(page.getByRole('alert')).toContainText('doesn’t open it');
  await page.getByLabel('From').fill('2026-03-02');
  await page.getByLabel('To', { exact: true }).fill('2026-03-01');
  await phone.tap('Save this copy');
  await expect(page.getByRole('alert')).toContainText('The first day comes after the last one');
  await phone.tap('Back');
  for (const format of ['To print', 'To read', 'For a computer']) await save(format);

  const files = await readdir(phone.outbox);
  const read = (end: string) =>
    readFile(
      join(
        phone.outbox,
        files.find((name) => name.endsWith(end))!,
      ),
      'utf8',
    );
  expect(files.length).toBe(3);
  expect(await read('.md')).toContain(HOSTILE);
  const json = JSON.parse(await read('.json')) as { version: number; entries: { revisions: { text: string }[] }[] };
  expect(json.version).toBe(1);
  expect(json.entries.flatMap((entry) => entry.revisions.map((revision) => revision.text))).toContain(HOSTILE);

  // The printed page, as any browser opens it: nothing runs, nothing is asked of any network.
  const printed = await page.context().newPage();
  const asked: string[] = [];
  printed.on('request', (request) => asked.push(request.url()));
  const path = join(
    phone.outbox,
    files.find((name) => name.endsWith('.html'))!,
  );
  await printed.goto(`file://${path}`);
  await expect(printed.getByText(HOSTILE)).toBeVisible();
  await expect(printed).toHaveTitle('My notes');
  expect(await printed.locator('img, script, link').count()).toBe(0);
  expect(await printed.getByText('مرحبا').evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  expect(await printed.locator('h1').evaluate((element) => getComputedStyle(element).fontWeight)).toBe('700');
  expect(asked).toEqual([`file://${path}`]);
  await printed.screenshot({ path: info.outputPath('page.png'), fullPage: true });
  await printed.emulateMedia({ media: 'print' });
  await printed.setViewportSize({ width: 794, height: 1123 });
  await printed.screenshot({ path: info.outputPath('printed.png'), fullPage: true });
  await printed.close();
});

test('a sealed copy becomes the diary on a second phone; one that is none, cut short or newer says so', async ({
  phone,
  browser,
}) => {
  const words = await privateDiary(phone);
  await writePrivately(phone, 'Carried over in one file.');
  const file = await sealedCopy(phone);
  expect((await readFile(file)).includes('Carried over')).toBe(false);

  const context = await browser.newContext();
  const second = await Phone.unpack(await context.newPage());
  const { page } = second;
  await second.tap(/I have a backup file/);
  await second.tap('Choose a lock');
  await expect(page.getByRole('alert')).toContainText('Choose the file first');
  const chooser = page.getByLabel('The backup file');
  await chooser.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a photo') });
  await expect(page.getByRole('alert')).toContainText('not a backup file of a diary');
  const whole = await readFile(file);
  const cut = { name: 'notes.waymark-backup', mimeType: '', buffer: whole.subarray(0, whole.length / 2) };
  await chooser.setInputFiles(cut);
  await expect(page.getByRole('alert')).toContainText('missing or has changed on its way');
  await chooser.setInputFiles({ ...cut, buffer: whole.subarray(0, 99) });
  await expect(page.getByRole('alert')).toContainText('or only its beginning is there');
  // Bytes 60 to 63 say which version of the format it is.
  const newer = Buffer.from(whole);
  newer.writeUInt32BE(newer.readUInt32BE(60) + 1, 60);
  await chooser.setInputFiles({ ...cut, buffer: newer });
  await expect(page.getByRole('alert')).toContainText('A newer version of the app made this file.');
  await chooser.setInputFiles(file);
  await expect(page.getByText('This file is complete.')).toBeVisible();
  await page.getByLabel('The passphrase of that file').fill('something else');
  await second.tap('Choose a lock');
  await expect(page.getByRole('alert')).toContainText('doesn’t open it');
  await page.getByLabel('With my 24 words').check();
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await second.tap('Choose a lock');
  await chooseNewLock(page);
  await second.seesToday();
  await second.go('Diary');
  await expect(page.getByText('Carried over in one file.')).toBeVisible();
  await second.tap('Lock');
  await second.unlock(NEW);
  await second.seesToday();
  await second.end();
  await context.close();
});

test('a diary in a study comes back private, and meets the study again with the 24 words', async ({
  phone,
  browser,
}) => {
  const study = await Study.begin('0h');
  await phone.join((await study.invite('P-keeping')).link);
  await phone.go('Me');
  await phone.tap('Show my 24 words');
  const words = await phone.words();
  await confirmWords(phone, words);
  await phone.write('Shared before the copy.', 'Me and the study');
  await phone.write('Private before the copy.', 'Only me');
  await arrived(phone);
  const file = await sealedCopy(phone);
  await phone.go('Today');
  await phone.write('Written after the copy.', 'Only me');
  await arrived(phone);
  const before = await study.collect();

  const context = await browser.newContext();
  const second = await Phone.unpack(await context.newPage());
  const { page } = second;
  await second.tap(/I have a backup file/);
  await page.getByLabel('The backup file').setInputFiles(file);
  await page.getByLabel('The passphrase of that file').fill(PASSPHRASE);
  await second.tap('Choose a lock');
  await chooseNewLock(page);
  await second.seesToday();
  await writePrivately(second, 'Written before the study was met again.');
  await second.go('Diary');
  await expect(page.getByText('Shared before the copy.')).toBeVisible();
  await expect(page.getByText('Written after the copy.')).toHaveCount(0);
  await second.tap(/Shared before the copy/);
  await expect(page.getByText('With the study')).toBeVisible();
  await second.tap('Take it back');
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('alert')).toContainText('not connected to its study yet');
  await second.tap('Back');

  await second.go('Me');
  await second.tap('Connect it again');
  await page.getByLabel('Your 24 words').fill(words.join(' '));
  await second.tap('Connect');
  await expect(page.getByText('Connected. Nothing was shared by it.')).toBeVisible();
  await arrived(second);
  await second.go('Diary');
  for (const text of ['Shared before', 'Private before', 'Written after', 'Written before the study']) {
    await expect(page.getByText(text)).toBeVisible();
  }
  const after = await study.collect();
  expect(after.totals.private).toBe(before.totals.private + 1);
  expect(after.words).toContain('Shared before the copy.');
  expect(after.words).not.toContain('Private before');
  expect(after.words).not.toContain('Written before');
  // What is shared from here on arrives, from the new phone's own log.
  await second.go('Today');
  await second.write('Shared from the second phone.', 'Me and the study');
  await expect.poll(async () => (await study.collect()).words).toContain('Shared from the second phone.');
  await second.end();
  await context.close();
  await study.end();
});
