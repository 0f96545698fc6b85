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
  'draft-unfit': 'error-draft-unfit',
  'draft-too-long': 'error-draft-too-long',
  'desk-exists': 'error-desk-exists',
  'server-address': 'error-server-address',
  'token-unfit': 'error-token-unfit',
  'admin-token-refused': 'error-admin-token-refused',
  'passphrase-empty': 'error-passphrase-empty',
  'join-page-on-server': 'error-join-page-on-server',
  'study-changed': 'error-study-changed',
  'published-elsewhere': 'error-published-elsewhere',
  internal: 'error-internal',
};

/** A code that this page does not know yet is told as `internal`. */
export function errorSentence(code: ErrorCode): string {
  return t(errorText[code] ?? errorText.internal);
}
