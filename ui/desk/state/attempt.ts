/** An attempt at one of the desk's commands. */
import type { ErrorCode } from '../../common/generated/desk';
import { Attempt as CommonAttempt } from '../../common/state/attempt.svelte';

export class Attempt extends CommonAttempt<ErrorCode> {}
