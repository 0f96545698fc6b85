/** A person with a phone that has no screen: the pilot program, which is the diary itself. */
import { join } from 'node:path';
import { given, output } from './programs';

const PASSPHRASE = 'a passphrase of the phone alone';

export class Diarist {
  private phones = 1;

  /** `folder`: where their phones are made. */
  constructor(private readonly folder: string) {}

  private get vault(): string {
    return join(this.folder, `phone-${this.phones}`);
  }

  /** `days`: how many days before today that is. */
  async joins(invitation: string, days: number): Promise<void> {
    await this.pilot(days, ['join', '--invitation', invitation, '--consent', 'all']);
  }

  /** Writes this, shares it, and syncs when the hold is over. Gives the entry's id. */
  async shares(text: string, days: number): Promise<string> {
    const entry = await this.pilot(days, ['write', '--share', '--text', text]);
    await this.syncs(days - 3);
    return entry;
  }

  async takesBack(entry: string): Promise<void> {
    await this.pilot(0, ['withdraw', '--entry', entry]);
    await this.syncs(0);
  }

  async syncs(days: number): Promise<void> {
    await this.pilot(days, ['sync']);
  }

  /** Loses the phone, and has everything back on a new one by the 24 words. */
  async losesThePhone(server: string, days: number): Promise<void> {
    const words = await this.pilot(days, ['words']);
    this.phones += 1;
    await this.pilot(days, ['restore', '--server', server], words);
    await this.syncs(days);
  }

  private pilot(days: number, [command, ...args]: string[], typed?: string): Promise<string> {
    const now = new Date(Date.now() - days * 24 * 3_600_000).toISOString();
    const all = ['--now', now, command!, '--vault', this.vault, ...args];
    return output(given('WAYMARK_PILOT'), all, PASSPHRASE, typed);
  }
}
