import { beforeAll, describe, expect, it } from 'vitest';
import type { DecidedName, FoundName, Sort } from '../common/generated/desk';
import { bringWords } from '../common/words/fluent';
import { goesOnWith, groupsOf, pseudonymsOf, standNowhere, suggested, suggestions } from '../desk/state/names';
import { Picked } from '../desk/state/picked.svelte';
import { deskWords } from './desk-words';

const found = (term: string, sort: Sort = 'name'): FoundName => ({ term, sort, times: 1, people: 1, examples: [] });
const decided = (term: string, replacement: string | null): DecidedName => ({
  term,
  sort: 'name',
  verdict: replacement === null ? 'leave' : 'replace',
  replacement,
  by: 'Somebody',
  at: null,
  why: null,
  times: 1,
});

beforeAll(() => bringWords(deskWords()));

describe('names that were found', () => {
  it('stand by how they were found, what tells most first, in the order in which they came', () => {
    const groups = groupsOf([
      found('My', 'perhaps'),
      found('b', 'name'),
      found('a@b.org', 'contact'),
      found('a', 'name'),
    ]);
    expect(groups.map(({ sort, names }) => [sort, names.map(({ term }) => term)])).toEqual([
      ['contact', ['a@b.org']],
      ['name', ['b', 'a']],
      ['perhaps', ['My']],
    ]);
  });

  it('go on behind those that are done, and before them where nothing is behind', () => {
    const shown = ['a', 'b', 'c', 'd'].map((term) => found(term));
    expect(goesOnWith(shown, new Set(['a', 'c']))).toBe('d');
    expect(goesOnWith(shown, new Set(['c', 'd']))).toBe('b');
    expect(goesOnWith(shown, new Set(['a', 'b', 'c', 'd']))).toBeNull();
  });
});

describe('what stands in the place of a name', () => {
  const pseudonyms = pseudonymsOf([
    decided('Dave', '[Person 2]'),
    decided('London', null),
    decided('Zoe', '[Person 10]'),
    decided('David', '[Person 2]'),
    decided('High Street', '[Street 1]'),
    decided('Ann', 'a friend'),
  ]);

  const used = pseudonyms.map(({ replacement }) => replacement);

  it('is offered with all names for which it stands', () => {
    expect(pseudonyms).toEqual([
      { replacement: '[Person 2]', terms: ['Dave', 'David'] },
      { replacement: '[Person 10]', terms: ['Zoe'] },
      { replacement: '[Street 1]', terms: ['High Street'] },
      { replacement: 'a friend', terms: ['Ann'] },
    ]);
  });

  it('is suggested with a number that nothing has yet, also of a kind that somebody made up', () => {
    expect(suggestions(used)).toEqual([
      '[Person 11]',
      '[Place 1]',
      '[Organisation 1]',
      '[Contact 1]',
      '[Number 1]',
      '[Street 2]',
    ]);
  });

  it('is suggested by how the names were found, and as a person where they are of several sorts', () => {
    const all = suggestions([]);
    const of = (...sorts: Sort[]) =>
      suggested(
        sorts.map((sort, i) => ({ term: `${i}`, sort })),
        all,
      );
    expect(of('contact', 'contact')).toBe('[Contact 1]');
    expect(of('number')).toBe('[Number 1]');
    expect(of('perhaps')).toBe('[Person 1]');
    expect(of('number', 'contact')).toBe('[Person 1]');
    expect(of()).toBe('[Person 1]');
  });
});

describe('what is ticked', () => {
  it('is one, or a group, and says whether it is all of a group', () => {
    const picked = new Picked();
    picked.set(['a'], true);
    expect(picked.of(['a', 'b'])).toBe('some');
    picked.set(['a', 'b'], true);
    expect(picked.of(['a', 'b'])).toBe('all');
    picked.set(['a', 'b'], false);
    expect(picked.of(['a', 'b'])).toBe('none');
    expect(picked.all.size).toBe(0);
  });

  it('is ticked no more once it is gone from the list', () => {
    const picked = new Picked();
    picked.set(['a', 'b', 'c'], true);
    picked.keep(['b', 'd']);
    expect([...picked.all]).toEqual(['b']);
    expect(picked.has('d')).toBe(false);
  });
});

it('a name that is no whole word anywhere stands nowhere', () => {
  const all = [decided('Ann', '[Person 1]'), { ...decided('é', '[Person 2]'), times: 0 }];
  expect(standNowhere(all, ['Ann', 'e\u0301 ', 'never decided'])).toEqual(['e\u0301 ']);
});
