//! What the desk's page and its host say to each other. TypeScript is generated from these types.
//!
//! Times are RFC 3339 text in UTC unless it is said otherwise, dates `YYYY-MM-DD`, ids lower-case hex. The study's own texts are in its
//! first language.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::interviews::{Found, FoundKind};
use super::steward::types::{EndView, MetView};
use crate::invite::Invited;
use crate::people::Invitation;
use crate::reason::Reason;

/// No input.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Whether the desk is open, and what study it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Status {
    /// Whether there is a desk in the folder. Where there is none, one can be set up.
    pub desk: bool,
    /// Whether the passphrase was given.
    pub open: bool,
    /// The study, when open.
    pub study: Option<StudyView>,
    /// After how many minutes in which nobody touches the page the desk locks by itself.
    pub lock_after_minutes: u32,
}

/// The study of a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StudyView {
    /// Its title.
    pub title: String,
    /// Its name.
    pub id: String,
    /// The host at which its server is.
    pub server: String,
    /// That server's whole address, as somebody types it into a phone.
    pub address: String,
    /// The version of its document that was published last.
    pub version: u32,
}

/// The desk's passphrase.
#[derive(Deserialize, TS)]
pub struct Unlock {
    /// As typed.
    pub passphrase: String,
}

impl fmt::Debug for Unlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlock(…)")
    }
}

/// What has come, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Overview {
    /// When the collection began that came to its end last; none before the first.
    pub collected_at: Option<String>,
    /// Every record in exactly one class.
    pub totals: Totals,
    /// Every phone of which anything came, by participant.
    pub phones: Vec<PhoneLine>,
    /// What this desk has said last of the study's end, where it has said something that still matters.
    pub end: Option<EndView>,
}

/// The account in numbers: `received` is the sum of all others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names are those of `Class`")]
pub struct Totals {
    pub received: u32,
    pub opened: u32,
    pub private: u32,
    pub control: u32,
    pub erased: u32,
    pub waiting: u32,
    pub quarantined: u32,
}

/// One phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhoneLine {
    /// Whose, as the desk calls them.
    pub participant: String,
    /// The phone's id.
    pub device: String,
    /// How its log stands.
    pub state: PhoneState,
    /// Covered up to here where it is complete, behind or stopped; where something is missing or contradictory, the place of that.
    pub seq: u32,
    /// The phone's clock at its last checkpoint.
    pub as_of: Option<String>,
    /// How many parts of shared voice notes have not come yet.
    pub parts_missing: u32,
    /// Six words of its key, which the phone shows too; none where its first record has not come.
    pub words: Option<String>,
    /// That these were compared with its person.
    pub met: Option<MetView>,
    /// How many records it had, by its own word at that checkpoint, that have not come; none where no word of it counts.
    pub to_come: Option<u32>,
    /// When the server received the newest record of it, by the server's word.
    pub received_at: Option<String>,
}

/// How a phone's log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneState {
    /// Everything up to its last checkpoint is here.
    Complete,
    /// The server has more of it than has come, or parts of voice notes are still to come.
    Behind,
    /// Something that a checkpoint covers is missing.
    Gap,
    /// Contents are missing that nobody who may has erased.
    Withheld,
    /// The server shows less than it did.
    RolledBack,
    /// It has signed two different histories.
    Fork,
    /// It was stopped: nothing after its end counts.
    Stopped,
    /// Nothing proves that it is the participant's.
    Unproven,
}

/// A collection that is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Collecting {
    /// Whether one is.
    pub running: bool,
    /// How many records are here by now.
    pub records: u32,
    /// Which part of a voice note is being fetched, of how many; zero before it has come to that.
    pub part: u32,
    /// See `part`.
    pub parts: u32,
    /// Whether everything has come, and is being opened.
    pub opening: bool,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RecordClass {
    /// An entry that its writer shared, opened.
    Opened,
    /// Its writer's alone.
    Private,
    /// What keeps a log together.
    Control,
    /// Rightly destroyed.
    Erased,
    /// No checkpoint covers it yet.
    Waiting,
    /// Neither applied nor shown.
    Quarantined,
}

/// Which records are wanted.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ListRecords {
    /// Of this class.
    pub class: RecordClass,
    /// From this one on, counted from 0.
    pub offset: u32,
    /// At most so many, up to 200.
    pub limit: u32,
}

