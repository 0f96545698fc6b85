// Generated from crates/desk/src/page by ts-rs. Do not edit: change the Rust types and regenerate.

/**
 * Gives somebody a passphrase of their own.
 */
export type AddPassphrase = { 
/**
 * One that opens the desk.
 */
current: string, 
/**
 * Whose the new one is.
 */
name: string, 
/**
 * The new one.
 */
passphrase: string, };

/**
 * A transcript to keep, as it was typed.
 */
export type AddTranscript = { 
/**
 * Whose, by label.
 */
participant: string, 
/**
 * The time point.
 */
time_point: string, 
/**
 * The day of the interview.
 */
day: string, 
/**
 * How it is called; may be empty.
 */
title: string, 
/**
 * The file.
 */
file: TranscriptFile, };

/**
 * What somebody has agreed to, as they answered last.
 */
export type AgreedView = { 
/**
 * When, by their own clock, with its offset.
 */
at: string, 
/**
 * The version of the study's document that was shown.
 */
document_version: number, 
/**
 * The items that they agreed to.
 */
yes: Array<string>, 
/**
 * The items that they did not agree to.
 */
no: Array<string>, };

/**
 * An answer.
 */
export type AnswerView = { 
/**
 * The question as it stood.
 */
question: string, 
/**
 * The answer.
 */
value: string, };

/**
 * What became of the token before.
 */
export type Before = "same" | "still-good" | "revoked";

/**
 * From what a draft is begun.
 */
export type BeginFrom = "example" | "empty" | "published";

/**
 * A draft is begun anew. One that is there is kept under another name.
 */
export type BeginStudy = { 
/**
 * From this.
 */
from: BeginFrom, };

/**
 * A certificate that was written.
 */
export type CertificateMade = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * How many records it accounts for.
 */
records: number, 
/**
 * Of how many phones.
 */
phones: number, };

/**
 * What became of one part of a study.
 */
export type Change = { 
/**
 * The part.
 */
part: ChangedPart, 
/**
 * How many are new.
 */
added: number, 
/**
 * How many say something else.
 */
changed: number, 
/**
 * How many are gone.
 */
removed: number, 
/**
 * Whether those that stayed stand in another order.
 */
moved: boolean, 
/**
 * Every text of it that is new, gone or another one. What is no text, as days and order, is counted alone.
 */
texts: Array<ChangedText>, };

/**
 * Changes a passphrase.
 */
export type ChangePassphrase = { 
/**
 * The one that is to be another one.
 */
current: string, 
/**
 * Whose it is from now on; as before where there is none.
 */
name: string | null, 
/**
 * The other one.
 */
passphrase: string, };

/**
 * What is said of a transcript from now on, as it was typed.
 */
export type ChangeTranscript = { 
/**
 * Its id.
 */
transcript: string, 
/**
 * Whose, by label.
 */
participant: string, 
/**
 * The time point.
 */
time_point: string, 
/**
 * The day of the interview.
 */
day: string, 
/**
 * How it is called; may be empty.
 */
title: string, };

/**
 * A part of a study.
 */
export type ChangedPart = "title" | "about" | "run-by" | "contact" | "languages" | "hold" | "about-days-back" | "review-after" | "join-page" | "phases" | "sets" | "prompts" | "schedules" | "consent" | "support" | "codes";

/**
 * One text, as it was and as it is now.
 */
export type ChangedText = { 
/**
 * What it belongs to, by its short name; empty where the part is one text.
 */
of: string, 
/**
 * The code of its language; empty where it has none.
 */
language: string, 
/**
 * As it was; empty where there was none.
 */
before: string, 
/**
 * As it is now; empty where there is none any more.
 */
after: string, };

/**
 * A collection that is under way.
 */
export type Collecting = { 
/**
 * Whether one is.
 */
running: boolean, 
/**
 * How many records are here by now.
 */
records: number, 
/**
 * Which part of a voice note is being fetched, of how many; zero before it has come to that.
 */
part: number, 
/**
 * See `part`.
 */
parts: number, 
/**
 * Whether everything has come, and is being opened.
 */
opening: boolean, };

/**
 * What a command answers when it could not be done.
 */
export type CommandError = { 
/**
 * What happened.
 */
code: ErrorCode, };

/**
 * Something that people are asked to agree to.
 */
export type ConsentItemView = { 
/**
 * Its id.
 */
id: string, 
/**
 * A plain sentence, as it stands in the study now; its id where it does not stand there any more.
 */
text: string, 
/**
 * Whether nobody can join without it.
 */
required: boolean, };

/**
 * An answer in a copy.
 */
export type CopiedAnswer = { 
/**
 * The question as it stood.
 */
question: string, 
/**
 * The answer.
 */
value: Array<PieceView>, };

/**
 * Copies that were found, by participant, day and time of writing.
 */
export type CopyPage = { 
/**
 * How many there are.
 */
total: number, 
/**
 * How many there are of everybody, and were read.
 */
count: ReadCount, 
/**
 * Those that were asked for.
 */
copies: Array<CopyView>, 
/**
 * Interviews that fit, all of them, whatever part of the entries is asked for.
 */
interviews: Array<InterviewLine>, };

/**
 * An entry's copy, with names replaced.
 */
export type CopyView = { 
/**
 * Names exactly this copy: where its entry or a decision changes, there is another.
 */
copy: string, 
/**
 * Whose entry.
 */
participant: string, 
/**
 * The entry.
 */
entry: string, 
/**
 * The day that it is about.
 */
about: string, 
/**
 * Tags.
 */
tags: Array<Array<PieceView>>, 
/**
 * Answers in the order in which they were given.
 */
answers: Array<CopiedAnswer>, 
/**
 * Free text.
 */
text: Array<PieceView>, 
/**
 * How many voice notes the entry has. None is in the copy.
 */
voice: number, 
/**
 * Who has read it.
 */
read_by: string | null, 
/**
 * When.
 */
read_at: string | null, };

/**
 * What is needed to create the study of the draft.
 */
export type CreateStudy = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The administrator's token.
 */
token: string, 
/**
 * The passphrase of the new desk.
 */
passphrase: string, };

/**
 * Decides about names, all of them alike.
 */
export type DecideNames = { 
/**
 * About these, at most 500. What was not found is added by hand.
 */
terms: Array<NameTerm>, 
/**
 * What becomes of them.
 */
verdict: VerdictName, 
/**
 * What stands in their place, where they are replaced.
 */
replacement: string | null, 
/**
 * Who decides.
 */
by: string, 
/**
 * Why, where they say so.
 */
why: string | null, };

/**
 * What was decided about a name.
 */
