/** A study file that somebody chose, as text. */

export type ReadFile = { text: string } | { unreadable: 'not-utf8' | 'too-long'; line: number };

/** Longer than any study file may be, by far. */
const MOST = 1024 * 1024;

/** Reads it as UTF-8; where it is in another way of writing, says in which line that shows. */
export function readStudyText(bytes: Uint8Array): ReadFile {
  if (bytes.length > MOST) return { unreadable: 'too-long', line: 1 };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const lines = new TextDecoder('utf-8').decode(bytes).split('\n');
    return { unreadable: 'not-utf8', line: lines.findIndex((line) => line.includes('\ufffd')) + 1 };
  }
}
