/**
 * Every screen that is worth looking at, in the order of a walk. A new screen or state is a new line here: the gallery
 * (`cargo xtask screens`) then shows it and `specs/look.spec.ts` judges it, in each language, size and light.
 */
import { expect } from '@playwright/test';
import { beginning } from '../world/phone';
import { keeping } from './keeping';
import { twoPhones } from './phones';
import { rereading } from './rereading';
import { speaking } from './speaking';
import { support } from './support';
import { takingPart } from './taking-part';
import { timely } from './timely';
import { at, type Going, type Walk } from './walk';

const WAITING = 'He was waiting before the doors opened, and I saw myself, four years ago.';
const QUIET = 'A quiet one, for me.';
const LONG =
  'The landlord said yes. Then the form came back, twice, and I rang every number on it until one was right.';

/** A question that the example study does not have: one with answers to choose from. */
function withChoice(file: string): string {
  const option = (id: string, text: string) => `[[prompt.option]]\nid = "${id}"\ntext.en = "${text}"\n`;
  return `${file}
[[prompt]]
id = "heard"
set = "something-happened"
kind = "choice"
text.en = "Did you feel heard?"
${option('yes', 'Yes')}${option('partly', 'Partly, or only by some of them')}${option('no', 'No')}`;
}

/** To the end of the questions, each skipped. */
async function toTheLast({ phone, say }: Going): Promise<void> {
  while (!(await phone.button(say('write-done')).isVisible())) await phone.tap(say('write-skip'));
}

