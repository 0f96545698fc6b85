/** What the host answered to the newest of several questions. Answers to older ones are not shown. */
import type { ErrorCode } from '../../common/generated/desk';
import { CommandError } from '../../common/host/host';

export class Latest<T> {
  answer = $state.raw<T | null>(null);
  problem = $state<ErrorCode | null>(null);
  #question = 0;

  async ask(question: () => Promise<T>): Promise<void> {
    const number = (this.#question += 1);
    this.problem = null;
    try {
      const answer = await question();
      if (number === this.#question) this.answer = answer;
    } catch (thrown) {
      if (number === this.#question) this.problem = CommandError.from<ErrorCode>(thrown).code;
    }
  }
}
