// Generated from crates/desk/src/page by ts-rs. Do not edit: change the Rust types and regenerate.

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
revisions: number, };

/**
 * What somebody can act on. The page has a sentence for each, in its Fluent files.
 */
export type ErrorCode = "locked" | "no-desk" | "wrong-passphrase" | "in-use" | "newer" | "damaged" | "unreadable" | "disk-full" | "read-only" | "label-unfit" | "participant-unknown" | "invitation-used" | "collecting" | "server-unreachable" | "server-untrusted" | "server-trouble" | "server-garbage" | "server-restored" | "token-refused" | "server-refuses" | "entry-unknown" | "transcript-empty" | "transcript-too-large" | "transcript-pdf" | "transcript-old" | "transcript-encrypted" | "transcript-other-kind" | "transcript-damaged" | "transcript-not-text" | "transcript-other-encoding" | "transcript-there" | "transcript-unknown" | "time-point-unfit" | "day-unfit" | "title-unfit" | "internal";

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
 * The first and the last day that entries are about, or on which interviews were.
 */
first_day: string | null, 
/**
 * See `first_day`.
 */
last_day: string | null, };

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
 * Something on a person's timeline.
 */
export type Found = { "kind": "entry" } & EntryView | { "kind": "interview" } & InterviewView;

/**
 * One of both kinds of things on a timeline.
 */
export type FoundKind = "entry" | "interview";

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
 * Something that is in a `.docx` and is not read. Headers and footers never are, and are not named.
 */
export type LeftOut = "comments" | "notes" | "deleted" | "pictures";

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
 * No input.
 */
export type Nothing = Record<symbol, never>;

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
phones: Array<PhoneLine>, };

/**
 * A participant, by label.
 */
export type ParticipantRef = { 
/**
 * As the desk calls them.
 */
participant: string, };

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
weeks: Array<string>, };

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
parts_missing: number, };

/**
 * How a phone's log stands.
 */
export type PhoneState = "complete" | "behind" | "gap" | "withheld" | "rolled-back" | "fork" | "stopped" | "unproven";

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
 * Whether the desk is open, and what study it is of.
 */
export type Status = { 
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
 * The version of its document that was published last.
 */
version: number, };

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
 * The desk's passphrase.
 */
export type Unlock = { 
/**
 * As typed.
 */
passphrase: string, };

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
 * How an entry weighs on its writer.
 */
export type WeightName = "light" | "okay" | "heavy" | "not-said";

/**
 * What the page may ask of its host.
 */
export interface DeskCommands {
  status: { input: Nothing; output: Status };
  unlock: { input: Unlock; output: Status };
  lock: { input: Nothing; output: Status };
  touch: { input: Nothing; output: Nothing };
  await_lock: { input: Nothing; output: Nothing };
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
  read_transcript: { input: TranscriptFile; output: TranscriptRead };
  add_transcript: { input: AddTranscript; output: Nothing };
  transcript: { input: TranscriptRef; output: TranscriptView };
  change_transcript: { input: ChangeTranscript; output: Nothing };
  remove_transcript: { input: TranscriptRef; output: TranscriptsRemoved };
  remove_transcripts: { input: ParticipantRef; output: TranscriptsRemoved };
}