export type DecidedName = { 
/**
 * The word or words.
 */
term: string, 
/**
 * How it was found.
 */
sort: Sort, 
/**
 * What becomes of it.
 */
verdict: VerdictName, 
/**
 * What stands in its place, where it is replaced.
 */
replacement: string | null, 
/**
 * Who decided it.
 */
by: string, 
/**
 * When.
 */
at: string | null, 
/**
 * Why, where they said so.
 */
why: string | null, 
/**
 * How often it stands in interviews, and in entries as they are now; in the history 0.
 */
times: number, };

/**
 * A code of the starter codebook.
 */
export type DraftCode = { 
/**
 * Its name.
 */
name: string, 
/**
 * The name of the code above it; empty for none.
 */
parent: string, 
/**
 * When to use it; empty for nothing.
 */
description: string, };

/**
 * One thing to agree to or not.
 */
export type DraftConsent = { 
/**
 * Its short name.
 */
id: string, 
/**
 * Whether joining needs it.
 */
required: boolean, 
/**
 * A plain sentence.
 */
text: Words, };

/**
 * Someone to call.
 */
export type DraftContact = { 
/**
 * Who answers.
 */
name: Words, 
/**
 * The number to dial.
 */
tel: string, 
/**
 * When somebody answers.
 */
hours: Words, };

/**
 * One choice, or one step of a scale.
 */
export type DraftOption = { 
/**
 * Its short name, which is the answer that is kept.
 */
id: string, 
/**
 * As shown.
 */
text: Words, };

/**
 * A phase.
 */
export type DraftPhase = { 
/**
 * Its short name, which stays with entries.
 */
id: string, 
/**
 * When it begins, counted from joining, like `9w`.
 */
from: string, 
/**
 * As shown.
 */
title: Words, };

/**
 * One question.
 */
export type DraftPrompt = { 
/**
 * Its short name, which stays with answers.
 */
id: string, 
/**
 * The set that it belongs to.
 */
set: string, 
/**
 * `text`, `choice`, `scale`, `voice` or a later one.
 */
kind: string, 
/**
 * The question.
 */
text: Words, 
/**
 * The choices, or the steps of a scale.
 */
option: Array<DraftOption>, };

/**
 * On which days a set is due.
 */
export type DraftSchedule = { 
/**
 * The set.
 */
set: string, 
/**
 * `mon` to `sun`.
 */
days: Array<string>, 
/**
 * How many entries a week the study hopes for.
 */
aim_per_week: number | null, 
/**
 * Where it holds; none for all phases of its set.
 */
phases: Array<string> | null, 
/**
 * In which part of the phase, like `0w..4w`; empty for all of it.
 */
weeks: string, 
/**
 * Every week, or every second, third ….
 */
every_weeks: number, };

/**
 * Prompts that are asked together.
 */
export type DraftSet = { 
/**
 * Its short name, which stays with entries.
 */
id: string, 
/**
 * `day`, `event` or `weekly`.
 */
when: string, 
/**
 * As shown.
 */
title: Words, 
/**
 * Where it is used; none for all phases.
 */
phases: Array<string> | null, };

/**
 * An interview.
 */
export type DraftTimePoint = { 
/**
 * Its name, like `T1`.
 */
id: string, 
/**
 * When, counted from joining, like `0w..2w`.
 */
at: string, };

/**
 * What was said of the study's end.
 */
export type EndSaid = { 
/**
 * When this desk first said so; none when the study goes on.
 */
ended_at: string | null, 
/**
 * Whether this desk had said the same before.
 */
again: boolean, 
/**
 * Why the server does not know, where it does not; then the next collection tells it.
 */
not_sent: ErrorCode | null, };

/**
 * Says that the study has ended.
 */
export type EndStudy = { 
/**
 * The study's title, typed.
 */
confirm: string, };

/**
 * What this desk has said last of the study's end.
 */
export type EndView = { 
/**
 * When it first said that it has ended; none where it said that the study goes on.
 */
ended_at: string | null, 
/**
 * Whether the server knows.
 */
sent: boolean, };

/**
 * Entries and interviews that were found, by participant, day and time of writing. On one day entries stand before interviews.
 */
export type EntryPage = { 
/**
 * How many there are.
 */
total: number, 
/**
 * How many of these are interviews.
 */
interviews: number, 
/**
 * How many people they are of.
 */
participants: number, 
/**
 * Those that were asked for.
 */
entries: Array<Found>, };

/**
 * An entry, by its id.
 */
export type EntryRef = { 
/**
 * Of this participant.
 */
participant: string, 
/**
 * Its id.
 */
entry: string, };

/**
 * One revision of an entry; in lists the newest.
 */
export type EntryView = { 
/**
 * Whose, as the desk calls them.
 */
participant: string, 
/**
 * The entry.
 */
entry: string, 
/**
 * The revision.
 */
revision: string, 
/**
 * The day that it is about.
 */
about: string, 
/**
 * When it was written, with the phone's offset.
 */
written_at: string, 
/**
 * The phase, by its title.
 */
phase: string | null, 
/**
 * The prompt set, by its title, where the study gives it one.
 */
prompt_set: string | null, 
/**
 * How it weighs.
 */
weight: WeightName | null, 
/**
 * Tags.
 */
tags: Array<string>, 
/**
 * Answers in the order in which they were given.
 */
answers: Array<AnswerView>, 
/**
 * Free text.
 */
text: string, 
/**
 * Voice notes.
 */
voice: Array<VoiceView>, 
/**
 * The phone that wrote it.
 */
device: string, 
/**
 * Its place in the phone's log.
 */
seq: number, 
/**
 * The version of the study's document that was answered.
 */
document_version: number, 
/**
 * How many revisions of the entry are with the study, this one among them.
 */
revisions: number, 
/**
 * Whether its writer wants to talk about it.
 */
talk: boolean, };

/**
 * What an erasure takes.
 */
export type ErasureCounts = { 
/**
 * Shared entries, each revision counted.
 */
entries: number, 
/**
 * Word of time off and phases.
 */
notices: number, 
/**
 * Sealed copies of what the writer keeps private.
 */
private: number, };

/**
 * An erasure that was ordered.
 */
export type ErasureDone = { 
/**
 * Whose.
 */
participant: string, 
/**
 * What was erased here.
 */
counts: ErasureCounts, 
/**
 * How many interviews of theirs are still at the desk; see [`ErasurePlan::interviews`].
 */
interviews: number, 
/**
 * Why the server does not have the orders, where it has not; then the next collection gives them to it.
 */
not_sent: ErrorCode | null, 
/**
 * Exports that hold something of it, also such as are no longer where they were written.
 */
exports: Array<MadeView>, };

