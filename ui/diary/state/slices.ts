/** Reads a file piece by piece, so that one of any size passes through a page with little memory. */
import type { BackupSlice } from '../../common/generated/diary';

/** Divisible by three, so that only the last piece's Base64 is padded; below what the host takes. */
const SLICE = 480 * 1024;

/** The file's slices in order. An empty file is one empty slice: the host says what it thinks of it. */
export async function* readSlices(file: Blob, length = SLICE): AsyncGenerator<BackupSlice> {
  for (let offset = 0; offset === 0 || offset < file.size; offset += length) {
    yield { offset, data: await base64(file.slice(offset, offset + length)) };
  }
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let letters = '';
  // By parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}
