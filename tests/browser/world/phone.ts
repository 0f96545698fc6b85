/** A phone: a diary in a temporary folder behind the real core, and the page that shows it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '../../../ui/common/generated/diary';
import { given, Listening } from './programs';

export const PASSPHRASE = 'four plain words together';

export class Phone {
  private constructor(
    readonly page: Page,
    private readonly folder: string,
    private host: Listening,
  ) {}

  static async unpack(page: Page): Promise<Phone> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-phone-'));
    const phone = new Phone(page, folder, await Phone.host(folder));
    await phone.open();
    return phone;
  }

  private static host(folder: string): Promise<Listening> {
    return Listening.start(given('WAYMARK_BROWSER_HOST'), [
      '--vault',
      join(folder, 'vault'),
      '--page',
      join(import.meta.dirname, '../../../ui/dist/diary'),
    ]);
  }

  async open(): Promise<void> {
    // Another page first: an address that differs only behind its # would not be loaded anew.
    await this.page.goto('about:blank');
    await this.page.goto(this.host.address);
  }

  /** The power goes, at once, and comes back. */
  async crashAndRestart(): Promise<void> {
    await this.host.end('SIGKILL');
    this.host = await Phone.host(this.folder);
    await this.open();
  }

  async end(): Promise<void> {
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

  async sees(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }

  /** Opens an invitation and stops before its questions. */
  async readInvitation(invitation: string): Promise<void> {
    await this.tap(/I have an invitation/);
    await this.page.getByLabel('Paste the link, or type the text').fill(invitation);
    await this.tap('Open the invitation');
  }

  async answerConsent(answer: 'Yes' | 'No' = 'Yes'): Promise<void> {
    await this.sees('Your say');
    for (const question of await this.page.getByRole('group').all()) await question.getByLabel(answer).check();
  }

  async chooseLock(): Promise<void> {
    await this.sees('Choose a lock');
    await this.page.getByLabel('Your passphrase').fill(PASSPHRASE);
    await this.page.getByLabel('The same passphrase again').fill(PASSPHRASE);
    await this.tap('Lock it with this');
  }

  /** From an invitation to Today, with the words put off. */
  async join(invitation: string): Promise<void> {
    await this.readInvitation(invitation);
    await this.tap('Go on to the questions');
    await this.answerConsent();
    await this.tap('Choose a lock');
    await this.chooseLock();
    await this.sees('Your 24 words');
    await this.tap('Later');
    await this.seesToday();
  }

  async seesToday(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Today', exact: true })).toHaveAttribute('aria-current', 'page');
  }

  async go(tab: 'Today' | 'Diary' | 'Support' | 'Me'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: tab }).click();
  }

  /** The 24 words as the screen shows them. */
  async words(): Promise<string[]> {
    await this.sees('Your 24 words');
    return this.page.getByRole('list', { name: 'Your 24 words in order' }).locator('.word').allInnerTexts();
  }

  get paper(): Locator {
    return this.page.getByRole('textbox').first();
  }

  async isSaved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible();
  }

  /** Writes freely and stops at the question of who may read it. */
  async writeFreely(text: string): Promise<void> {
    await this.tap('Write about anything');
    await this.paper.fill(text);
    await this.isSaved();
    await this.tap('Done');
  }

  /** An entry, whole: written and decided on. */
  async write(text: string, readers: 'Only me' | 'Me and the study'): Promise<void> {
    await this.writeFreely(text);
    await this.page.getByLabel(readers).check();
    await this.tap('Done');
    await this.seesToday();
  }

  async unlock(passphrase = PASSPHRASE): Promise<void> {
    await this.page.getByLabel('Passphrase').fill(passphrase);
    await this.tap('Open');
  }
}
