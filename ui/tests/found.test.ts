import { describe, expect, it } from 'vitest';
import { pieces, wordsOf } from '../desk/state/found';

const marked = (text: string, typed: string) =>
  pieces(text, wordsOf(typed))
    .filter(({ found }) => found)
    .map((piece) => piece.text);

describe('the words that were searched for', () => {
  it('are found whatever their capitals and accents, each by itself', () => {
    expect(marked('Über den Café-Tisch,\nein Gespräch', 'gesprach UBER')).toEqual(['Über', 'Gespräch']);
    expect(marked('ﬁne, ＡＢＣ', 'fine abc')).toEqual(['ﬁne', 'ＡＢＣ']);
    expect(marked('ΟΔΟΣ, οδος', 'οδοσ')).toEqual(['ΟΔΟΣ']);
  });

  it('are marked wherever they stand, also within others, and once where they overlap', () => {
    expect(marked('another, the other', 'the her')).toEqual(['ther', 'the', 'ther']);
    expect(marked('aaa', 'aa')).toEqual(['aaa']);
  });

  it('are none where nothing was typed, or accents alone', () => {
    expect(marked('anything', ' \u00a0 ')).toEqual([]);
    expect(marked('anything', '\u0301')).toEqual([]);
    expect(pieces('', ['a'])).toEqual([]);
  });

  it('take whole letters with them, as people see them', () => {
    const accent = 'cafe\u0301s';
    expect(marked(accent, 'cafe')).toEqual(['cafe\u0301']);
    expect(marked('I am 👩🏽‍⚕️ today', '👩')).toEqual(['👩🏽‍⚕️']);
    expect(marked('각각', '\u1100')).toEqual(['각각']);
    expect(marked('شُكْرًا جزيلًا', 'شكرا')).toEqual(['شُكْرًا']);
  });
});

it('the text stays exactly as it was written', () => {
  const texts = ['', 'A a\u0301 á\n\n 👨‍👩‍👧 ', 'İstanbul ıi', '\ud83d alone', 'ß ẞ ss', 'a\u0301\u0328b', '🇬🇧🇩🇪'];
  for (const text of texts) {
    for (const typed of ['a', 'i', 's', '👩', '🇩', 'ss b', '\ud83d']) {
      expect(
        pieces(text, wordsOf(typed))
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  }
});
