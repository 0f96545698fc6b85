// Generated from crates/diary/src/page by ts-rs. Do not edit: change the Rust types and regenerate.

/**
 * One answer.
 */
export type Answer = { 
/**
 * Prompt id.
 */
prompt: string, 
/**
 * The question as it stood, so that an old entry can be read when the study has changed.
 */
question: string, 
/**
 * Words, or the id of a choice.
 */
value: string, };

/**
 * Which calendar page is to be shown.
 */
export type AskCalendar = { 
/**
 * `YYYY-MM`; none for the newest month that has entries.
 */
month: string | null, 
/**
 * Which entries count; its days do not matter here.
 */
filter: EntryFilter, };

/**
 * A month's page of the calendar.
 */
export type Calendar = { 
/**
 * The month shown, `YYYY-MM`; none when nothing has been asked for and there is no entry.
 */
month: string | null, 
/**
 * Its days that have entries, in order.
 */
days: Array<DayCount>, 
/**
 * All months that have entries, newest first.
 */
months: Array<MonthCount>, };

/**
 * Where the person was writing.
 */
export type Caret = { 
/**
 * Prompt id, or none for the free text.
 */
prompt: string | null, 
/**
 * UTF-16 units from the start.
 */
at: number, };

/**
 * What a command answers when it could not be done.
 */
export type CommandError = { 
/**
 * What happened.
 */
code: ErrorCode, };

/**
 * The person has written the words down: three of them, asked for by place.
 */
export type ConfirmWords = { 
/**
 * Place (1…24) and word.
 */
words: Array<[number, string]>, };

/**
 * A consent item with what was chosen.
 */
export type ConsentChoice = { 
/**
 * The sentence.
 */
text: string, 
/**
 * Whether it was agreed to.
 */
agreed: boolean, };

/**
 * One thing to agree to or not.
 */
export type ConsentItem = { 
/**
 * Stable name.
 */
id: string, 
/**
 * A plain sentence.
 */
text: string, 
/**
 * Whether joining needs it.
 */
required: boolean, };

/**
 * A new diary.
 */
export type CreateDiary = { 
/**
 * How it is to be locked.
 */
lock: LockKind, 
/**
 * The passphrase or PIN.
 */
secret: string, };

/**
 * A day with entries.
 */
export type DayCount = { 
/**
 * `YYYY-MM-DD`.
 */
date: string, 
/**
 * How many.
 */
entries: number, };

/**
 * What lies here.
 */
export type DiaryState = "none" | "locked" | "open";

/**
 * What is being written: exactly what is on the screen.
 */
export type Draft = { 
/**
 * The draft's id.
 */
id: string, 
/**
 * The entry that is being edited, if it is not a new one.
 */
entry: string | null, 
/**
 * The prompt set that was answered; `free` for free writing.
 */
prompt_set: string, 
/**
 * Which day it is about.
 */
about: string, 
/**
 * Answers by prompt, in the order shown; skipped prompts are left out.
 */
answers: Array<Answer>, 
/**
 * Free text beside the prompts.
 */
text: string, 
/**
 * How heavy the day was.
 */
weight: Weight | null, 
/**
 * Tags.
 */
tags: Array<string>, 
/**
 * Which prompt the caret is in (`null` = the free text), and where, in UTF-16 units.
 */
caret: Caret | null, 
/**
 * When it was last saved.
 */
saved_at: string | null, };

/**
 * Names a draft.
 */
export type DraftId = { 
/**
 * Its id.
 */
draft: string, };

/**
 * Which entries; what is left empty lets all of them through.
 */
export type EntryFilter = { 
/**
 * Words; all must occur, in any case, with or without accents.
 */
query: string, 
/**
 * Tags; all must be there.
 */
tags: Array<string>, 
/**
 * A mark that must be there.
 */
mark: MarkKind | null, 
/**
 * The first day.
 */
from: string | null, 
/**
 * The last day.
 */
to: string | null, };

/**
 * A part of the list, newest day first.
 */
export type EntryList = { 
/**
 * How many entries there are in all, whatever part was asked for.
 */
total: number, 
/**
 * The part.
 */
lines: Array<ListedEntry>, };

