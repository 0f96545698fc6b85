/** Keeping the diary: copies of it, another lock, a new key, and the way back from a backup file on another phone. */
import { expect } from '@playwright/test';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beginning, PASSPHRASE } from '../world/phone';
import { at, type Walk } from './walk';

const PIN = '602214';

/** The sealed copy, in the folder of the phone that made it. */
let copy = '';

export const keeping: Walk = {
  name: 'keeping',
  stops: [
    at('backup', async ({ phone, say, study }) => {
      await phone.join((await study.invite('P-keeping')).link);
      await phone.go('Me');
      await phone.tap(say('keep-backup'));
      await phone.sees(say('keep-backup'));
    }),
    at('backup-saved', async ({ phone, say }) => {
      await phone.tap(say('backup-save'));
      await phone.sees(say('backup-saved-title'));
      const name = (await readdir(phone.outbox)).find((each) => each.endsWith('.waymark-backup'));
      copy = join(phone.outbox, name!);
    }),
    at('export', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.tap(say('keep-export'));
      await phone.sees(say('keep-export'));
    }),
    at('export-refused', async ({ phone, page, say }) => {
      await page.getByLabel(say('old-lock-label', { lock: 'passphrase' })).fill('not this one');
      await phone.tap(say('export-save'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('export-saved', async ({ phone, page, say }) => {
      await page.getByLabel(say('old-lock-label', { lock: 'passphrase' })).fill(PASSPHRASE);
      await phone.tap(say('export-save'));
      await phone.sees(say('export-saved-title'));
    }),
    at('lock-settings', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.tap(say('me-lock-change'));
      await expect(phone.button(say('someone-go'))).toBeVisible();
    }),
    at('old-lock', async ({ phone, say }) => {
      await phone.tap(say('lock-settings-change'));
      await phone.sees(say('old-lock-title', { lock: 'passphrase' }));
    }),
    at('someone-knows', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.tap(say('someone-go'));
      await phone.sees(say('someone-title', { lock: 'passphrase' }));
    }),
    at('me-new-key', async ({ phone, page, say }) => {
      await page.getByLabel(say('old-lock-label', { lock: 'passphrase' })).fill(PASSPHRASE);
      await phone.tap(say('someone-next'));
      await phone.choose(say('choose-lock-pin'));
      await page.getByLabel(say('choose-lock-secret-pin'), { exact: true }).fill(PIN);
      await page.getByLabel(say('choose-lock-again-pin')).fill(PIN);
      await phone.tap(say('choose-lock-done'));
      await expect(page.getByText(say('someone-done-closed'))).toBeVisible();
      await expect(phone.button(say('keep-backup'))).toBeVisible();
    }),
    at('lock-settings-words-closed', async ({ phone, say }) => {
      await phone.tap(say('me-lock-change'));
      await expect(phone.button(say('words-open-title'))).toBeVisible();
    }),
    at('words-open', async ({ phone, say }) => {
      await phone.tap(say('words-open-title'));
      await phone.sees(say('words-open-title'));
    }),
    at('backup-pin', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.tap(say('back'));
      await phone.tap(say('keep-backup'));
      await phone.sees(say('keep-backup'));
    }),
    at('lock-pin', async ({ phone, page, say }) => {
      await phone.tap(say('lock-now'));
      await expect(page.getByLabel(say('lock-pin'))).toBeFocused();
    }),
    at('forgot', async ({ phone, say }) => {
      await phone.tap(say('lock-forgot', { lock: 'pin' }));
      await phone.sees(say('forgot-title', { lock: 'pin' }));
    }),
    at('backup-file', async (going) => {
      await going.unpackAnother();
      await going.phone.tap(beginning(going.say('welcome-backup')));
      await going.phone.sees(going.say('backup-file-title'));
    }),
    at('backup-file-whole', async ({ page, say }) => {
      await page.getByLabel(say('backup-file-label')).setInputFiles(copy);
      await expect(page.getByText(say('backup-file-whole'))).toBeVisible();
    }),
    at('me-parted', async ({ phone, page, say }) => {
      await page.getByLabel(say('backup-file-passphrase'), { exact: true }).fill(PASSPHRASE);
      await phone.tap(say('restore-next'));
      await phone.chooseLock();
      await phone.seesToday();
      await phone.go('Me');
      await expect(phone.button(say('reconnect-go'))).toBeVisible();
    }),
    at('reconnect', async ({ phone, page, say }) => {
      await phone.tap(say('reconnect-go'));
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    }),
  ],
};
