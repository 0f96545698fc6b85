/**
 * Custodians' shares while they are typed. They are secrets: they are held here for as long as the screen is on show, in no storage and no
 * address, and once one was read only its number is shown.
 */
import type { DeskCommands, ShareIs, SharesGive, SharesTried } from '../../common/generated/desk';

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

/** As many as there can be custodians. */
export const MOST = 20;

/** A line is no end: on paper a share has several. An empty line is. */
export function sharesIn(typed: string): string[] {
  return typed
    .split(/\n\s*\n/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

export class Shares {
  /** The numbers of those that were read. */
  numbers = $state.raw<number[]>([]);
  /** How many have to come together, once one was read. */
  need = $state<number | null>(null);
  gives = $state<SharesGive>('too-few');
  /** What the first one is of those that were typed last and do not do. */
  wrong = $state<Exclude<ShareIs, 'good'> | null>(null);

  readonly #ask: Ask;
  #texts: string[] = [];
  #over = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** What was read, to be joined. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** Reads what was typed. Gives back what of it does not do, to be put right. */
  async add(typed: string): Promise<string> {
    const pieces = sharesIn(typed).slice(0, MOST - this.#texts.length);
    this.wrong = null;
    const tried = await this.#ask('try_shares', { shares: [...this.#texts, ...pieces] });
    if (this.#over) return '';
    const read = tried.shares.slice(this.#texts.length).map(({ is }) => is);
    const good = pieces.filter((_, i) => read[i] === 'good');
    this.#texts = [...this.#texts, ...good];
    this.wrong = read.find((is) => is !== 'good') ?? null;
    this.#show(tried);
    return pieces.filter((_, i) => read[i] !== 'good').join('\n\n');
  }

  /** Puts one aside that was read. */
  async drop(number: number): Promise<void> {
    const place = this.numbers.indexOf(number);
    const left = this.#texts.filter((_, i) => i !== place);
    const tried = await this.#ask('try_shares', { shares: left });
    if (this.#over) return;
    this.#texts = left;
    this.wrong = null;
    this.#show(tried);
  }

  /** Nobody types any more. */
  end(): void {
    this.#over = true;
    this.#texts = [];
    this.numbers = [];
  }

  #show({ shares, need, gives }: SharesTried): void {
    this.numbers = shares.flatMap(({ is, number }) => (is === 'good' && number !== null ? [number] : []));
    this.need = need;
    this.gives = gives;
  }
}