/**
 * An erasure that was not ordered.
 */
export type ErasurePlan = { 
/**
 * Whose.
 */
participant: string, 
/**
 * What it would take.
 */
counts: ErasureCounts, 
/**
 * How much of the same was erased before.
 */
before: number, 
/**
 * How many interviews of theirs are at the desk, which no order reaches; none is counted where one entry is erased.
 */
interviews: number, };

/**
 * What somebody can act on. The page has a sentence for each, in its Fluent files.
 */
export type ErrorCode = "locked" | "no-desk" | "wrong-passphrase" | "in-use" | "newer" | "damaged" | "unreadable" | "disk-full" | "read-only" | "label-unfit" | "participant-unknown" | "invitation-used" | "collecting" | "server-unreachable" | "server-untrusted" | "server-trouble" | "server-garbage" | "server-restored" | "token-refused" | "server-refuses" | "entry-unknown" | "draft-unfit" | "draft-too-long" | "draft-unwritten" | "folder-missing" | "desk-exists" | "server-address" | "token-unfit" | "admin-token-refused" | "passphrase-empty" | "passphrase-name-unfit" | "passphrase-name-taken" | "passphrase-taken" | "passphrases-full" | "passphrase-last" | "passphrase-unknown" | "split-unfit" | "custodian-unfit" | "share-unreadable" | "shares-give-nothing" | "shares-other-study" | "shares-not-this-file" | "join-page-on-server" | "study-changed" | "preview-failed" | "published-elsewhere" | "keys-older" | "name-missing" | "reason-missing" | "reason-unfit" | "term-unfit" | "pseudonym-unfit" | "copy-changed" | "copies-unread" | "no-codes" | "nothing-to-talk-about" | "pack-changed" | "export-unwritable" | "folder-not-shown" | "not-confirmed" | "done-unread" | "not-noted" | "not-joined" | "phone-unknown" | "phone-not-whole" | "new-token-refused" | "erasure-changed" | "transcript-empty" | "transcript-too-large" | "transcript-pdf" | "transcript-old" | "transcript-encrypted" | "transcript-other-kind" | "transcript-damaged" | "transcript-not-text" | "transcript-other-encoding" | "transcript-there" | "transcript-unknown" | "transcript-unreadable" | "time-point-unfit" | "day-unfit" | "title-unfit" | "internal";

/**
 * An export was made.
 */
export type ExportDone = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * How many revisions of entries stand in it.
 */
revisions: number, 
/**
 * How many interviews stand in it.
 */
interviews: number, 
/**
 * How many voice notes lie beside it.
 */
recordings: number, 
/**
 * How many entries were left out because nobody has read their copies.
 */
left_out: number, 
/**
 * How many interviews were left out for the same reason.
 */
left_out_interviews: number, 
/**
 * Whether the collection lacks something, and so the export may.
 */
needs_attention: boolean, 
/**
 * All exports, with this one.
 */
exports: ExportsView, };

/**
 * An export that was made.
 */
export type ExportRef = { 
/**
 * When.
 */
at: string | null, 
/**
 * Where it was written to.
 */
path: string, 
/**
 * Whether something of it may still lie there.
 */
there: boolean, };

/**
 * Exports: where they go, and those that were made.
 */
export type ExportsView = { 
/**
 * The folder on this machine in which they are written.
 */
folder: string, 
/**
 * Those that were made, the newest first.
 */
made: Array<MadeView>, 
/**
 * How many copies there are, and were read.
 */
count: ReadCount, };

/**
 * What entries and interviews can be narrowed down by.
 */
export type Filters = { 
/**
 * Participants who have shared something, or whose interviews are here.
 */
participants: Array<string>, 
/**
 * The study's phases, and others that entries name.
 */
phases: Array<Named>, 
/**
 * The study's prompt sets, and others that entries name.
 */
prompt_sets: Array<Named>, 
/**
 * Tags that entries have.
 */
tags: Array<string>, 
/**
 * The time points of interviews that are offered: the study's.
 */
time_points: Array<string>, 
/**
 * Interviews that cannot be read any more, by the ids of their transcripts. They are set aside.
 */
damaged: Array<string>, 
/**
 * The first and the last day that entries are about, or on which interviews were.
 */
first_day: string | null, 
/**
 * See `first_day`.
 */
last_day: string | null, };

/**
 * Which copies are wanted.
 */
export type FindCopies = { 
/**
 * Of this participant.
 */
participant: string | null, 
/**
 * Only those that nobody has read.
 */
unread: boolean, 
/**
 * From this one on, counted from 0.
 */
offset: number, 
/**
 * At most so many, up to 200.
 */
limit: number, };

/**
 * Which entries and interviews are wanted. What is not given does not narrow; interviews have no phase, prompt set, tag or weight.
 */
export type FindEntries = { 
/**
 * Only of this kind.
 */
kind: FoundKind | null, 
/**
 * Of this participant.
 */
participant: string | null, 
/**
 * In this phase.
 */
phase: string | null, 
/**
 * Answers to this prompt set.
 */
prompt_set: string | null, 
/**
 * With this tag.
 */
tag: string | null, 
/**
 * Of this weight.
 */
weight: WeightName | null, 
/**
 * Only what its writer wants to talk about.
 */
talk: boolean, 
/**
 * About this day or a later one.
 */
from: string | null, 
/**
 * About this day or an earlier one.
 */
until: string | null, 
/**
 * With all of these words in text, answers or tags, or in an interview's text or title: large and small letters and accents are the same.
 */
words: string | null, 
/**
 * From this one on, counted from 0.
 */
offset: number, 
/**
 * At most so many, up to 200.
 */
limit: number, };

/**
 * Forgets names with everything that was ever decided about them.
 */
export type ForgetNames = { 
/**
 * These.
 */
terms: Array<string>, };

/**
 * A format.
 */
export type Format = "jsonl" | "csv" | "md" | "docx" | "qdpx" | "qdc" | "archive";

/**
 * Something on a person's timeline.
 */
export type Found = { "kind": "entry" } & EntryView | { "kind": "interview" } & InterviewView;

/**
 * One of both kinds of things on a timeline.
 */
export type FoundKind = "entry" | "interview";

/**
 * What may be a name.
 */
export type FoundName = { 
/**
 * The word or words.
 */
term: string, 
/**
 * How it was found.
 */
sort: Sort, 
/**
 * How often.
 */
times: number, 
/**
 * In how many people's entries and interviews.
 */
people: number, 
/**
 * Where, the first few.
 */
examples: Array<NameExample>, };

/**
 * An interview's copy, with names replaced and marks.
 */
