import { describe, expect, it } from 'vitest';
import { saidBy } from '../desk/state/file-names';

describe('what a file’s name says of an interview', () => {
  const said = (name: string) => {
    const { participant, time_point, day } = saidBy(name, ['P01', 'P010', 'Ash & co'], ['T1', 'T2']);
    return [participant, time_point, day];
  };

  it('is whom, when and at which time point, where they stand by themselves', () => {
    expect(said('P01_T2_2026-05-04.docx')).toEqual(['P01', 'T2', '2026-05-04']);
    expect(said('20260504 p010 t1 final.txt')).toEqual(['P010', 'T1', '2026-05-04']);
    expect(said('Interview ash & CO.md')).toEqual(['Ash & co', '', '']);
    expect(said('P011 T12.docx')).toEqual(['', '', '']);
  });

  it('is nothing where it could be read in two ways', () => {
    expect(said('P01 and P010, T1 or T2.docx')).toEqual(['', '', '']);
    expect(said('04.05.2026.docx')[2]).toBe('');
    expect(said('2026-02-30.docx')[2]).toBe('');
    expect(said('0612345678901.docx')[2]).toBe('');
  });
});
