/** Lengths of time as a study file writes them: `48h`, `2d`, `3w`, `10y`, and from one up to another: `0w..2w`. */

export const UNITS = ['h', 'd', 'w', 'y'] as const;
export type Unit = (typeof UNITS)[number];

export interface Span {
  amount: string;
  unit: Unit;
}

/** The digits of what was typed into a field for a number. Nothing else stays in it. */
export function digitsIn(field: { value: string }): string {
  const digits = field.value.replaceAll(/\D/g, '');
  if (field.value !== digits) field.value = digits;
  return digits;
}

/** What is no length of time has no amount. */
export function spanOf(written: string, otherwise: Unit): Span {
  const [, amount, unit] = /^(\d*)([hdwy])$/.exec(written.trim()) ?? [];
  return { amount: amount ?? '', unit: (unit as Unit | undefined) ?? otherwise };
}

/** As the file has it. An amount that is not there yet is written as none, which the check finds. */
export function written({ amount, unit }: Span): string {
  const digits = amount.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  return digits === '' ? '' : `${digits}${unit}`;
}

export function rangeOf(text: string, otherwise: Unit): { from: Span; to: Span } {
  const [from = '', to = ''] = text.split('..');
  return { from: spanOf(from, otherwise), to: spanOf(to, otherwise) };
}

/** A range of which nothing is there is none. */
export function writtenRange(from: Span, to: Span): string {
  const [begin, end] = [written(from), written(to)];
  return begin === '' && end === '' ? '' : `${begin}..${end}`;
}