export type InterviewCopy = { 
/**
 * Names exactly this copy: where what is said of it or a decision changes, there is another.
 */
copy: string, 
/**
 * What stands of it in a list.
 */
line: InterviewLine, 
/**
 * How it is called.
 */
title: Array<MarkedPiece>, 
/**
 * What was said; its lines end with `\n`.
 */
text: Array<MarkedPiece>, };

/**
 * An interview's copy, in a list.
 */
export type InterviewLine = { 
/**
 * The transcript.
 */
transcript: string, 
/**
 * Whose interview, as the desk calls them.
 */
participant: string, 
/**
 * The day of the interview.
 */
day: string, 
/**
 * The time point, as it stands in the copy.
 */
time_point: string, 
/**
 * How it is called in the copy; empty where it has no title.
 */
title: string, 
/**
 * How many words it has.
 */
words: number, 
/**
 * Who has read it.
 */
read_by: string | null, 
/**
 * When.
 */
read_at: string | null, };

/**
 * An interview, with some of what was said in it.
 */
export type InterviewView = { 
/**
 * Whose, as the desk calls them.
 */
participant: string, 
/**
 * The transcript's id.
 */
transcript: string, 
/**
 * The time point, as `T1`.
 */
time_point: string, 
/**
 * The day of the interview.
 */
day: string, 
/**
 * How it is called; empty where it has no title.
 */
title: string, 
/**
 * How many words it has.
 */
words: number, 
/**
 * When it was imported.
 */
imported_at: string | null, 
/**
 * From the file of this name.
 */
file: string, 
/**
 * Its beginning; where words are looked for, passages in which one of them stands.
 */
passages: Array<string>, 
/**
 * Whether that is all of it.
 */
whole: boolean, };

/**
 * How an invitation stands, as far as the desk knows.
 */
export type Invitation = "not-sent" | "open" | "used" | "expired" | "revoked" | "revocation-not-sent";

/**
 * What a researcher gives to one participant, and to nobody else.
 */
export type InvitationCard = { 
/**
 * As the desk calls them.
 */
participant: string, 
/**
 * A link that opens the diary.
 */
link: string, 
/**
 * The same to be typed, in groups.
 */
text: string, 
/**
 * The same as a picture: SVG.
 */
picture: string, 
/**
 * A link by way of the study's join page, where it has one.
 */
page_link: string | null, 
/**
 * The same as a picture: SVG.
 */
page_picture: string | null, };

/**
 * Gives a locked desk one passphrase in the place of all, by the custodians' shares.
 */
export type JoinKeys = { 
/**
 * One each.
 */
shares: Array<string>, 
/**
 * Whose the new passphrase is.
 */
name: string, 
/**
 * The new passphrase.
 */
passphrase: string, };

/**
 * Who can open the desk.
 */
export type KeysView = { 
/**
 * The passphrases, in the order in which they came.
 */
passphrases: Array<PassphraseView>, 
/**
 * How many there can be.
 */
most_passphrases: number, 
/**
 * How the keys were split, each time, the last one first.
 */
splits: Array<SplitView>, 
/**
 * Among how many custodians they can be split.
 */
most_custodians: number, };

/**
 * Something that is in a file and is not read. Headers and footers of a `.docx` never are, and are not named.
 */
export type LeftOut = "comments" | "notes" | "deleted" | "pictures" | "other" | "letters";

/**
 * A participant's leaving, as the server has it now.
 */
export type LeftSaid = { 
/**
 * As the desk calls them.
 */
participant: string, 
/**
 * When this desk first said so; none when they take part.
 */
left_at: string | null, 
/**
 * Whether this desk had said the same before.
 */
again: boolean, 
/**
 * How many interviews of theirs are at the desk.
 */
interviews: number, };

/**
 * How lines end.
 */
export type LineEnds = "lf" | "crlf";

/**
 * Which records are wanted.
 */
export type ListRecords = { 
/**
 * Of this class.
 */
class: RecordClass, 
/**
 * From this one on, counted from 0.
 */
offset: number, 
/**
 * At most so many, up to 200.
 */
limit: number, };

/**
 * An export that was made.
 */
export type MadeView = { 
/**
 * When.
 */
at: string | null, 
/**
 * Its format.
 */
format: string, 
/**
 * Where it was written to.
 */
path: string, 
/**
 * Whether names were replaced in it.
 */
copy: boolean, 
/**
 * Who has read it before, where names were replaced.
 */
read_by: Array<string>, 
/**
 * Who made it, where that was asked.
 */
by: string | null, 
/**
 * Why, where they said so.
 */
why: string | null, 
/**
 * Whether something of it may still lie there.
 */
there: boolean, 
/**
 * How many revisions of entries stood in it.
 */
revisions: number, 
/**
 * How many of its entries were withdrawn or erased since.
 */
withdrawn: number, 
/**
 * How many interviews stood in it.
 */
interviews: number, 
/**
 * How many of these were removed from the desk since.
 */
removed: number, 
/**
 * Who was left out.
 */
without: Array<string>, 
/**
 * Why they were.
 */
why_without: string | null, 
/**
 * Whose pack it is, for an interview; none where it is none.
 */
pack: string | null, };

/**
 * Makes an export.
 */
export type MakeExport = { 
/**
 * In this format.
 */
format: Format, 
/**
 * With a project: what makes a document.
 */
documents: Per, 
/**
 * With a project: how lines end.
 */
line_ends: LineEnds, 
/**
 * As it was written, not with names replaced. Somebody has to say why.
 */
original: boolean, 
/**
 * With names replaced: what nobody has read is left out; else there is no export while there is such.
 */
only_read: boolean, 
/**
 * Who is left out. Somebody has to say why.
 */
without: Array<string>, 
/**
 * Why they are left out.
 */
why_without: string | null, 
/**
 * Who makes it.
 */
by: string, 
/**
 * Why.
 */
why: string | null, };

/**
 * Somebody has read copies, and found that they can go out.
 */
export type MarkRead = { 
/**
 * These, at most 200, as they were shown.
 */
copies: Array<string>, 
/**
 * Who.
 */
by: string, };

/**
 * Takes back that a copy was read.
 */
export type MarkUnread = { 
/**
 * This one.
 */
copy: string, };

/**
 * A part of a text in a copy, with marks.
 */
export type MarkedPiece = { 
/**
 * As it stands in the copy.
 */
text: string, 
/**
 * What stands in the original, where it was replaced.
 */
was: string | null, 
/**
 * Whether it may be a name, and nobody has decided about it.
 */
may_be: boolean, };

/**
 * That the words of a phone were compared.
 */
export type MetView = { 
/**
 * Who says so.
 */
by: string, 
/**
 * When.
 */
at: string | null, };

