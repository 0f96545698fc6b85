import { describe, expect, it } from 'vitest';
import {
  addPrompt,
  isLanguage,
  isMadeFrom,
  languageName,
  missingIn,
  movePrompt,
  moveSet,
  numbered,
  removeLanguage,
  removePhase,
  removeSet,
  renameCode,
  renamePhase,
  renameSet,
  slug,
  unused,
} from '../desk/state/edits';
import { smallDraft } from './study-form';

const prompts = (draft: ReturnType<typeof smallDraft>) => draft.prompt.map(({ id }) => id);

describe('an id', () => {
  it('is made from the words that it stands for, and is never longer than ids may be', () => {
    expect(slug('What stays with you, today?')).toBe('what-stays-with-you-today');
    expect(slug('Über Café')).toBe('uber-cafe');
    expect(slug('ما الذي بقي معك؟')).toBe('');
    expect(slug('word '.repeat(30)).length).toBeLessThanOrEqual(36);
    expect(slug('w'.repeat(80))).toHaveLength(36);
  });

  it('that something has already gets a number', () => {
    expect(unused('daily', [])).toBe('daily');
    expect(unused('daily', ['daily', 'daily-2'])).toBe('daily-3');
    expect(numbered('phase', ['phase-1', 'phase-3'])).toBe('phase-2');
  });

  it('follows its words for as long as nobody has chosen another', () => {
    expect(isMadeFrom('question-3', '')).toBe(true);
    expect(isMadeFrom('what-stays', 'What stays')).toBe(true);
    expect(isMadeFrom('what-stays-2', 'What stays')).toBe(true);
    expect(isMadeFrom('stays', 'What stays')).toBe(false);
    expect(isMadeFrom('what-stays-here', 'What stays')).toBe(false);
  });
});

describe('what belongs together', () => {
  it('is renamed together', () => {
    const draft = smallDraft();
    renamePhase(draft, 0, 'begin');
    renameSet(draft, 1, 'look-back');
    expect(draft.prompt_set[1]).toMatchObject({ id: 'look-back', phases: ['begin'] });
    expect(draft.schedule[0]).toMatchObject({ set: 'look-back', phases: ['begin'] });
    expect(draft.prompt[2]!.set).toBe('look-back');
    expect(draft.prompt_set[0]!.phases).toBeNull();
  });

  it('stays with what it means while a name is typed that something else has, or none', () => {
    const sets = smallDraft();
    for (const id of ['weekl', 'week', 'd', 'daily', '', 'daily-again']) renameSet(sets, 1, id);
    expect(sets.prompt.map(({ set }) => set)).toEqual(['daily', 'daily', 'daily-again']);
    expect(sets.schedule[0]!.set).toBe('daily-again');

    const phases = smallDraft();
    for (const id of ['int', '', 'beyond', 'beyond-all']) renamePhase(phases, 0, id);
    expect([phases.phase.map(({ id }) => id), phases.prompt_set[1]!.phases]).toEqual([
      ['beyond-all', 'beyond'],
      ['beyond-all'],
    ]);

    const codes = smallDraft();
    codes.code = ['Work', 'Home', 'Pay', 'Rent'].map((name) => ({ name, parent: '', description: '' }));
    codes.code[2]!.parent = 'Work';
    codes.code[3]!.parent = 'Home';
    for (const name of ['Wor', '', 'H', 'Home', 'Homes']) renameCode(codes, 0, name);
    expect(codes.code.map(({ name, parent }) => [name, parent])).toEqual([
      ['Homes', ''],
      ['Home', ''],
      ['Pay', 'Homes'],
      ['Rent', 'Home'],
    ]);
  });

  it('that two have, of which a file was written so, is taken from neither', () => {
    const draft = smallDraft();
    draft.prompt_set[1]!.id = 'daily';
    renameSet(draft, 1, 'weekly');
    expect(draft.prompt.map(({ set }) => set)).toEqual(['daily', 'daily', 'weekly']);
  });

  it('goes together, and a set whose only phase is gone is left with none, for the check to say', () => {
    const draft = smallDraft();
    removePhase(draft, 0);
    expect(draft.phase).toEqual([{ id: 'beyond', from: '0w', title: { en: 'Beyond' } }]);
    expect([draft.prompt_set[1]!.phases, draft.schedule[0]!.phases]).toEqual([[], []]);
    removeSet(draft, 1);
    expect([prompts(draft), draft.schedule]).toEqual([['stays', 'heavy'], []]);
  });

  it('moves together: questions stay in the order of their sets', () => {
    const draft = smallDraft();
    moveSet(draft, 1, -1);
    expect(prompts(draft)).toEqual(['week', 'stays', 'heavy']);
    movePrompt(draft, 1, 1);
    expect(prompts(draft)).toEqual(['week', 'heavy', 'stays']);
    movePrompt(draft, 1, -1);
    expect(prompts(draft)).toEqual(['week', 'heavy', 'stays']);
    const place = addPrompt(draft, { id: 'new', set: 'weekly', kind: 'text', text: {}, option: [] });
    expect([place, prompts(draft)]).toEqual([1, ['week', 'new', 'heavy', 'stays']]);
  });
});

describe('a language', () => {
  it('lacks what is written in another', () => {
    const draft = smallDraft();
    expect(missingIn(draft, 'en')).toBe(0);
    expect(missingIn(draft, 'gd')).toBe(9);
    draft.about = { gd: 'Mu dheidhinn' };
    expect(missingIn(draft, 'en')).toBe(1);
    draft.about = { gd: ' ' };
    expect(missingIn(draft, 'en')).toBe(0);
  });

  it('goes with its texts', () => {
    const draft = smallDraft();
    removeLanguage(draft, 1);
    expect([draft.languages, draft.title]).toEqual([['en'], { en: 'Ours' }]);
  });

  it('has a code that the check takes, and a name', () => {
    expect(['en', 'gd', 'pt-BR', 'zh-Hans'].every(isLanguage)).toBe(true);
    expect(['', 'e', 'English', 'EN', 'en_GB', 'en-'].some(isLanguage)).toBe(false);
    expect(languageName('gd')).toContain('Gaelic');
    expect(languageName('not a code')).toBe('not a code');
  });
});
