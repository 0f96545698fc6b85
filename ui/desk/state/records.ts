/** Records in words: what became of them, what they are, and why one is set aside. */
import type { Reason, RecordClass, RecordKind } from '../../common/generated/desk';
import { t } from '../../common/words/fluent';

/** The classes in the order in which the foot line counts them, with their heading, their explanation and their term of the sum. */
export const classText: Record<RecordClass, { title: string; lead: string; term: string }> = {
  opened: { title: 'records-opened', lead: 'records-opened-lead', term: 'foot-opened' },
  private: { title: 'records-private', lead: 'records-private-lead', term: 'foot-private' },
  control: { title: 'records-control', lead: 'records-control-lead', term: 'foot-control' },
  erased: { title: 'records-erased', lead: 'records-erased-lead', term: 'foot-erased' },
  waiting: { title: 'records-waiting', lead: 'records-waiting-lead', term: 'foot-waiting' },
  quarantined: { title: 'records-quarantined', lead: 'records-quarantined-lead', term: 'foot-quarantined' },
};

export const CLASSES = Object.keys(classText) as RecordClass[];

const kindText: Record<RecordKind, string> = {
  genesis: 'kind-genesis',
  recovery: 'kind-recovery',
  entry: 'kind-entry',
  own: 'kind-own',
  grant: 'kind-grant',
  erase: 'kind-erase',
  consent: 'kind-consent',
  notice: 'kind-notice',
};

const reasonText: Record<Reason, string> = {
  malformed: 'reason-malformed',
  newer: 'reason-newer',
  'not-proven': 'reason-not-proven',
  'not-in-chain': 'reason-not-in-chain',
  withheld: 'reason-withheld',
  'other-key': 'reason-other-key',
  slot: 'reason-slot',
  commitment: 'reason-commitment',
  body: 'reason-body',
  content: 'reason-content',
  'other-parts': 'reason-other-parts',
  part: 'reason-part',
  recording: 'reason-recording',
  'foreign-consent': 'reason-foreign-consent',
  'grant-target': 'reason-grant-target',
  'grant-key': 'reason-grant-key',
  'withdrawn-again': 'reason-withdrawn-again',
};

/** What a record is; of one that cannot be read, that. */
export const kindWords = (kind: RecordKind | null): string => t(kind === null ? 'kind-unknown' : kindText[kind]);

/** Why a record is set aside, and what to do. */
export const reasonWords = (reason: Reason): string => t(reasonText[reason]);
