/**
 * What a page may ask of the program that hosts it: the declared commands, voice notes to play, and nothing else.
 *
 * Deliberately not here: files, sockets, notifications, shell. A page can do only what its commands name
 * (`DiaryCommands`, `DeskCommands`), and a host that lacks one of them does not compile on the Rust side.
 */

/** The commands of a page, as its generated file declares them. */
type Declared<C> = { [K in keyof C]: { input: unknown; output: unknown } };

export interface Host<C extends Declared<C>> {
  /** Asks the host. Rejects with a {@link CommandError}, and with nothing else. */
  call<K extends keyof C & string>(name: K, input: C[K]['input']): Promise<C[K]['output']>;
  /** Where a voice note is played from. The host opens it as it is heard; no copy is kept. */
  soundUrl(note: string): string;
}

/** A command that could not be done, with the code that the page has a sentence for. */
export class CommandError<E extends string> extends Error {
  readonly code: E;

  constructor(code: E) {
    super(code);
    this.name = 'CommandError';
    this.code = code;
  }

  /** Whatever a host threw, as an error with one of the page's codes. What is not of the contract is `internal`. */
  static from<E extends string>(thrown: unknown): CommandError<E | 'internal'> {
    if (thrown instanceof CommandError) return thrown;
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
      return new CommandError(thrown.code as E);
    }
    return new CommandError('internal');
  }
}
