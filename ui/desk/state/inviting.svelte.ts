/**
 * Inviting people one after the other, and the cards that come of it. Cards are secrets: they are held here for as long as the
 * screen is on show, and nowhere else.
 */
import type { DeskCommands, ErrorCode, Invitation, InvitationCard, PersonView } from '../../common/generated/desk';
import { CommandError } from '../../common/host/host';

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

export interface Card extends InvitationCard {
  /** How the invitation of that label stood before this was asked for; null where there was none. */
  before: Invitation | null;
  /** Until when it is good, where that is known. */
  until: string | null;
}

/** What stood in the way, and of whom. */
export interface Stopped {
  label: string;
  code: ErrorCode;
  /** Whether the desk has made the invitation and keeps it, and the server has not got it. */
  kept: boolean;
}

export class Inviting {
  cards = $state.raw<Card[]>([]);
  /** The label that is asked for just now, and its place among all of them; null while nothing is asked. */
  step = $state.raw<{ label: string; number: number; of: number } | null>(null);
  stopped = $state.raw<Stopped | null>(null);

  readonly #ask: Ask;
  #over = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /**
   * Asks for each, until something stands in the way: it would stand in the way of the next one too. Gives the labels of which there is
   * no card.
   */
  async invite(labels: readonly string[]): Promise<string[]> {
    if (this.step !== null) return [...labels];
    this.stopped = null;
    const left = [...labels];
    try {
      this.#show(left, labels.length);
      const before = await this.#people();
      for (let label = left[0]; label !== undefined && !this.#over; label = left[0]) {
        this.#show(left, labels.length);
        const card = await this.#ask('invite', { participant: label });
        this.#add({ ...card, before: before.get(label)?.invitation ?? null, until: null });
        left.shift();
      }
    } catch (thrown) {
      const label = left[0] ?? '';
      this.stopped = { label, code: CommandError.from<ErrorCode>(thrown).code, kept: false };
    }
    await this.#tellStanding();
    this.step = null;
    return left;
  }

  /** Nobody looks any more: nothing further is asked, and the cards are forgotten. */
  end(): void {
    this.#over = true;
    this.cards = [];
  }

  #show(left: string[], of: number): void {
    this.step = { label: left[0] ?? '', number: of - left.length + 1, of };
  }

  #add(card: Card): void {
    if (this.#over) return;
    this.cards = [...this.cards.filter(({ participant }) => participant !== card.participant), card];
  }

  /** Until when the invitations are good, and whether one that was not sent is kept. */
  async #tellStanding(): Promise<void> {
    try {
      const now = await this.#people();
      this.cards = this.cards.map((card) => ({ ...card, until: now.get(card.participant)?.until ?? card.until }));
      if (this.stopped) {
        this.stopped = { ...this.stopped, kept: now.get(this.stopped.label)?.invitation === 'not-sent' };
      }
    } catch {
      // The cards are good without it.
    }
  }

  async #people(): Promise<Map<string, PersonView>> {
    const { people } = await this.#ask('people', {});
    return new Map(people.map((person) => [person.participant, person]));
  }
}
