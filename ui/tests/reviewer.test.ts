import { beforeEach, describe, expect, it } from 'vitest';
import type { CopyPage, CopyView, FindCopies, MarkRead, MarkUnread } from '../common/generated/desk';
import { CommandError } from '../common/host/host';
import { PAGE, Reviewer } from '../desk/state/reviewer.svelte';

const NOW = new Date('2026-11-30T10:00:00Z');

const copyOf = (id: number, read: boolean): CopyView => ({
  copy: `copy ${id}`,
  participant: id % 2 === 0 ? 'P02' : 'P01',
  entry: `${id}`,
  about: '2026-11-19',
  tags: [],
  answers: [],
  text: [],
  voice: 0,
  read_by: read ? 'Ana' : null,
  read_at: null,
});

describe('reviewing', () => {
  let read: Set<string>;
  let total: number;
  let changed: boolean;
  let asked: FindCopies[];
  let reviewer: Reviewer;

  const counted = () => ({ entries: total, read: read.size, interviews: 0, interviews_read: 0 });

  /** A host that keeps what was read. */
  function answer(name: string, input: unknown): unknown {
    if (name === 'copies') {
      const wanted = input as FindCopies;
      asked.push(wanted);
      const all = Array.from({ length: total }, (_, id) => copyOf(id, read.has(`copy ${id}`)));
      const found = all.filter(
        (copy) =>
          (wanted.participant === null || copy.participant === wanted.participant) &&
          !(wanted.unread && copy.read_by !== null),
      );
      const copies = found.slice(wanted.offset, wanted.offset + wanted.limit);
      return { total: found.length, count: counted(), copies, interviews: [] } satisfies CopyPage;
    }
    if (changed) throw new CommandError('copy-changed');
    if (name === 'mark_read') for (const copy of (input as MarkRead).copies) read.add(copy);
    else read.delete((input as MarkUnread).copy);
    return counted();
  }

  const shown = () => reviewer.page!.copies.map(({ entry }) => Number(entry));

  beforeEach(() => {
    read = new Set();
    total = 45;
    changed = false;
    asked = [];
    reviewer = new Reviewer(async (name, input) => answer(name, input) as never);
  });

  it('begins with what nobody has read, of everybody, a page at a time', async () => {
    await reviewer.read();
    expect(asked).toEqual([{ participant: null, unread: true, offset: 0, limit: PAGE }]);
    expect(shown()).toHaveLength(PAGE);
    expect([reviewer.isFirst, reviewer.isLast]).toEqual([true, false]);
  });

  it('keeps what was just read on show, and goes on with those behind it', async () => {
    await reviewer.read();
    const [first, , third] = reviewer.page!.copies;
    expect(await reviewer.markRead([first!, third!], ' Ana ', NOW)).toBe(true);
    expect(shown()).toHaveLength(PAGE);
    expect(reviewer.page!.copies[0]).toMatchObject({ read_by: 'Ana', read_at: NOW.toISOString() });
    expect(reviewer.page!.count.read).toBe(2);
    expect(reviewer.left).toHaveLength(PAGE - 2);
    await reviewer.next();
    // Nothing was jumped over, although two fewer are unread.
    expect(shown()[0]).toBe(PAGE);
  });

  it('comes to an end when pages are read one after the other, with each copy shown once', async () => {
    await reviewer.read();
    const seen: number[] = [];
    while (reviewer.left.length > 0) {
      seen.push(...shown());
      await reviewer.markRead(reviewer.left, 'Ana', NOW);
      await reviewer.next();
    }
    expect(seen).toEqual(Array.from({ length: total }, (_, id) => id));
    expect(reviewer.page).toMatchObject({ total: 0, count: { entries: 45, read: 45 } });
    expect(reviewer.isFirst).toBe(true);
  });

  it('turns pages of all copies, read or not', async () => {
    reviewer.want({ unread: false });
    await reviewer.read();
    await reviewer.markRead(reviewer.left, 'Ana', NOW);
    await reviewer.next();
    await reviewer.next();
    expect(shown()).toEqual([40, 41, 42, 43, 44]);
    expect(reviewer.isLast).toBe(true);
    await reviewer.previous();
    expect(shown()[0]).toBe(20);
  });

  it('begins anew with another choice', async () => {
    await reviewer.read();
    await reviewer.next();
    reviewer.want({ participant: 'P02' });
    await reviewer.read();
    expect(asked.at(-1)).toMatchObject({ participant: 'P02', unread: true, offset: 0 });
    expect(reviewer.page!.total).toBe(23);
  });

  it('takes back that a copy was read', async () => {
    await reviewer.read();
    await reviewer.markRead(reviewer.page!.copies.slice(0, 1), 'Ana', NOW);
    expect(await reviewer.markUnread(reviewer.page!.copies[0]!)).toBe(true);
    expect(reviewer.page!.copies[0]).toMatchObject({ read_by: null, read_at: null });
    expect(reviewer.page!.count.read).toBe(0);
  });

  it('shows all anew, and says so, when a copy is another one by now', async () => {
    await reviewer.read();
    changed = true;
    total = 12;
    expect(await reviewer.markRead(reviewer.left, 'Ana', NOW)).toBe(false);
    expect(reviewer.changed).toBe(true);
    expect(shown()).toHaveLength(12);
    changed = false;
    await reviewer.markRead(reviewer.left, 'Ana', NOW);
    expect(reviewer.changed).toBe(false);
  });

  it('shows the last of them where there are fewer than before', async () => {
    reviewer.want({ unread: false });
    await reviewer.read();
    await reviewer.next();
    await reviewer.next();
    total = 21;
    await reviewer.read();
    expect(shown()).toEqual([20]);
    expect(reviewer.from).toBe(20);
  });

  it('shows the answer to the newest question, whichever comes last', async () => {
    const waiting: (() => void)[] = [];
    reviewer = new Reviewer(
      (name, input) =>
        new Promise<never>((resolve) => {
          waiting.push(() => resolve(answer(name, input) as never));
        }),
    );
    const first = reviewer.read();
    reviewer.want({ participant: 'P02' });
    const second = reviewer.read();
    waiting[1]!();
    await second;
    waiting[0]!();
    await first;
    expect(reviewer.page!.total).toBe(23);
  });
});
