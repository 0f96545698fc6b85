/** Reading copies before they go out: whose, which of them are on show, and who has read what. */
import type { CopyPage, CopyView, DeskCommands, ErrorCode, ReadCount } from '../../common/generated/desk';
import { CommandError } from '../../common/host/host';

/** How many copies are on show at once: as many as one reads before a pause. */
export const PAGE = 20;

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

export class Reviewer {
  /** Whose; an empty text for everybody's. */
  participant = $state('');
  /** Whether only those are wanted that nobody has read. */
  unread = $state(true);
  /** Whether what was replaced stands beside what stands there now. */
  replaced = $state(false);
  page = $state.raw<CopyPage | null>(null);
  /** Whether what is on show is another than before, because something has changed meanwhile. */
  changed = $state(false);

  readonly #ask: Ask;
  /** Answers to older questions are not shown. */
  #question = 0;
  #offset = $state(0);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Those on show that nobody has read. */
  get left(): CopyView[] {
    return this.page?.copies.filter(({ read_by }) => read_by === null) ?? [];
  }

  get isFirst(): boolean {
    return this.#offset === 0;
  }

  get isLast(): boolean {
    return this.page === null || this.#offset + this.page.copies.length >= this.page.total;
  }

  /** The place of the first one on show, counted from 0, among those that were wanted. */
  get from(): number {
    return this.#offset;
  }

  /** Others are wanted. */
  want({ participant = this.participant, unread = this.unread }: { participant?: string; unread?: boolean }): void {
    this.participant = participant;
    this.unread = unread;
    this.#offset = 0;
    this.changed = false;
  }

  /** Reads what is wanted, as it is now. */
  async read(): Promise<void> {
    const question = (this.#question += 1);
    const { participant, unread } = this;
    const wanted = { participant: participant || null, unread, limit: PAGE };
    let page = await this.#ask('copies', { ...wanted, offset: this.#offset });
    let offset = this.#offset;
    // There are fewer than before: the last of them are shown.
    if (page.copies.length === 0 && page.total > 0) {
      offset = Math.floor((page.total - 1) / PAGE) * PAGE;
      page = await this.#ask('copies', { ...wanted, offset });
    }
    if (question !== this.#question) return;
    this.#offset = page.total === 0 ? 0 : offset;
    this.page = page;
  }

  /** To those after these. Where only unread ones are wanted, what was read meanwhile is no more among them. */
  async next(): Promise<void> {
    if (this.page === null) return;
    this.#offset += this.unread ? this.left.length : this.page.copies.length;
    this.changed = false;
    await this.read();
  }

  async previous(): Promise<void> {
    this.#offset = Math.max(0, this.#offset - PAGE);
    this.changed = false;
    await this.read();
  }

  /** Somebody has read these. They stay on show. False where one of them is another copy by now: then all are shown anew. */
  async markRead(copies: readonly CopyView[], by: string, now: Date): Promise<boolean> {
    const ids = copies.map(({ copy }) => copy);
    return this.#mark(ids, { read_by: by.trim(), read_at: now.toISOString() }, () =>
      this.#ask('mark_read', { copies: ids, by }),
    );
  }

  /** Nobody has read it after all. */
  async markUnread({ copy }: CopyView): Promise<boolean> {
    return this.#mark([copy], { read_by: null, read_at: null }, () => this.#ask('mark_unread', { copy }));
  }

  async #mark(
    ids: readonly string[],
    mark: Pick<CopyView, 'read_by' | 'read_at'>,
    asked: () => Promise<ReadCount>,
  ): Promise<boolean> {
    this.changed = false;
    try {
      const count = await asked();
      if (this.page === null) return true;
      const copies = this.page.copies.map((each) => (ids.includes(each.copy) ? { ...each, ...mark } : each));
      this.page = { ...this.page, count, copies };
      return true;
    } catch (thrown) {
      if (CommandError.from<ErrorCode>(thrown).code !== 'copy-changed') throw thrown;
      await this.read();
      this.changed = true;
      return false;
    }
  }
}
