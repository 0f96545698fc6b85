/** The diary's screens, and what each is opened with. */
import type { Draft, ErrorCode, InvitationView, Keeping, LockKind, OwnContact } from '../../common/generated/diary';

export interface Secret {
  lock: LockKind;
  secret: string;
}

/** Answers to an invitation's questions, as far as they were given. */
export interface Given {
  answers: Record<string, boolean>;
  earlier: boolean | null;
}

export type Screen =
  | { name: 'welcome' }
  | { name: 'invitation'; text: string; tapped: boolean }
  /** `given` is kept for as long as the invitation is open: answering writes into it. */
  | { name: 'study'; text: string; view: InvitationView; given: Given }
  | { name: 'consent'; text: string; view: InvitationView; given: Given; problem: ErrorCode | null }
  | { name: 'choose-lock'; then: (secret: Secret) => Promise<void>; slow: boolean }
  | { name: 'restore' }
  | { name: 'words' }
  | { name: 'forgot' }
  | { name: 'lock-settings' }
  | { name: 'old-lock'; then: (secret: string) => void }
  | { name: 'someone-knows'; keeping: Keeping }
  | { name: 'words-open' }
  | { name: 'reconnect'; study: string }
  | { name: 'export'; keeping: Keeping }
  | { name: 'backup'; keeping: Keeping }
  | { name: 'backup-file' }
  | { name: 'lock' }
  | { name: 'diaries' }
  | { name: 'today' }
  /** `fresh`: the draft is a copy of an entry as it is, and worth nothing until something in it is changed. */
  | { name: 'write'; draft: Draft; fresh: boolean }
  | { name: 'readers'; draft: Draft }
  | { name: 'diary' }
  | { name: 'entry'; id: string }
  | { name: 'support' }
  | { name: 'contacts'; own: OwnContact[] }
  | { name: 'me' }
  | { name: 'my-study' }
  | { name: 'answers' }
  | { name: 'phase' }
  | { name: 'leave' }
  | { name: 'looks' }
  | { name: 'reminders' }
  | { name: 'time-off' }
  | { name: 'phones' }
  | { name: 'stop-phone'; device: string };

export const TABS = ['today', 'diary', 'support', 'me'] as const;
export type Tab = (typeof TABS)[number];
