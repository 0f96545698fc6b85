/** Days, places and clocks change while there are words on the screen: the words stay, with the day that they are about. */
import type { Page } from '@playwright/test';
import type { Phone } from '../world/phone';
import { Study } from '../world/study';
import { expect, test } from '../world/test';

/** A day apart to the minute: neither has summer time. */
const HERE = 'Pacific/Pago_Pago';
const A_DAY_ON = 'Pacific/Tongatapu';
const DAY = 86_400_000;

// None of the tests' own, so that it can become another one while the page is open.
test.use({ timezoneId: [async ({}, use) => use(undefined), { scope: 'test' }] });

const about = (page: Page) => page.getByLabel('Which day is this about?');

/** The day that it is now, here or there, as Today says it. */
function dayIn(timeZone?: string): string {
  const form: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  return new Intl.DateTimeFormat('en-GB', timeZone ? { ...form, timeZone } : form).format(new Date()).replace(',', '');
}

async function finish(phone: Phone): Promise<void> {
  await phone.tap('Done');
  await phone.seesToday();
}

test('words that were begun a time zone ago keep their day, and Today has the day of the new place', async ({
  phone,
}) => {
  const { page } = phone;
  const device = await page.context().newCDPSession(page);
  const travel = (timezoneId: string) => device.send('Emulation.setTimezoneOverride', { timezoneId });
  await travel(HERE);
  await phone.crashAndRestart(HERE);
  await phone.keepPrivately([]);
  await phone.sees(dayIn(HERE));
  await phone.tap('Write');
  await phone.paper.fill('Written before the flight');
  await phone.isSaved();
  const day = await about(page).inputValue();

  await travel(A_DAY_ON);
  await phone.paper.fill('Written before the flight, and on it.');
  await phone.isSaved();
  await expect(about(page)).toHaveValue(day);
  await phone.crashAndRestart(A_DAY_ON);
  await phone.unlock();
  await expect(phone.paper).toHaveValue('Written before the flight, and on it.');
  await expect(about(page)).toHaveValue(day);
  await expect(about(page).locator('option:checked')).toHaveText('Yesterday');
  await finish(phone);

  await phone.sees(dayIn(A_DAY_ON));
  await phone.go('Diary');
  await phone.tap(/Written before the flight/);
  await phone.sees(dayIn(HERE));
});

test('a clock that is set ahead and back while there are words on the screen loses none of them', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([]);
  await page.clock.install();
  await phone.open();
  await phone.tap('Write');
  await phone.paper.fill('One.');
  await phone.isSaved();
  const day = await about(page).inputValue();
  await page.clock.fastForward(DAY);
  await phone.paper.fill('One. Two.');
  await phone.isSaved();
  await page.clock.setSystemTime(Date.now() - DAY);
  await phone.paper.fill('One. Two. Three.');
  await phone.isSaved();
  await expect(about(page)).toHaveValue(day);

  await phone.crashAndRestart();
  await phone.unlock();
  await expect(phone.paper).toHaveValue('One. Two. Three.');
  await finish(phone);
  await phone.sees(dayIn());
  await phone.go('Diary');
  await phone.tap(/One\. Two\. Three\./);
  await phone.sees(dayIn());
});

test('a day out of reach is pointed out where it is chosen, and changes nothing', async ({ phone }) => {
  const study = await Study.begin(undefined, (file) => file.replace(/^about_days_back = .*$/m, 'about_days_back = 30'));
  const { page } = phone;
  try {
    await phone.join((await study.invite('P-ahead')).link);
    await phone.tap('Write about anything');
    await phone.paper.fill('Nobody knows yet.');
    const day = await about(page).inputValue();
    const pointedOut = page.getByRole('alert').filter({ hasText: /^Choose a day from .+ to today\.$/ });
    for (const years of [1, -1]) {
      await about(page).fill(`${Number(day.slice(0, 4)) + years}${day.slice(4, 8)}01`);
      await expect(pointedOut).toBeVisible();
      await about(page).fill(day);
      await expect(pointedOut).toHaveCount(0);
    }
    await about(page).fill(`${Number(day.slice(0, 4)) + 1}${day.slice(4, 8)}01`);
    await expect(phone.paper).toHaveValue('Nobody knows yet.');
    await phone.tap('Done');
    await phone.choose('Only me');
    await phone.tap('Done');
    await phone.seesToday();
    await phone.go('Diary');
    await phone.tap(/Nobody knows yet/);
    await phone.tap('Change it');
    await expect(about(page)).toHaveValue(day);
  } finally {
    await study.end();
  }
});
