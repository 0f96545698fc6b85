/** Which phone wrote a version, in words. */
import type { RevisionView } from '../../common/generated/diary';
import { t } from '../../common/words/fluent';

/** "this phone", "another phone", or, of several others, "another phone (2)"; where no record says it, "a phone". */
export function phoneText(revision: RevisionView, revisions: RevisionView[]): string {
  if (revision.phone === null) return t('phone-unknown');
  if (revision.phone === 0) return t('phone-this');
  const others = new Set(revisions.map((each) => each.phone).filter((phone) => phone !== null && phone > 0));
  return others.size > 1 ? t('phone-other-number', { number: revision.phone }) : t('phone-other');
}
