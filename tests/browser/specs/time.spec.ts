import type { Page } from '@playwright/test';
import { microphone } from '../world/microphone';
import { Phone } from '../world/phone';
import { expect, test } from '../world/test';

test.use(microphone);

/** A day on this machine's calendar. */
function day(ahead: number): string {
  const date = new Date();
  date.setDate(date.getDate() + ahead);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}

const earlier = (page: Page) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Earlier time off' }) })
    .getByRole('listitem');
const next = (page: Page) => page.getByText(/^Next reminder: /);

test('a reminder is chosen, shows on Today, is tried, is still while there is time off, and comes again after it', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-time')).link);
  const before = (await study.collect()).totals;
  await expect(next(page)).toHaveCount(0);
  await phone.go('Me');
  await phone.tap('Reminders');
  await phone.tap('Add a reminder');
  await page.getByLabel('Time', { exact: true }).fill('07:45');
  await page.getByLabel('Time', { exact: true }).blur();
  await expect(next(page)).toContainText('7:45');
  await phone.tap('Show one now');
  await expect(page.getByText('It was shown just now.', { exact: false })).toBeVisible();
  expect(await phone.reminded()).toEqual(['Time for your notes']);
  await phone.tap('Back');
  await phone.go('Today');
  await expect(next(page)).toContainText('7:45');

  await phone.tap('Take time off');
  await expect(page.getByText('It never sees why.', { exact: false })).toBeVisible();
  await page.getByLabel('Last day').fill(day(3));
  await page.getByLabel('A note for yourself').fill('canary-reason');
  await phone.tap('Take time off');
  await phone.seesToday();
  await expect(page.getByText(/^Time off until /)).toBeVisible();
  await expect(next(page)).toContainText('7:45');
  await expect(page.getByText('Something happened')).toHaveCount(0);
  await expect(page.getByText('What stays with you', { exact: false })).toHaveCount(0);
  // Writing is always possible, and asks nothing.
  await phone.tap('Write');
  await phone.paper.fill('In the middle of it.');
  await phone.isSaved();
  await phone.tap('Done');
  await phone.choose('Only me');
  await phone.tap('Done');
  await phone.seesToday();

  await phone.tap('I am back');
  await expect(page.getByText('Good to have you back.')).toBeVisible();
  await expect(page.getByText('Something happened')).toBeVisible();
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  const { totals, words } = await study.collect();
  // Two notices; the reminders, the entry and the reason are sealed to the writer alone.
  expect(totals.control - before.control).toBe(2);
  expect(totals.private - before.private).toBeGreaterThanOrEqual(4);
  expect(totals.received - before.received).toBe(totals.control + totals.private - before.control - before.private);
  expect(words).not.toContain('canary-reason');

  // Another start, and the lock: what was chosen is there.
  await phone.crashAndRestart();
  await phone.unlock();
  await phone.seesToday();
  await expect(next(page)).toContainText('7:45');
});

