import type { Page } from '@playwright/test';
import { show } from '../gallery/variants';
import { wrongWith } from '../world/judge';
import { Phone } from '../world/phone';
import { expect, test } from '../world/test';

const lines = (page: Page) => page.locator('[data-entry]');

test('the calendar is walked by keyboard, says in words which days have entries, and a day narrows the list', async ({
  phone,
}) => {
  const { page } = phone;
  await phone.keepPrivately([
    { about: '2026-03-03', text: 'The first of two.' },
    { about: '2026-03-03', text: 'The second of two.' },
    { about: '2026-03-17', text: 'Saint Patrick’s.' },
    { about: '2025-12-31', text: 'The last of the year.' },
  ]);
  await phone.go('Diary');
  await expect(lines(page)).toHaveCount(4);
  await phone.tap('Calendar');
  const grid = page.getByRole('grid', { name: 'March 2026' });
  await expect(grid).toBeVisible();
  await expect(lines(page)).toHaveCount(3);
  await expect(grid.getByRole('columnheader').first()).toHaveText(/Monday/);
  await expect(grid.getByRole('button', { name: 'Tuesday 3 March, 2 entries' })).toBeVisible();
  await expect(grid.getByRole('button', { name: 'Wednesday 4 March, nothing written' })).toBeVisible();

  await grid.locator('[tabindex="0"]').focus();
  await expect(grid.getByRole('button', { name: /^Tuesday 3 March/ })).toBeFocused();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await expect(grid.getByRole('button', { name: /^Tuesday 17 March, one entry/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lines(page)).toHaveCount(1);
  await expect(page.getByText('One entry found.')).toBeVisible();
  await phone.tap(/^Only .*Tuesday 17 March/);
  await expect(lines(page)).toHaveCount(3);

  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('PageUp');
  const december = page.getByRole('grid', { name: 'December 2025' });
  await expect(december.getByRole('button', { name: /^Wednesday,? 31 December 2025, one entry/ })).toBeFocused();
  await expect(page.getByText('The last of the year.')).toBeVisible();
  await expect(phone.button('There is nothing before this month')).toBeVisible();
  await page.getByRole('combobox', { name: 'Month' }).selectOption('2026-03');
  await expect(grid).toBeVisible();

  // A day without entries is no choice.
  await grid.getByRole('button', { name: /^Wednesday 4 March/ }).dispatchEvent('click');
  await expect(lines(page)).toHaveCount(3);
});

test('marks are the writer’s own, survive the lock, and narrow the list', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([{ text: 'For the interview.' }, { text: 'For nobody.' }, { text: 'For supervision.' }]);
  const mark = async (entry: RegExp, name: string) => {
    await phone.go('Diary');
    await phone.tap(entry);
    await expect(page.getByText('These marks are for you.')).toBeVisible();
    await phone.tap(name);
    await expect(phone.button(name)).toHaveAttribute('aria-pressed', 'true');
    await phone.tap('Back');
  };
  await mark(/For the interview/, 'Bring to interview');
  await mark(/For supervision/, 'Bring to supervision');
  await phone.tap('Lock');
  await phone.sees('Notes');
  await phone.unlock();
  await phone.go('Diary');
  await phone.tap('Marks and tags');
  await phone.tap('Bring to interview');
  await expect(lines(page)).toHaveCount(1);
  await expect(phone.button(/For the interview/)).toBeVisible();
  await page.getByRole('group', { name: 'Bring along' }).getByRole('button', { name: 'Bring to supervision' }).click();
  await expect(phone.button(/For supervision/)).toBeVisible();
  await expect(lines(page)).toHaveCount(1);
  await page.getByRole('button', { name: /^Only .*Bring to supervision/ }).click();
  await expect(lines(page)).toHaveCount(3);
});

test('a thousand tags do not break the screen: the most used first, all of them when looked for', async ({ phone }) => {
  const { page } = phone;
  const tags = Array.from({ length: 1000 }, (_, number) => `tag ${String(number).padStart(4, '0')}`);
  await phone.keepPrivately(
    Array.from({ length: 10 }, (_, part) => ({
      text: `Part ${part}`,
      tags: [...tags.slice(part * 100, part * 100 + 99), 'often'],
    })),
  );
  await phone.go('Diary');
  await phone.tap('Marks and tags');
  const group = page.getByRole('group', { name: 'Tags' });
  await expect(group.getByRole('button').first()).toHaveText(/often\s*10/);
  await phone.tap('All 991 tags');
  await expect(page.getByText('931 more tags. Type a few letters to find one.')).toBeVisible();
  expect(await group.getByRole('button').count()).toBeLessThanOrEqual(61);
  expect.soft(await wrongWith(page), 'tags').toEqual([]);
  await page.getByLabel('Find a tag').fill('0742');
  await group.getByRole('button', { name: /tag 0742/ }).click();
  await expect(lines(page)).toHaveCount(1);
  await expect(phone.button(/Part 7/)).toBeVisible();
  await page.getByLabel('Find a tag').fill('often');
  await group.getByRole('button', { name: /often/ }).click();
  await expect(page.getByRole('list', { name: 'Only these are shown' }).getByRole('button')).toHaveCount(2);
  await expect(lines(page)).toHaveCount(1);
  await phone.tap(/^Only .*tag 0742/);
  await expect(lines(page)).toHaveCount(10);
});

test('back from an entry the list is where it was: words, filters, place, and the keyboard', async ({ phone }) => {
  test.setTimeout(300_000);
  const { page } = phone;
  const day = (number: number) => `2026-0${1 + (number % 8)}-${String(1 + (number % 28)).padStart(2, '0')}`;
  await phone.keepPrivately(
    Array.from({ length: 150 }, (_, number) => ({
      about: day(number),
      text: `Rain, number ${number}.`,
      tags: ['wet'],
    })),
  );
  await phone.put({ about: '2026-03-03', text: 'Sunshine.' });
  await phone.go('Diary');
  await expect(lines(page)).toHaveCount(60);
  await page.getByRole('searchbox').fill('rain');
  await expect(page.getByText('150 entries found.')).toBeVisible();
  await lines(page).last().scrollIntoViewIfNeeded();
  await expect(lines(page)).toHaveCount(120);
  const far = lines(page).nth(90);
  await far.evaluate((line) => line.scrollIntoView({ block: 'center' }));
  const words = await far.locator('.words').innerText();
  // Where it stands is known when it is touched: until then the lines above it may still be measured.
  await far.evaluate((line) => {
    const note = () => (document.body.dataset.touched = String(line.getBoundingClientRect().top));
    line.addEventListener('click', note, { capture: true, once: true });
  });
  await far.click();
  const top = Number(await page.evaluate(() => document.body.dataset.touched));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  // A slow phone may be busy for a while once it has drawn the first lines.
  await page.evaluate(() => {
    const busy = () => {
      const free = performance.now() + 2500;
      while (performance.now() < free);
    };
    const next = () => requestAnimationFrame(() => requestAnimationFrame(busy));
    document.addEventListener('focusin', next, { once: true });
  });
  await page.goBack();

  await expect(page.getByRole('searchbox')).toHaveValue('rain');
  await expect(page.locator('[data-entry]:focus')).toContainText(words);
  const moved = async () => Math.abs((await page.locator('[data-entry]:focus').boundingBox())!.y - top);
  await expect.poll(moved).toBeLessThan(4);
  await expect(page.getByText('150 entries found.')).toBeVisible();
  // Another main page and back is a fresh look.
  await phone.go('Me');
  await phone.go('Diary');
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(lines(page)).toHaveCount(60);
});

test('back from an entry nothing moves under a finger, and whoever scrolls is not held back', async ({ phone }) => {
  const { page } = phone;
  const texts = Array.from({ length: 40 }, (_, number) => ({
    text: `Rain, number ${number}. `.repeat(1 + (number % 4)),
  }));
  await phone.keepPrivately(texts);
  await show(page, { width: 320, theme: 'light', text: 200 });
  const me = page.getByRole('navigation').getByRole('button', { name: 'Me', exact: true });
  for (let round = 0; round < 3; round++) {
    await phone.go('Diary');
    await expect(lines(page)).toHaveCount(40);
    await lines(page).nth(2).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await phone.tap('Back');
    await expect(page.locator('[data-entry]:focus')).toBeVisible();
    // As a switch or a screen reader scrolls: without a wheel, a finger or a key.
    await me.evaluate((button) => button.scrollIntoView());
    await expect(me).toBeInViewport();
    const { x, y, width, height } = (await me.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.waitForTimeout(200);
    await page.mouse.up();
    await expect(page.getByRole('heading', { name: 'Me', level: 1 })).toBeVisible();
  }
});

test('search folds case and accents and shows what was found', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([{ text: 'Un café en la estación.' }, { text: 'Tea at home.' }]);
  await phone.go('Diary');
  await page.getByRole('searchbox').pressSequentially('CAFE esta');
  await expect(lines(page)).toHaveCount(1);
  await expect(page.locator('mark')).toHaveText(['café', 'esta']);
  await page.getByRole('searchbox').fill('');
  await expect(lines(page)).toHaveCount(2);
});

test('two versions are compared by their words, in shapes and in speech', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([{ text: 'He was waiting before the doors opened.' }]);
  await phone.go('Diary');
  await phone.tap(/He was waiting/);
  await phone.tap('Change it');
  await phone.paper.fill('He was not waiting when the doors opened.');
  await phone.isSaved();
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await phone.tap(/He was not waiting/);
  await phone.tap('Compare two versions');
  await expect(page.locator('del')).toHaveText(['taken out: before']);
  await expect(page.locator('ins')).toHaveText(['new: not ', 'new: when']);
  await page.getByRole('heading', { name: 'Earlier versions' }).scrollIntoViewIfNeeded();
  await page.setViewportSize({ width: 900, height: 800 });
  const sides = await page.locator('.sides article').all();
  const boxes = await Promise.all(sides.map((side) => side.boundingBox()));
  expect(boxes[0]!.y).toBe(boxes[1]!.y);
  expect.soft(await wrongWith(page), 'compare-wide').toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  const [first, second] = await Promise.all(sides.map((side) => side.boundingBox()));
  expect(second!.y).toBeGreaterThan(first!.y);
});

