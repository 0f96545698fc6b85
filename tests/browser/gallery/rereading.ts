/** A diary of some months, re-read: the calendar, marks and tags, and two versions beside each other. */
import { expect } from '@playwright/test';
import { at, type Walk } from './walk';

const BEFORE = 'He was waiting before the doors opened, and I saw myself, four years ago.';
const AFTER = 'He was not waiting when the doors opened, and I saw myself, four years ago.';

/** More tags than are shown at first, among them a long one and one that runs the other way. */
const TAGS = ['doors', 'الباب', 'the long corridor on the second floor', 'forms', 'rent', 'quiet', 'phone', 'rain'];
const MORE_TAGS = ['weekend', 'music', 'sister', 'bus', 'garden', 'letters'];

export const rereading: Walk = {
  name: 'rereading',
  stops: [
    at('diary-months', async ({ phone }) => {
      await phone.keepPrivately([
        { about: '2026-02-27', text: 'The form came back, twice.', weight: 'heavy', tags: MORE_TAGS },
        { about: '2026-03-03', text: 'Tea, and the radio on.', weight: 'light', tags: ['quiet'] },
        { about: '2026-03-03', text: BEFORE, weight: 'okay', tags: TAGS },
      ]);
      await phone.go('Diary');
      await expect(phone.page.locator('[data-entry]')).toHaveCount(3);
    }),
    at('diary-calendar', async ({ phone, page, say }) => {
      await phone.tap(say('diary-calendar'));
      await expect(page.getByRole('grid')).toBeVisible();
    }),
    at('diary-calendar-day', async ({ page }) => {
      await page.getByRole('grid').locator('[tabindex="0"]').click();
      await expect(page.locator('[data-entry]')).toHaveCount(2);
    }),
    at('diary-tags', async ({ phone, page, say }) => {
      await phone.tap(say('diary-calendar'));
      await phone.tap(say('diary-narrow'));
      await expect(page.getByRole('group', { name: say('tags-title') })).toBeVisible();
    }),
    at('diary-tags-all', async ({ page, say }) => {
      await page
        .getByRole('group', { name: say('tags-title') })
        .locator('button')
        .last()
        .click();
      await page.getByLabel(say('tags-find')).fill('o');
      await expect(
        page
          .getByRole('group', { name: say('tags-title') })
          .locator('button')
          .first(),
      ).toBeVisible();
    }),
    at('diary-narrowed', async ({ phone, page }) => {
      await phone.tap(/^doors/);
      await expect(page.locator('[data-entry]')).toHaveCount(1);
    }),
    at('entry-marked', async ({ phone, say }) => {
      await phone.tap(/He was waiting/);
      await phone.tap(say('mark-interview'));
      await expect(phone.button(say('mark-interview'))).toHaveAttribute('aria-pressed', 'true');
    }),
    at('entry-compare', async ({ phone, page, say }) => {
      await phone.tap(say('entry-edit'));
      await phone.paper.fill(AFTER);
      await phone.isSaved();
      await phone.tap(say('write-done'));
      await phone.seesToday();
      await phone.go('Diary');
      await phone.tap(/He was not waiting/);
      await phone.tap(say('entry-compare'));
      await expect(page.locator('ins').first()).toBeVisible();
    }),
    at('ask-delete', async ({ phone, page, say }) => {
      await phone.tap(say('entry-delete'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
  ],
};
