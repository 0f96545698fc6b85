/** When an entry was written, by the clock of the phone: in the evening there is in the evening here too. */
import { shortMoment } from '../../common/words/time';

/** "19 Nov 2026, 22:02" of an RFC 3339 moment with the phone's offset, which is left aside. */
export function writtenAt(rfc3339: string): string {
  return shortMoment(new Date(rfc3339.replace(/(?:Z|[+-]\d\d:\d\d)$/, '')));
}
