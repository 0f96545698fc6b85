/** A server on which there is no study yet, and an empty folder for a desk. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DeskPage } from './desk';
import { Diarist } from './diarist';
import { given, Listening, output } from './programs';
import { DESK_PASSPHRASE } from './study';

export class NewStudy {
  private constructor(
    private readonly folder: string,
    private readonly server: Listening,
    /** The administrator's. */
    readonly token: string,
  ) {}

  static async begin(): Promise<NewStudy> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-new-'));
    const data = join(folder, 'server');
    const server = await Listening.start(given('WAYMARK_SERVER'), ['serve', '--data', data, '--listen', '127.0.0.1:0']);
    return new NewStudy(
      folder,
      server,
      await output(given('WAYMARK_SERVER'), ['token', '--data', data, '--role', 'admin']),
    );
  }

  get serverAddress(): string {
    return this.server.address;
  }

  /** Somebody who is not simulated. */
  diarist(name: string): Diarist {
    return new Diarist(join(this.folder, name));
  }

  private get desk(): string {
    return join(this.folder, 'desk');
  }

  async open(page: Page): Promise<DeskPage> {
    return DeskPage.show(page, await Listening.start(given('WAYMARK_DESK'), ['open', '--desk', this.desk]));
  }

  /** What the study file says on the disk. */
  async file(): Promise<string> {
    return readFile(join(this.desk, 'study.toml'), 'utf8');
  }

  /** What `check` says of it. */
  async check(): Promise<string> {
    return output(given('WAYMARK_DESK'), ['check', join(this.desk, 'study.toml')]);
  }

  /** Made-up people take part for some days. The page has to be closed for that: it has the desk. */
  async simulate(participants: number, days: number): Promise<void> {
    const args = ['simulate', '--participants', `${participants}`, '--days', `${days}`, '--desk', this.desk];
    await output(given('WAYMARK_PILOT'), [...args, '--out', join(this.folder, 'phones')], DESK_PASSPHRASE);
  }

  async end(): Promise<void> {
    await this.server.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