/**
 * A name where it stands.
 */
export type NameExample = { 
/**
 * Whose entry or interview.
 */
participant: string, 
/**
 * The day that it is about.
 */
about: string, 
/**
 * The time point, where it is an interview.
 */
time_point: string | null, 
/**
 * What stands before it.
 */
before: string, 
/**
 * What stands behind it.
 */
after: string, };

/**
 * A name, and how it was found.
 */
export type NameTerm = { 
/**
 * The word or words.
 */
term: string, 
/**
 * How it was found.
 */
sort: Sort, };

/**
 * An id with the title that the study gives it; its id where it gives none.
 */
export type Named = { 
/**
 * The id.
 */
id: string, 
/**
 * The title.
 */
title: string, };

/**
 * Names: those that were found, and what was decided.
 */
export type NamesView = { 
/**
 * What nobody has decided about: by how it was found, then the most frequent first. At most 300.
 */
found: Array<FoundName>, 
/**
 * How many there are.
 */
found_total: number, 
/**
 * What holds, by the term.
 */
decided: Array<DecidedName>, 
/**
 * Everything that stands in the place of a name, or ever did, so that nobody else is called so.
 */
used: Array<string>, 
/**
 * How many there are, and were read.
 */
count: ReadCount, 
/**
 * How the one calls themselves who decided or read last.
 */
last_by: string | null, };

/**
 * Notes that it is printed.
 */
export type NotePrintedPack = { 
/**
 * Of whom, as the desk calls them.
 */
participant: string, 
/**
 * What is printed: refused where something else is to be talked about by now.
 */
shown: Array<ShownEntry>, 
/**
 * Who does it.
 */
by: string, 
/**
 * What for.
 */
why: string, };

/**
 * Notes that the six words of a phone were compared with its person, and were the same.
 */
export type NoteWordsMet = { 
/**
 * The phone's id.
 */
device: string, 
/**
 * Who says so.
 */
by: string, };

/**
 * No input.
 */
export type Nothing = Record<symbol, never>;

/**
 * What is to be seen. What was shown before ends.
 */
export type OpenPreview = { 
/**
 * Codes of languages of the study, one for each phone: one or two.
 */
languages: Array<string>, 
/**
 * The day after joining, from 1, which is the day of joining; none for the first run, before anybody has joined.
 */
day: number | null, };

/**
 * Orders an erasure.
 */
export type OrderErasure = { 
/**
 * What is to be erased.
 */
wanted: WantErasure, 
/**
 * What it takes, as it was shown.
 */
counts: ErasureCounts, 
/**
 * Why, in one line. The server and the participant's phones get it as it stands.
 */
reason: string, 
/**
 * The participant's label, typed.
 */
confirm: string, };

/**
 * What has come, and how it stands.
 */
export type Overview = { 
/**
 * When the collection began that came to its end last; none before the first.
 */
collected_at: string | null, 
/**
 * Every record in exactly one class.
 */
totals: Totals, 
/**
 * Every phone of which anything came, by participant.
 */
phones: Array<PhoneLine>, 
/**
 * What this desk has said last of the study's end, where it has said something that still matters.
 */
end: EndView | null, };

/**
 * In which form a pack is written.
 */
export type PackFormat = "md" | "docx";

/**
 * What one person wants to talk about.
 */
export type PackView = { 
/**
 * As the desk calls them.
 */
participant: string, 
/**
 * Each entry as it is now, by the days that they are about.
 */
entries: Array<EntryView>, };

/**
 * A participant, by label.
 */
export type ParticipantRef = { 
/**
 * As the desk calls them.
 */
participant: string, };

/**
 * One passphrase, without itself.
 */
export type PassphraseView = { 
/**
 * Which one.
 */
id: string, 
/**
 * How its researcher is called; none where nobody has said so.
 */
name: string | null, 
/**
 * Since when it opens the desk, where that is known.
 */
since: string | null, 
/**
 * Whether its place in the file is damaged: then it opens nothing.
 */
damaged: boolean, };

/**
 * Everybody who was invited or has sent something.
 */
export type PeopleView = { 
/**
 * By label.
 */
people: Array<PersonView>, 
/**
 * The first days of the weeks that the strips show, oldest first: Mondays.
 */
weeks: Array<string>, 
/**
 * What people are asked to agree to: the study's items in their order, then others that somebody has answered.
 */
consent: Array<ConsentItemView>, };

/**
 * What makes a document.
 */
export type Per = "participant" | "phase" | "entry";

/**
 * One participant.
 */
export type PersonView = { 
/**
 * As the desk calls them.
 */
participant: string, 
/**
 * The number by which the server knows them.
 */
number: string, 
/**
 * How their newest invitation stands; none where this desk has made none.
 */
invitation: Invitation | null, 
/**
 * Until when that invitation is good.
 */
until: string | null, 
/**
 * How many phones of theirs are proven.
 */
phones: number, 
/**
 * The day on which they joined, by their own clock.
 */
joined: string | null, 
/**
 * The day on which they left, by their own word.
 */
left: string | null, 
/**
 * When this desk first said that they have left, where they have not joined again since.
 */
said_left: string | null, 
/**
 * The phase in which they are now, by its title.
 */
phase: string | null, 
/**
 * How many entries of theirs are with the study.
 */
shared: number, 
/**
 * How many interviews of theirs are at the desk.
 */
interviews: number, 
/**
 * How many of their entries they want to talk about.
 */
talk: number, 
/**
 * The newest day that one of these is about.
 */
last_about: string | null, 
/**
 * The clock of their phone at its newest checkpoint, and no later than when the server had that.
 */
last_seen: string | null, 
/**
 * How many entries of theirs are about a day of each week of the strip. A day that has not come is in none.
 */
strip: Array<number>, 
/**
 * How many entries the study hoped for in each week of the strip, as far as the week is over and they were there.
 */
hoped_for: Array<number>, 
/**
 * For how many days nothing was heard of their phones; none before the first word, while they are off, and after leaving.
 */
silent_days: number | null, 
/**
 * Time off that touches the weeks of the strip, or has no end.
 */
time_off: Array<TimeOffView>, 
/**
 * What they have agreed to; none where nothing of it has come.
 */
agreed: AgreedView | null, 
/**
 * Whether one of their phones needs a look.
 */
needs_a_look: boolean, };

/**
 * One phone.
 */
