import { expect, test } from '../world/test';
import { Phone } from '../world/phone';

const ARRIVED = 'Everything that should be there by now has arrived.';

async function sendAndFetch(phone: Phone): Promise<void> {
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(phone.page.getByText(ARRIVED)).toBeVisible();
}

test('two phones of one person: each has what the other wrote, and the new one is named and stopped', async ({
  phone: old,
  study,
  page,
}) => {
  await old.join((await study.invite('P-two-phones')).link);
  const words = await old.recoveryWords();
  await old.write('Written on the old phone.', 'Only me');
  await sendAndFetch(old);
  await page.evaluate(() => sessionStorage.clear());

  const renewed = await Phone.unpack(page);
  try {
    await renewed.comeBack(words, study.server_address);
    await expect(page.getByText('Was that you?', { exact: false })).toBeHidden();
    await renewed.write('Written on the new phone.', 'Only me');
    await sendAndFetch(renewed);

    // The old phone hears of it, and has what was written there.
    await old.open();
    await sendAndFetch(old);
    await old.go('Diary');
    await expect(page.getByText('Written on the new phone.')).toBeVisible();
    await old.go('Today');
    const card = page.getByRole('region', { name: 'Was that you?' });
    await expect(card).toContainText('Another phone was added');
    await card.getByRole('button', { name: 'Yes, that was me' }).click();
    await expect(page.getByText('Good. It is one of your phones.')).toBeVisible();
    await expect(card).toBeHidden();

    // Later it is stopped all the same; the words are still in this diary.
    await old.go('Me');
    let asked = 0;
    page.on('request', (request) => (asked += request.url().endsWith('/call/phones') ? 1 : 0));
    await old.tap('My phones');
    await old.sees('My phones');
    await expect(page.getByRole('heading', { level: 2, name: 'This phone' })).toBeVisible();
    // A sync may end meanwhile, and is followed by another look.
    await page.waitForTimeout(1000);
    expect(asked).toBeLessThan(4);
    await old.tap(/^Stop that phone/);
    await old.sees('Stop that phone');
    await old.tap('Stop that phone');
    await expect(page.getByText('That phone is stopped.')).toBeVisible();
    await expect(page.getByText('Nothing more goes to it', { exact: false })).toBeVisible();

    // It is told, and has everything that it had.
    await renewed.open();
    await renewed.go('Me');
    await expect(page.getByText('This phone was stopped from another phone of yours.', { exact: false })).toBeVisible();
    // Nothing is offered that it can no longer do.
    await expect(page.getByRole('button', { name: 'Send and fetch now' })).toHaveCount(0);
    await renewed.go('Diary');
    await expect(page.getByText('Written on the old phone.')).toBeVisible();
  } finally {
    await renewed.end();
  }
});

test('a phone whose words are on paper asks for them before it stops another', async ({ phone: old, study, page }) => {
  await old.join((await study.invite('P-paper')).link);
  const words = await old.recoveryWords();
  await sendAndFetch(old);
  await page.evaluate(() => sessionStorage.clear());

  const renewed = await Phone.unpack(page);
  try {
    await renewed.comeBack(words, study.server_address);
    await sendAndFetch(renewed);
    await renewed.tap('My phones');
    await renewed.tap(/^Stop that phone/);
    await page.getByLabel('Your 24 words').fill(words.replace(/^\S+ /, ''));
    await renewed.tap('Stop that phone');
    await expect(page.getByRole('alert')).toContainText('It takes 24 words.');
    await page.getByLabel('Your 24 words').fill(words);
    await renewed.tap('Stop that phone');
    await expect(page.getByText('That phone is stopped.')).toBeVisible();
  } finally {
    await renewed.end();
  }
});
