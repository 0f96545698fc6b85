/**
 * Where the words that were searched for stand in a text. Letters are compared as the host compares them: by NFKD, without combining
 * marks, in small letters, each word by itself. What is found is whole letters as people see them, with their accents.
 */

export interface Piece {
  text: string;
  found: boolean;
}

/** The words of what was typed, folded. */
export function wordsOf(typed: string): string[] {
  return fold(typed)
    .split(/\p{White_Space}+/u)
    .filter((word) => word !== '');
}

/** The text in pieces, which together are exactly the text. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  const found = ranges(text, words);
  const all: Piece[] = [];
  let at = 0;
  for (const [from, to] of found) {
    if (from > at) all.push({ text: text.slice(at, from), found: false });
    all.push({ text: text.slice(from, to), found: true });
    at = to;
  }
  if (at < text.length) all.push({ text: text.slice(at), found: false });
  return all;
}

function fold(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  // Letter by letter, for a whole word would end in another sigma.
  return Array.from(plain, (letter) => letter.toLowerCase()).join('');
}

/** From where to where each stands, in order and apart from each other. */
function ranges(text: string, words: readonly string[]): [number, number][] {
  const wanted = words.filter((word) => word !== '');
  // A browser that cannot tell where a letter ends would cut some in two: it marks nothing.
  if (wanted.length === 0 || !('Segmenter' in Intl)) return [];
  const whole = fold(text);
  if (!wanted.some((word) => whole.includes(word))) return [];

  const { folded, from, to } = mapped(text);
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  const found: [number, number][] = [];
  for (const word of wanted) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1)) {
      const first = letters.containing(from[at]!)!;
      const last = letters.containing(to[at + word.length - 1]! - 1)!;
      found.push([first.index, last.index + last.segment.length]);
    }
  }
  return merged(found);
}

/** The folded text, and for each place in it where the letter that it comes from begins and ends. */
function mapped(text: string): { folded: string; from: number[]; to: number[] } {
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let i = 0; i < plain.length; i += 1) {
      from.push(at);
      to.push(at + letter.length);
    }
    folded += plain;
    at += letter.length;
  }
  return { folded, from, to };
}

function merged(found: [number, number][]): [number, number][] {
  const apart: [number, number][] = [];
  for (const [from, to] of found.sort((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}
