/** The study as phones show it: what is shown, and until when. */
import type { DeskCommands, OpenPreview, PreviewView } from '../../common/generated/desk';
import { CommandError } from '../../common/host/host';

/** After so long a host that could not say whether it is over is asked again. */
const ASK_AGAIN = 2_000;
/** What may pass, while the page itself says so. */
const PASSING: readonly string[] = ['no-answer'];

type Ask = <K extends keyof DeskCommands>(
  name: K,
  input: DeskCommands[K]['input'],
) => Promise<DeskCommands[K]['output']>;

export class Previewing {
  /** What is shown. */
  shown = $state.raw<PreviewView | null>(null);
  /** Whether it has ended without anybody having asked for that here. */
  over = $state(false);
  /** What was said last of the days of the study. */
  days = $state.raw<PreviewView['days']>([]);
  lastDay = $state(1);

  readonly #ask: Ask;
  readonly #patience: number;

  constructor(ask: Ask, patience = ASK_AGAIN) {
    this.#ask = ask;
    this.#patience = patience;
  }

  /** Shows the study so. What was shown before is gone. */
  async open(wanted: OpenPreview): Promise<void> {
    this.shown = null;
    this.over = false;
    const shown = await this.#ask('open_preview', wanted);
    this.shown = shown;
    this.days = shown.days;
    this.lastDay = shown.last_day;
    void this.#follow(shown.number);
  }

  /** Nobody looks any more. */
  async close(): Promise<void> {
    this.shown = null;
    // A host that cannot be asked ends it by itself.
    await this.#ask('close_preview', {}).catch(() => {});
  }

  async #follow(number: number): Promise<void> {
    while (this.shown?.number === number) {
      try {
        await this.#ask('await_preview', { number });
        if (this.shown?.number !== number) return;
        this.shown = null;
        this.over = true;
      } catch (thrown) {
        if (!PASSING.includes(CommandError.from<string>(thrown).code)) return;
        await new Promise<void>((resolve) => setTimeout(resolve, this.#patience));
      }
    }
  }
}