const firstRun: Walk = {
  name: 'first-run',
  change: withChoice,
  stops: [
    at('welcome', ({ phone, say }) => phone.sees(say('welcome-title'))),
    at('restore', async ({ phone, say }) => {
      await phone.tap(beginning(say('welcome-restore')));
      await phone.sees(say('restore-title'));
    }),
    at('restore-23-words', async ({ phone, page, say }) => {
      await page.getByLabel(say('restore-words-label'), { exact: true }).fill('abandon '.repeat(23));
      await page.getByLabel(say('restore-server-label')).fill('https://diary.example.org');
      await phone.tap(say('restore-next'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('invitation', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.tap(beginning(say('welcome-invitation')));
      await phone.sees(say('invitation-title'));
    }),
    at('invitation-empty', async ({ phone, page, say }) => {
      await phone.tap(say('invitation-open'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('invitation-unreadable', async ({ phone, page, say }) => {
      await page.getByLabel(say('invitation-label')).fill('waymark://join/NOTONE');
      await phone.tap(say('invitation-open'));
      await expect(page.getByText(say('error-invitation-unreadable'))).toBeVisible();
    }),
    at('invitation-typed', async ({ page, say, study }) => {
      await page.getByLabel(say('invitation-label')).fill((await study.invite('P-first-run')).text);
    }),
    at('study', async ({ phone, page, say }) => {
      await phone.tap(say('invitation-open'));
      await expect(page.getByRole('heading', { name: say('study-read-heading') })).toBeVisible();
    }),
    at('consent', async ({ phone, say }) => {
      await phone.tap(say('study-continue'));
      await phone.sees(say('consent-title'));
    }),
    at('consent-unanswered', async ({ phone, page, say }) => {
      await phone.tap(say('consent-join-locked'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('consent-refused', async ({ phone, page, say }) => {
      await phone.answerConsent('No');
      await expect(page.getByText(say('consent-needs-yes'))).toBeVisible();
    }),
    at('consent-agreed', ({ phone }) => phone.answerConsent()),
    at('choose-lock', async ({ phone, say }) => {
      await phone.tap(say('consent-join-locked'));
      await phone.sees(say('choose-lock-title'));
    }),
    at('choose-lock-pin', async ({ phone, say }) => {
      await phone.choose(say('choose-lock-pin'));
    }),
    at('choose-lock-short', async ({ phone, page, say }) => {
      await phone.choose(say('choose-lock-passphrase'));
      await phone.tap(say('choose-lock-done'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('words', async ({ phone }) => {
      await phone.chooseLock();
      expect(await phone.words()).toHaveLength(24);
    }),
    at('words-check', async ({ phone, say }) => {
      await phone.tap(say('words-written'));
      await phone.sees(say('words-check-title'));
    }),
    at('words-check-wrong', async ({ phone, page, say }) => {
      for (const field of await page.getByRole('textbox').all()) await field.fill('wrong');
      await phone.tap(say('words-check-done'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('today-first', async ({ phone, say }) => {
      await phone.tap(say('later'));
      await phone.seesToday();
    }),
    at('diary-empty', async ({ phone, page, say }) => {
      await phone.go('Diary');
      await expect(page.getByText(say('diary-empty'))).toBeVisible();
    }),
    at('write-question', async ({ phone, say }) => {
      await phone.go('Today');
      await phone.tap(say('today-write'));
      await expect(phone.paper).toBeVisible();
    }),
    at('write-saved', async ({ phone }) => {
      await phone.paper.fill(WAITING);
      await phone.isSaved();
    }),
    at('write-last-things', async (going) => {
      const { phone, page, say } = going;
      await phone.tap(say('next'));
      await toTheLast(going);
      await page.getByLabel(say('weight-heavy'), { exact: true }).check();
      for (const tag of ['doors', 'الباب']) {
        await page.getByLabel(say('write-tags'), { exact: true }).fill(tag);
        await phone.tap(say('write-tag-add'));
      }
    }),
    at('readers', async ({ phone, say }) => {
      await phone.tap(say('write-done'));
      await phone.sees(say('readers-title'));
    }),
    at('readers-not-chosen', async ({ phone, page, say }) => {
      await phone.tap(say('readers-done'));
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('today-held', async ({ phone, page, say }) => {
      await phone.choose(say('readers-study'));
      await phone.tap(say('readers-done'));
      await phone.seesToday();
      await expect(page.getByText(say('sync-up-to-date'))).toBeVisible();
    }),
    at('today-kept-private', async ({ phone, page, say }) => {
      await phone.tap(beginning(say('entry-keep-private')));
      await expect(page.getByText(say('today-kept-private'))).toBeVisible();
      await expect(page.getByText(say('sync-up-to-date'))).toBeVisible();
    }),
    at('write-free', async ({ phone, say }) => {
      await phone.tap(say('undo'));
      await phone.tap(say('today-write-free'));
      await phone.paper.fill(QUIET);
      await phone.isSaved();
    }),
    at('write-choice', async (going) => {
      const { phone, page, say } = going;
      await phone.tap(say('write-done'));
      await phone.choose(say('readers-only-me'));
      await phone.tap(say('readers-done'));
      await phone.seesToday();
      await phone.tap('Something happened');
      await phone.paper.fill(LONG);
      await phone.isSaved();
      await phone.tap(say('next'));
      while (!(await page.getByRole('radio').first().isVisible())) await phone.tap(say('write-skip'));
      await page.getByRole('radio').nth(1).check();
    }),
    at('today-draft', async ({ phone, say }) => {
      await phone.isSaved();
      await phone.button(say('nav-today')).click();
      await expect(phone.button(say('today-draft-on'))).toBeVisible();
    }),
    at('ask-throw-away', async ({ phone, page, say }) => {
      await phone.tap(say('today-draft-discard'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    at('ask-in-the-middle', async ({ phone, page, say }) => {
      await phone.tap(say('today-discard-no'));
      await phone.tap(say('today-write-free'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    at('diary', async ({ phone, page, say }) => {
      await phone.tap(say('today-busy-keep'));
      await expect(phone.paper).toBeVisible();
      await phone.button(say('nav-today')).click();
      await phone.go('Diary');
      await expect(page.getByText(QUIET)).toBeVisible();
    }),
    at('diary-found', async ({ page }) => {
      await page.getByRole('searchbox').fill('waiting');
      await expect(page.locator('mark')).toBeVisible();
    }),
    at('diary-nothing-found', async ({ page, say }) => {
      await page.getByRole('searchbox').fill('nowhere to be found');
      await expect(page.getByRole('status').filter({ hasText: say('diary-found', { count: 0 }) })).toBeVisible();
    }),
    at('entry-held', async ({ phone, page, say }) => {
      await page.getByRole('searchbox').fill('');
      await phone.tap(/He was waiting/);
      await expect(phone.button(say('entry-keep-private'))).toBeVisible();
    }),
    at('entry-backed-up', async ({ phone, page, say }) => {
      await phone.tap(say('back'));
      await phone.tap(/A quiet one/);
      await expect(page.getByText(say('place-backed-up'))).toBeVisible();
    }),
    at('entry-change', async ({ phone, say }) => {
      await phone.tap(say('entry-edit'));
      await phone.sees(say('write-edit-title'));
    }),
    at('readers-again', async ({ phone, say }) => {
      await phone.paper.fill(`${QUIET} And for nobody else.`);
      await phone.isSaved();
      await phone.tap(say('write-done'));
      await phone.sees(say('readers-title'));
    }),
    at('entry-on-this-phone', async ({ phone, page, say, study }) => {
      await study.stopServer();
      await phone.choose(say('readers-only-me'));
      await phone.tap(say('readers-done'));
      await phone.seesToday();
      await phone.go('Diary');
      await phone.tap(/And for nobody else/);
      await page.locator('summary').click();
      await expect(page.getByText(say('place-on-this-phone'))).toBeVisible();
    }),
    at('support', async ({ phone, say }) => {
      await phone.tap(say('back'));
      await phone.go('Support');
      await phone.sees(say('support-title'));
    }),
    at('me-server-away', async ({ phone, page, say }) => {
      await phone.go('Me');
      await phone.tap(say('sync-now'));
      await expect(page.getByText(say('error-server-unreachable'))).toBeVisible();
    }),
    at('looks', async ({ phone, say }) => {
      await phone.tap(say('me-looks'));
      await phone.sees(say('looks-title'));
    }),
    at('lock', async ({ phone, page, say }) => {
      await phone.tap(say('lock-now'));
      await expect(page.getByLabel(say('lock-passphrase'))).toBeFocused();
    }),
    at('lock-wrong', async ({ phone, page }) => {
      await phone.unlock('something else');
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }),
    at('diaries', async ({ phone, say }) => {
      await phone.tap(say('lock-other'));
      await phone.sees(say('diaries-title'));
    }),
    at('welcome-other', async ({ phone, page, say }) => {
      await phone.tap(say('diaries-new'));
      await expect(page.getByRole('button', { name: say('welcome-other') })).toBeVisible();
    }),
  ],
};

const shared: Walk = {
  name: 'shared',
  hold: '0h',
  stops: [
    at('today-waiting', async ({ phone, page, say, study }) => {
      await phone.join((await study.invite('P-shared')).link);
      await expect(page.getByText(say('sync-up-to-date'))).toBeVisible();
      await study.stopServer();
      await phone.write(WAITING, 'Me and the study');
      await expect(page.getByText(say('error-server-unreachable'))).toBeVisible();
    }),
    at('entry-waiting', async ({ phone, page, say }) => {
      await phone.go('Diary');
      await phone.tap(/He was waiting/);
      await expect(page.getByText(say('place-waiting'))).toBeVisible();
    }),
    at('entry-with-study', async ({ phone, page, say, study }) => {
      await study.startServer();
      await phone.tap(say('back'));
      await phone.go('Me');
      await phone.tap(say('sync-now'));
      await expect(page.getByText(say('sync-up-to-date'))).toBeVisible();
      await phone.go('Diary');
      await phone.tap(/He was waiting/);
      await expect(page.getByText(say('place-with-study'), { exact: true })).toBeVisible();
    }),
    at('entry-earlier-with-study', async ({ phone, page, say }) => {
      await phone.tap(say('entry-edit'));
      await phone.paper.fill(`${WAITING} And this is mine.`);
      await phone.isSaved();
      await phone.tap(say('write-done'));
      await phone.choose(say('readers-only-me'));
      await phone.tap(say('readers-done'));
      await phone.seesToday();
      await expect(page.getByText(say('sync-up-to-date'))).toBeVisible();
      await phone.go('Diary');
      await phone.tap(/He was waiting/);
      await expect(page.getByText(say('place-earlier'))).toBeVisible();
    }),
    at('ask-take-back', async ({ phone, page, say, study }) => {
      await study.stopServer();
      await phone.tap(say('entry-withdraw-earlier'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    at('entry-withdrawing', async ({ phone, page, say }) => {
      await phone.page
        .getByRole('dialog')
        .getByRole('button', { name: say('entry-withdraw-yes') })
        .click();
      await expect(page.getByText(say('place-withdrawing'))).toBeVisible();
    }),
    at('entry-withdrawn', async ({ phone, page, say, study }) => {
      await study.startServer();
      await phone.tap(say('back'));
      await phone.go('Me');
      await phone.tap(say('sync-now'));
      await expect(page.getByText(say('sync-up-to-date'))).toBeVisible();
      await phone.go('Diary');
      await phone.tap(/He was waiting/);
      await expect(page.getByText(say('place-withdrawn'), { exact: true })).toBeVisible();
    }),
    at('ask-delete-everywhere', async ({ phone, page, say }) => {
      await phone.tap(say('entry-delete-study'));
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    at('me', async ({ phone, say }) => {
      await phone.tap(say('entry-delete-no'));
      await phone.tap(say('back'));
      await phone.go('Me');
      await phone.sees(say('me-title'));
    }),
  ],
};

const alone: Walk = {
  name: 'alone',
  stops: [
    at('alone-today', async ({ phone, say }) => {
      await phone.tap(beginning(say('welcome-private')));
      await phone.chooseLock();
      await phone.tap(say('later'));
      await phone.seesToday();
    }),
    at('alone-support', async ({ phone, page, say }) => {
      await phone.go('Support');
      await expect(page.getByText(say('support-none'))).toBeVisible();
    }),
    at('alone-me', async ({ phone, page, say }) => {
      await phone.go('Me');
      await expect(page.getByText(say('me-no-study'))).toBeVisible();
    }),
  ],
};

export const walks: readonly Walk[] = [
  firstRun,
  shared,
  alone,
  speaking,
  rereading,
  takingPart,
  timely,
  keeping,
  twoPhones,
  support,
];
