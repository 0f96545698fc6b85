/** A phone: a diary in a temporary folder behind the real core, and the page that shows it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '../../../ui/common/generated/diary';
import { given, Listening, output } from './programs';
import { wordsOf, type Say } from './words';

export const PASSPHRASE = 'four plain words together';

/** A message's words, standing alone or at the beginning of a longer name. */
export function beginning(words: string): RegExp {
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

export class Phone {
  /** The time zone where the phone is; without one it is where this machine is. */
  private zone: string | undefined;
  /** The words of the language that the page speaks. */
  say: Say = wordsOf('en');

  private constructor(
    readonly page: Page,
    private readonly folder: string,
    private host: Listening,
    private readonly reminds: boolean,
    private readonly lockAfter: number | undefined,
  ) {}

  /** `reminds`: whether the device can show reminders, and read aloud. `lockAfter`: seconds after which the lock falls by itself; else it does not. */
  static async unpack(page: Page, reminds = true, lockAfter?: number): Promise<Phone> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-phone-'));
    const phone = new Phone(page, folder, await Phone.host(folder, reminds, lockAfter), reminds, lockAfter);
    await phone.open();
    return phone;
  }

  private static host(folder: string, reminds = true, lockAfter?: number, zone?: string): Promise<Listening> {
    const args = [
      '--vault',
      join(folder, 'vault'),
      '--outbox',
      join(folder, 'Downloads'),
      ...(reminds ? ['--reminders', join(folder, 'reminders'), '--speech', join(folder, 'speech')] : []),
      ...(lockAfter === undefined ? [] : ['--lock-after', `${lockAfter}`]),
      '--page',
      join(import.meta.dirname, '../../../ui/dist/diary'),
    ];
    return Listening.start(given('WAYMARK_BROWSER_HOST'), args, zone === undefined ? {} : { TZ: zone });
  }

  async open(): Promise<void> {
    // Another page first: an address that differs only behind its # would not be loaded anew.
    await this.page.goto('about:blank');
    await this.page.goto(this.host.address);
  }

  /** Another language, from the foot of the first screens. */
  async speak(language: string): Promise<void> {
    await this.page.getByRole('combobox', { name: this.say('looks-language') }).selectOption(language);
    this.say = wordsOf(language);
    await expect(this.page.locator('html')).toHaveAttribute('lang', language);
  }

  /** The power goes, at once, and comes back; where the phone then is may be another time zone. */
  async crashAndRestart(zone = this.zone): Promise<void> {
    this.zone = zone;
    await this.host.end('SIGKILL');
    await this.start();
  }

  private async start(): Promise<void> {
    this.host = await Phone.host(this.folder, this.reminds, this.lockAfter, this.zone);
    await this.open();
  }

  /** The app is closed; a pilot does something with the diary, at another time than now; the app is open again, and locked. */
  async pilot(at: Date, command: string, ...args: string[]): Promise<void> {
    await this.host.end();
    const where = ['--vault', join(this.folder, 'vault'), '--now', at.toISOString()];
    await output(given('WAYMARK_PILOT'), [command, ...where, ...args], PASSPHRASE);
    await this.start();
  }

  /** A file of the app's own folder. */
  beside(name: string): string {
    return join(this.folder, 'vault', name);
  }

  /** Where files are that have left the app. */
  get outbox(): string {
    return join(this.folder, 'Downloads');
  }

  /** The reminders that this device has shown. */
  async reminded(): Promise<string[]> {
    const shown = await readFile(join(this.folder, 'reminders'), 'utf8').catch(() => '');
    return shown.split('\n').filter((line) => line !== '');
  }

  /** What this device has read aloud, and when it was told to stop. */
  async heard(): Promise<string[]> {
    const heard = await readFile(join(this.folder, 'speech'), 'utf8').catch(() => '');
    return heard.split('\n').filter((line) => line !== '');
  }

  async end(): Promise<void> {
    // The page goes before its host: it would be loaded anew as its diary is locked, and a browser that is closed in the middle of
    // that may not come to its end.
    if (!this.page.isClosed()) await this.page.goto('about:blank');
    await this.host.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What the page would ask of the core, asked without the page: to have many entries at once. */
  async ask(command: string, input: object): Promise<unknown> {
    const { origin, hash } = new URL(this.host.address);
    const reply = await fetch(`${origin}/call/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-waymark-token': hash.slice(1) },
      body: JSON.stringify(input),
    });
    if (!reply.ok) throw new Error(`${command}: ${await reply.text()}`);
    return reply.json();
  }

  /** A diary of its own, with these entries in it, open at today. */
  async keepPrivately(entries: Partial<Draft>[]): Promise<void> {
    await this.ask('create_diary', { lock: 'passphrase', secret: PASSPHRASE });
    for (const entry of entries) await this.put(entry);
    await this.open();
    await this.seesToday();
  }

  /** An entry, without the page. */
  async put(entry: Partial<Draft>): Promise<void> {
    const draft = { id: '', entry: null, prompt_set: 'free', about: '2026-03-03', answers: [], text: '', weight: null };
    await this.ask('finish_entry', {
      draft: { ...draft, tags: [], caret: null, saved_at: null, ...entry },
      readers: 'only-me',
    });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  async tap(name: string | RegExp): Promise<void> {
    await this.button(name).click();
  }

  /** Chooses one answer of a few, by its words or their beginning. */
  async choose(answer: string): Promise<void> {
    await this.page.getByRole('radio', { name: beginning(answer) }).check();
  }

  async sees(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }

  /** Opens an invitation and stops before its questions. */
  async readInvitation(invitation: string): Promise<void> {
    await this.tap(beginning(this.say('welcome-invitation')));
    await this.page.getByLabel(this.say('invitation-label')).fill(invitation);
    await this.tap(this.say('invitation-open'));
  }

  async answerConsent(answer: 'Yes' | 'No' = 'Yes'): Promise<void> {
    await this.sees(this.say('consent-title'));
    const words = this.say(answer === 'Yes' ? 'consent-yes' : 'consent-no');
    for (const question of await this.page.getByRole('group').all()) await question.getByLabel(words).check();
  }

  async chooseLock(): Promise<void> {
    await this.sees(this.say('choose-lock-title'));
    await this.page.getByLabel(this.say('choose-lock-secret-passphrase'), { exact: true }).fill(PASSPHRASE);
    await this.page.getByLabel(this.say('choose-lock-again-passphrase')).fill(PASSPHRASE);
    await this.tap(this.say('choose-lock-done'));
  }

  /** From an invitation to Today, with the words put off. */
  async join(invitation: string): Promise<void> {
    await this.readInvitation(invitation);
    await this.tap(this.say('study-continue'));
    await this.answerConsent();
    await this.tap(this.say('consent-join-locked'));
    await this.chooseLock();
    await this.sees(this.say('words-title'));
    await this.tap(this.say('later'));
    await this.seesToday();
  }

  /** From the first screen to Today, with the words of a phone that was lost. */
  async comeBack(words: string, server: string): Promise<void> {
    await this.tap(beginning(this.say('welcome-restore')));
    await this.page.getByLabel(this.say('restore-words-label')).fill(words);
    await this.page.getByLabel(this.say('restore-server-label')).fill(server);
    await this.tap(this.say('restore-next'));
    await this.chooseLock();
    await this.seesToday();
  }

  async seesToday(): Promise<void> {
    await expect(this.button(this.say('nav-today'))).toHaveAttribute('aria-current', 'page');
  }

  async go(tab: 'Today' | 'Diary' | 'Support' | 'Me'): Promise<void> {
    const name = this.say({ Today: 'nav-today', Diary: 'nav-diary', Support: 'nav-support', Me: 'nav-me' }[tab]);
    await this.page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  }

  /** The 24 words, asked without the page. */
  async recoveryWords(): Promise<string> {
    const { words } = (await this.ask('recovery_words', {})) as { words: string[] };
    return words.join(' ');
  }

  /** The 24 words as the screen shows them. */
  async words(): Promise<string[]> {
    await this.sees(this.say('words-title'));
    const words = this.page.getByRole('list', { name: this.say('words-list') }).locator('.word');
    // The heading is there before the words are.
    await expect(words).toHaveCount(24);
    return words.allInnerTexts();
  }

  get paper(): Locator {
    return this.page.getByRole('textbox').first();
  }

  async isSaved(): Promise<void> {
    await expect(this.page.getByText(this.say('write-saved'), { exact: true })).toBeVisible();
  }

  /** Writes freely and stops at the question of who may read it. */
  async writeFreely(text: string): Promise<void> {
    await this.tap(this.say('today-write-free'));
    await this.paper.fill(text);
    await this.isSaved();
    await this.tap(this.say('write-done'));
  }

  /** An entry, whole: written and decided on. */
  async write(text: string, readers: 'Only me' | 'Me and the study'): Promise<void> {
    await this.writeFreely(text);
    await this.choose(this.say(readers === 'Only me' ? 'readers-only-me' : 'readers-study'));
    await this.tap(this.say('readers-done'));
    await this.seesToday();
  }

  async unlock(passphrase = PASSPHRASE): Promise<void> {
    await this.page.getByLabel(this.say('lock-passphrase')).fill(passphrase);
    await this.tap(this.say('lock-open'));
  }
}
