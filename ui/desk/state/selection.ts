/** Words that somebody has selected in a copy, as they stand in the original. */

/** Marks the element of one text. */
export const TEXT = 'data-text';
/** What stood in the place of an element's text. */
export const WAS = 'data-was';

/** The most characters of a name that the host takes. */
const LONGEST = 200;

/** The words and the element of the text in which all of them stand; null where they are none, too many, or of several lines. */
export function selectedWords(selection: Selection | null): { text: Element; words: string } | null {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const text = (around instanceof Element ? around : around.parentElement)?.closest(`[${TEXT}]`);
  if (!text) return null;
  const words = original(range.cloneContents(), around).trim();
  return words === '' || words.includes('\n') || Array.from(words).length > LONGEST ? null : { text, words };
}

/** A part of what was replaced is all of it. */
function original(part: DocumentFragment, around: Node): string {
  const within = (around instanceof Element ? around : around.parentElement)?.closest(`[${WAS}]`);
  if (within) return within.getAttribute(WAS) ?? '';
  for (const beside of part.querySelectorAll('[data-beside]')) beside.remove();
  for (const replaced of part.querySelectorAll(`[${WAS}]`)) replaced.replaceWith(replaced.getAttribute(WAS) ?? '');
  return part.textContent ?? '';
}
