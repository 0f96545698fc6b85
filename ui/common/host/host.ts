/**
 * What the page may ask of the program that hosts it: the declared commands, voice notes to play, and nothing else.
 *
 * Deliberately not here: files, sockets, notifications, shell. The page can do only what `DiaryCommands` names, and a
 * host that lacks one of them does not compile on the Rust side.
 */
import type { DiaryCommands, ErrorCode } from '../generated/diary';

export interface Host {
  /** Asks the host. Rejects with a {@link CommandError}, and with nothing else. */
  call<K extends keyof DiaryCommands>(name: K, input: DiaryCommands[K]['input']): Promise<DiaryCommands[K]['output']>;
  /** Where a voice note is played from. The host opens it as it is heard; no copy is kept. */
  soundUrl(note: string): string;
}

/** A command that could not be done, with the code that the page has a sentence for. */
export class CommandError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super(code);
    this.name = 'CommandError';
    this.code = code;
  }

  /** Whatever a host threw, as an error with a code. What is not of the contract is `internal`. */
  static from(thrown: unknown): CommandError {
    if (thrown instanceof CommandError) return thrown;
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
      return new CommandError(thrown.code as ErrorCode);
    }
    return new CommandError('internal');
  }
}
