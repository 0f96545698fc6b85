import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StudyDraft } from '../common/generated/desk';
import { CommandError } from '../common/host/host';
import { Drafting, QUIET, RETRY } from '../desk/state/drafting.svelte';
import { smallDraft, smallForm } from './study-form';

describe('drafting', () => {
  let saved: StudyDraft[];
  let refuses: boolean;
  let slow: Promise<void> | null;
  let drafting: Drafting;

  beforeEach(async () => {
    vi.useFakeTimers();
    saved = [];
    refuses = false;
    slow = null;
    drafting = new Drafting(async (name, input) => {
      if (name === 'study_form') return smallForm(smallDraft()) as never;
      if (name === 'take_study')
        return { form: null, problems: [{ at: '', line: 1, message: '', remedy: '' }] } as never;
      if (name !== 'save_study') throw new Error(name);
      const { draft } = input as { draft: StudyDraft };
      await slow;
      if (refuses) throw new CommandError('disk-full');
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
    refuses = true;
    type('One');
    expect(await drafting.settled()).toBe(false);
    expect([drafting.problem, drafting.saving, drafting.draft!.title.en]).toEqual(['disk-full', 'unsaved', 'One']);
    refuses = false;
    await vi.advanceTimersByTimeAsync(RETRY);
    expect([drafting.problem, drafting.saving, titles()]).toEqual([null, 'saved', ['One']]);
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
    refuses = true;
    type('Two');
    await vi.advanceTimersByTimeAsync(10 * RETRY);
    expect(titles()).toEqual(['One']);
  });
});
