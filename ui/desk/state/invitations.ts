/** How an invitation stands, in words. */
import type { Invitation, PersonView } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';
import { dateOf, shortDay } from '../../common/words/time';

const invitationText: Record<Invitation, string> = {
  'not-sent': 'invitation-not-sent',
  open: 'invitation-open',
  used: 'invitation-used',
  expired: 'invitation-expired',
  revoked: 'invitation-revoked',
  'revocation-not-sent': 'invitation-revocation-not-sent',
};

export function invitationWords({ invitation, until }: PersonView): string {
  if (invitation === null) return t('invitation-none');
  if (invitation === 'open' && until !== null) {
    return t('invitation-open-until', { day: shortDay(dateOf(new Date(until))) });
  }
  return t(invitationText[invitation]);
}
