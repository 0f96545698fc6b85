/** Telling the study that one wants to talk about an entry: off until it is chosen, never for what is not shared, and taken back at any time. */
import AxeBuilder from '@axe-core/playwright';
import { expect, withHold } from '../world/test';

const test = withHold('0h');

const TELL = 'Tell the study that you want to talk about this';

test('the study hears of an entry only when that is chosen, and no more once it is taken back', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-talk')).link);
  await phone.write('The night shift again.', 'Me and the study');
  await phone.go('Diary');
  await phone.tap(/The night shift/);
  await expect(page.getByText('It does not know that you want to talk about it.')).toBeVisible();
  // A mark of one's own tells nothing.
  await phone.tap('Bring to interview');
  await expect(phone.button(TELL)).toHaveAttribute('aria-pressed', 'false');
  await phone.tap(TELL);
  await expect(phone.button(TELL)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('You can take it back at any time.')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`)).toEqual([]);

  await phone.tap('Back');
  await expect(phone.button(/The night shift/)).toContainText('To talk about with the study');
  await phone.tap('Marks and tags');
  await phone.tap('To talk about with the study');
  await expect(page.getByText('One entry found.')).toBeVisible();

  await phone.tap(/The night shift/);
  await phone.tap(TELL);
  await expect(phone.button(TELL)).toHaveAttribute('aria-pressed', 'false');
  await phone.tap('Back');
  await expect(page.getByText('Nothing found.')).toBeVisible();
});

test('what is private is never told of, and an entry that is taken back takes it with it', async ({ phone, study }) => {
  const { page } = phone;
  await phone.join((await study.invite('P-private')).link);
  await phone.write('Nobody else’s.', 'Only me');
  await phone.go('Diary');
  await phone.tap(/Nobody else/);
  await expect(phone.button(TELL)).toHaveCount(0);
  await expect(page.getByText('For the interview')).toHaveCount(0);
  // Whoever means to bring it along is told how.
  await phone.tap('Bring to interview');
  await expect(page.getByText('If you share this entry, you can also tell the study')).toBeVisible();
  await expect(phone.button(TELL)).toHaveCount(0);
  await phone.tap('Share with the study');
  await expect(page.getByText('With the study', { exact: true })).toBeVisible();
  await phone.tap(TELL);
  await expect(phone.button(TELL)).toHaveAttribute('aria-pressed', 'true');

  await phone.tap('Take it back');
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('Taken back from the study', { exact: true })).toBeVisible();
  await expect(phone.button(TELL)).toHaveCount(0);
  await phone.tap('Back');
  await expect(phone.button(/Nobody else/)).not.toContainText('To talk about with the study');
});
