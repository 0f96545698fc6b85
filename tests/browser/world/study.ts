/** A real study: a server with a study that a real desk has set up, in a temporary folder. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { given, Listening, output } from './programs';

export const DESK_PASSPHRASE = 'a passphrase of the desk alone';

/** What became of the records that the researchers have received. */
export interface Totals {
  received: number;
  opened: number;
  private: number;
  control: number;
}

export class Study {
  private constructor(
    private readonly folder: string,
    private server: Listening,
  ) {}

  /**
   * The example study; `hold` instead of its own, as in a study file ("0h" holds nothing), and with what `change` makes of
   * the file.
   */
  static async begin(hold?: string, change?: (file: string) => string): Promise<Study> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-study-'));
    const data = join(folder, 'server');
    const server = await Listening.start(given('WAYMARK_SERVER'), ['serve', '--data', data, '--listen', '127.0.0.1:0']);
    const study = new Study(folder, server);
    const token = await output(given('WAYMARK_SERVER'), ['token', '--data', data, '--role', 'admin']);
    const file = hold === undefined && !change ? given('WAYMARK_STUDY') : await study.changed(hold, change);
    await study.desk('new', '--study', file, '--server', server.address, '--token', token);
    return study;
  }

  get server_address(): string {
    return this.server.address;
  }

  /** A fresh invitation for one person. */
  async invite(label: string): Promise<{ link: string; text: string }> {
    return JSON.parse(await this.desk('invite', '--participant', label, '--json')) as { link: string; text: string };
  }

  /** What the researchers get by a pull: the totals, and every word that they can read. */
  async collect(): Promise<{ totals: Totals; words: string }> {
    const out = join(this.folder, 'export.jsonl');
    const totals = JSON.parse(await this.desk('pull', '--json')) as Totals;
    await this.desk('export', '--format', 'jsonl', '--out', out);
    return { totals, words: await readFile(out, 'utf8') };
  }

  /** Made-up people write for some days, share some of it, and take some of that back. */
  async simulate(participants: number, days: number): Promise<void> {
    const out = join(this.folder, 'phones');
    const args = ['simulate', '--participants', `${participants}`, '--days', `${days}`, '--out', out];
    await output(given('WAYMARK_PILOT'), [...args, '--desk', join(this.folder, 'desk')], DESK_PASSPHRASE);
  }

  /** One of them writes this, and shares it. */
  async share(label: string, text: string): Promise<void> {
    const vault = join(this.folder, 'phones', label);
    await output(given('WAYMARK_PILOT'), ['write', '--vault', vault, '--share', '--text', text], DESK_PASSPHRASE);
    await output(given('WAYMARK_PILOT'), ['sync', '--vault', vault], DESK_PASSPHRASE);
  }

  /** One of them tells the study of so many entries, which it has, that they want to talk about them; their words, the earliest day first. */
  async talkAbout(label: string, count: number): Promise<string[]> {
    const vault = join(this.folder, 'phones', label);
    const pilot = (command: string, ...args: string[]) =>
      output(given('WAYMARK_PILOT'), [command, '--vault', vault, ...args], DESK_PASSPHRASE);
    interface Listed {
      entry: string;
      about: string;
      place: string;
      text: string;
    }
    const listed = JSON.parse(await pilot('list', '--json')) as Listed[];
    const shared = listed.filter(({ place, text }) => place === 'with-study' && text !== '').slice(0, count);
    for (const { entry } of shared) await pilot('talk', '--entry', entry);
    await pilot('sync');
    return shared.sort((a, b) => a.about.localeCompare(b.about)).map(({ text }) => text);
  }

  /** One of them takes back from the study what begins so. */
  async takeBack(label: string, text: string): Promise<void> {
    const vault = join(this.folder, 'phones', label);
    const pilot = (command: string, ...args: string[]) =>
      output(given('WAYMARK_PILOT'), [command, '--vault', vault, ...args], DESK_PASSPHRASE);
    const listed = JSON.parse(await pilot('list', '--json')) as { entry: string; text: string }[];
    const entry = listed.find((each) => each.text === text)?.entry ?? '';
    await pilot('withdraw', '--entry', entry);
    await pilot('sync');
  }

  /** The desk as a page, behind a link that is good once. */
  async openDesk(): Promise<Listening> {
    return Listening.start(given('WAYMARK_DESK'), ['open', '--desk', join(this.folder, 'desk')]);
  }

  async stopServer(): Promise<void> {
    await this.server.end();
  }

  /** The same server again, on the same port, with what it had. */
  async startServer(): Promise<void> {
    const listen = new URL(this.server.address).host;
    const args = ['serve', '--data', join(this.folder, 'server'), '--listen', listen];
    this.server = await Listening.start(given('WAYMARK_SERVER'), args);
  }

  async end(): Promise<void> {
    await this.server.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A copy of the example study's file, changed. */
  private async changed(hold?: string, change = (file: string) => file): Promise<string> {
    const example = await readFile(given('WAYMARK_STUDY'), 'utf8');
    const file = join(this.folder, 'study.toml');
    await writeFile(file, change(hold === undefined ? example : example.replace(/^hold = ".*"$/m, `hold = "${hold}"`)));
    return file;
  }

  private desk(command: string, ...args: string[]): Promise<string> {
    return output(given('WAYMARK_DESK'), [command, '--desk', join(this.folder, 'desk'), ...args], DESK_PASSPHRASE);
  }
}
