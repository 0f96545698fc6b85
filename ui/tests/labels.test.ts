import { describe, expect, it } from 'vitest';
import { isFit, labelsIn, looksLikeName, nextLabel } from '../desk/state/labels';

it('each line is a label, once, without the spaces around it', () => {
  expect(labelsIn(' P01\r\n\n P02 \nP01\n  ')).toEqual(['P01', 'P02']);
  expect(labelsIn('  \n')).toEqual([]);
});

it('a label has at most 200 characters, and all of it is to be seen', () => {
  expect(isFit('😀'.repeat(200))).toBe(true);
  expect(isFit('P'.repeat(201))).toBe(false);
  expect(isFit('P\t01')).toBe(false);
});

it('what looks like a name is told from a label', () => {
  for (const name of ['Maria', 'jo', 'Ana García', 'مريم', '李娜', 'm.lopez@example.org', 'Jo Smith 2'])
    expect(looksLikeName(name), name).toBe(true);
  for (const label of ['P01', 'S1-001', 'pilot 3', '017', 'P٠١']) expect(looksLikeName(label), label).toBe(false);
});

describe('the next label', () => {
  it('is P01 where there is no row yet', () => {
    expect(nextLabel([], [])).toBe('P01');
    expect(nextLabel(['Maria', '17'], [])).toBe('P01');
  });

  it('goes on after the last of the row, with as many digits', () => {
    expect(nextLabel(['P01', 'P03', 'P02'], [])).toBe('P04');
    expect(nextLabel(['S1-009', 'S1-008'], [])).toBe('S1-010');
    expect(nextLabel(['P99'], [])).toBe('P100');
  });

  it('goes on in the row with the most labels, or in that which is being typed', () => {
    expect(nextLabel(['P01', 'Q1', 'Q2'], [])).toBe('Q3');
    expect(nextLabel(['P01', 'Q1', 'Q2'], ['P02', 'Maria'])).toBe('P03');
    expect(nextLabel(['P01'], ['R7'])).toBe('R8');
  });
});
