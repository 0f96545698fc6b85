/** The hold: what is shared waits as long as the study says, goes when that is over, and not before. */
import { wrongWith } from '../world/judge';
import { beginning, type Phone } from '../world/phone';
import { expect, withHold } from '../world/test';

/** Of an hour, the shortest there is. */
const test = withHold('1h');

const MINUTE = 60_000;
const minutesAway = (minutes: number) => new Date(Date.now() + minutes * MINUTE);

async function arrived(phone: Phone): Promise<void> {
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(phone.page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
}

test('what is held goes when its hour is over; what was kept private in time never does, nor what was changed for oneself', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-hour')).link);
  await phone.write('canary-kept', 'Me and the study');
  await expect(page.getByText(/entry goes to the study in (60|5\d) minutes/)).toBeVisible();
  await phone.tap(/^Keep private/);
  await expect(page.getByText('Kept private. Nobody else reads it.')).toBeVisible();

  await phone.write('canary-before', 'Me and the study');
  await phone.go('Diary');
  await phone.tap(/canary-before/);
  await phone.tap('Change it');
  await phone.sees('Change your entry');
  await page.getByRole('textbox', { name: /Write here|Anything else/ }).fill('canary-after');
  await phone.isSaved();
  await phone.tap('Done');
  // Who reads it is asked again, and nothing is chosen beforehand.
  await expect(page.getByText('You are changing an entry, so you choose again.', { exact: false })).toBeVisible();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await phone.choose('Only me');
  await phone.tap('Done');
  await phone.seesToday();

  await phone.write('Let them read this one.', 'Me and the study');
  await arrived(phone);
  const early = (await study.collect()).words;
  expect(early).not.toContain('Let them read');
  expect(early).not.toContain('canary');

  await phone.pilot(minutesAway(61), 'sync');
  const words = (await study.collect()).words;
  expect(words).toContain('Let them read this one.');
  expect(words).not.toContain('canary');
  await phone.unlock();
  await phone.go('Diary');
  await expect(phone.button(/Let them read/)).toContainText('With the study');
  await expect(phone.button(/canary-after/)).toContainText('Private');
  await expect(phone.button(/canary-kept/)).toContainText('Private');
});

test('an hour that ran out while the app was closed ends with the next opening, and half an hour does not', async ({
  phone,
  study,
}) => {
  const { link } = await study.invite('P-closed');
  await phone.pilot(minutesAway(-90), 'join', '--invitation', link, '--consent', 'all');
  await phone.pilot(minutesAway(-61), 'write', '--share', '--text', 'An hour ago.');
  await phone.pilot(minutesAway(-30), 'write', '--share', '--text', 'Half an hour ago.');
  expect((await study.collect()).words).not.toContain('ago.');

  await phone.unlock();
  await phone.go('Diary');
  await expect(phone.button(/An hour ago/)).toContainText('With the study');
  await expect(phone.button(/Half an hour ago/)).toContainText(/Goes to the study in (30|2\d) minutes/);
  const { words } = await study.collect();
  expect(words).toContain('An hour ago.');
  expect(words).not.toContain('Half an hour');
});

test('an open page speaks to the server by itself once the hour is over, and not for what is still held', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-open')).link);
  await phone.write('Held, with the page open.', 'Me and the study');
  await arrived(phone);
  await page.clock.install();
  // What is said at opening is over before anything is counted.
  const opening = page.waitForResponse('**/call/sync_now');
  await phone.open();
  await opening;
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();

  let asked = 0;
  page.on('request', (request) => (asked += request.url().endsWith('/call/sync_now') ? 1 : 0));
  await page.clock.fastForward(30 * MINUTE);
  await expect(page.getByText(/goes to the study in (30|2\d) minutes/)).toBeVisible();
  const due = page.waitForResponse('**/call/sync_now');
  await page.clock.fastForward(31 * MINUTE);
  await due;
  await expect(page.getByText(/entry goes to the study very soon/)).toBeVisible();
  expect(asked).toBe(1);
});

test('where the clock of the phone ran behind, what was held stays private until its writer has chosen again', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-clock')).link);
  await arrived(phone);
  await phone.pilot(minutesAway(-61), 'write', '--share', '--text', 'Under a wrong clock.');
  await phone.unlock();
  const asks = page.getByText(
    'The clock of this phone moved, so this entry stays with you. Set the date and time right. Then choose again.',
  );
  await expect(asks).toBeVisible();
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  expect(await wrongWith(page)).toEqual([]);
  // The question outlives a lock and another look at the server.
  await phone.tap('Lock');
  await phone.unlock();
  await expect(asks).toBeVisible();
  await expect(page.getByText('Under a wrong clock.')).toBeVisible();
  await phone.go('Diary');
  await expect(phone.button(/Under a wrong clock/)).toContainText('Private');
  expect((await study.collect()).words).not.toContain('Under a wrong clock');

  await phone.go('Today');
  await phone.tap('Share with the study');
  await expect(page.getByText(/entry goes to the study/)).toBeVisible();
  await expect(asks).toHaveCount(0);
  await phone.tap(beginning('Keep private'));
  await expect(page.getByText('Under a wrong clock.')).toHaveCount(0);
});

test('two entries of one day are told apart by their first words', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-two')).link);
  await phone.write('The first of two.', 'Me and the study');
  await phone.write('The second of two.', 'Me and the study');
  const second = page.locator('.held').filter({ hasText: 'The second of two.' });
  const keep = second.getByRole('button', { name: beginning('Keep private') });
  await expect(keep).toHaveAccessibleDescription('The second of two.');
  await keep.click();
  await expect(phone.button(beginning('Keep private'))).toHaveCount(1);
  // One alone needs no words of it on the screen.
  await expect(page.getByText('The first of two.')).toHaveCount(0);
  await phone.go('Diary');
  await expect(phone.button(/The second of two/)).toContainText('Private');
  await expect(phone.button(/The first of two/)).toContainText('Goes to the study');
});
