/**
 * Which words two texts share: the longest common run of words, in order.
 *
 * Words are found as the language has them, also where none stands between spaces. Texts whose difference would take too
 * long to find are not compared: then both are shown whole.
 */

export interface DiffPiece {
  text: string;
  kind: 'same' | 'removed' | 'added';
}

/** The most pairs of words that are looked at: some 2,000 changed words on each side, in about 50 ms. */
const MOST_PAIRS = 4_000_000;

/** The pieces of both texts in order, or null where they are too long to compare. */
export function diffWords(before: string, after: string): DiffPiece[] | null {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  const [oldMiddle, freshMiddle] = [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)];
  if (oldMiddle.length * freshMiddle.length > MOST_PAIRS) return null;
  const pieces: DiffPiece[] = [];
  add(pieces, 'same', old.slice(0, start));
  middle(pieces, oldMiddle, freshMiddle);
  add(pieces, 'same', old.slice(old.length - end));
  return pieces;
}

function wordsOf(text: string): string[] {
  if (!('Segmenter' in Intl)) return text.match(/\s+|\S+/g) ?? [];
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
  return Array.from(segments, (segment) => segment.segment);
}

function middle(pieces: DiffPiece[], old: string[], fresh: string[]): void {
  // common[i][j] = how many words old[i…] and fresh[j…] share.
  const width = fresh.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      common[at] = old[i] === fresh[j] ? common[at + width + 1]! + 1 : Math.max(common[at + width]!, common[at + 1]!);
    }
  }
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const at = i * width + j;
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add(pieces, 'same', [old[i]!]);
      i += 1;
      j += 1;
    } else if (j === fresh.length || (i < old.length && common[at + width]! >= common[at + 1]!)) {
      add(pieces, 'removed', [old[i]!]);
      i += 1;
    } else {
      add(pieces, 'added', [fresh[j]!]);
      j += 1;
    }
  }
}

function add(pieces: DiffPiece[], kind: DiffPiece['kind'], words: string[]): void {
  if (words.length === 0) return;
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += words.join('');
  else pieces.push({ text: words.join(''), kind });
}
