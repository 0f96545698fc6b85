/** The built programs that the browser tests run: their paths come from outside, their folders are temporary. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A path that the caller of the tests has to give. */
export function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: it names a built program or file that these tests run`);
  return value;
}

/** The origins of programs that were told to end. */
const ended = new Set<string>();

/** Whether a program that was told to end listened there: what is asked of it now fails, in one of many ways. */
export function hasEnded(url: string): boolean {
  return URL.canParse(url) && ended.has(new URL(url).origin);
}

/** A program that prints "listening on <address>" and then serves. */
export class Listening {
  private constructor(
    readonly address: string,
    private readonly child: ChildProcess,
  ) {}

  /** `env`: what its environment has besides this one's. */
  static async start(program: string, args: string[], env: Record<string, string> = {}): Promise<Listening> {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-4000)));
    const address = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /^listening on (\S+)$/.exec(line);
        if (!found?.[1]) return;
        // A port is given out again.
        ended.delete(new URL(found[1]).origin);
        resolve(found[1]);
      });
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new Error(`${program} ended with ${code} before it listened: ${complaints}`)),
      );
    });
    return new Listening(address, child);
  }

  /** Asks it to end, or (with SIGKILL) ends it in the middle of whatever it does. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    ended.add(new URL(this.address).origin);
    const exit = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await exit;
  }
}

/** Runs a program to its end and gives what it printed. `typed`: what comes to it on its input. */
export async function output(program: string, args: string[], passphrase?: string, typed?: string): Promise<string> {
  const env = passphrase === undefined ? process.env : { ...process.env, WAYMARK_PASSPHRASE: passphrase };
  const running = run(program, args, { env, timeout: 60_000 });
  if (typed !== undefined) running.child.stdin?.end(typed);
  const { stdout } = await running;
  return stdout.trim();
}
