/** What is in a ZIP file, such as a project for analysis. */
import { inflateRawSync } from 'node:zlib';

const DIRECTORY = 0x02014b50;
const DEFLATED = 8;

/** The files by their names, as text. Only for what our own programs write: nothing is checked. */
export function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === DIRECTORY) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const size = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + size);
    const text = (zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(bytes) : bytes).toString('utf8');
    files.set(zip.toString('utf8', at + 46, at + 46 + name!), text);
    at += 46 + name! + extra! + comment!;
  }
  return files;
}
