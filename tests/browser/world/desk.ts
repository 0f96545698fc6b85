/** The researcher's desk: the real program with a study's desk behind it, and the page that shows it. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Listening } from './programs';
import { DESK_PASSPHRASE, type Study } from './study';
import { wordsOfDesk } from './words';

/** Terms of the line at the foot, beside what was received. */
export const CLASSES = ['opened', 'private', 'control', 'erased', 'waiting', 'quarantined'] as const;

export class DeskPage {
  readonly say = wordsOfDesk();

  private constructor(
    readonly page: Page,
    private readonly program: Listening,
  ) {}

  static async open(page: Page, study: Study): Promise<DeskPage> {
    return DeskPage.show(page, await study.openDesk());
  }

  /** The page of a program that runs already. */
  static async show(page: Page, program: Listening): Promise<DeskPage> {
    const desk = new DeskPage(page, program);
    await page.goto(desk.link);
    return desk;
  }

  /** The link that the program has printed: good once. */
  get link(): string {
    return this.program.address;
  }

  async unlock(passphrase = DESK_PASSPHRASE): Promise<void> {
    await this.page.getByLabel(this.say('unlock-passphrase')).fill(passphrase);
    await this.page.keyboard.press('Enter');
  }

  async sees(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
  }

  /** To one of the main pages. */
  async go(to: 'overview' | 'people' | 'read' | 'study' | 'keys' | 'names' | 'review' | 'export'): Promise<void> {
    await this.page
      .getByRole('navigation', { name: this.say('nav-label') })
      .getByRole('button', { name: this.say(`nav-${to}`), exact: true })
      .click();
    await this.sees(this.say(`${to}-title`));
  }

  /** Until nothing is being collected any more. */
  async collected(): Promise<void> {
    const collect = this.page.getByRole('banner').getByRole('button', { name: this.say('collect'), exact: true });
    await expect(collect).toBeVisible();
  }

  /** The line at the foot in numbers; a term that is left out is none. */
  async account(): Promise<Record<string, number>> {
    const foot = await this.page.getByRole('contentinfo').innerText();
    const number = (name: string) => {
      const term = this.say(`foot-${name}`, { count: 'N' }).replace(' ›', '').replace('N', '([\\d,]+)');
      return Number((new RegExp(term).exec(foot)?.[1] ?? '0').replaceAll(',', ''));
    };
    return Object.fromEntries(['received', ...CLASSES].map((name) => [name, number(name)]));
  }

  /** A term of the line at the foot. */
  term(name: (typeof CLASSES)[number]): Locator {
    const words = this.say(`foot-${name}`, { count: '' }).replace(' ›', '').trim();
    return this.page.getByRole('contentinfo').getByRole('button', { name: words });
  }

  async end(): Promise<void> {
    await this.program.end();
  }
}
