/** Interviews that are being added: files that were chosen, what was read of each, and what is said of it. Nothing is kept before that is asked for. */
import type { DeskCommands, ErrorCode, TranscriptFile, TranscriptRead } from '../../common/generated/desk';
import { CommandError } from '../../common/host/host';
import { namesSomebody, saidBy, type Said } from './file-names';

/** The most bytes that the host takes of a file. */
const LONGEST = 8 * 1024 * 1024;
const PIECE = 8 * 1024;

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

/** A file that was chosen. */
export class Chosen {
  read = $state.raw<TranscriptRead | null>(null);
  problem = $state<ErrorCode | null>(null);
  /** Whether the browser could not read it: it is gone, or has changed since. */
  unread = $state(false);
  said = $state<Said>({ participant: '', time_point: '', day: '', title: '' });
  /** Whether it was to be kept and something was not said. */
  lacks = $state(false);
  file: TranscriptFile | null = null;

  constructor(
    readonly number: number,
    readonly name: string,
  ) {}

  get isSaid(): boolean {
    const { participant, time_point, day } = this.said;
    return [participant, time_point, day].every((each) => each.trim() !== '');
  }
}

export class Importing {
  chosen = $state.raw<Chosen[]>([]);
  /** How far the keeping has come. */
  step = $state.raw<{ number: number; of: number } | null>(null);
  /** How many are kept by now. */
  kept = $state(0);
  readonly #ask: Ask;
  #number = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Those of which something was read: they can be kept. */
  get fit(): Chosen[] {
    return this.chosen.filter(({ read }) => read !== null);
  }

  /**
   * Reads files. What is said of each is what its name says. A single one whose name names nobody is proposed as `participant`’s; of several,
   * or of one that is somebody else’s, nobody is, for whoever keeps it might not look.
   */
  async choose(
    files: readonly File[],
    participants: string[],
    timePoints: string[],
    participant: string,
  ): Promise<void> {
    const chosen = files.map((file) => {
      const each = new Chosen((this.#number += 1), file.name);
      const said = saidBy(file.name, participants, timePoints);
      const isOpen = files.length === 1 && !namesSomebody(file.name, participants);
      each.said = isOpen ? { ...said, participant } : said;
      return { each, file };
    });
    this.chosen = [...this.chosen, ...chosen.map(({ each }) => each)];
    // One after the other: each may be large.
    for (const { each, file } of chosen) await this.#read(each, file);
  }

  async #read(each: Chosen, file: File): Promise<void> {
    if (file.size > LONGEST) {
      each.problem = 'transcript-too-large';
      return;
    }
    const bytes = await base64(file).catch(() => null);
    if (bytes === null) {
      each.unread = true;
      return;
    }
    each.file = { name: file.name, bytes };
    try {
      each.read = await this.#ask('read_transcript', each.file);
    } catch (thrown) {
      each.problem = CommandError.from<ErrorCode>(thrown).code;
    }
  }

  drop(each: Chosen): void {
    this.chosen = this.chosen.filter((other) => other !== each);
  }

  /** Keeps those that can be, one after the other; what could not be kept stays, with the reason. False where something is not said yet. */
  async keep(): Promise<boolean> {
    if (this.step !== null) return false;
    const { fit } = this;
    for (const each of fit) each.lacks = !each.isSaid;
    if (fit.some(({ lacks }) => lacks)) return false;
    this.kept = 0;
    for (const [place, each] of fit.entries()) {
      this.step = { number: place + 1, of: fit.length };
      each.problem = null;
      try {
        await this.#ask('add_transcript', { ...each.said, file: each.file! });
        this.kept += 1;
        this.drop(each);
      } catch (thrown) {
        each.problem = CommandError.from<ErrorCode>(thrown).code;
      }
    }
    this.step = null;
    return true;
  }
}

/** A file's bytes, as JSON can hold them. */
async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = '';
  // In pieces, for a function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PIECE) letters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(letters);
}
