import { describe, expect, it } from 'vitest';
import { diffWords, type DiffPiece } from '../diary/state/word-diff';

const shown = (pieces: DiffPiece[] | null) =>
  pieces?.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`)).join('|');
const side = (pieces: DiffPiece[], other: DiffPiece['kind']) =>
  pieces
    .filter((piece) => piece.kind !== other)
    .map((piece) => piece.text)
    .join('');

describe('what changed between two texts', () => {
  it('is the words that came and went', () => {
    expect(shown(diffWords('He was waiting.', 'He was not waiting.'))).toBe('He was |+not +|waiting.');
    expect(shown(diffWords('a tired man', 'a kind man'))).toBe('a |-tired-|+kind+| man');
    expect(shown(diffWords('the same', 'the same'))).toBe('the same');
    expect(shown(diffWords('', 'new'))).toBe('+new+');
    expect(shown(diffWords('gone', ''))).toBe('-gone-');
    expect(diffWords('', '')).toEqual([]);
  });

  it('is found where no spaces stand between words', () => {
    expect(shown(diffWords('我今天很累', '我昨天很累'))).toContain('-今天-');
  });

  it('gives both texts back, byte for byte, whatever they are', () => {
    const words = ['a', 'b', ' ', '  ', '\n', 'é', 'e\u0301', '👩🏽‍⚕️', 'مرحبا', '。', '\u{d800}'];
    let state = 7;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    const text = () => Array.from({ length: random(14) }, () => words[random(words.length)]).join('');
    for (let round = 0; round < 300; round += 1) {
      const [before, after] = [text(), text()];
      const pieces = diffWords(before, after)!;
      expect(side(pieces, 'added')).toBe(before);
      expect(side(pieces, 'removed')).toBe(after);
      pieces.slice(1).forEach((piece, place) => expect(piece.kind).not.toBe(pieces[place]!.kind));
    }
  });

  it('shares as many words as there are to share', () => {
    const pieces = diffWords('1 2 3 4 5 6', '2 9 4 1 5 6')!;
    const shared = pieces.filter((piece) => piece.kind === 'same').map((piece) => piece.text);
    expect(shared.join('').match(/\d/g)).toEqual(['2', '4', '5', '6']);
  });

  it('is not looked for in texts that are too long for it, unless little changed', () => {
    const long = (word: string) => Array.from({ length: 4000 }, (_, place) => `${word}${place}`).join(' ');
    expect(diffWords(long('a'), long('b'))).toBeNull();
    expect(shown(diffWords(`${long('a')} end`, `${long('a')} new end`))).toContain('+new +');
  });
});
