/** Exports that were made, as they are named where one holds something. */
import type { ExportRef } from '../../common/generated/desk';
import { breakable, t } from '../../common/words/fluent';
import { shortMoment } from '../../common/words/time';

export function exportWords({ at, path, there }: ExportRef): string {
  const when = at === null ? t('not-known') : shortMoment(new Date(at));
  return t(there ? 'interview-export' : 'interview-export-gone', { when, path: breakable(path) });
}
