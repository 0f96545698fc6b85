// Generated from crates/diary/src/page by ts-rs. Do not edit: change the Rust types and regenerate.

/**
 * A word that the writer says is fine, from now on; or no longer.
 */
export type AllowWord = { 
/**
 * The text of a cue.
 */
word: string, 
/**
 * Whether it is fine.
 */
fine: boolean, };

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
 * How the page looks.
 */
export type Appearance = { 
/**
 * The language that was chosen; without one it is the phone's.
 */
language: Language | null, 
/**
 * The size of the text, on top of the phone's own.
 */
text: TextSize, 
/**
 * Light or dark.
 */
theme: Theme, };

/**
 * A moment of sound.
 */
export type AppendVoice = { 
/**
 * The note.
 */
note: string, 
/**
 * Which chunk of the note this is, from 0. One that is there already changes nothing.
 */
place: number, 
/**
 * The chunk, in base64 with padding.
 */
data: string, 
/**
 * How long the note is with it, in milliseconds, without pauses.
 */
duration_ms: number, };

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
 * The whole diary, sealed, in one file.
 */
export type BackUpDiary = { 
/**
 * What opens the file, where the diary is locked with a PIN; none where its own passphrase does.
 */
passphrase: string | null, };

/**
 * How much of a backup file is there.
 */
export type BackupReceived = { 
/**
 * Bytes.
 */
bytes: number, };

/**
 * A part of a backup file that is brought in.
 */
export type BackupSlice = { 
/**
 * Where it begins; 0 begins anew.
 */
offset: number, 
/**
 * At most 512 KiB, in Base64.
 */
data: string, };

/**
 * A backup file that has come in whole.
 */
export type BackupView = { 
/**
 * Whether the 24 words open it.
 */
words_open: boolean, };

/**
 * A voice note begins.
 */
export type BeginVoice = { 
/**
 * The draft, which has been saved.
 */
draft: string, 
/**
 * What the recorder makes, such as `audio/webm;codecs=opus`.
 */
media_type: string, 
/**
 * The prompt that it answers, if it answers one.
 */
prompt: string | null, 
/**
 * That prompt's question.
 */
question: string | null, };

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
 * The study's questions, answered anew.
 */
export type ChangeConsent = { 
/**
 * The ids that are agreed to.
 */
agreed: Array<string>, };

/**
 * Another lock.
 */
export type ChangeLock = { 
/**
 * What opens the diary until now.
 */
old: string, 
/**
 * How it is to be locked.
 */
lock: LockKind, 
/**
 * The new passphrase or PIN.
 */
secret: string, };

/**
 * A passphrase or PIN to be checked.
 */
export type CheckLock = { 
/**
 * What opens the diary.
 */
secret: string, };

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
 * Stable name.
 */
id: string, 
/**
 * The sentence.
 */
text: string, 
/**
 * The language of the sentence, as a tag of BCP 47.
 */
language: string, 
/**
 * Whether taking part needs it.
 */
required: boolean, 
/**
 * Whether it was agreed to; none when it has not been asked yet.
 */
agreed: boolean | null, };

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
 * The language of the sentence, as a tag of BCP 47.
 */
language: string, 
/**
 * Whether joining needs it.
 */
required: boolean, };

/**
 * Another phase than the one that is shown, from today on.
 */
export type CorrectPhase = { 
/**
 * Its id.
 */
phase: string, };

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
 * What a cue points out.
 */
export type CueKind = "name" | "phone" | "email" | "address" | "birth-date";

/**
 * Asks what a draft says that could tell who somebody is. Nothing is saved by asking.
 */
export type CuesOf = { 
/**
 * As it is on the screen.
 */
draft: Draft, };

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
 * Which diaries there are, and which of them is in front.
 */
export type DiariesView = { 
/**
 * The places that have one, from 1.
 */
places: Array<number>, 
/**
 * The place of the one in front, which may be a new one's.
 */
front: number, 
/**
 * The place for a new one; none when there is no more room.
 */
free: number | null, 
/**
 * The most that there can be.
 */
most: number, };

/**
 * A diary by its place.
 */
