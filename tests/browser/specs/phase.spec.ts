import { Phone } from '../world/phone';
import { Study } from '../world/study';
import { expect, test } from '../world/test';

/** Offered in one phase alone, so that Today shows which one it is. */
const THROUGH_ALONE = `
[[prompt_set]]
id = "between"
when = "event"
phases = ["through"]
title.en = "Between two places"

[[prompt]]
id = "between-what"
set = "between"
kind = "text"
text.en = "Which two?"
`;

test('where one is in the role can be corrected: the questions follow, the study is told, a new phone knows', async ({
  phone,
  browser,
}) => {
  const study = await Study.begin('0h', (file) => file + THROUGH_ALONE);
  const { page } = phone;
  try {
    await phone.join((await study.invite('P-phase')).link);
    const words = await phone.recoveryWords();
    await expect(phone.button('Between two places')).toHaveCount(0);

    await phone.go('Me');
    await phone.tap('About the study, and leaving it');
    const section = page.locator('section').filter({ hasText: 'Where are you in your role?' });
    await expect(section).toContainText('Into the role');
    await expect(section).toContainText('The study counts this from the day you joined. Since: Today.');
    await phone.tap('That’s not right');
    await phone.sees('Where are you in your role?');
    await page.getByLabel('Through the role').check();
    await phone.tap('Save this');
    await expect(page.getByText('Saved. The questions follow it from today on.')).toBeVisible();
    await expect(section).toContainText('Through the role');
    await expect(section).toContainText('You told the study this. Since: Today.');
    // What was said belongs to this screen alone.
    await phone.tap('Change my answers');
    await phone.sees('Your answers');
    await expect(page.getByText('Saved. The questions follow it from today on.')).toHaveCount(0);
    await phone.tap('Back');
    await phone.sees('Transitions');
    await expect(page.getByText('Saved. The questions follow it from today on.')).toHaveCount(0);

    await phone.tap('Back');
    await phone.go('Today');
    await expect(phone.button('Between two places')).toBeVisible();
    await phone.write('A first day in another place.', 'Me and the study');
    await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
    const collected = await study.collect();
    expect(collected.words).toContain('A first day in another place.');
    expect(collected.words).toContain('"phase":"through"');
    expect(collected.words).not.toContain('"phase":"into"');

    const context = await browser.newContext();
    const another = await Phone.unpack(await context.newPage());
    try {
      const [server, secret] = [study.server_address, 'a lock of the other phone'];
      await another.ask('restore_diary', { words, server, lock: 'passphrase', secret });
      await another.open();
      await another.seesToday();
      await expect(another.button('Between two places')).toBeVisible();
    } finally {
      await another.end();
      await context.close();
    }
  } finally {
    await study.end();
  }
});
