/** The desk's screens, and what each is opened with. */
import type { RecordClass } from '../../common/generated/desk';
import type { Section } from './sections';

export type Screen =
  | { name: 'unlock' }
  | { name: 'overview' }
  /** `at` is kept for as long as there is a way back to it: turning the page writes into it. */
  | { name: 'records'; class: RecordClass; at: { offset: number } }
  | { name: 'people' }
  /** `at` is kept in the same way: labels for which there is no card yet. */
  | { name: 'invite'; at: { typed: string } }
  | { name: 'card'; participant: string }
  | { name: 'read' }
  | { name: 'interviews' }
  /** What one person wants to talk about. */
  | { name: 'pack'; participant: string }
  | { name: 'names' }
  | { name: 'review' }
  | { name: 'review-interview'; transcript: string }
  | { name: 'export' }
  /** What one person shared: all of it, or one entry. */
  | { name: 'erase'; participant: string; entry: { id: string; about: string } | null }
  | { name: 'person'; participant: string }
  | { name: 'stop'; participant: string; device: string }
  | { name: 'study' }
  /** `at` is kept in the same way: which part of the study is on show, and whether it is said what is missing. */
  | { name: 'form'; at: { section: Section; checked: boolean } }
  /** The study as phones show it. */
  | { name: 'preview' }
  | { name: 'create' }
  /** Who can open the desk. */
  | { name: 'keys' }
  /** Custodians set a new passphrase; the desk is locked. */
  | { name: 'join' };

export const MAIN = ['overview', 'people', 'read', 'study', 'keys'] as const;
/** What is done, one after the other, before anything leaves the desk. */
export const PREPARE = ['names', 'review', 'export'] as const;
export type Main = (typeof MAIN | typeof PREPARE)[number];
