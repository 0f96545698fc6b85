/** What is in a file and is not read, in words. */
import type { LeftOut } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

const leftOutText: Record<LeftOut, string> = {
  comments: 'left-out-comments',
  notes: 'left-out-notes',
  deleted: 'left-out-deleted',
  pictures: 'left-out-pictures',
  other: 'left-out-other',
  letters: 'left-out-letters',
};

export const leftOutWords = (what: LeftOut): string => t(leftOutText[what]);
