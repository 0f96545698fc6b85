/** The sentence for each error: what happened, what is safe, what to do. */
import type { ErrorCode, LockKind } from '../../common/generated/diary';
import { t } from '../../common/words/fluent';

export const errorText: Record<ErrorCode, string> = {
  locked: 'error-locked',
  'wrong-passphrase': 'error-wrong-passphrase',
  'weak-secret': 'error-weak-secret',
  'disk-full': 'error-disk-full',
  'read-only': 'error-read-only',
  'newer-file': 'error-newer-file',
  damaged: 'error-damaged',
  'in-use': 'error-in-use',
  'invitation-unreadable': 'error-invitation-unreadable',
  'invitation-unknown': 'error-invitation-unknown',
  'invitation-used': 'error-invitation-used',
  'invitation-expired': 'error-invitation-expired',
  'study-key-changed': 'error-study-key-changed',
  'consent-needed': 'error-consent-needed',
  'still-leaving': 'error-still-leaving',
  'already-joined': 'error-already-joined',
  'server-unreachable': 'error-server-unreachable',
  'server-trouble': 'error-server-trouble',
  'study-full': 'error-study-full',
  'server-garbage': 'error-server-garbage',
  diverged: 'error-diverged',
  'server-rolled-back': 'error-server-rolled-back',
  'study-rolled-back': 'error-study-rolled-back',
  'server-withholds': 'error-server-withholds',
  revoked: 'error-revoked',
  'phone-unknown': 'error-phone-unknown',
  'phone-stopped': 'error-phone-stopped',
  'other-phone-missing': 'error-other-phone-missing',
  'clock-jumped': 'error-clock-jumped',
  'words-wrong': 'error-words-wrong',
  'words-unknown': 'error-words-unknown',
  'words-other': 'error-words-other',
  'words-closed': 'error-words-closed',
  'same-secret': 'error-same-secret',
  'no-outbox': 'error-no-outbox',
  'outbox-read-only': 'error-outbox-read-only',
  'outbox-full': 'error-outbox-full',
  'not-a-backup': 'error-not-a-backup',
  'backup-damaged': 'error-backup-damaged',
  'backup-newer': 'error-backup-newer',
  parted: 'error-parted',
  'entry-unknown': 'error-entry-unknown',
  'not-now': 'error-not-now',
  'no-study': 'error-no-study',
  'about-the-future': 'error-about-the-future',
  'entry-empty': 'error-entry-empty',
  'entry-too-long': 'error-entry-too-long',
  'voice-too-long': 'error-voice-too-long',
  'voice-not-here': 'error-voice-not-here',
  'diary-exists': 'error-diary-exists',
  internal: 'error-internal',
};

/** A code that this page does not know yet is told as `internal`. */
export function errorSentence(code: ErrorCode, lock: LockKind = 'passphrase'): string {
  return t(errorText[code] ?? errorText.internal, { lock });
}

/** The same of what is tried again by itself for as long as the page is open. */
export function retriedSentence(code: ErrorCode): string {
  return code === 'disk-full' ? t('write-no-room') : errorSentence(code);
}
