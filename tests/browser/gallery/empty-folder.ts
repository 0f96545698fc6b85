/** Before the walk: pictures of an earlier one are taken away. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FOLDER } from './folder';

export default async function emptyFolder(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const file of await readdir(FOLDER)) if (/\.(png|html)$/.test(file)) await rm(join(FOLDER, file));
}