test('days in the wrong order are pointed out, and time off to come can be called off', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  // Time off that was: its list shows that the host has answered.
  await phone.tap('Take time off');
  await page.getByLabel('First day').fill(day(-2));
  await phone.tap('Take time off');
  await expect(page.getByText('You are taking time off')).toBeVisible();
  await phone.tap('I am back');
  await expect(page.getByText('Good to have you back.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await phone.tap('Take time off');
  await expect(page.getByRole('heading', { name: 'Time off', exact: true })).toBeVisible();
  await expect(earlier(page)).toHaveCount(1);
  await expect(page.getByText('The study', { exact: false })).toHaveCount(0);
  for (const [from, until] of [
    [day(-32), ''],
    [day(800), ''],
    [day(5), day(800)],
  ] as const) {
    await page.getByLabel('First day').fill(from);
    await page.getByLabel('Last day').fill(until);
    await phone.tap('Take time off');
    await expect(page.getByRole('alert').filter({ hasText: 'Those days are too far away.' })).toBeVisible();
  }
  await page.getByLabel('Last day').fill(day(4));
  await phone.tap('Take time off');
  await expect(page.getByRole('alert').filter({ hasText: 'The last day comes before the first one' })).toBeVisible();
  await page.getByLabel('Last day').fill(day(6));
  await phone.tap('Take time off');
  await phone.seesToday();
  await expect(page.getByText(/^Time off begins on /)).toBeVisible();
  await phone.tap('Cancel it');
  await expect(page.getByText('Your time off is cancelled.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await phone.tap('Take time off');
  // What was called off never was.
  await expect(earlier(page)).toHaveCount(1);
});

test('a day of a reminder can be taken away, but not its last one', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.go('Me');
  await phone.tap('Reminders');
  await phone.tap('Add a reminder');
  for (const name of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) await phone.tap(name);
  await expect(page.getByRole('button', { pressed: true })).toHaveText(/Sun/);
  await expect(page.getByText('A reminder needs one day.', { exact: false })).toBeVisible();
  await phone.tap('Back');
  await phone.tap('Reminders');
  await expect(page.getByRole('button', { pressed: true })).toHaveText(/Sun/);
  for (let more = 0; more < 4; more += 1) await phone.tap('Add a reminder');
  await expect(phone.button('Add a reminder')).toHaveCount(0);
  const times = page.getByLabel('Time', { exact: true });
  await expect(times.last()).toBeFocused();
  // An emptied time is none: the one that rings comes back.
  const rings = await times.first().inputValue();
  await times.first().fill('');
  await times.first().blur();
  await expect(times.first()).toHaveValue(rings);
  await phone.button('Remove it').last().click();
  await expect(times).toHaveCount(4);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByLabel('Remind me').uncheck();
  await expect(next(page)).toHaveCount(0);
});

test('one can be shown while changes are still being kept, and the last change is the one that is kept', async ({
  phone,
}) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.go('Me');
  await phone.tap('Reminders');
  // The phone is slow: the first change waits, and those after it wait for their turn.
  let goOn = (): void => undefined;
  const slow = new Promise<void>((resolve) => (goOn = resolve));
  await page.route('**/call/set_reminders', async (route) => {
    await slow;
    await route.continue();
  });
  await phone.tap('Add a reminder');
  await phone.tap('Add a reminder');
  await phone.button('Sun').first().click();
  await phone.tap('Show one now');
  await expect(page.getByText('It was shown just now.', { exact: false })).toBeVisible();
  await expect(next(page)).toHaveCount(0);
  goOn();
  await expect(next(page)).toBeVisible();
  await phone.tap('Back');
  await phone.tap('Reminders');
  await expect(page.getByRole('button', { pressed: true })).toHaveCount(13);
});

test('a reminder that a full phone cannot keep is not on the screen either, and the sentence says what to do', async ({
  phone,
}) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await phone.go('Me');
  await phone.tap(phone.say('reminders-title'));
  await expect(phone.button(phone.say('reminders-add'))).toBeVisible();
  await page.route('**/call/set_reminders', (route) => route.fulfill({ status: 422, json: { code: 'disk-full' } }));
  await phone.tap(phone.say('reminders-add'));
  await expect(page.getByRole('alert')).toHaveText(phone.say('error-disk-full'));
  await expect(page.getByLabel(phone.say('reminders-time'))).toHaveCount(0);
  await page.unroute('**/call/set_reminders');
  await phone.tap(phone.say('reminders-add'));
  await expect(page.getByLabel(phone.say('reminders-time'))).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a device that cannot show reminders says so, and offers none', async ({ page }) => {
  const phone = await Phone.unpack(page, false);
  try {
    await phone.keepPrivately([]);
    await phone.go('Me');
    await phone.tap('Reminders');
    await expect(page.getByText('On this device, the app can’t show reminders.')).toBeVisible();
    await expect(phone.button('Add a reminder')).toHaveCount(0);
    await expect(phone.button('Show one now')).toHaveCount(0);
  } finally {
    await phone.end();
  }
});

test('a voice note waits until its writer lets it go, and words do not', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-waits')).link);
  await phone.go('Me');
  await page.getByLabel('Voice notes wait until I say so').check();
  await phone.go('Today');
  await phone.tap('Write about anything');
  await phone.tap('Say it');
  await expect(page.getByText('Recording', { exact: true })).toBeVisible();
  await expect(page.getByRole('timer')).toContainText('0:02');
  await phone.tap('Stop');
  await expect(phone.button('Say it')).toBeVisible();
  await phone.tap('Done');
  await phone.choose('Only me');
  await phone.tap('Done');
  await phone.seesToday();
  await expect(page.getByText('One voice note waits until you say so.')).toBeVisible();
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  await phone.tap('Let voice notes go now');
  await expect(page.getByText('One voice note waits until you say so.')).toHaveCount(0);
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  await phone.go('Me');
  await expect(page.getByLabel('Voice notes wait until I say so')).toBeChecked();
});
