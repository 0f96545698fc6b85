/** An attempt at one of the diary's commands. */
import type { ErrorCode } from '../../common/generated/diary';
import { Attempt as CommonAttempt } from '../../common/state/attempt.svelte';

export class Attempt extends CommonAttempt<ErrorCode> {}
