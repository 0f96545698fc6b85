/**
 * What in a draft could tell who somebody is: the host finds it, the page says it quietly. Advice alone: saving never
 * waits for it, and where it cannot be had, nothing is said.
 */
import type { CueKind, DiaryCommands, Draft, DraftCue } from '../../common/generated/diary';
import { isolate, t } from '../../common/words/fluent';
import { answerTo } from './draft';

export type Ask = <K extends 'cues' | 'allow_word'>(
  name: K,
  input: DiaryCommands[K]['input'],
) => Promise<DiaryCommands[K]['output']>;

const cueText: Record<CueKind, string> = {
  name: 'cue-name',
  phone: 'cue-phone',
  email: 'cue-email',
  address: 'cue-address',
  'birth-date': 'cue-birth-date',
};

/** What is said of a cue while writing. */
export function cueSentence(cue: DraftCue): string {
  return t(cueText[cue.kind], { text: isolate(cue.text) });
}

/** What is said of the cues at the end: the first one, and how many others there are. */
export function stillSentence(cues: DraftCue[]): string | null {
  const first = cues[0];
  return first ? t('cue-still', { kind: first.kind, text: isolate(first.text), more: cues.length - 1 }) : null;
}

/** The text of the field that a cue lies in. */
export function fieldText(draft: Draft, prompt: string | null): string {
  return prompt === null ? draft.text : answerTo(draft, prompt);
}

/** Whether two pieces of text are in the middle of one word or number where they meet. */
function isInside(before: string, after: string): boolean {
  const letters = /[\p{L}\p{M}]$/u.test(before) && /^[\p{L}\p{M}]/u.test(after);
  return letters || (/\p{N}$/u.test(before) && /^\p{N}/u.test(after));
}

/**
 * Where the words of a cue stand in a text now: where they were, or else nearest to that. Null when they are gone, also
 * into a longer word: what was half a name when typing paused is not said of the whole.
 */
export function placeOf(cue: DraftCue, text: string): { start: number; end: number } | null {
  let nearest: number | null = null;
  for (let at = text.indexOf(cue.text); at >= 0; at = text.indexOf(cue.text, at + 1)) {
    const end = at + cue.text.length;
    const inside =
      isInside(text.slice(Math.max(0, at - 2), at), cue.text) || isInside(cue.text, text.slice(end, end + 2));
    if (inside) continue;
    if (nearest === null || Math.abs(at - cue.start) < Math.abs(nearest - cue.start)) nearest = at;
  }
  return nearest === null ? null : { start: nearest, end: nearest + cue.text.length };
}

/** The cues that still stand in the draft, each wording once. */
export function standing(cues: DraftCue[], draft: Draft): DraftCue[] {
  const said = new Set<string>();
  return cues.filter((cue) => {
    if (said.has(cue.text) || placeOf(cue, fieldText(draft, cue.prompt)) === null) return false;
    said.add(cue.text);
    return true;
  });
}

/** Asks for the cues of a draft. Only the answer to the last question counts. */
export class CueFinder {
  readonly #ask: Ask;
  readonly #onCues: (cues: DraftCue[]) => void;
  #asked = 0;

  constructor(ask: Ask, onCues: (cues: DraftCue[]) => void) {
    this.#ask = ask;
    this.#onCues = onCues;
  }

  async look(draft: Draft): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    try {
      const cues = await this.#ask('cues', { draft });
      if (question === this.#asked) this.#onCues(cues);
    } catch {
      // The next save asks again.
    }
  }

  /** A word is fine from now on, or no longer; then the draft is looked at again. True when it was kept. */
  async allow(word: string, fine: boolean, draft: Draft): Promise<boolean> {
    const kept = await this.#ask('allow_word', { word, fine }).then(
      () => true,
      () => false,
    );
    await this.look(draft);
    return kept;
  }
}
