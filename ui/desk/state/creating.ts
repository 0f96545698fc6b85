/** The sentences for what stands in the way of creating a study: nothing was collected yet, and what is safe is the draft. */
import type { ErrorCode } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';
import { errorSentence } from './errors';

const texts: Partial<Record<ErrorCode, string>> = {
  'server-unreachable': 'creating-server-unreachable',
  'server-untrusted': 'creating-server-untrusted',
  'server-trouble': 'creating-server-trouble',
  'server-garbage': 'creating-server-garbage',
  'server-refuses': 'creating-server-refuses',
  'read-only': 'creating-read-only',
  'disk-full': 'creating-disk-full',
};

export function creatingSentence(code: ErrorCode): string {
  const id = texts[code];
  return id === undefined ? errorSentence(code) : t(id);
}