/// Records of one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordList {
    /// How many there are.
    pub total: u32,
    /// Those that were asked for, by participant, phone and place.
    pub records: Vec<RecordView>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordView {
    /// Whose, as the desk calls them; none where it cannot be told.
    pub participant: Option<String>,
    /// The phone, if it can be told.
    pub device: Option<String>,
    /// Its place in the phone's log, if it can be told.
    pub seq: Option<u32>,
    /// What its header says that it is.
    pub kind: Option<RecordKind>,
    /// When the server says that it received it.
    pub received_at: Option<String>,
    /// Whether the server says that it came after the study's end.
    pub late: bool,
    /// Why it is in quarantine.
    pub reason: Option<Reason>,
    /// The entry, where it was opened.
    pub entry: Option<String>,
    /// The day that the entry is about as it is now, where it was opened.
    pub about: Option<String>,
}

/// What a record is, as its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are those of `Kind`")]
pub enum RecordKind {
    Genesis,
    Recovery,
    Entry,
    Own,
    Grant,
    Erase,
    Consent,
    Notice,
}

/// Everybody who was invited or has sent something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeopleView {
    /// By label.
    pub people: Vec<PersonView>,
    /// The first days of the weeks that the strips show, oldest first: Mondays.
    pub weeks: Vec<String>,
    /// What people are asked to agree to: the study's items in their order, then others that somebody has answered.
    pub consent: Vec<ConsentItemView>,
}

/// Something that people are asked to agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConsentItemView {
    /// Its id.
    pub id: String,
    /// A plain sentence, as it stands in the study now; its id where it does not stand there any more.
    pub text: String,
    /// Whether nobody can join without it.
    pub required: bool,
}

/// What somebody has agreed to, as they answered last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgreedView {
    /// When, by their own clock, with its offset.
    pub at: String,
    /// The version of the study's document that was shown.
    pub document_version: u32,
    /// The items that they agreed to.
    pub yes: Vec<String>,
    /// The items that they did not agree to.
    pub no: Vec<String>,
}

/// One participant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct PersonView {
    /// As the desk calls them.
    pub participant: String,
    /// The number by which the server knows them.
    pub number: String,
    /// How their newest invitation stands; none where this desk has made none.
    pub invitation: Option<Invitation>,
    /// Until when that invitation is good.
    pub until: Option<String>,
    /// How many phones of theirs are proven.
    pub phones: u32,
    /// The day on which they joined, by their own clock.
    pub joined: Option<String>,
    /// The day on which they left, by their own word.
    pub left: Option<String>,
    /// When this desk first said that they have left, where they have not joined again since.
    pub said_left: Option<String>,
    /// The phase in which they are now, by its title.
    pub phase: Option<String>,
    /// How many entries of theirs are with the study.
    pub shared: u32,
    /// How many interviews of theirs are at the desk.
    pub interviews: u32,
    /// How many of their entries they want to talk about.
    pub talk: u32,
    /// The newest day that one of these is about.
    pub last_about: Option<String>,
    /// The clock of their phone at its newest checkpoint, and no later than when the server had that.
    pub last_seen: Option<String>,
    /// How many entries of theirs are about a day of each week of the strip. A day that has not come is in none.
    pub strip: Vec<u32>,
    /// How many entries the study hoped for in each week of the strip, as far as the week is over and they were there.
    pub hoped_for: Vec<u32>,
    /// For how many days nothing was heard of their phones; none before the first word, while they are off, and after leaving.
    pub silent_days: Option<u32>,
    /// Time off that touches the weeks of the strip, or has no end.
    pub time_off: Vec<TimeOffView>,
    /// What they have agreed to; none where nothing of it has come.
    pub agreed: Option<AgreedView>,
    /// Whether one of their phones needs a look.
    pub needs_a_look: bool,
}

/// Time off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TimeOffView {
    /// The first day.
    pub from: String,
    /// The last day; none while it has no end.
    pub until: Option<String>,
}

/// A participant, by label.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ParticipantRef {
    /// As the desk calls them.
    pub participant: String,
}

/// What a researcher gives to one participant, and to nobody else.
#[derive(Clone, Serialize, TS)]
pub struct InvitationCard {
    /// As the desk calls them.
    pub participant: String,
    /// A link that opens the diary.
    pub link: String,
    /// The same to be typed, in groups.
    pub text: String,
    /// The same as a picture: SVG.
    pub picture: String,
    /// A link by way of the study's join page, where it has one.
    pub page_link: Option<String>,
    /// The same as a picture: SVG.
    pub page_picture: Option<String>,
}