export type PhoneLine = { 
/**
 * Whose, as the desk calls them.
 */
participant: string, 
/**
 * The phone's id.
 */
device: string, 
/**
 * How its log stands.
 */
state: PhoneState, 
/**
 * Covered up to here where it is complete, behind or stopped; where something is missing or contradictory, the place of that.
 */
seq: number, 
/**
 * The phone's clock at its last checkpoint.
 */
as_of: string | null, 
/**
 * How many parts of shared voice notes have not come yet.
 */
parts_missing: number, 
/**
 * Six words of its key, which the phone shows too; none where its first record has not come.
 */
words: string | null, 
/**
 * That these were compared with its person.
 */
met: MetView | null, 
/**
 * How many records it had, by its own word at that checkpoint, that have not come; none where no word of it counts.
 */
to_come: number | null, 
/**
 * When the server received the newest record of it, by the server's word.
 */
received_at: string | null, };

/**
 * A phone, by its id.
 */
export type PhoneRef = { 
/**
 * Its id.
 */
device: string, };

/**
 * How a phone's log stands.
 */
export type PhoneState = "complete" | "behind" | "gap" | "withheld" | "rolled-back" | "fork" | "stopped" | "unproven";

/**
 * A phone that is stopped.
 */
export type PhoneStopped = { 
/**
 * Whose, as the desk calls them.
 */
participant: string, 
/**
 * The phone's id.
 */
device: string, 
/**
 * The last place in its log that counts.
 */
seq: number, 
/**
 * Whether the study had stopped it before.
 */
again: boolean, 
/**
 * Why the server does not have the word, where it has not; then the next collection gives it to it.
 */
not_sent: ErrorCode | null, };

/**
 * Which version of the study a phone has.
 */
export type PhoneVersion = { 
/**
 * Whose, as the desk calls them.
 */
participant: string, 
/**
 * The phone's id.
 */
device: string, 
/**
 * The newest one that something says which it has sent and the study may read; none where nothing does.
 */
version: number | null, };

/**
 * A part of a text in a copy.
 */
export type PieceView = { 
/**
 * As it stands in the copy.
 */
text: string, 
/**
 * What stands in the original, where it was replaced.
 */
was: string | null, };

/**
 * A day that is worth a look.
 */
export type PreviewDay = { 
/**
 * From 1, the day of joining.
 */
day: number, 
/**
 * Its date for somebody who joins today.
 */
date: string, 
/**
 * The title of its phase.
 */
phase: string, 
/**
 * What is asked beside the daily prompts because of the day: titles of prompt sets.
 */
weekly: Array<string>, };

/**
 * A phone of a preview.
 */
export type PreviewPhone = { 
/**
 * What it speaks.
 */
language: string, 
/**
 * Where its page is. The link is good once, and is the only way to it.
 */
url: string, };

/**
 * Names a preview.
 */
export type PreviewRef = { 
/**
 * Its number.
 */
number: number, };

/**
 * A preview that is shown.
 */
export type PreviewView = { 
/**
 * Its number, for asking when it ends.
 */
number: number, 
/**
 * One in each language that was asked for.
 */
phones: Array<PreviewPhone>, 
/**
 * What opens their lock; none where whoever tries the first run chooses that.
 */
pin: string | null, 
/**
 * The days on which something is asked that was not asked in this way before, in order.
 */
days: Array<PreviewDay>, 
/**
 * The last day that can be chosen.
 */
last_day: number, };

/**
 * How many copies were read.
 */
export type ReadCount = { 
/**
 * How many entries there are.
 */
entries: number, 
/**
 * How many of their copies somebody has read as they are now.
 */
read: number, 
/**
 * How many interviews there are.
 */
interviews: number, 
/**
 * How many of their copies somebody has read as they are now.
 */
interviews_read: number, };

/**
 * Why a record was received and is neither applied nor shown. Its words are part of the command's output.
 */
export type Reason = "malformed" | "newer" | "not-proven" | "not-in-chain" | "withheld" | "other-key" | "slot" | "commitment" | "body" | "content" | "other-parts" | "part" | "recording" | "foreign-consent" | "grant-target" | "grant-key" | "withdrawn-again";

/**
 * What became of a record.
 */
export type RecordClass = "opened" | "private" | "control" | "erased" | "waiting" | "quarantined";

/**
 * What a record is, as its header says.
 */
export type RecordKind = "genesis" | "recovery" | "entry" | "own" | "grant" | "erase" | "consent" | "notice";

/**
 * Records of one class.
 */
export type RecordList = { 
/**
 * How many there are.
 */
total: number, 
/**
 * Those that were asked for, by participant, phone and place.
 */
records: Array<RecordView>, };

/**
 * One record.
 */
export type RecordView = { 
/**
 * Whose, as the desk calls them; none where it cannot be told.
 */
participant: string | null, 
/**
 * The phone, if it can be told.
 */
device: string | null, 
/**
 * Its place in the phone's log, if it can be told.
 */
seq: number | null, 
/**
 * What its header says that it is.
 */
kind: RecordKind | null, 
/**
 * When the server says that it received it.
 */
received_at: string | null, 
/**
 * Whether the server says that it came after the study's end.
 */
late: boolean, 
/**
 * Why it is in quarantine.
 */
reason: Reason | null, 
/**
 * The entry, where it was opened.
 */
entry: string | null, 
/**
 * The day that the entry is about as it is now, where it was opened.
 */
about: string | null, };

/**
 * Takes a passphrase away.
 */
export type RemovePassphrase = { 
/**
 * One that opens the desk.
 */
current: string, 
/**
 * Which one.
 */
id: string, };

/**
 * Another token for the desk.
 */
export type ReplaceToken = { 
/**
 * As typed.
 */
token: string, };

/**
 * Writes it into a file.
 */
export type SavePack = { 
/**
 * Of whom, as the desk calls them.
 */
participant: string, 
/**
 * In this form.
 */
format: PackFormat, 
/**
 * Who does it.
 */
by: string, 
/**
 * What for.
 */
why: string, };

/**
 * The draft as the form has it now.
 */
export type SaveStudy = { 
/**
 * All of it.
 */
draft: StudyDraft, };

/**
 * Says that a participant has left in another way than by the app, or takes part after all.
 */
export type SayLeft = { 
/**
 * As the desk calls them.
 */
participant: string, 
/**
 * Whether they have left; else they take part after all.
 */
left: boolean, };

/**
 * What a text is that was typed as a share.
 */
export type ShareIs = "good" | "not-one" | "mistyped" | "newer" | "other-set" | "twice";

/**
 * One custodian's.
 */
export type ShareSheet = { 
/**
 * Which one, counted from 1.
 */
number: number, 
/**
 * Whose, where that was said.
 */
custodian: string | null, 
/**
 * The share, in groups of letters and digits.
 */
text: string, };

/**
 * One share that was typed.
 */
