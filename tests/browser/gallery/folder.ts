import { join } from 'node:path';

/** Where the pictures go. */
export const FOLDER = join(import.meta.dirname, '../../../target/screens');