export type DiaryPlace = { 
/**
 * One that has a diary, or the one for a new one.
 */
place: number, };

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
saved_at: string | null, 
/**
 * Its voice notes. They are kept from their first second by commands of their own: what the page sends here is not read.
 */
voice: Array<VoiceNote>, };

/**
 * One place in a draft.
 */
export type DraftCue = { 
/**
 * Prompt id, or none for the free text.
 */
prompt: string | null, 
/**
 * What it looks like.
 */
kind: CueKind, 
/**
 * UTF-16 units from the start of that field's text.
 */
start: number, 
/**
 * Where it ends, likewise.
 */
end: number, 
/**
 * The words themselves.
 */
text: string, };

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
 * Whether the study has an earlier version, and not this one.
 */
earlier_with_study: boolean, 
/**
 * While held or waiting: whether it can be kept private without taking back anything else.
 */
can_keep_private: boolean, 
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
supervision: boolean, 
/**
 * Whether the study was told that the writer wants to talk about it.
 */
talk: boolean, 
/**
 * Whether the study can be told so now.
 */
can_talk: boolean, 
/**
 * How many voice notes the latest has.
 */
voice: number, };

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
export type ErrorCode = "locked" | "wrong-passphrase" | "weak-secret" | "disk-full" | "read-only" | "newer-file" | "damaged" | "in-use" | "invitation-unreadable" | "invitation-unknown" | "invitation-used" | "invitation-expired" | "study-key-changed" | "consent-needed" | "already-joined" | "still-leaving" | "server-unreachable" | "server-trouble" | "study-full" | "server-garbage" | "diverged" | "server-rolled-back" | "study-rolled-back" | "server-withholds" | "revoked" | "phone-unknown" | "phone-stopped" | "other-phone-missing" | "clock-jumped" | "words-wrong" | "words-other" | "words-closed" | "same-secret" | "no-outbox" | "outbox-read-only" | "outbox-full" | "not-a-backup" | "backup-damaged" | "backup-newer" | "parted" | "words-unknown" | "entry-unknown" | "not-now" | "no-study" | "about-the-future" | "entry-empty" | "entry-too-long" | "voice-too-long" | "voice-not-here" | "diary-exists" | "internal";

/**
 * The diary as a file that anyone can read.
 */
export type ExportDiary = { 
/**
 * How it is written.
 */
format: ExportKind, 
/**
 * The first day.
 */
from: string | null, 
/**
 * The last day.
 */
to: string | null, 
/**
 * Whether earlier revisions are in it too.
 */
all_revisions: boolean, 
/**
 * What opens the diary: asked for before anything leaves it.
 */
secret: string, 
/**
 * The words around what was written.
 */
words: ExportWords, };

/**
 * How an export is written.
 */
export type ExportKind = "markdown" | "html" | "json";

/**
 * The words that stand around what was written, in the person's language.
 */
export type ExportWords = { 
/**
 * The language's BCP 47 tag.
 */
language: string, 
/**
 * Whether it runs from right to left.
 */
right_to_left: boolean, 
/**
 * The title.
 */
title: string, 
/**
 * That anyone who has the file can read it.
 */
notice: string, 
/**
 * Before the time of writing.
 */
written: string, 
/**
 * Above a revision that is not the latest.
 */
earlier: string, 
/**
 * Above the latest, where earlier ones stand before it.
 */
latest: string, 
/**
 * Before the tags.
 */
tags: string, 
/**
 * Before the weight of the day.
 */
weight: string, 
/**
 * A light day.
 */
light: string, 
/**
 * An okay day.
 */
okay: string, 
/**
 * A heavy day.
 */
heavy: string, 
/**
 * Rather not said.
 */
not_said: string, 
/**
 * In the place of a voice note, before its length. The sound itself is not in the file.
 */
voice: string, 
/**
 * Days by their `YYYY-MM-DD`, as the language writes them.
 */
days: { [key in string]: string }, };

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
 * The words that are fine in this diary.
 */
export type FineWords = { 
/**
 * As they were written, the newest first.
 */
words: Array<string>, };

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
 * 24 words to be looked at.
 */
export type GivenWords = { 
/**
 * Separated by white space.
 */
words: string, };

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
 * Its first words.
 */
