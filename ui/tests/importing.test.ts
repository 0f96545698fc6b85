import { beforeEach, describe, expect, it } from 'vitest';
import type { AddTranscript, ErrorCode, TranscriptFile } from '../common/generated/desk';
import { CommandError } from '../common/host/host';
import { Importing } from '../desk/state/importing.svelte';

describe('adding interviews', () => {
  let kept: AddTranscript[];
  let refused: Map<string, ErrorCode>;
  let importing: Importing;

  const file = (name: string, words: BlobPart = 'P: Words') => new File([words], name);
  const choose = (...files: File[]) => importing.choose(files, ['P01', 'P02'], ['T1', 'T2'], 'P02');

  beforeEach(() => {
    kept = [];
    refused = new Map();
    importing = new Importing(async (name, input) => {
      if (name === 'read_transcript') {
        const code = refused.get((input as TranscriptFile).name);
        if (code) throw new CommandError(code);
        return { words: 2, beginning: 'P: Words', whole: true, left_out: [] } as never;
      }
      const added = input as AddTranscript;
      const code = refused.get(`keep ${added.file.name}`);
      if (code) throw new CommandError(code);
      kept.push(added);
      return {} as never;
    });
  });

  it('reads each file and keeps nothing before that is asked for', async () => {
    await choose(file('P01 T1 2026-05-04.txt', new Uint8Array([0xff, 0xfe, 0x41, 0x00])), file('other.txt'));
    expect(importing.fit.map(({ name }) => name)).toEqual(['P01 T1 2026-05-04.txt', 'other.txt']);
    expect(importing.chosen.map(({ said }) => said.participant)).toEqual(['P01', '']);
    expect(importing.chosen[0]!.file!.bytes).toBe('//5BAA==');
    expect(kept).toEqual([]);
  });

  it('proposes the person that is read only of a single file that names nobody', async () => {
    const whose = async (...names: string[]) => {
      importing.chosen = [];
      await choose(...names.map((name) => file(name)));
      return importing.chosen.map(({ said }) => said.participant);
    };
    expect(await whose('Interview T1 2026-05-04.txt')).toEqual(['P02']);
    expect(await whose('P01 T1.txt')).toEqual(['P01']);
    expect(await whose('P01 and P02.txt')).toEqual(['']);
    expect(await whose('p7_T1.txt')).toEqual(['']);
    expect(await whose('one.txt', 'two.txt')).toEqual(['', '']);
  });

  it('does not begin where something is not said, and says where', async () => {
    await choose(file('P01 T1 2026-05-04.txt'), file('other.txt'));
    expect(await importing.keep()).toBe(false);
    expect(importing.chosen.map(({ lacks }) => lacks)).toEqual([false, true]);
    expect(kept).toEqual([]);
  });

  it('keeps what it can, and what could not be read or kept stays with the reason', async () => {
    refused.set('pdf.docx', 'transcript-pdf');
    refused.set('keep P01 T2 2026-05-04.txt', 'transcript-there');
    await choose(file('P01 T1 2026-05-04.txt'), file('P01 T2 2026-05-04.txt'), file('pdf.docx'));
    expect(await importing.keep()).toBe(true);
    expect(kept.map(({ time_point }) => time_point)).toEqual(['T1']);
    expect(importing.kept).toBe(1);
    expect(importing.chosen.map(({ name, problem }) => [name, problem])).toEqual([
      ['P01 T2 2026-05-04.txt', 'transcript-there'],
      ['pdf.docx', 'transcript-pdf'],
    ]);
    expect(importing.step).toBeNull();
  });

  it('sends nothing of a file that is too large, and says when the browser cannot read one', async () => {
    const gone = file('gone.txt');
    gone.arrayBuffer = () => Promise.reject(new Error('gone'));
    await choose(file('large.txt', new Uint8Array(8 * 1024 * 1024 + 1)), gone);
    expect(importing.chosen.map(({ problem, unread }) => [problem, unread])).toEqual([
      ['transcript-too-large', false],
      [null, true],
    ]);
  });

  it('takes one out again', async () => {
    await choose(file('one.txt'), file('two.txt'));
    importing.drop(importing.chosen[0]!);
    expect(importing.chosen.map(({ name }) => name)).toEqual(['two.txt']);
  });
});
