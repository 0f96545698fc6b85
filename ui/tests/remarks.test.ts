import { beforeAll, describe, expect, it } from 'vitest';
import { bringWords, t } from '../common/words/fluent';
import { placeName } from '../desk/state/place-names';
import { remark, valueAt } from '../desk/state/remarks';
import { sectionOf, surroundings } from '../desk/state/sections';
import { readStudyText } from '../desk/state/study-text';
import { smallDraft } from './study-form';
import { deskWords } from './desk-words';

beforeAll(() => bringWords(deskWords()));

const problem = (at: string) => ({ at, line: 3, message: '`x` is odd', remedy: 'take it out' });

describe('a place in a study', () => {
  it('is found in the draft, in its part, and by its name', () => {
    const draft = smallDraft();
    expect(valueAt(draft, 'prompt[1].text.en')).toBe('Heavy?');
    expect(valueAt(draft, 'prompt[7].text.en')).toBeUndefined();
    expect(['run_by.en', 'schedule[0].days', 'time_point[0]', '', 'odd'].map(sectionOf)).toEqual([
      'about',
      'questions',
      'interviews',
      'file',
      'file',
    ]);
    expect(surroundings('prompt[3].option[0].text.en')).toEqual([
      'prompt[3].option[0].text.en',
      'prompt[3].option[0].text',
      'prompt[3].option[0]',
      'prompt[3].option',
      'prompt[3]',
      'prompt',
    ]);
    const plain = (at: string) => placeName(at, draft).replaceAll(/[\u2068\u2069]/g, '');
    expect(plain('prompt[1].text.gd')).toBe('Questions, Today, Question 2, Scottish Gaelic');
    expect(plain('schedule[0].days')).toBe('Questions, Set 2, Days');
    expect(plain('title.en')).toBe('About the study, Title, English');
    expect(plain('phase[1].from')).toBe('Phases, Phase 2');
  });
});

describe('a remark', () => {
  it('is in words for somebody who fills in a form', () => {
    const draft = smallDraft();
    draft.title.en = ' ';
    draft.schedule[0]!.days = [];
    for (const [at, id] of [
      ['title.en', 'remark-blank'],
      ['about.en', 'remark-blank'],
      ['prompt[1].kind', 'remark-options'],
      ['schedule[0].days', 'remark-days'],
      ['phase[1].from', 'remark-phase-order'],
      ['phase[0].from', 'remark-first-phase'],
      ['prompt_set[1]', 'remark-set-empty'],
      ['prompt_set[1].when', 'remark-weekly'],
      ['support[0].tel', 'remark-tel'],
    ] as const)
      expect(remark(problem(at), draft), at).toBe(t(id));
  });

  it('is the check’s own where the form has no words for it', () => {
    const said = '`x` is odd: take it out.';
    const draft = smallDraft();
    draft.phase[1]!.from = 'soon';
    for (const at of ['phase[1].from', 'consent', 'schedule[0].days', 'prompt[0].kind', 'phase[0].id', 'odd'])
      expect(remark(problem(at), draft), at).toBe(said);
  });
});

describe('a file that somebody chose', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('is text in UTF-8, without the mark that some editors put before it', () => {
    expect(readStudyText(bytes('title = "Café"'))).toEqual({ text: 'title = "Café"' });
    expect(readStudyText(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toEqual({ text: 'a' });
  });

  it('says in which line another way of writing shows', () => {
    const latin1 = new Uint8Array([...bytes('# one\ntitle = "Caf'), 0xe9, ...bytes('"\n')]);
    expect(readStudyText(latin1)).toEqual({ unreadable: 'not-utf8', line: 2 });
    expect(readStudyText(new Uint8Array(2 * 1024 * 1024))).toEqual({ unreadable: 'too-long', line: 1 });
  });
});