test('two phones that wrote while apart: both versions are shown, with who wrote which', async ({ phone, study }) => {
  test.setTimeout(300_000);
  const { page } = phone;
  await phone.join((await study.invite('P-apart')).link);
  const restore = {
    words: await phone.recoveryWords(),
    server: study.server_address,
    lock: 'passphrase',
    secret: 'four plain words together',
  };
  type List = { lines: { entry: { id: string } }[] };
  const all = { query: '', tags: [], mark: null, from: null, to: null };
  const change = async (on: Phone, text: string) => {
    const { lines } = (await on.ask('list_entries', { filter: all, offset: 0, limit: 1 })) as List;
    await on.put({ entry: lines[0]!.entry.id, text });
    await on.ask('sync_now', {});
  };
  await phone.put({ text: 'Before.' });
  await phone.ask('sync_now', {});
  const other = await Phone.unpack(page);
  const third = await Phone.unpack(page);
  try {
    await other.ask('restore_diary', restore);
    await change(other, 'On the other phone.');
    await change(phone, 'On the first phone.');
    await third.ask('restore_diary', restore);
    await change(third, 'On the third phone.');
    await third.open();
    await third.go('Diary');
    await expect(page.getByText('Two versions from two phones')).toBeVisible();
    await third.tap(/On the third phone/);
    await expect(page.getByRole('heading', { name: 'Two versions from two phones' })).toBeVisible();
    await expect(page.getByRole('heading', { name: /on this phone$/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: /on another phone$/ })).toBeVisible();
    await expect(page.getByText(/On the (first|other) phone\./)).toHaveCount(2);
    expect.soft(await wrongWith(page), 'apart').toEqual([]);
    await third.tap('Compare two versions');
    await expect(page.locator('ins')).toHaveText(/third/);
    expect.soft(await wrongWith(page), 'apart-compared').toEqual([]);
  } finally {
    await other.end();
    await third.end();
  }
});

