/** What is being written: pure steps from one draft to the next. */
import type { Draft, Prompt, PromptSet } from '../../common/generated/diary';

/** The prompt set of free writing. */
export const FREE = 'free';

export function newDraft(promptSet: string, about: string): Draft {
  return {
    id: '',
    entry: null,
    prompt_set: promptSet,
    about,
    answers: [],
    text: '',
    weight: null,
    tags: [],
    caret: null,
    saved_at: null,
    voice: [],
  };
}

/** Whether nothing in it makes an entry: words, a voice note or the weight of the day. */
export function isEmpty(draft: Draft): boolean {
  const words = draft.text.trim() !== '' || draft.answers.some((answer) => answer.value.trim() !== '');
  return !words && draft.voice.length === 0 && (draft.weight ?? 'not-said') === 'not-said';
}

export function answerTo(draft: Draft, prompt: string): string {
  return draft.answers.find((answer) => answer.prompt === prompt)?.value ?? '';
}

/**
 * The questions on the screen: those of the prompt set as it is now, then those that the draft answers and the set no
 * longer asks, as they stood.
 */
export function promptsOf(draft: Draft, sets: PromptSet[]): Prompt[] {
  const asked = sets.find((set) => set.id === draft.prompt_set)?.prompts ?? [];
  const older = draft.answers
    .filter((answer) => !asked.some((prompt) => prompt.id === answer.prompt))
    .map((answer): Prompt => ({ id: answer.prompt, text: answer.question, kind: 'text', options: [] }));
  return [...asked, ...older];
}

/** The draft with one answer changed; an answer made empty is left out, and the order is that of the questions. */
export function withAnswer(draft: Draft, prompts: Prompt[], prompt: Prompt, value: string): Draft {
  const answers = prompts.flatMap((each) => {
    if (each.id === prompt.id) return value === '' ? [] : [{ prompt: each.id, question: each.text, value }];
    const kept = draft.answers.find((answer) => answer.prompt === each.id);
    return kept ? [kept] : [];
  });
  return { ...draft, answers };
}

/** The first words, for a line that leads back to the draft. */
export function openingWords(draft: Draft, sets: PromptSet[]): string {
  const first = draft.answers.find((answer) => answer.value.trim() !== '');
  if (!first) return draft.text.trim().slice(0, 120);
  const options = promptsOf(draft, sets).find((prompt) => prompt.id === first.prompt)?.options ?? [];
  return (options.find((option) => option.id === first.value)?.text ?? first.value).trim().slice(0, 120);
}
