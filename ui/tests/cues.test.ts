import { describe, expect, it } from 'vitest';
import type { Draft, DraftCue } from '../common/generated/diary';
import { CommandError } from '../common/host/host';
import '../diary/words';
import { CueFinder, cueSentence, placeOf, standing, stillSentence, type Ask } from '../diary/state/cues';
import { newDraft } from '../diary/state/draft';

const cue = (text: string, start = 0, prompt: string | null = null, kind: DraftCue['kind'] = 'name'): DraftCue => ({
  prompt,
  kind,
  start,
  end: start + text.length,
  text,
});
const draft = (text: string, answers: Record<string, string> = {}): Draft => ({
  ...newDraft('daily', '2026-11-19'),
  text,
  answers: Object.entries(answers).map(([prompt, value]) => ({ prompt, question: `${prompt}?`, value })),
});
const plain = (text: string | null) => text?.replace(/[\u2068\u2069]/g, '');

describe('a cue', () => {
  it('is found where it was, or nearest to that when the text has changed', () => {
    expect(placeOf(cue('Danny', 6), 'I met Danny.')).toEqual({ start: 6, end: 11 });
    expect(placeOf(cue('Danny', 6), 'Danny. So I met Danny.')).toEqual({ start: 0, end: 5 });
    expect(placeOf(cue('Danny', 14), 'Danny. So I met Danny.')).toEqual({ start: 16, end: 21 });
    expect(placeOf(cue('Danny', 6), 'I met D.')).toBeNull();
  });

  it('is gone when its words have grown into others', () => {
    expect(placeOf(cue('Da', 6), 'I met Danny.')).toBeNull();
    expect(placeOf(cue('07700 90', 0, null, 'phone'), '07700 900123')).toBeNull();
    expect(placeOf(cue('Danny', 6), 'I met Danny’s mum.')).toEqual({ start: 6, end: 11 });
    expect(placeOf(cue('+86 10 5555 0123', 3, null, 'phone'), '电话是+86 10 5555 0123。')).not.toBeNull();
  });

  it('stands while its words do, each wording once, in its own field', () => {
    const cues = [cue('Danny', 6), cue('Danny', 20), cue('Marek', 0, 'who'), cue('Ola', 0, 'who')];
    const left = standing(cues, draft('I met Danny. And Danny.', { who: 'Marek' }));
    expect(left.map((each) => each.text)).toEqual(['Danny', 'Marek']);
    expect(standing(cues, draft('I met D.', { who: '' }))).toEqual([]);
    expect(standing([cue('Marek')], draft('', { who: 'Marek' }))).toEqual([]);
  });

  it('says in words what it is', () => {
    expect(plain(cueSentence(cue('Danny')))).toBe('Use initials: “Danny”');
    expect(plain(cueSentence(cue('07700 900123', 0, null, 'phone')))).toBe('A phone number: “07700 900123”');
  });
});

describe('at the end', () => {
  it('nothing is said when nothing is left', () => {
    expect(stillSentence([])).toBeNull();
  });

  it('the first is named and the others are counted', () => {
    expect(plain(stillSentence([cue('Danny')]))).toBe('Names? “Danny” is still there.');
    expect(plain(stillSentence([cue('Danny'), cue('Marek')]))).toBe(
      'Names? “Danny” and one more thing are still there.',
    );
    const three = [cue('a@b.example', 0, null, 'email'), cue('Danny'), cue('Marek')];
    expect(plain(stillSentence(three))).toBe('An e-mail address? “a@b.example” and 2 more things are still there.');
  });
});

describe('asking', () => {
  /** A host whose answers come when the test lets them. */
  function host() {
    const waiting: { answer: (cues: DraftCue[]) => void; refuse: () => void }[] = [];
    const allowed: unknown[] = [];
    const ask = ((name: string, input: unknown) => {
      if (name === 'allow_word') {
        allowed.push(input);
        return Promise.resolve({ words: [] });
      }
      return new Promise<DraftCue[]>((answer, reject) =>
        waiting.push({ answer, refuse: () => reject(new CommandError('locked')) }),
      );
    }) as Ask;
    const seen: DraftCue[][] = [];
    return { waiting, allowed, seen, finder: new CueFinder(ask, (cues) => seen.push(cues)) };
  }

  it('takes only the answer to the last question', async () => {
    const { waiting, seen, finder } = host();
    const both = [finder.look(draft('I met Danny')), finder.look(draft('I met D.'))];
    waiting[1]!.answer([]);
    waiting[0]!.answer([cue('Danny', 6)]);
    await Promise.all(both);
    expect(seen).toEqual([[]]);
  });

  it('says nothing when it cannot be answered', async () => {
    const { waiting, seen, finder } = host();
    const looking = finder.look(draft('I met Danny'));
    waiting[0]!.refuse();
    await looking;
    expect(seen).toEqual([]);
  });

  it('happens again once a word is fine', async () => {
    const { waiting, allowed, seen, finder } = host();
    const kept = finder.allow('Danny', true, draft('I met Danny and Marek'));
    while (waiting.length === 0) await Promise.resolve();
    waiting[0]!.answer([cue('Marek', 16)]);
    expect(await kept).toBe(true);
    expect(allowed).toEqual([{ word: 'Danny', fine: true }]);
    expect(seen.at(-1)?.map((each) => each.text)).toEqual(['Marek']);
  });
});
