import { describe, expect, it } from 'vitest';
import { digitsIn, rangeOf, spanOf, written, writtenRange } from '../desk/state/spans';

describe('a length of time', () => {
  it('is a number and a unit, and comes back as it was written', () => {
    for (const text of ['48h', '0w', '2d', '10y']) expect(written(spanOf(text, 'w'))).toBe(text);
    expect(spanOf('', 'y')).toEqual({ amount: '', unit: 'y' });
    expect(spanOf('soon', 'w')).toEqual({ amount: '', unit: 'w' });
  });

  it('is typed in digits alone', () => {
    const field = { value: ' 4x8' };
    expect([digitsIn(field), field.value]).toEqual(['48', '48']);
  });

  it('takes digits alone, and is none without any', () => {
    expect(written({ amount: ' 04x8 ', unit: 'h' })).toBe('48h');
    expect(written({ amount: '0', unit: 'h' })).toBe('0h');
    expect(written({ amount: 'two', unit: 'w' })).toBe('');
  });

  it('has a range that is none where nothing of it is there', () => {
    const { from, to } = rangeOf('4w..16w', 'w');
    expect(writtenRange(from, to)).toBe('4w..16w');
    expect(writtenRange({ ...from, amount: '' }, { ...to, amount: '' })).toBe('');
    expect(writtenRange(from, { ...to, amount: '' })).toBe('4w..');
    expect(rangeOf('4w..', 'w').to).toEqual({ amount: '', unit: 'w' });
  });
});