opening: string, 
/**
 * When it goes. None: the clock moved, and it stays with its writer until they have chosen again.
 */
shares_at: string | null, };

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
 * What the screens about keeping the diary have to know.
 */
export type Keeping = { 
/**
 * Where files that leave the app go, as the person knows the folder; none where this shell has no such place.
 */
outbox: string | null, 
/**
 * Whether the 24 words open the diary on this phone.
 */
words_open: boolean, 
/**
 * How long nobody has touched the diary before it locks by itself, in minutes.
 */
lock_after_minutes: number, 
/**
 * What can be chosen for that, in minutes.
 */
lock_choices: Array<number>, 
/**
 * The study of a diary that came back from a backup file, until it is connected again.
 */
parted: string | null, };

/**
 * A language's tag (BCP 47, like `en`, `ar` or `pt-BR`).
 */
export type Language = string;

/**
 * Leaving the study.
 */
export type LeaveStudy = { 
/**
 * Whether everything that the study and its server have is erased, too.
 */
erase: boolean, };

/**
 * A study that was left.
 */
export type LeftStudy = { 
/**
 * When.
 */
at: string, 
/**
 * Whether all that the study had is erased.
 */
erased: boolean, 
/**
 * Whether the server has receipted it.
 */
told: boolean, };

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
export type MarkKind = "interview" | "supervision" | "talk";

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
 * What is tried on a backup file.
 */
export type OpenBackup = { 
/**
 * Passphrase or words.
 */
with: OpensWith, 
/**
 * As typed.
 */
opens: string, };

/**
 * What opens a backup file.
 */
export type OpensWith = "passphrase" | "words";

/**
 * Someone whom the writer can call.
 */
export type OwnContact = { 
/**
 * What the writer calls them.
 */
name: string, 
/**
 * The number to dial.
 */
tel: string, 
/**
 * Whether they are shown while the diary is locked too. Whoever holds the phone can then read them.
 */
while_locked: boolean, };

/**
 * Time off.
 */
export type PauseView = { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day; none as long as it is not known.
 */
until: string | null, 
/**
 * The writer's own words about it.
 */
note: string, 
/**
 * Whether the study that the writer takes part in has been told its days.
 */
told: boolean, };

/**
 * All time off.
 */
export type Pauses = { 
/**
 * The pause that goes on or is to come.
 */
open: PauseView | null, 
/**
 * Those that are over, latest first; `until` is the last day that was off.
 */
past: Array<PauseView>, };

/**
 * A phase that the writer can be in.
 */
export type PhaseChoice = { 
/**
 * Stable name.
 */
id: string, 
/**
 * As the study calls it.
 */
title: string, };

/**
 * The phase that the writer is in, and those that there are.
 */
export type PhaseView = { 
/**
 * The id of the one that the writer is in today.
 */
current: string, 
/**
 * Its first day (`YYYY-MM-DD`).
 */
since: string, 
/**
 * Whether the writer has said so; the study counts it otherwise.
 */
corrected: boolean, 
/**
 * All of them, in order.
 */
choices: Array<PhaseChoice>, };

/**
 * What the page knows of the phone that the host does not.
 */
export type PhoneLanguage = { 
/**
 * The phone's own language, as its browser names it.
 */
phone: string, };

/**
 * The person's phones: this one first, then in the order in which they were added.
 */
export type PhoneList = { 
/**
 * One line each.
 */
phones: Array<PhoneView>, };

/**
 * Names a phone.
 */
export type PhoneRef = { 
/**
 * Its id.
 */
device: string, };

/**
 * A phone of the person.
 */
export type PhoneView = { 
/**
 * Its id.
 */
device: string, 
/**
 * Whether it is this one.
 */
this: boolean, 
/**
 * When it was added, once the server has said so.
 */
joined_at: string | null, 
/**
 * When the server last got something from it.
 */
heard_at: string | null, 
/**
 * Whether the person has not said yet that it is theirs.
 */
new: boolean, 
/**
 * Whether it has been stopped.
 */
stopped: boolean, };

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
export type PromptKind = "text" | "choice" | "scale" | "voice";

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
 * Something that a study wrote, to be read aloud.
 */