test('an entry is deleted everywhere after a question, from the diary and from the researchers', async ({
  phone,
  study,
}) => {
  const { page } = phone;
  await phone.join((await study.invite('P-delete')).link);
  await phone.write('This one stays.', 'Only me');
  await phone.write('This one goes.', 'Only me');
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  const before = (await study.collect()).totals;
  await phone.go('Diary');
  await phone.tap(/This one goes/);
  await phone.tap('Delete it everywhere');
  const question = page.getByRole('dialog', { name: 'Delete this entry everywhere?' });
  await expect(question).toContainText('Nothing can bring it back, not even your 24 words.');
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText('This one goes.')).toBeVisible();
  await phone.tap('Delete it everywhere');
  await question.getByRole('button', { name: 'Delete it everywhere' }).click();
  await phone.sees('Diary');
  await expect(page.getByText('Deleted here.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(lines(page)).toHaveCount(1);
  await phone.go('Me');
  await phone.tap('Send and fetch now');
  await expect(page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
  const { totals } = await study.collect();
  expect(totals.private).toBe(before.private - 1);
});

test('in a private diary an entry is just deleted', async ({ phone }) => {
  const { page } = phone;
  await phone.keepPrivately([{ text: 'Only here.' }]);
  await phone.go('Diary');
  await phone.tap(/Only here/);
  await phone.tap('Delete it');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByText('Deleted.')).toBeVisible();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
});
