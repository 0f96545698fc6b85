import { readFile } from 'node:fs/promises';
import { expect, test } from '../world/test';

const OWN = { name: 'Rosa', tel: '+44 20 7946 0001' };
const SEALED = { name: 'Canary', tel: '116 123' };

test('while the diary is locked and nothing answers, the people to call are one tap away', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-support')).link);
  await phone.go('Support');
  const numbers = page.getByRole('link', { name: /^Call / });
  await expect(numbers.first()).toBeVisible();
  const known = await numbers.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(known).toContain('tel:02079460000');

  await phone.tap('Add or change people of your own');
  for (const [contact, shown] of [
    [OWN, true],
    [SEALED, false],
  ] as const) {
    await phone.tap('Add someone');
    await page.getByLabel('Name').fill(contact.name);
    await page.getByLabel('Phone number').fill(contact.tel);
    await page.getByLabel('Show while the diary is locked too').setChecked(shown);
    await phone.tap('Save');
    await expect(page.getByRole('heading', { name: contact.name })).toBeVisible();
  }

  // The power goes, the server is away, and somebody needs to call.
  await study.stopServer();
  try {
    await phone.crashAndRestart();
    await phone.tap('Support');
    await phone.sees('Support');
    await expect(page.getByText('Nobody reads this diary as you write')).toBeVisible();
    await expect(numbers.first()).toBeVisible();
    const locked = await numbers.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(locked).toEqual([...known, 'tel:+442079460001']);
    await expect(page.getByText(SEALED.name)).toHaveCount(0);
    await expect(page.getByText('Transitions')).toHaveCount(0);
    // It leads nowhere but back to the lock.
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await expect(phone.button('Add or change people of your own')).toHaveCount(0);
    const file = await readFile(phone.beside('support.json'), 'utf8');
    expect(file).not.toMatch(/Canary|Transitions/);
    await phone.tap('Back');
    await phone.unlock();
    await phone.seesToday();
    await phone.go('Support');
    await expect(page.getByText(SEALED.name)).toBeVisible();
  } finally {
    await study.startServer();
  }
});

test('a contact of one’s own is changed and taken away, and a number can be copied', async ({ phone }) => {
  const { page } = phone;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await phone.keepPrivately([]);
  await phone.go('Support');
  await expect(page.getByText('There are no contacts from a study here.')).toBeVisible();
  // Where there is nobody to call, this comes first.
  await expect(page.getByRole('main').getByRole('paragraph').nth(1)).toHaveText(/^In danger right now/);
  await phone.tap('Add or change people of your own');
  await phone.tap('Add someone');
  await phone.tap('Save');
  // What is wrong is said at its field, and the first such field has the focus.
  const [name, number] = [page.getByLabel('Name'), page.getByLabel('Phone number')];
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription('Put a name here.');
  await expect(number).toHaveAccessibleDescription(/^Put a phone number here\./);
  await name.fill(OWN.name);
  await number.fill('not a number');
  await phone.tap('Save');
  await expect(number).toBeFocused();
  await expect(name).not.toHaveAttribute('aria-invalid', 'true');
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  // The digits of the phone's own language are dialled as 0 to 9.
  await page.getByLabel('Phone number').fill('٠٢٠ ٧٩٤٦');
  await phone.tap('Save');
  await expect(page.getByText('020 7946')).toBeVisible();
  await phone.tap(/^Change .*Rosa/);
  await page.getByLabel('Phone number').fill(OWN.tel);
  await phone.tap('Save');
  await phone.tap('Back');
  await phone.tap(/^Copy the number of .*Rosa/);
  await expect(page.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(OWN.tel);

  await phone.tap('Add or change people of your own');
  await phone.tap(/^Take .*Rosa.* away$/);
  await expect(page.getByText(OWN.tel)).toHaveCount(0);
  await phone.tap('Back');
  await expect(page.getByText('There are no contacts from a study here.')).toBeVisible();
});
