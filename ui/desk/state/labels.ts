/** What people are called at this desk: labels, and no names. */

/** The most characters that the host takes. */
const LONGEST = 200;

/** The labels that were typed, one in a line, each once. */
export function labelsIn(typed: string): string[] {
  const lines = typed.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Whether the host would take it: short enough, and all of it to be seen. */
export const isFit = (label: string): boolean => Array.from(label).length <= LONGEST && !/\p{Cc}/u.test(label);

/** Whether it looks like somebody's name: letters without any number, several words, or an address. */
export function looksLikeName(label: string): boolean {
  return label.includes('@') || /\p{L}{2,}\s+\p{L}{2,}/u.test(label) || (/\p{L}/u.test(label) && !/\p{N}/u.test(label));
}

/**
 * The next label in a row of those that there are: after P01 and P02 comes P03. The row that is being typed goes on, and otherwise the
 * one with the most labels.
 */
export function nextLabel(existing: readonly string[], typed: readonly string[]): string {
  const placed = [...existing, ...typed].flatMap((label) => placeOf(label) ?? []);
  const names = placed.map(({ name }) => name);
  const many = (name: string) => names.filter((each) => each === name).length;
  const being = typed.flatMap((label) => placeOf(label) ?? []).at(-1)?.name;
  const name = being ?? [...new Set(names)].sort((a, b) => many(b) - many(a))[0];
  if (name === undefined) return 'P01';
  const row = placed.filter((place) => place.name === name);
  const next = Math.max(...row.map(({ number }) => number)) + 1;
  return name + String(next).padStart(Math.max(...row.map(({ digits }) => digits)), '0');
}

/** What a label begins with, and the number at its end. */
function placeOf(label: string): { name: string; number: number; digits: number } | null {
  const [, name, digits] = /^(.*?\D)([0-9]{1,9})$/su.exec(label) ?? [];
  return name === undefined || digits === undefined ? null : { name, number: Number(digits), digits: digits.length };
}
