import { beforeAll, expect, it } from 'vitest';
import type { PhoneLine } from '../common/generated/desk';
import { bringWords } from '../common/words/fluent';
import { holdsWords } from '../desk/state/phones';
import { deskWords } from './desk-words';

const phone = (change: Partial<PhoneLine>): PhoneLine => ({
  participant: 'P01',
  device: '00'.repeat(16),
  state: 'complete',
  seq: 4,
  as_of: '2026-05-03T10:00:00Z',
  parts_missing: 0,
  words: null,
  met: null,
  to_come: 0,
  received_at: '2026-05-03T10:00:00Z',
  ...change,
});

beforeAll(() => bringWords(deskWords()));

it('that nothing is known to be waiting, that something is, and that nothing is known are told apart', () => {
  const told = [
    phone({}),
    phone({ state: 'behind', to_come: 12 }),
    phone({ state: 'behind', parts_missing: 2 }),
    phone({ to_come: null, as_of: null, received_at: null }),
    phone({ state: 'stopped', to_come: null }),
  ].map(holdsWords);
  expect(new Set(told).size).toBe(told.length);
  expect(told[1]).toContain('12');
  expect(told[1]).toContain('2026');
  // What a phone had said before it was stopped is no reason to wait for it.
  expect(holdsWords(phone({ state: 'stopped', to_come: 12 }))).toBe(told[4]);
});
