import { describe, expect, it } from 'vitest';
import type { MarkedPiece } from '../common/generated/desk';
import { isAllRead, linesOf, marksOf } from '../desk/state/marks';

const plain = (text: string): MarkedPiece => ({ text, was: null, may_be: false });

describe('a text with marks', () => {
  it('is laid out in its lines, and numbers its marks from the beginning', () => {
    const lines = linesOf([
      plain('I: How was it?\n\nP: I saw '),
      { text: '[Person 1]', was: 'Dave', may_be: false },
      plain(' and '),
      { text: 'Kim', was: null, may_be: true },
      plain('.\n'),
    ]);
    expect(lines.map((line) => line.map(({ text }) => text).join(''))).toEqual([
      'I: How was it?',
      '',
      'P: I saw [Person 1] and Kim.',
      '',
    ]);
    expect(marksOf(lines).map(({ text, mark }) => [text, mark])).toEqual([
      ['[Person 1]', 0],
      ['Kim', 1],
    ]);
    expect(linesOf([])).toEqual([[]]);
  });

  it('is all read when entries and interviews are', () => {
    const count = { entries: 2, read: 2, interviews: 1, interviews_read: 0 };
    expect(isAllRead(count)).toBe(false);
    expect(isAllRead({ ...count, interviews_read: 1 })).toBe(true);
  });
});
