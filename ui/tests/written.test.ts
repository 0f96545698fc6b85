import { expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { language: 'en-GB' });
await import('../desk/words');
const { timeSince } = await import('../common/words/time');
const { writtenAt } = await import('../desk/state/written');

it('what was written in the evening there was written in the evening, wherever the desk is', () => {
  for (const offset of ['Z', '+00:00', '+05:30', '-09:00'])
    expect(writtenAt(`2026-11-19T21:40:05${offset}`)).toMatch(
      /^19\u00a0Nov\u00a02026, 21:40$|^19\u00a0Nov 2026, 21:40$/,
    );
});

it('what is past is told by how long it is ago', () => {
  const now = new Date('2026-11-19T12:00:00Z');
  expect(timeSince('2026-11-19T11:59:30Z', now)).toBe('just now');
  expect(timeSince('2026-11-19T11:48:00Z', now)).toBe('12 minutes ago');
  expect(timeSince('2026-11-19T09:00:00Z', now)).toBe('3 hours ago');
  expect(timeSince('2026-11-14T12:00:00Z', now)).toBe('5 days ago');
});
