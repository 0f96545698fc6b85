import { beforeEach, describe, expect, it } from 'vitest';
import type { SharesTried } from '../common/generated/desk';
import { Shares, sharesIn } from '../desk/state/shares.svelte';

describe('shares', () => {
  let asked: string[][];
  let shares: Shares;

  /** A host for which "one" to "three" are shares of which two have to come together. */
  function tried(texts: string[]): SharesTried {
    const names = ['one', 'two', 'three'];
    const seen = new Set<string>();
    const each = texts.map((text) => {
      const number = names.indexOf(text) + 1;
      if (number === 0) return { is: 'mistyped' as const, number: null };
      if (seen.has(text)) return { is: 'twice' as const, number };
      seen.add(text);
      return { is: 'good' as const, number };
    });
    return { shares: each, need: seen.size > 0 ? 2 : null, gives: seen.size > 1 ? 'keys' : 'too-few' };
  }

  beforeEach(() => {
    asked = [];
    shares = new Shares(async (_, input) => {
      const { shares } = input as { shares: string[] };
      asked.push(shares);
      return tried(shares) as never;
    });
  });

  it('are told apart by empty lines alone: on paper one has several lines', () => {
    expect(sharesIn('  AAAAA BBBBB\nCCCCC \n\n \n DDDDD\n')).toEqual(['AAAAA BBBBB\nCCCCC', 'DDDDD']);
    expect(sharesIn(' \n\n ')).toEqual([]);
  });

  it('are taken when they could be read, and only their numbers are told', async () => {
    expect(await shares.add('one')).toBe('');
    expect([shares.numbers, shares.need, shares.gives]).toEqual([[1], 2, 'too-few']);
    expect(await shares.add('three')).toBe('');
    expect([shares.numbers, shares.gives, shares.wrong]).toEqual([[1, 3], 'keys', null]);
    expect(asked.at(-1)).toEqual(['one', 'three']);
  });

  it('stay in the field where they could not, also beside others that could', async () => {
    expect(await shares.add('one\n\nonw\n\none')).toBe('onw\n\none');
    expect([shares.numbers, shares.wrong]).toEqual([[1], 'mistyped']);
    expect(await shares.add('two')).toBe('');
    expect([shares.numbers, shares.wrong]).toEqual([[1, 2], null]);
  });

  it('can be put aside, and are forgotten when nobody types any more', async () => {
    await shares.add('one\n\ntwo');
    await shares.drop(1);
    expect([shares.numbers, shares.gives, [...shares.texts]]).toEqual([[2], 'too-few', ['two']]);
    const late = shares.add('three');
    shares.end();
    expect(await late).toBe('');
    expect([shares.numbers, [...shares.texts]]).toEqual([[], []]);
  });

  it('are never more than there can be custodians', async () => {
    await shares.add(Array.from({ length: 30 }, (_, i) => `no ${i}`).join('\n\n'));
    expect(asked[0]).toHaveLength(20);
  });
});