/**
 * Names an entry.
 */
export type EntryRef = { 
/**
 * Its id.
 */
entry: string, };

/**
 * One line of the diary.
 */
export type EntrySummary = { 
/**
 * Its id.
 */
id: string, 
/**
 * Which day it is about.
 */
about: string, 
/**
 * When the latest revision was finished.
 */
written_at: string, 
/**
 * The first words.
 */
opening: string, 
/**
 * Where it is.
 */
place: Place, 
/**
 * When the hold ends, while held.
 */
shares_at: string | null, 
/**
 * Weight of the day.
 */
weight: Weight | null, 
/**
 * Tags.
 */
tags: Array<string>, 
/**
 * How many revisions there are.
 */
revisions: number, 
/**
 * Whether two phones wrote versions of it while apart, neither made from the other.
 */
apart: boolean, 
/**
 * Marked for the interview.
 */
interview: boolean, 
/**
 * Marked for supervision.
 */
supervision: boolean, };

/**
 * An entry, whole.
 */
export type EntryView = { 
/**
 * As in the list.
 */
summary: EntrySummary, 
/**
 * The prompt set that was answered.
 */
prompt_set: string, 
/**
 * Latest first.
 */
revisions: Array<RevisionView>, };

/**
 * What a person can act on. The page has a sentence for each, in its Fluent files.
 */
export type ErrorCode = "locked" | "wrong-passphrase" | "weak-secret" | "disk-full" | "read-only" | "newer-file" | "damaged" | "in-use" | "invitation-unreadable" | "invitation-unknown" | "invitation-used" | "invitation-expired" | "study-key-changed" | "consent-needed" | "already-joined" | "server-unreachable" | "server-trouble" | "server-garbage" | "diverged" | "server-rolled-back" | "server-withholds" | "revoked" | "clock-jumped" | "words-wrong" | "words-unknown" | "entry-unknown" | "not-now" | "no-study" | "about-the-future" | "entry-empty" | "entry-too-long" | "diary-exists" | "internal";

/**
 * Which tags are to be shown.
 */
export type FindTags = { 
/**
 * What the tag has in it; empty for all.
 */
find: string, 
/**
 * How many at most.
 */
limit: number, };

/**
 * The end of writing.
 */
export type FinishEntry = { 
/**
 * What is on the screen.
 */
draft: Draft, 
/**
 * Who may read it.
 */
readers: Readers, };

/**
 * An entry that goes to the study when its hold ends.
 */
export type Held = { 
/**
 * The entry.
 */
entry: string, 
/**
 * Which day it is about.
 */
about: string, 
/**
 * When it goes.
 */
shares_at: string, };

/**
 * What an invitation leads to, shown before anything is asked.
 */
export type InvitationView = { 
/**
 * The study's title.
 */
title: string, 
/**
 * What it is about, when the study says so.
 */
about: string | null, 
/**
 * Who runs it, when the study says so.
 */
run_by: string | null, 
/**
 * The server's host name.
 */
server: string, 
/**
 * Hours between choosing Share and the study getting the entry; 0 = at once.
 */
hold_hours: number, 
/**
 * What is asked, one by one.
 */
consent: Array<ConsentItem>, 
/**
 * How many finished entries are already on this phone (a private diary that joins).
 */
earlier_entries: number, };

/**
 * Joining a study with an open diary.
 */
export type JoinStudy = { 
/**
 * The invitation's text, as given to `read_invitation`.
 */
invitation: string, 
/**
 * The ids that were agreed to.
 */
agreed: Array<string>, 
/**
 * Whether entries from before joining are backed up, sealed to their writer alone. None of them is shared.
 */
back_up_earlier: boolean, };

/**
 * A part of the list.
 */
export type ListEntries = { 
/**
 * Which entries.
 */
filter: EntryFilter, 
/**
 * How many of them are passed over, from the newest.
 */
offset: number, 
/**
 * How many are given at most.
 */
limit: number, };

/**
 * A line of the list.
 */
