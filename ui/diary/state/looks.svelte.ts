/**
 * How the page looks: shown at once, and kept by the host.
 *
 * The size and the theme are attributes of the root, which the style sheet knows (`tokens.css`).
 */
import type { Appearance, DiaryCommands } from '../../common/generated/diary';
import type { Host } from '../../common/host/host';
import { declareLanguage, speak, t } from '../../common/words/fluent';

export class Looks {
  chosen = $state.raw<Appearance>({ language: null, text: '100', theme: 'system' });
  readonly #host: Host<DiaryCommands>;
  #kept: Promise<unknown> = Promise.resolve();

  constructor(host: Host<DiaryCommands>) {
    this.#host = host;
  }

  /** As it was chosen last. A host that cannot say leaves it plain. */
  async begin(): Promise<void> {
    try {
      this.chosen = await this.#host.call('appearance', { phone: navigator.language });
    } catch {
      // The first screen tells what is the matter with the host.
    }
    await this.#show();
  }

  /** Shows a choice and keeps it, one after the other. Rejects when it could not be kept; it is shown all the same. */
  async choose(change: Partial<Appearance>): Promise<void> {
    this.chosen = { ...this.chosen, ...change };
    await this.#show();
    const keep = () => this.#host.call('set_appearance', this.chosen);
    const kept = this.#kept.then(keep, keep);
    this.#kept = kept;
    await kept;
  }

  async #show(): Promise<void> {
    const { language, text, theme } = this.chosen;
    const root = document.documentElement;
    root.dataset.text = text;
    root.dataset.theme = theme;
    await speak(language);
    declareLanguage(root);
    document.title = t('lock-title');
  }
}
