/** Words that could tell who somebody is, and an entry that is spoken. The browser has a microphone of its own for it. */
import { expect } from '@playwright/test';
import { at, type Walk } from './walk';

export const speaking: Walk = {
  name: 'speaking',
  stops: [
    at('write-cue', async ({ phone, say, study }) => {
      await phone.join((await study.invite('P-speaking')).link);
      await phone.tap(say('today-write-free'));
      await phone.paper.fill('I sat with Danny before the doors opened.');
      await phone.isSaved();
      await expect(phone.button(say('cue-fine'))).toBeVisible();
    }),
    at('write-cue-fine', async ({ phone, say }) => {
      await phone.tap(say('cue-fine'));
      await expect(phone.button(say('undo'))).toBeVisible();
    }),
    at('write-recording', async ({ phone, page, say }) => {
      await phone.paper.fill('I sat with Danny before the doors opened. His number is 07700 900123.');
      await phone.isSaved();
      await phone.tap(say('voice-say'));
      await expect(page.getByText(say('voice-recording'), { exact: true })).toBeVisible();
    }),
    at('write-recording-paused', async ({ phone, page, say }) => {
      await phone.tap(say('voice-pause'));
      await expect(page.getByText(say('voice-paused'), { exact: true })).toBeVisible();
    }),
    at('ask-throw-recording-away', async ({ phone, page, say }) => {
      await phone.tap(say('voice-discard'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    at('write-recorded', async ({ phone, page, say }) => {
      await phone.tap(say('voice-discard-no'));
      await phone.tap(say('voice-stop'));
      await expect(phone.button(say('voice-say'))).toBeVisible();
      await expect(page.locator('audio')).toHaveCount(1);
      await phone.isSaved();
    }),
    at('readers-cue', async ({ phone, say }) => {
      await phone.tap(say('write-done'));
      await expect(phone.button(say('cue-look-again'))).toBeVisible();
    }),
    at('entry-voice', async ({ phone, page, say }) => {
      await phone.choose(say('readers-only-me'));
      await phone.tap(say('readers-done'));
      await phone.seesToday();
      await phone.go('Diary');
      await phone.tap(/I sat with Danny/);
      await expect(page.locator('audio')).toHaveCount(1);
    }),
    at('me-fine', async ({ phone, page, say }) => {
      await phone.tap(say('back'));
      await phone.go('Me');
      await expect(page.getByRole('heading', { name: say('me-fine') })).toBeVisible();
      await expect(phone.button(say('keep-backup'))).toBeVisible();
    }),
  ],
};