impl From<Invited> for InvitationCard {
    fn from(invited: Invited) -> Self {
        let (page_link, page_picture) = invited.page.map(|page| (page.page_link, page.page_qr_svg)).unzip();
        let Invited { participant, link, text, qr_svg: picture, .. } = invited;
        Self { participant, link, text, picture, page_link, page_picture }
    }
}

/// What entries and interviews can be narrowed down by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Filters {
    /// Participants who have shared something, or whose interviews are here.
    pub participants: Vec<String>,
    /// The study's phases, and others that entries name.
    pub phases: Vec<Named>,
    /// The study's prompt sets, and others that entries name.
    pub prompt_sets: Vec<Named>,
    /// Tags that entries have.
    pub tags: Vec<String>,
    /// The time points of interviews that are offered: the study's.
    pub time_points: Vec<String>,
    /// Interviews that cannot be read any more, by the ids of their transcripts. They are set aside.
    pub damaged: Vec<String>,
    /// The first and the last day that entries are about, or on which interviews were.
    pub first_day: Option<String>,
    /// See `first_day`.
    pub last_day: Option<String>,
}

/// An id with the title that the study gives it; its id where it gives none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
}

/// Which entries and interviews are wanted. What is not given does not narrow; interviews have no phase, prompt set, tag or weight.
#[derive(Clone, Default, Deserialize, TS)]
pub struct FindEntries {
    /// Only of this kind.
    pub kind: Option<FoundKind>,
    /// Of this participant.
    pub participant: Option<String>,
    /// In this phase.
    pub phase: Option<String>,
    /// Answers to this prompt set.
    pub prompt_set: Option<String>,
    /// With this tag.
    pub tag: Option<String>,
    /// Of this weight.
    pub weight: Option<WeightName>,
    /// Only what its writer wants to talk about.
    #[serde(default)]
    pub talk: bool,
    /// About this day or a later one.
    pub from: Option<String>,
    /// About this day or an earlier one.
    pub until: Option<String>,
    /// With all of these words in text, answers or tags, or in an interview's text or title: large and small letters and accents are the same.
    pub words: Option<String>,
    /// From this one on, counted from 0.
    pub offset: u32,
    /// At most so many, up to 200.
    pub limit: u32,
}

/// How an entry weighs on its writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum WeightName {
    Light,
    Okay,
    Heavy,
    NotSaid,
}

/// Entries and interviews that were found, by participant, day and time of writing. On one day entries stand before interviews.
#[derive(Clone, Serialize, TS)]
pub struct EntryPage {
    /// How many there are.
    pub total: u32,
    /// How many of these are interviews.
    pub interviews: u32,
    /// How many people they are of.
    pub participants: u32,
    /// Those that were asked for.
    pub entries: Vec<Found>,
}

/// An entry, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EntryRef {
    /// Of this participant.
    pub participant: String,
    /// Its id.
    pub entry: String,
}

/// One revision of an entry; in lists the newest.
#[derive(Clone, Serialize, TS)]
pub struct EntryView {
    /// Whose, as the desk calls them.
    pub participant: String,
    /// The entry.
    pub entry: String,
    /// The revision.
    pub revision: String,
    /// The day that it is about.
    pub about: String,
    /// When it was written, with the phone's offset.
    pub written_at: String,
    /// The phase, by its title.
    pub phase: Option<String>,
    /// The prompt set, by its title, where the study gives it one.
    pub prompt_set: Option<String>,
    /// How it weighs.
    pub weight: Option<WeightName>,
    /// Tags.
    pub tags: Vec<String>,
    /// Answers in the order in which they were given.
    pub answers: Vec<AnswerView>,
    /// Free text.
    pub text: String,
    /// Voice notes.
    pub voice: Vec<VoiceView>,
    /// The phone that wrote it.
    pub device: String,
    /// Its place in the phone's log.
    pub seq: u32,
    /// The version of the study's document that was answered.
    pub document_version: u32,
    /// How many revisions of the entry are with the study, this one among them.
    pub revisions: u32,
    /// Whether its writer wants to talk about it.
    pub talk: bool,
}

/// An answer.
#[derive(Clone, Serialize, TS)]
pub struct AnswerView {
    /// The question as it stood.
    pub question: String,
    /// The answer.
    pub value: String,
}

/// A voice note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VoiceView {
    /// By this name the host plays it; none while not all of it has come.
    pub sound: Option<String>,
    /// How long it is.
    pub seconds: u32,
    /// Its media type.
    pub media_type: String,
}