export type ReadAloud = { 
/**
 * The words.
 */
text: string, 
/**
 * Their language.
 */
language: string, };

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
 * Reading was to begin.
 */
export type Reading = { 
/**
 * Whether the system took it.
 */
began: boolean, };

/**
 * The study of a diary that came back from a backup file is to know it again.
 */
export type ReconnectStudy = { 
/**
 * The 24 words; none while the vault still has them because nobody confirmed them.
 */
words: string | null, };

/**
 * The 24 words that bring a lost diary back.
 */
export type RecoveryWords = { 
/**
 * In order.
 */
words: Array<string>, };

/**
 * A reminder was to be shown at once.
 */
export type ReminderShown = { 
/**
 * Whether the system took it.
 */
shown: boolean, };

/**
 * The sentence that a reminder says, in the language of the page.
 */
export type ReminderText = { 
/**
 * It names neither a study nor a diary.
 */
text: string, };

/**
 * One reminder.
 */
export type ReminderView = { 
/**
 * Its time, `HH:MM`, wherever the phone is.
 */
at: string, 
/**
 * Its days of the week, from 0 (Monday) to 6.
 */
days: Array<number>, };

/**
 * The reminders and what this shell can do about them.
 */
export type RemindersView = { 
/**
 * Whether this shell can show any while it runs. When it is closed, it can't.
 */
can_show: boolean, 
/**
 * Whether they ring.
 */
on: boolean, 
/**
 * By time.
 */
list: Array<ReminderView>, 
/**
 * The most that there can be.
 */
most: number, 
/**
 * When the next one rings.
 */
next: string | null, };

/**
 * Everything is to be sealed anew, under another key.
 */
export type ResealDiary = { 
/**
 * What opens the diary until now, and what somebody knows.
 */
old: string, 
/**
 * How it is to be locked.
 */
lock: LockKind, 
/**
 * The new passphrase or PIN.
 */
secret: string, 
/**
 * The 24 words, when they are at hand.
 */
words: string | null, };

/**
 * Everything has been sealed anew.
 */
export type ResealedDiary = { 
/**
 * What has become of the words.
 */
words: WordsAfter, };

/**
 * A new lock in the place of a forgotten one.
 */
export type ResetLock = { 
/**
 * The 24 words.
 */
words: string, 
/**
 * How the diary is to be locked.
 */
lock: LockKind, 
/**
 * The new passphrase or PIN.
 */
secret: string, };

/**
 * A diary from a backup file.
 */
export type RestoreBackup = { 
/**
 * Passphrase or words.
 */
with: OpensWith, 
/**
 * As typed.
 */
opens: string, 
/**
 * How the diary is to be locked on this phone.
 */
lock: LockKind, 
/**
 * The new passphrase or PIN.
 */
secret: string, };

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
 * Answers by prompt; those that were spoken are voice notes.
 */
answers: Array<Answer>, 
/**
 * Free text.
 */
text: string, 
/**
 * Voice notes.
 */
voice: Array<VoiceNote>, };

/**
 * A draft to be sealed. An empty id starts a new one.
 */
export type SaveDraft = { 
/**
 * What is on the screen.
 */
draft: Draft, };

/**
 * A file that has left the app.
 */
export type SavedFile = { 
/**
 * Its name in the folder.
 */
name: string, 
/**
 * How long it is.
 */
bytes: number, };

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
 * The writer's own contacts, all of them.
 */
export type SetContacts = { 
/**
 * In the order in which they are shown.
 */
contacts: Array<OwnContact>, };

/**
 * When the lock is to fall by itself.
 */
export type SetLockAfter = { 
/**
 * One of the choices.
 */
minutes: number, };

/**
 * Other reminders.
 */
export type SetReminders = { 
/**
 * Whether they ring.
 */
on: boolean, 
/**
 * In any order.
 */
list: Array<ReminderView>, };

/**
 * What this device can do.
 */
export type Speech = { 
/**
 * Whether it can read aloud. Where it can't, nothing offers it.
 */
can_read_aloud: boolean, };

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
 * A phone that is to be stopped.
 */