export type ShareTried = { 
/**
 * Whether it is one, and goes with those before it.
 */
is: ShareIs, 
/**
 * Which one, counted from 1, where it could be read.
 */
number: number | null, };

/**
 * What shares give together.
 */
export type SharesGive = "too-few" | "nothing" | "other-study" | "older-keys" | "not-this-file" | "keys";

/**
 * The shares, on their way to paper. They are kept nowhere and cannot be asked for again.
 */
export type SharesMade = { 
/**
 * The study's title.
 */
study: string, 
/**
 * How many have to come together.
 */
threshold: number, 
/**
 * One for each custodian.
 */
sheets: Array<ShareSheet>, 
/**
 * Who can open the desk now.
 */
keys: KeysView, };

/**
 * What shares that were typed would give. Nothing of them is in it but their numbers.
 */
export type SharesTried = { 
/**
 * Of each, in the same order.
 */
shares: Array<ShareTried>, 
/**
 * How many have to come together, where one of them could be read.
 */
need: number | null, 
/**
 * What they give together.
 */
gives: SharesGive, };

/**
 * An entry of a pack, as it was shown.
 */
export type ShownEntry = { 
/**
 * Its id.
 */
entry: string, 
/**
 * The revision.
 */
revision: string, };

/**
 * How a term was found.
 */
export type Sort = "contact" | "number" | "name" | "perhaps" | "added";

/**
 * Splits the keys.
 */
export type SplitKeys = { 
/**
 * A passphrase that opens the desk.
 */
current: string, 
/**
 * How many custodians have to come together.
 */
threshold: number, 
/**
 * Who they are, by the shares' numbers; an empty text where that is not said.
 */
custodians: Array<string>, };

/**
 * How the keys were split once.
 */
export type SplitView = { 
/**
 * When.
 */
at: string | null, 
/**
 * How many custodians have to come together.
 */
threshold: number, 
/**
 * How many there are.
 */
of: number, 
/**
 * Whether the study's keys were changed since: they open what was sealed until then, and not this desk's file.
 */
older_keys: boolean, 
/**
 * Who they are, by the shares' numbers; none where nobody has said so.
 */
custodians: Array<string | null>, };

/**
 * Whether the desk is open, and what study it is of.
 */
export type Status = { 
/**
 * Whether there is a desk in the folder. Where there is none, one can be set up.
 */
desk: boolean, 
/**
 * Whether the passphrase was given.
 */
open: boolean, 
/**
 * The study, when open.
 */
study: StudyView | null, 
/**
 * After how many minutes in which nobody touches the page the desk locks by itself.
 */
lock_after_minutes: number, };

/**
 * Stops a phone.
 */
export type StopPhone = { 
/**
 * The phone's id.
 */
device: string, 
/**
 * Also where something that it has sent is missing or changed.
 */
even_if_incomplete: boolean, 
/**
 * The participant's label, typed.
 */
confirm: string, };

/**
 * A phone that could be stopped. Nothing was ordered.
 */
export type StopPlan = { 
/**
 * Whose, as the desk calls them.
 */
participant: string, 
/**
 * The phone's id.
 */
device: string, 
/**
 * The last place in its log that would count.
 */
seq: number, 
/**
 * Whether all that it has sent is here and whole. Else what comes later of it would count no more.
 */
whole: boolean, 
/**
 * Whether the study has stopped it before.
 */
before: boolean, };

/**
 * A study file as a form has it. Texts that are not there are empty.
 */
export type StudyDraft = { 
/**
 * The study's title.
 */
title: Words, 
/**
 * The number of this version, from 1. The desk counts it.
 */
version: number, 
/**
 * Codes of languages, the fallback first.
 */
languages: Array<string>, 
/**
 * What it is about.
 */
about: Words, 
/**
 * Who runs it.
 */
run_by: Words, 
/**
 * How to reach them.
 */
contact: Words, 
/**
 * How long an entry waits after somebody chose to share it, like `48h`.
 */
hold: string, 
/**
 * How many days back an entry may be about.
 */
about_days_back: number, 
/**
 * When the team looks again at what it keeps, like `10y`.
 */
review_after: string, 
/**
 * The page that opens invitations; empty where there is none.
 */
join_page: string, 
/**
 * Phases, in order.
 */
phase: Array<DraftPhase>, 
/**
 * Prompt sets, in the order shown.
 */
prompt_set: Array<DraftSet>, 
/**
 * Prompts, in the order shown within their set.
 */
prompt: Array<DraftPrompt>, 
/**
 * When sets are due.
 */
schedule: Array<DraftSchedule>, 
/**
 * Interviews.
 */
time_point: Array<DraftTimePoint>, 
/**
 * What people agree to.
 */
consent: Array<DraftConsent>, 
/**
 * Whom they can call.
 */
support: Array<DraftContact>, 
/**
 * Codes to start with.
 */
code: Array<DraftCode>, };

/**
 * The study that is being written, and how it stands.
 */
export type StudyForm = { 
/**
 * The draft; none before it was begun, or where its file cannot be read as one.
 */
draft: StudyDraft | null, 
/**
 * What has to be put right before it is a study.
 */
problems: Array<StudyProblem>, 
/**
 * The study file itself, as it is on the disk, or would be.
 */
text: string, 
/**
 * Where that is.
 */
file: string, 
/**
 * The version that was published last; none where there is no desk yet.
 */
published: number | null, 
/**
 * What differs from it.
 */
changes: Array<Change>, 
/**
 * Whether the draft is older than what is published.
 */
stale: boolean, 
/**
 * The version that was sent without an answer, and that phones may have already.
 */
unsent: number | null, 
/**
 * Whether the draft has no interviews at a desk that does not know when they are.
 */
without_interviews: boolean, 
/**
 * Under this name the file is kept whose place was just taken.
 */
kept: string | null, };

/**
 * What has to be put right in a study file.
 */
export type StudyProblem = { 
/**
 * Its place in the draft, like `prompt[3].option[0].text.en`; empty where there is none.
 */
at: string, 
/**
 * Its line in the file.
 */
line: number, 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do.
 */
remedy: string, };

/**
 * What became of such a file.
 */
export type StudyTaken = { 
/**
 * How the study stands, where the file was taken.
 */
form: StudyForm | null, 
/**
 * Why it was not. Nothing was changed then.
 */
problems: Array<StudyProblem>, };

/**
 * The study of a desk.
 */
export type StudyView = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its name.
 */
id: string, 
/**
 * The host at which its server is.
 */
server: string, 
/**
 * That server's whole address, as somebody types it into a phone.
 */
address: string, 
/**
 * The version of its document that was published last.
 */
version: number, };

/**
 * A study file that somebody has written.
 */