export type ListedEntry = { 
/**
 * The entry.
 */
entry: EntrySummary, 
/**
 * Words around the first match, in pieces, when words were looked for; those with `hit` are what was looked for.
 */
around: Array<SearchPiece> | null, };

/**
 * How a diary is locked.
 */
export type LockKind = "passphrase" | "pin";

/**
 * Marks an entry as given, and takes the other marks off.
 */
export type MarkEntry = { 
/**
 * The entry.
 */
entry: string, 
/**
 * To be brought to the interview.
 */
interview: boolean, 
/**
 * To be brought to supervision.
 */
supervision: boolean, };

/**
 * What an entry can be marked for.
 */
export type MarkKind = "interview" | "supervision";

/**
 * A month with entries.
 */
export type MonthCount = { 
/**
 * `YYYY-MM`.
 */
month: string, 
/**
 * How many.
 */
entries: number, };

/**
 * No input.
 */
export type Nothing = Record<symbol, never>;

/**
 * Where an entry is, in the order in which it usually goes.
 */
export type Place = "on-this-phone" | "backed-up" | "held" | "waiting" | "with-study" | "withdrawing" | "withdrawn";

/**
 * One question. All can be skipped.
 */
export type Prompt = { 
/**
 * Stable name, kept with the answer.
 */
id: string, 
/**
 * The question.
 */
text: string, 
/**
 * How it is answered; kinds that this version does not know are shown as text.
 */
kind: PromptKind, 
/**
 * Choices or scale steps, in order.
 */
options: Array<PromptOption>, };

/**
 * How a prompt is answered.
 */
export type PromptKind = "text" | "choice" | "scale";

/**
 * A choice.
 */
export type PromptOption = { 
/**
 * Stable name.
 */
id: string, 
/**
 * As shown.
 */
text: string, };

/**
 * Prompts that belong together.
 */
export type PromptSet = { 
/**
 * Stable name, kept with the entry.
 */
id: string, 
/**
 * When it is used.
 */
when: PromptSetWhen, 
/**
 * Title, when the study gives one.
 */
title: string | null, 
/**
 * In order.
 */
prompts: Array<Prompt>, };

/**
 * When a prompt set is used.
 */
export type PromptSetWhen = "day" | "event" | "weekly";

/**
 * The text of an invitation: a `waymark://join/…` link or the typed form.
 */
export type ReadInvitation = { 
/**
 * As pasted or typed.
 */
invitation: string, };

/**
 * Who may read an entry.
 */
export type Readers = "only-me" | "study";

/**
 * The 24 words that bring a lost diary back.
 */
export type RecoveryWords = { 
/**
 * In order.
 */
words: Array<string>, };

/**
 * A new phone: everything comes back from the 24 words.
 */
export type RestoreDiary = { 
/**
 * The 24 words, separated by white space.
 */
words: string, 
/**
 * The study server's address.
 */
server: string, 
/**
 * How the new diary is to be locked.
 */
lock: LockKind, 
/**
 * The passphrase or PIN.
 */
secret: string, };

/**
 * One revision of an entry.
 */
export type RevisionView = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it was finished.
 */
written_at: string, 
/**
 * Whether no other revision was made from it. An entry has two such when two phones wrote while apart.
 */
head: boolean, 
/**
 * The phone that wrote it, where its record says so: 0 for this one, then numbered as they come up in the entry.
 */
phone: number | null, 
/**
 * Answers by prompt.
 */
answers: Array<Answer>, 
/**
 * Free text.
 */
text: string, };

/**
 * A draft to be sealed. An empty id starts a new one.
 */
export type SaveDraft = { 
/**
 * What is on the screen.
 */
draft: Draft, };

/**
 * A run of text.
 */
export type SearchPiece = { 
/**
 * The text.
 */
text: string, 
/**
 * Whether it was looked for.
 */
hit: boolean, };

/**
 * Which diary lies on this phone, and whether it is open.
 */
