import { beforeEach, describe, expect, it } from 'vitest';
import type { EntryPage, FindEntries, Found } from '../common/generated/desk';
import { keyOf, Reader } from '../desk/state/reader.svelte';

const entry = (id: number): Found => ({
  kind: 'entry',
  participant: 'P01',
  entry: String(id),
  revision: String(id),
  about: '2026-11-19',
  written_at: '2026-11-19T21:00:00+00:00',
  phase: null,
  prompt_set: null,
  weight: null,
  tags: [],
  answers: [],
  text: '',
  voice: [],
  device: '00',
  seq: id,
  document_version: 1,
  revisions: 1,
  talk: false,
});

describe('reading', () => {
  let asked: { wanted: FindEntries; answer: (total: number) => void }[];
  let reader: Reader;

  beforeEach(() => {
    asked = [];
    reader = new Reader((_, input) => {
      const wanted = input as FindEntries;
      return new Promise<never>((resolve) => {
        const answer = (total: number) => {
          const ids = Array.from({ length: total }, (_, id) => id).slice(wanted.offset, wanted.offset + wanted.limit);
          const page: EntryPage = { total, interviews: 0, participants: 1, entries: ids.map(entry) };
          resolve(page as never);
        };
        asked.push({ wanted, answer });
      });
    });
  });

  it('shows the answer to the newest question, whichever comes last', async () => {
    const first = reader.read();
    reader.narrowing.words = 'door';
    const second = reader.read();
    asked[1]!.answer(3);
    await second;
    asked[0]!.answer(90);
    await first;
    expect(reader.found).toEqual({ total: 3, interviews: 0, participants: 1 });
    expect(reader.entries).toHaveLength(3);
  });

  it('leaves out what is not narrowed, and words that are spaces', () => {
    reader.narrow({ tag: 'team', words: '  ' });
    const narrows = ([, value]: [string, unknown]) => value !== null && value !== false;
    expect(Object.entries(reader.wanted).filter(narrows)).toEqual([['tag', 'team']]);
    expect(reader.narrowed).toBe(true);
    reader.narrow({});
    expect(reader.narrowed).toBe(false);
  });

  it('reads on from what is shown, until all is, each entry once', async () => {
    const first = reader.read();
    asked[0]!.answer(70);
    await first;
    expect(reader.entries).toHaveLength(50);
    const more = reader.more();
    expect(asked[1]!.wanted.offset).toBe(50);
    asked[1]!.answer(70);
    await more;
    expect(reader.entries.map(keyOf)).toEqual(Array.from({ length: 70 }, (_, id) => `P01/${id}`));
    await reader.more();
    expect(asked).toHaveLength(2);
  });

  it('reads again as far as it is shown, and another choice from its beginning', async () => {
    const first = reader.read();
    asked[0]!.answer(120);
    await first;
    const more = reader.more();
    asked[1]!.answer(120);
    await more;
    const again = reader.read();
    expect(asked[2]!.wanted.limit).toBe(100);
    asked[2]!.answer(120);
    await again;
    reader.narrow({ participant: 'P02' });
    void reader.read();
    expect(asked[3]!.wanted.limit).toBe(50);
  });

  it('drops what was read on for another choice', async () => {
    const first = reader.read();
    asked[0]!.answer(120);
    await first;
    const more = reader.more();
    reader.narrowing.tag = 'team';
    const other = reader.read();
    asked[2]!.answer(2);
    await other;
    asked[1]!.answer(120);
    await more;
    expect(reader.entries).toHaveLength(2);
  });
});
