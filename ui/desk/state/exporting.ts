/** Exports: what each format is for, and which of those that were made hold something that was withdrawn or removed since. */
import type { Format, LineEnds, MadeView, Per } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

interface Text {
  title: string;
  lead: string;
}

export const formatText: Record<Format, Text> = {
  qdpx: { title: 'format-qdpx', lead: 'format-qdpx-lead' },
  qdc: { title: 'format-qdc', lead: 'format-qdc-lead' },
  docx: { title: 'format-docx', lead: 'format-docx-lead' },
  md: { title: 'format-md', lead: 'format-md-lead' },
  csv: { title: 'format-csv', lead: 'format-csv-lead' },
  jsonl: { title: 'format-jsonl', lead: 'format-jsonl-lead' },
  archive: { title: 'format-archive', lead: 'format-archive-lead' },
};

/** What a pack that was printed has in the place of a format: of paper the desk does not know where it is. */
export const PAPER = 'paper';

export const perText: Record<Per, string> = {
  participant: 'per-participant',
  phase: 'per-phase',
  entry: 'per-entry',
};

export const lineEndsText: Record<LineEnds, string> = { lf: 'line-ends-lf', crlf: 'line-ends-crlf' };

/** What a format is called; one that this page does not know yet, by its own name. */
export function formatWords(format: string): string {
  if (format === PAPER) return t('format-paper');
  const text = (formatText as Partial<Record<string, Text>>)[format];
  return text === undefined ? format : t(text.title);
}

/** Those that somebody has to delete or to mend. */
export const toMend = (made: readonly MadeView[]): MadeView[] =>
  made.filter(({ there, withdrawn, removed }) => there && withdrawn + removed > 0);