export type Status = { 
/**
 * What the first screen has to be.
 */
state: DiaryState, 
/**
 * How the diary is locked, once it exists.
 */
lock: LockKind | null, 
/**
 * The study's title, when open and joined.
 */
study: string | null, 
/**
 * Whether the person has confirmed having the 24 words. Known only when open.
 */
words_confirmed: boolean, };

/**
 * The study as the page shows it.
 */
export type StudyView = { 
/**
 * Title.
 */
title: string, 
/**
 * Hours between choosing Share and the study getting the entry.
 */
hold_hours: number, 
/**
 * Server's host name.
 */
server: string, 
/**
 * What was agreed to.
 */
consent: Array<ConsentChoice>, 
/**
 * People to turn to.
 */
support: Array<SupportContact>, };

/**
 * Someone to turn to.
 */
export type SupportContact = { 
/**
 * Name.
 */
name: string, 
/**
 * Telephone number.
 */
tel: string | null, 
/**
 * When they can be reached.
 */
hours: string | null, };

/**
 * Sync in a word.
 */
export type SyncState = "no-study" | "up-to-date" | "waiting" | "needs-attention";

/**
 * Where sync stands.
 */
export type SyncView = { 
/**
 * The state in a word.
 */
state: SyncState, 
/**
 * Finished entries whose records the server has not receipted.
 */
waiting: number, 
/**
 * When the last receipt came.
 */
last_receipt: string | null, 
/**
 * What stands in the way, as an error code of [`crate::page::ErrorCode`].
 */
problem: ErrorCode | null, };

/**
 * A tag in use.
 */
export type TagCount = { 
/**
 * The tag.
 */
tag: string, 
/**
 * On how many entries it is.
 */
entries: number, };

/**
 * Tags in use, the most used first.
 */
export type TagList = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The first of them.
 */
tags: Array<TagCount>, };

/**
 * The first page of an open diary.
 */
export type Today = { 
/**
 * The phone's date.
 */
date: string, 
/**
 * Today's prompts; without a study, one built-in prompt set named `free`.
 */
daily: PromptSet, 
/**
 * Other prompt sets on offer now (weekly, "something happened").
 */
others: Array<PromptSet>, 
/**
 * The draft to go on with, if one is there.
 */
draft: Draft | null, 
/**
 * Entries that were chosen to be shared and are still held.
 */
held: Array<Held>, 
/**
 * Where sync stands.
 */
sync: SyncView, 
/**
 * How many days an entry may look back.
 */
about_days_back: number, };

/**
 * Opening the lock.
 */
export type Unlock = { 
/**
 * The passphrase or PIN.
 */
secret: string, };

/**
 * Weight of the day.
 */
export type Weight = "light" | "okay" | "heavy" | "not-said";

/**
 * What the page may ask of its host.
 */
export interface DiaryCommands {
  status: { input: Nothing; output: Status };
  read_invitation: { input: ReadInvitation; output: InvitationView };
  create_diary: { input: CreateDiary; output: Status };
  join_study: { input: JoinStudy; output: Status };
  restore_diary: { input: RestoreDiary; output: Status };
  unlock: { input: Unlock; output: Status };
  lock: { input: Nothing; output: Status };
  recovery_words: { input: Nothing; output: RecoveryWords };
  confirm_words: { input: ConfirmWords; output: Status };
  today: { input: Nothing; output: Today };
  save_draft: { input: SaveDraft; output: Draft };
  discard_draft: { input: DraftId; output: Today };
  finish_entry: { input: FinishEntry; output: EntryView };
  edit_entry: { input: EntryRef; output: Draft };
  list_entries: { input: ListEntries; output: EntryList };
  calendar: { input: AskCalendar; output: Calendar };
  list_tags: { input: FindTags; output: TagList };
  read_entry: { input: EntryRef; output: EntryView };
  mark_entry: { input: MarkEntry; output: EntryView };
  delete_entry: { input: EntryRef; output: Nothing };
  share_entry: { input: EntryRef; output: EntryView };
  keep_private: { input: EntryRef; output: EntryView };
  withdraw_entry: { input: EntryRef; output: EntryView };
  study: { input: Nothing; output: StudyView | null };
  sync_now: { input: Nothing; output: SyncView };
}
