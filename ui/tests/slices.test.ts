import { describe, expect, it } from 'vitest';
import { readSlices } from '../diary/state/slices';

async function all(blob: Blob, length?: number) {
  const slices = [];
  for await (const slice of readSlices(blob, length)) slices.push(slice);
  return slices;
}

describe('a file in slices', () => {
  it('is the file again when put together', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 31) % 256);
    const slices = await all(new Blob([bytes]), 30_000);
    expect(slices.map((slice) => slice.offset)).toEqual([0, 30_000, 60_000, 90_000]);
    const again = slices.flatMap((slice) => [...atob(slice.data)].map((letter) => letter.charCodeAt(0)));
    expect(again).toEqual([...bytes]);
  });

  it('has no empty slice at its end, and is one empty slice when it is empty', async () => {
    expect((await all(new Blob([new Uint8Array(60)]), 30)).map((slice) => slice.offset)).toEqual([0, 30]);
    expect(await all(new Blob([]))).toEqual([{ offset: 0, data: '' }]);
  });
});
