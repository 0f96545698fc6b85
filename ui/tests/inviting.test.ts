import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode, Invitation, PersonView } from '../common/generated/desk';
import { CommandError } from '../common/host/host';
import { Inviting } from '../desk/state/inviting.svelte';

describe('inviting', () => {
  let standing: Map<string, Invitation>;
  let refused: Map<string, ErrorCode>;
  let asked: string[];
  let inviting: Inviting;

  const person = ([participant, invitation]: [string, Invitation]) =>
    ({ participant, invitation, until: '2027-02-28T10:00:00Z' }) as PersonView;

  beforeEach(() => {
    standing = new Map();
    refused = new Map();
    asked = [];
    inviting = new Inviting(async (name, input) => {
      if (name === 'people') return { people: [...standing].map(person), weeks: [] } as never;
      const { participant } = input as { participant: string };
      asked.push(participant);
      const code = refused.get(participant);
      standing.set(participant, code ? 'not-sent' : 'open');
      if (code) throw new CommandError(code);
      return { participant, text: 'AAAAA', link: '', picture: '', page_link: null, page_picture: null } as never;
    });
  });

  it('makes a card for each, with what it is good until, and how the invitation stood before', async () => {
    standing.set('P02', 'expired');
    expect(await inviting.invite(['P01', 'P02'])).toEqual([]);
    expect(inviting.cards.map(({ participant, before }) => [participant, before])).toEqual([
      ['P01', null],
      ['P02', 'expired'],
    ]);
    expect(inviting.cards.every(({ until }) => until === '2027-02-28T10:00:00Z')).toBe(true);
    expect(inviting.step).toBeNull();
  });

  it('stops where something stands in the way, says whether it is kept, and goes on from there', async () => {
    refused.set('P02', 'server-unreachable');
    const left = await inviting.invite(['P01', 'P02', 'P03']);
    expect(left).toEqual(['P02', 'P03']);
    expect(asked).toEqual(['P01', 'P02']);
    expect(inviting.stopped).toEqual({ label: 'P02', code: 'server-unreachable', kept: true });
    refused.clear();
    expect(await inviting.invite(left)).toEqual([]);
    expect(inviting.stopped).toBeNull();
    expect(inviting.cards.map(({ participant }) => participant)).toEqual(['P01', 'P02', 'P03']);
  });

  it('has one card of a label, the newest', async () => {
    await inviting.invite(['P01']);
    await inviting.invite(['P01']);
    expect(inviting.cards.map(({ before }) => before)).toEqual(['open']);
  });

  it('asks for nothing further and holds no card once nobody looks any more', async () => {
    const going = inviting.invite(['P01', 'P02', 'P03']);
    await Promise.resolve();
    inviting.end();
    await going;
    expect(inviting.cards).toEqual([]);
    expect(asked.length).toBeLessThan(3);
  });
});
