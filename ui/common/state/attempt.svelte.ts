/** One thing that a person asked for and that may not work: whether it is under way, and what stood in the way. */
import { CommandError } from '../host/host';

export class Attempt<E extends string> {
  busy = $state(false);
  problem = $state<E | 'internal' | null>(null);

  /** Does it once at a time. True when it worked. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.problem = CommandError.from<E>(thrown).code;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