export type TakeStudy = { 
/**
 * What is in it.
 */
text: string, };

/**
 * Time off.
 */
export type TimeOffView = { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day; none while it has no end.
 */
until: string | null, };

/**
 * The desk has the token that was given.
 */
export type TokenReplaced = { 
/**
 * What became of the token before.
 */
before: Before, };

/**
 * The account in numbers: `received` is the sum of all others.
 */
export type Totals = { received: number, opened: number, private: number, control: number, erased: number, waiting: number, quarantined: number, };

/**
 * A file that somebody chose.
 */
export type TranscriptFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its bytes, in base64.
 */
bytes: string, };

/**
 * What was read of a file. Nothing is kept yet.
 */
export type TranscriptRead = { 
/**
 * How many words it has.
 */
words: number, 
/**
 * How it begins.
 */
beginning: string, 
/**
 * Whether that is all of it.
 */
whole: boolean, 
/**
 * What is in the file and was not read.
 */
left_out: Array<LeftOut>, };

/**
 * A transcript, by its id.
 */
export type TranscriptRef = { 
/**
 * Its id.
 */
transcript: string, };

/**
 * All that was said in an interview.
 */
export type TranscriptView = { 
/**
 * The text; its lines end with `\n`.
 */
text: string, 
/**
 * The exports that hold it, the oldest first.
 */
exports: Array<ExportRef>, };

/**
 * What was removed.
 */
export type TranscriptsRemoved = { 
/**
 * How many.
 */
removed: number, 
/**
 * Exports that hold something of it, the oldest first.
 */
exports: Array<ExportRef>, };

/**
 * Shares as they were typed.
 */
export type TypedShares = { 
/**
 * One each.
 */
shares: Array<string>, };

/**
 * The desk's passphrase.
 */
export type Unlock = { 
/**
 * As typed.
 */
passphrase: string, };

/**
 * What becomes of a name.
 */
export type VerdictName = "replace" | "leave" | "undone";

/**
 * A voice note.
 */
export type VoiceView = { 
/**
 * By this name the host plays it; none while not all of it has come.
 */
sound: string | null, 
/**
 * How long it is.
 */
seconds: number, 
/**
 * Its media type.
 */
media_type: string, };

/**
 * What is to be erased.
 */
export type WantErasure = { 
/**
 * Of this participant.
 */
participant: string, 
/**
 * Only this entry, with all its revisions; everything that they shared where there is none.
 */
entry: string | null, 
/**
 * Also the sealed copies on the server of what the writer keeps private.
 */
private_too: boolean, };

/**
 * How an entry weighs on its writer.
 */
export type WeightName = "light" | "okay" | "heavy" | "not-said";

/**
 * One text in each of its languages, by their codes.
 */
export type Words = Record<string, string>;

/**
 * What the page may ask of its host.
 */
export interface DeskCommands {
  status: { input: Nothing; output: Status };
  unlock: { input: Unlock; output: Status };
  lock: { input: Nothing; output: Status };
  touch: { input: Nothing; output: Nothing };
  await_lock: { input: Nothing; output: Nothing };
  study_form: { input: Nothing; output: StudyForm };
  begin_study: { input: BeginStudy; output: StudyForm };
  save_study: { input: SaveStudy; output: StudyForm };
  take_study: { input: TakeStudy; output: StudyTaken };
  create_study: { input: CreateStudy; output: Status };
  publish_study: { input: Nothing; output: StudyForm };
  send_study_again: { input: Nothing; output: StudyForm };
  phone_versions: { input: Nothing; output: Array<PhoneVersion> };
  open_preview: { input: OpenPreview; output: PreviewView };
  close_preview: { input: Nothing; output: Nothing };
  await_preview: { input: PreviewRef; output: Nothing };
  overview: { input: Nothing; output: Overview };
  collect: { input: Nothing; output: Overview };
  progress: { input: Nothing; output: Collecting };
  records: { input: ListRecords; output: RecordList };
  people: { input: Nothing; output: PeopleView };
  invite: { input: ParticipantRef; output: InvitationCard };
  revoke_invitation: { input: ParticipantRef; output: PeopleView };
  filters: { input: Nothing; output: Filters };
  entries: { input: FindEntries; output: EntryPage };
  versions: { input: EntryRef; output: Array<EntryView> };
  names: { input: Nothing; output: NamesView };
  names_history: { input: Nothing; output: Array<DecidedName> };
  decide_names: { input: DecideNames; output: NamesView };
  forget_names: { input: ForgetNames; output: NamesView };
  copies: { input: FindCopies; output: CopyPage };
  interview_copy: { input: TranscriptRef; output: InterviewCopy };
  mark_read: { input: MarkRead; output: ReadCount };
  mark_unread: { input: MarkUnread; output: ReadCount };
  exports: { input: Nothing; output: ExportsView };
  export: { input: MakeExport; output: ExportDone };
  show_exports: { input: Nothing; output: Nothing };
  pack: { input: ParticipantRef; output: PackView };
  note_printed_pack: { input: NotePrintedPack; output: Nothing };
  save_pack: { input: SavePack; output: ExportDone };
  plan_erasure: { input: WantErasure; output: ErasurePlan };
  erase: { input: OrderErasure; output: ErasureDone };
  keys: { input: Nothing; output: KeysView };
  add_passphrase: { input: AddPassphrase; output: KeysView };
  change_passphrase: { input: ChangePassphrase; output: KeysView };
  remove_passphrase: { input: RemovePassphrase; output: KeysView };
  split_keys: { input: SplitKeys; output: SharesMade };
  try_shares: { input: TypedShares; output: SharesTried };
  join_keys: { input: JoinKeys; output: Status };
  say_left: { input: SayLeft; output: LeftSaid };
  plan_stop: { input: PhoneRef; output: StopPlan };
  stop_phone: { input: StopPhone; output: PhoneStopped };
  note_words_met: { input: NoteWordsMet; output: Nothing };
  forget_words_met: { input: PhoneRef; output: Nothing };
  end_study: { input: EndStudy; output: EndSaid };
  continue_study: { input: Nothing; output: EndSaid };
  replace_token: { input: ReplaceToken; output: TokenReplaced };
  make_certificate: { input: Nothing; output: CertificateMade };
  read_transcript: { input: TranscriptFile; output: TranscriptRead };
  add_transcript: { input: AddTranscript; output: Nothing };
  transcript: { input: TranscriptRef; output: TranscriptView };
  change_transcript: { input: ChangeTranscript; output: Nothing };
  remove_transcript: { input: TranscriptRef; output: TranscriptsRemoved };
  remove_transcripts: { input: ParticipantRef; output: TranscriptsRemoved };
}
