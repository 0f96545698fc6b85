import { beforeAll, expect, it } from 'vitest';
import type { MadeView } from '../common/generated/desk';
import { bringWords, t } from '../common/words/fluent';
import { formatWords, toMend } from '../desk/state/exporting';
import { deskWords } from './desk-words';

const made = (there: boolean, withdrawn: number, removed = 0): MadeView => ({
  at: null,
  format: 'md',
  path: '',
  copy: true,
  read_by: [],
  by: null,
  why: null,
  without: [],
  why_without: null,
  pack: null,
  there,
  revisions: 3,
  withdrawn,
  interviews: 2,
  removed,
});

beforeAll(() => bringWords(deskWords()));

it('exports are to be mended that hold something withdrawn or removed and still lie there', () => {
  const all = [made(true, 0), made(true, 2), made(false, 2, 1), made(true, 0, 1)];
  expect(toMend(all)).toEqual([all[1], all[3]]);
});

it('a format that the page does not know is called by its own name', () => {
  expect(formatWords('md')).toBe(t('format-md'));
  expect(formatWords('of-tomorrow')).toBe('of-tomorrow');
});
