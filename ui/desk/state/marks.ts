/** A copy with marks, line by line: a long text is laid out, and gone through, in lines. */
import type { InterviewLine, MarkedPiece, ReadCount } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';
import { shortDay } from '../../common/words/time';

export interface LinePiece extends MarkedPiece {
  /** Which mark of the text it is, counted from 0; null where it is none. */
  mark: number | null;
}

/** The lines of a text. What was replaced, and what may be a name, stands in one line each. */
export function linesOf(pieces: readonly MarkedPiece[]): LinePiece[][] {
  const lines: LinePiece[][] = [[]];
  let marks = 0;
  for (const piece of pieces) {
    if (piece.was !== null || piece.may_be) {
      lines.at(-1)!.push({ ...piece, mark: marks });
      marks += 1;
      continue;
    }
    for (const [i, text] of piece.text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)!.push({ ...piece, text, mark: null });
    }
  }
  return lines;
}

/** The marks of a text in its order. */
export const marksOf = (lines: readonly LinePiece[][]): LinePiece[] =>
  lines.flatMap((line) => line.filter(({ mark }) => mark !== null));

/** How many copies were read, in words; interviews are named where there are any. */
export function readWords({ read, entries, interviews, interviews_read }: ReadCount): string {
  const counts = { read, entries };
  return interviews === 0
    ? t('review-count', counts)
    : t('review-count-both', { ...counts, interviews, talksRead: interviews_read });
}

/** Whether there is anything to read, and whether all of it was read. */
export const isNothing = ({ entries, interviews }: ReadCount): boolean => entries + interviews === 0;
export const isAllRead = ({ read, entries, interviews, interviews_read }: ReadCount): boolean =>
  read + interviews_read === entries + interviews;

/** Which interview it is. */
export const interviewName = ({ participant, day, time_point, title }: InterviewLine): string => {
  const name = t('review-interview-name', { participant, day: shortDay(day), point: time_point });
  return title === '' ? name : t('review-interview-titled', { name, title });
};