export type StopPhone = { 
/**
 * Its id.
 */
device: string, 
/**
 * The 24 words; none while the vault still has them because nobody confirmed them.
 */
words: string | null, };

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
 * What the study's newest document asks, with what was chosen.
 */
consent: Array<ConsentChoice>, 
/**
 * Where in the role the writer is, when the study tells phases apart.
 */
phase: PhaseView | null, 
/**
 * Six words that the researchers' desk shows for this phone too, when nobody stands between them.
 */
met_words: Array<string>, 
/**
 * When the study was left.
 */
left: LeftStudy | null, };

/**
 * People to turn to.
 */
export type Support = { 
/**
 * The study's contacts.
 */
contacts: Array<SupportContact>, 
/**
 * The writer's own; while the diary is locked, those that the writer has chosen for it.
 */
own: Array<OwnContact>, };

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
 * Finished entries whose records or voice notes the server has not confirmed.
 */
waiting: number, 
/**
 * Whether voice notes are still to come to this phone.
 */
fetching: boolean, 
/**
 * When the last receipt came.
 */
last_receipt: string | null, 
/**
 * What stands in the way, as an error code of [`crate::page::ErrorCode`].
 */
problem: ErrorCode | null, 
/**
 * Whether voice notes wait until the person lets them go.
 */
voice_waits: boolean, 
/**
 * How many of them wait now, in either direction.
 */
voice_waiting: number, };

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
 * Time off is taken, or its days or its note are changed.
 */
export type TakeTimeOff = { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day, when it is known.
 */
until: string | null, 
/**
 * The writer's own words about it. They are for nobody else.
 */
note: string, };

/**
 * Tells the study that the writer wants to talk about an entry, or that they do not any more.
 */
export type TalkAbout = { 
/**
 * The entry.
 */
entry: string, 
/**
 * Whether they want to.
 */
wanted: boolean, };

/**
 * The size of the text in percent of the usual one.
 */
export type TextSize = "100" | "125" | "150" | "200";

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

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
 * The draft's prompt set, where it is not on offer today.
 */
draft_set: PromptSet | null, 
/**
 * Entries that were chosen to be shared and are still held, or wait for their writer to choose again.
 */
held: Array<Held>, 
/**
 * Where sync stands.
 */
sync: SyncView, 
/**
 * How many days an entry may look back.
 */
about_days_back: number, 
/**
 * The pause that goes on or is to come.
 */
pause: PauseView | null, 
/**
 * When the next reminder comes, where this shell can show one.
 */
reminder: string | null, 
/**
 * A phone of the person that they have not said anything about.
 */
new_phone: PhoneView | null, };

/**
 * Opening the lock.
 */
export type Unlock = { 
/**
 * The passphrase or PIN.
 */
secret: string, };

/**
 * A voice note of a draft or an entry.
 */
export type VoiceNote = { 
/**
 * Its id; the host plays it by this.
 */
id: string, 
/**
 * How long it is so far.
 */
seconds: number, 
/**
 * Whether it was ended. One that a crash ended was not, and is as good as far as it goes.
 */
finished: boolean, 
/**
 * Whether all of it is on this phone. After a restore it may still be on its way.
 */
here: boolean, 
/**
 * The prompt that it answers, if it answers one.
 */
prompt: string | null, 
/**
 * That prompt's question, as it stood.
 */
question: string | null, };

/**
 * Names a voice note.
 */
export type VoiceRef = { 
/**
 * Its id.
 */
note: string, };

/**
 * Whether voice notes wait until the person lets them go.
 */
export type VoiceWaits = { 
/**
 * Whether they do.
 */
waits: boolean, };

/**
 * Weight of the day.
 */
export type Weight = "light" | "okay" | "heavy" | "not-said";

/**
 * What has become of the 24 words when everything was sealed anew.
 */
export type WordsAfter = "same" | "new" | "closed";

/**
 * What the page may ask of its host.
 */
