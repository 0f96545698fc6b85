import { describe, expect, it } from 'vitest';
import type { Prompt, PromptSet } from '../common/generated/diary';
import { isEmpty, newDraft, openingWords, promptsOf, withAnswer } from '../diary/state/draft';

const prompt = (id: string, kind: Prompt['kind'] = 'text', options: Prompt['options'] = []): Prompt => ({
  id,
  text: `${id}?`,
  kind,
  options,
});
const prompts = [prompt('stays'), prompt('why'), prompt('who', 'choice', [{ id: 'c', text: 'A client' }])];
const daily: PromptSet = { id: 'daily', when: 'day', title: null, prompts };
const draft = newDraft('daily', '2026-11-19');

describe('answers', () => {
  it('stand in the order of the questions, whichever came first', () => {
    const answered = withAnswer(withAnswer(draft, prompts, prompts[1]!, 'because'), prompts, prompts[0]!, 'a face');
    expect(answered.answers.map((answer) => answer.prompt)).toEqual(['stays', 'why']);
  });

  it('keep the question as it stood', () => {
    expect(withAnswer(draft, prompts, prompts[0]!, 'a face').answers[0]?.question).toBe('stays?');
  });

  it('that are made empty are left out', () => {
    const answered = withAnswer(draft, prompts, prompts[0]!, 'a face');
    expect(withAnswer(answered, prompts, prompts[0]!, '').answers).toEqual([]);
  });

  it('to questions that the study no longer asks are still shown and kept', () => {
    const old = { ...draft, answers: [{ prompt: 'gone', question: 'Once?', value: 'yes' }] };
    const shown = promptsOf(old, [daily]);
    expect(shown.map((each) => each.text)).toEqual(['stays?', 'why?', 'who?', 'Once?']);
    expect(withAnswer(old, shown, prompts[0]!, 'x').answers.map((each) => each.prompt)).toEqual(['stays', 'gone']);
  });
});

describe('a draft', () => {
  it('of spaces is empty', () => {
    expect(isEmpty({ ...draft, text: ' \n' })).toBe(true);
    expect(isEmpty({ ...draft, text: 'a' })).toBe(false);
  });

  it('opens with its first words, a choice with its text', () => {
    expect(openingWords({ ...draft, text: ' free ' }, [daily])).toBe('free');
    expect(openingWords(withAnswer(draft, prompts, prompts[2]!, 'c'), [daily])).toBe('A client');
  });
});
