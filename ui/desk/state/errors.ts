/** The sentence for each error: what happened, what is safe, what to do. */
import type { ErrorCode } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

export const errorText: Record<ErrorCode, string> = {
  locked: 'error-locked',
  'no-desk': 'error-no-desk',
  'wrong-passphrase': 'error-wrong-passphrase',
  'in-use': 'error-in-use',
  newer: 'error-newer',
  damaged: 'error-damaged',
  unreadable: 'error-unreadable',
  'disk-full': 'error-disk-full',
  'read-only': 'error-read-only',
  'label-unfit': 'error-label-unfit',
  'participant-unknown': 'error-participant-unknown',
  'invitation-used': 'error-invitation-used',
  collecting: 'error-collecting',
  'server-unreachable': 'error-server-unreachable',
  'server-untrusted': 'error-server-untrusted',
  'server-trouble': 'error-server-trouble',
  'server-garbage': 'error-server-garbage',
  'server-restored': 'error-server-restored',
  'token-refused': 'error-token-refused',
  'server-refuses': 'error-server-refuses',
  'entry-unknown': 'error-entry-unknown',
  'name-missing': 'error-name-missing',
  'reason-missing': 'error-reason-missing',
  'reason-unfit': 'error-reason-unfit',
  'term-unfit': 'error-term-unfit',
  'pseudonym-unfit': 'error-pseudonym-unfit',
  'copy-changed': 'error-copy-changed',
  'copies-unread': 'error-copies-unread',
  'no-codes': 'error-no-codes',
  'export-unwritable': 'error-export-unwritable',
  'folder-not-shown': 'error-folder-not-shown',
  'not-confirmed': 'error-not-confirmed',
  'erasure-changed': 'error-erasure-changed',
  'transcript-empty': 'error-transcript-empty',
  'transcript-too-large': 'error-transcript-too-large',
  'transcript-pdf': 'error-transcript-pdf',
  'transcript-old': 'error-transcript-old',
  'transcript-encrypted': 'error-transcript-encrypted',
  'transcript-other-kind': 'error-transcript-other-kind',
  'transcript-damaged': 'error-transcript-damaged',
  'transcript-not-text': 'error-transcript-not-text',
  'transcript-other-encoding': 'error-transcript-other-encoding',
  'transcript-there': 'error-transcript-there',
  'transcript-unknown': 'error-transcript-unknown',
  'time-point-unfit': 'error-time-point-unfit',
  'day-unfit': 'error-day-unfit',
  'title-unfit': 'error-title-unfit',
  internal: 'error-internal',
};

/** A code that this page does not know yet is told as `internal`. */
export function errorSentence(code: ErrorCode): string {
  return t(errorText[code] ?? errorText.internal);
}
