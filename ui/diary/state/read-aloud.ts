/** Whether this device reads aloud. */
import type { Diary } from './diary.svelte';

/** A device that cannot say is one that cannot. */
export async function canReadAloud(diary: Diary): Promise<boolean> {
  return diary.ask('speech', {}).then(
    ({ can_read_aloud }) => can_read_aloud,
    () => false,
  );
}
