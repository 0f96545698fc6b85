import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StudyDraft } from '../common/generated/desk';
import { CommandError } from '../common/host/host';
import { Drafting, QUIET, RETRY } from '../desk/state/drafting.svelte';
import { removeLanguage, removePhase, removeSet } from '../desk/state/edits';
import { smallDraft, smallForm } from './study-form';

describe('drafting', () => {
  let saved: StudyDraft[];
  let refuses: string | null;
  let asked: number;
  let slow: Promise<void> | null;
  let drafting: Drafting;

  beforeEach(async () => {
    vi.useFakeTimers();
    saved = [];
    refuses = null;
    asked = 0;
    slow = null;
    drafting = new Drafting(async (name, input) => {
      if (name === 'study_form') return smallForm(smallDraft()) as never;
      if (name === 'take_study')
        return { form: null, problems: [{ at: '', line: 1, message: '', remedy: '' }] } as never;
      if (name !== 'save_study') throw new Error(name);
      const { draft } = input as { draft: StudyDraft };
      await slow;
      asked += 1;
      if (refuses) throw new CommandError(refuses);
      saved.push(draft);
      return { ...smallForm(draft), kept: saved.length === 1 ? 'study.before-1.toml' : null } as never;
    });
    await drafting.load();
  });

  afterEach(() => vi.useRealTimers());

  const type = (title: string) => {
    drafting.draft!.title.en = title;
    drafting.changed();
  };
  const titles = () => saved.map(({ title }) => title.en);

  it('saves by itself once typing pauses, and not what has not changed', async () => {
    drafting.changed();
    expect(drafting.saving).toBe('saved');
    type('O');
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    type('On');
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    expect([drafting.saving, titles()]).toEqual(['unsaved', []]);
    await vi.advanceTimersByTimeAsync(1);
    expect([drafting.saving, titles()]).toEqual(['saved', ['On']]);
  });

  it('saves what changes meanwhile right after, one at a time', async () => {
    let go = () => {};
    slow = new Promise((resolve) => (go = resolve));
    type('One');
    await vi.advanceTimersByTimeAsync(QUIET);
    type('Two');
    go();
    expect(await drafting.settled()).toBe(true);
    expect(titles()).toEqual(['One', 'Two']);
    expect(drafting.draft!.title.en).toBe('Two');
  });

  it('says what stands in the way, keeps what was typed, and tries again', async () => {
    refuses = 'disk-full';
    type('One');
    expect(await drafting.settled()).toBe(false);
    expect([drafting.problem, drafting.saving, drafting.draft!.title.en]).toEqual(['disk-full', 'unsaved', 'One']);
    refuses = null;
    await vi.advanceTimersByTimeAsync(RETRY);
    expect([drafting.problem, drafting.saving, titles()]).toEqual([null, 'saved', ['One']]);
  });

  it('tries again more and more seldom, and never what only the person can change', async () => {
    refuses = 'disk-full';
    type('One');
    await drafting.settled();
    asked = 0;
    await vi.advanceTimersByTimeAsync(7 * RETRY);
    expect(asked).toBe(3);
    refuses = 'draft-too-long';
    await drafting.settled();
    asked = 0;
    await vi.advanceTimersByTimeAsync(1_000 * RETRY);
    expect(asked).toBe(0);
    refuses = null;
    type('Two');
    await vi.advanceTimersByTimeAsync(QUIET);
    expect([drafting.saving, titles()]).toEqual(['saved', ['Two']]);
  });

  it('begins nothing anew and takes no file while something is not saved', async () => {
    refuses = 'draft-too-long';
    type('One');
    await expect(drafting.begin('example')).rejects.toThrow();
    await expect(drafting.take('odd')).rejects.toThrow();
    expect(drafting.draft!.title.en).toBe('One');
  });

  it('takes over what is being typed where that counts only when it is finished', async () => {
    drafting.typing = () => void (drafting.draft!.phase[0]!.id = 'begin');
    expect(await drafting.settled()).toBe(true);
    expect(saved.at(-1)!.phase[0]!.id).toBe('begin');
  });

  it('puts back what was taken out', async () => {
    drafting.takeOut('The question', (draft) => draft.prompt.splice(0, 1));
    expect(drafting.draft!.prompt).toHaveLength(2);
    await drafting.settled();
    drafting.putBack();
    await drafting.settled();
    expect(saved.map(({ prompt }) => prompt.length)).toEqual([2, 3]);
    expect(drafting.before).toBeNull();
  });

  it('puts back only that: what was typed, made, moved and taken out since stays', async () => {
    const draft = drafting.draft!;
    drafting.takeOut('Into', (draft) => removePhase(draft, 0));
    expect([draft.prompt_set[1]!.phases, draft.schedule[0]!.phases, draft.phase[0]!.from]).toEqual([[], [], '0w']);
    draft.title.en = 'Typed since';
    draft.phase.push({ id: 'new', from: '20w', title: { en: 'New' } });
    draft.phase[0]!.title.en = 'Further';
    draft.prompt.splice(1, 1);
    drafting.putBack();
    expect(drafting.draft!.phase).toEqual([
      { id: 'into', from: '0w', title: { en: 'Into' } },
      { id: 'beyond', from: '9w', title: { en: 'Further' } },
      { id: 'new', from: '20w', title: { en: 'New' } },
    ]);
    expect([draft.prompt_set[1]!.phases, draft.schedule[0]!.phases]).toEqual([['into'], ['into']]);
    expect([draft.title.en, draft.prompt.map(({ id }) => id)]).toEqual(['Typed since', ['stays', 'week']]);
  });

  it('puts back a language with its texts, and a set with its questions, in their places', async () => {
    const before = JSON.parse(JSON.stringify(drafting.draft)) as StudyDraft;
    drafting.takeOut('English', (draft) => removeLanguage(draft, 0));
    drafting.draft!.about.gd = 'Mu dheidhinn';
    drafting.putBack();
    expect(drafting.draft).toEqual({ ...before, about: { gd: 'Mu dheidhinn' } });
    drafting.takeOut('Today', (draft) => removeSet(draft, 0));
    drafting.draft!.prompt[0]!.text.en = 'Another';
    drafting.putBack();
    expect(drafting.draft!.prompt.map(({ text }) => text.en)).toEqual(['What stays?', 'Heavy?', 'Another']);
  });

  it('leaves alone what was changed again since', async () => {
    drafting.takeOut('Into', (draft) => removePhase(draft, 0));
    drafting.draft!.phase[0]!.from = '2w';
    drafting.putBack();
    expect(drafting.draft!.phase.map(({ from }) => from)).toEqual(['0w', '2w']);
  });

  it('goes on saying under which name a file is kept', async () => {
    for (const title of ['One', 'Two']) {
      type(title);
      await drafting.settled();
    }
    expect(drafting.form?.kept).toBe('study.before-1.toml');
  });

  it('leaves everything as it is where a file cannot be taken', async () => {
    expect(await drafting.take('odd')).toHaveLength(1);
    expect(drafting.draft!.title.en).toBe('Ours');
  });

  it('saves when the screen is left, and tries nothing afterwards', async () => {
    type('One');
    await drafting.end();
    expect(titles()).toEqual(['One']);
    refuses = 'disk-full';
    type('Two');
    await vi.advanceTimersByTimeAsync(10 * RETRY);
    expect(titles()).toEqual(['One']);
  });
});