export interface DiaryCommands {
  appearance: { input: PhoneLanguage; output: Appearance };
  set_appearance: { input: Appearance; output: Appearance };
  support: { input: Nothing; output: Support };
  set_contacts: { input: SetContacts; output: Support };
  speech: { input: Nothing; output: Speech };
  read_aloud: { input: ReadAloud; output: Reading };
  stop_reading: { input: Nothing; output: Nothing };
  diaries: { input: Nothing; output: DiariesView };
  bring_to_front: { input: DiaryPlace; output: DiariesView };
  status: { input: Nothing; output: Status };
  read_invitation: { input: ReadInvitation; output: InvitationView };
  create_diary: { input: CreateDiary; output: Status };
  join_study: { input: JoinStudy; output: Status };
  restore_diary: { input: RestoreDiary; output: Status };
  unlock: { input: Unlock; output: Status };
  lock: { input: Nothing; output: Status };
  touch: { input: Nothing; output: Nothing };
  await_lock: { input: Nothing; output: Nothing };
  set_lock_after: { input: SetLockAfter; output: Keeping };
  recovery_words: { input: Nothing; output: RecoveryWords };
  confirm_words: { input: ConfirmWords; output: Status };
  keeping: { input: Nothing; output: Keeping };
  check_lock: { input: CheckLock; output: Nothing };
  change_lock: { input: ChangeLock; output: Status };
  reseal_diary: { input: ResealDiary; output: ResealedDiary };
  check_words: { input: GivenWords; output: Nothing };
  reset_lock: { input: ResetLock; output: Status };
  let_words_open: { input: GivenWords; output: Keeping };
  export_diary: { input: ExportDiary; output: SavedFile };
  back_up_diary: { input: BackUpDiary; output: SavedFile };
  receive_backup: { input: BackupSlice; output: BackupReceived };
  examine_backup: { input: Nothing; output: BackupView };
  open_backup: { input: OpenBackup; output: Nothing };
  restore_backup: { input: RestoreBackup; output: Status };
  reconnect_study: { input: ReconnectStudy; output: Status };
  today: { input: Nothing; output: Today };
  save_draft: { input: SaveDraft; output: Draft };
  discard_draft: { input: DraftId; output: Today };
  cues: { input: CuesOf; output: Array<DraftCue> };
  fine_words: { input: Nothing; output: FineWords };
  allow_word: { input: AllowWord; output: FineWords };
  finish_entry: { input: FinishEntry; output: EntryView };
  edit_entry: { input: EntryRef; output: Draft };
  reminders: { input: ReminderText; output: RemindersView };
  set_reminders: { input: SetReminders; output: RemindersView };
  show_reminder: { input: Nothing; output: ReminderShown };
  pauses: { input: Nothing; output: Pauses };
  take_time_off: { input: TakeTimeOff; output: Pauses };
  end_time_off: { input: Nothing; output: Pauses };
  begin_voice: { input: BeginVoice; output: VoiceNote };
  append_voice: { input: AppendVoice; output: VoiceNote };
  end_voice: { input: VoiceRef; output: Array<VoiceNote> };
  discard_voice: { input: VoiceRef; output: Array<VoiceNote> };
  set_voice_waits: { input: VoiceWaits; output: SyncView };
  let_voice_go: { input: Nothing; output: Status };
  list_entries: { input: ListEntries; output: EntryList };
  calendar: { input: AskCalendar; output: Calendar };
  list_tags: { input: FindTags; output: TagList };
  read_entry: { input: EntryRef; output: EntryView };
  mark_entry: { input: MarkEntry; output: EntryView };
  talk_about: { input: TalkAbout; output: EntryView };
  delete_entry: { input: EntryRef; output: Nothing };
  share_entry: { input: EntryRef; output: EntryView };
  keep_private: { input: EntryRef; output: EntryView };
  withdraw_entry: { input: EntryRef; output: EntryView };
  study: { input: Nothing; output: StudyView | null };
  change_consent: { input: ChangeConsent; output: StudyView | null };
  correct_phase: { input: CorrectPhase; output: StudyView | null };
  leave_study: { input: LeaveStudy; output: Status };
  sync_now: { input: Nothing; output: SyncView };
  phones: { input: Nothing; output: PhoneList };
  know_phone: { input: PhoneRef; output: PhoneList };
  stop_phone: { input: StopPhone; output: PhoneList };
}
