/** A phone that has been stopped. */
import type { ErrorCode } from '../../common/generated/diary';

/** Whether nothing goes from this phone to the server any more, and nothing comes: its person or the study has stopped it. */
export function isFinal(problem: ErrorCode | null): boolean {
  return problem === 'phone-stopped' || problem === 'revoked';
}
