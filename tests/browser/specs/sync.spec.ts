import { expect, test } from '../world/test';
import { Phone } from '../world/phone';

test('with the server away an entry is kept, the page says that it waits, and it goes when it can', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-offline')).link);
  await study.stopServer();
  try {
    await phone.write('Written with nobody there.', 'Only me');
    await expect(page.getByText('The study’s server can’t be reached.')).toBeVisible();
    await expect(page.getByText('One entry waits for a connection.')).toBeVisible();
  } finally {
    await study.startServer();
  }
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  await phone.go('Diary');
  await expect(page.getByText('Private, with a sealed copy on the server')).toBeVisible();
});

test('a lost phone comes back from its 24 words, private entries too', async ({ phone, study, page }) => {
  const { link } = await study.invite('P-lost');
  await phone.readInvitation(link);
  await phone.tap('Go on to the questions');
  await phone.answerConsent();
  await phone.tap('Join, and choose a lock');
  await phone.chooseLock();
  const words = await phone.words();
  await phone.tap('Later');
  await phone.write('Nobody but me may read this one.', 'Only me');
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  await page.evaluate(() => sessionStorage.clear());

  const newPhone = await Phone.unpack(page);
  try {
    await newPhone.comeBack(words.map((word, i) => `${i + 1}. ${word}`).join('\n'), study.server_address);
    await newPhone.go('Diary');
    await expect(page.getByText('Nobody but me may read this one.')).toBeVisible();
  } finally {
    await newPhone.end();
  }
});

test('private and held entries reach the researchers as sealed records that they cannot open', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  const before = (await study.collect()).totals;
  await phone.join((await study.invite('P-canary')).link);
  await phone.write('canary-private', 'Only me');
  await phone.write('canary-held', 'Me and the study');
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  const { totals, words } = await study.collect();
  expect(totals.private - before.private).toBe(2);
  expect(totals.opened).toBe(before.opened);
  expect(words).not.toContain('canary');
});
