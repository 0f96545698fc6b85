//! What the diary's page and its host say to each other. TypeScript is generated from these types.
//!
//! Times are RFC 3339 text with an offset, dates `YYYY-MM-DD`, ids lower-case hex. Texts that come from a study are
//! already chosen for the person's language.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PauseView, PhaseView, PhoneView, VoiceNote};

/// No input.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Which diary lies on this phone, and whether it is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Status {
    /// What the first screen has to be.
    pub state: DiaryState,
    /// How the diary is locked, once it exists.
    pub lock: Option<LockKind>,
    /// The study's title, when open and joined.
    pub study: Option<String>,
    /// Whether the person has confirmed having the 24 words. Known only when open.
    pub words_confirmed: bool,
}

/// What lies here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DiaryState {
    /// No diary yet.
    None,
    /// A diary, locked.
    Locked,
    /// A diary, open.
    Open,
}

/// How a diary is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LockKind {
    /// A passphrase.
    Passphrase,
    /// A PIN of six digits or more. Whoever copies the file can find it: the page says so.
    Pin,
}

/// The text of an invitation: a `waymark://join/…` link or the typed form.
#[derive(Clone, Deserialize, TS)]
pub struct ReadInvitation {
    /// As pasted or typed.
    pub invitation: String,
}

/// What an invitation leads to, shown before anything is asked.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InvitationView {
    /// The study's title.
    pub title: String,
    /// What it is about, when the study says so.
    pub about: Option<String>,
    /// Who runs it, when the study says so.
    pub run_by: Option<String>,
    /// The server's host name.
    pub server: String,
    /// Hours between choosing Share and the study getting the entry; 0 = at once.
    pub hold_hours: u32,
    /// What is asked, one by one.
    pub consent: Vec<ConsentItem>,
    /// How many finished entries are already on this phone (a private diary that joins).
    pub earlier_entries: u32,
}

/// One thing to agree to or not.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConsentItem {
    /// Stable name.
    pub id: String,
    /// A plain sentence.
    pub text: String,
    /// The language of the sentence, as a tag of BCP 47.
    pub language: String,
    /// Whether joining needs it.
    pub required: bool,
}

/// A new diary.
#[derive(Clone, Deserialize, TS)]
pub struct CreateDiary {
    /// How it is to be locked.
    pub lock: LockKind,
    /// The passphrase or PIN.
    pub secret: String,
}

/// Joining a study with an open diary.
#[derive(Clone, Deserialize, TS)]
pub struct JoinStudy {
    /// The invitation's text, as given to `read_invitation`.
    pub invitation: String,
    /// The ids that were agreed to.
    pub agreed: Vec<String>,
    /// Whether entries from before joining are backed up, sealed to their writer alone. None of them is shared.
    pub back_up_earlier: bool,
}

/// A new phone: everything comes back from the 24 words.
#[derive(Clone, Deserialize, TS)]
pub struct RestoreDiary {
    /// The 24 words, separated by white space.
    pub words: String,
    /// The study server's address.
    pub server: String,
    /// How the new diary is to be locked.
    pub lock: LockKind,
    /// The passphrase or PIN.
    pub secret: String,
}

/// Opening the lock.
#[derive(Clone, Deserialize, TS)]
pub struct Unlock {
    /// The passphrase or PIN.
    pub secret: String,
}

/// The 24 words that bring a lost diary back.
#[derive(Clone, Serialize, TS)]
pub struct RecoveryWords {
    /// In order.
    pub words: Vec<String>,
}

/// The person has written the words down: three of them, asked for by place.
#[derive(Clone, Deserialize, TS)]
pub struct ConfirmWords {
    /// Place (1…24) and word.
    pub words: Vec<(u8, String)>,
}

/// The first page of an open diary.
#[derive(Clone, Serialize, TS)]
pub struct Today {
    /// The phone's date.
    pub date: String,
    /// Today's prompts; without a study, one built-in prompt set named `free`.
    pub daily: PromptSet,
    /// Other prompt sets on offer now (weekly, "something happened").
    pub others: Vec<PromptSet>,
    /// The draft to go on with, if one is there.
    pub draft: Option<Draft>,
    /// The draft's prompt set, where it is not on offer today.
    pub draft_set: Option<PromptSet>,
    /// Entries that were chosen to be shared and are still held, or wait for their writer to choose again.
    pub held: Vec<Held>,
    /// Where sync stands.
    pub sync: SyncView,
    /// How many days an entry may look back.
    pub about_days_back: u32,
    /// The pause that goes on or is to come.
    pub pause: Option<PauseView>,
    /// When the next reminder comes, where this shell can show one.
    pub reminder: Option<String>,
    /// A phone of the person that they have not said anything about.
    pub new_phone: Option<PhoneView>,
}

/// Prompts that belong together.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PromptSet {
    /// Stable name, kept with the entry.
    pub id: String,
    /// When it is used.
    pub when: PromptSetWhen,
    /// Title, when the study gives one.
    pub title: Option<String>,
    /// In order.
    pub prompts: Vec<Prompt>,
}

/// When a prompt set is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PromptSetWhen {
    /// Every day.
    Day,
    /// When something happened.
    Event,
    /// Once a week.
    Weekly,
}

/// One question. All can be skipped.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Prompt {
    /// Stable name, kept with the answer.
    pub id: String,
    /// The question.
    pub text: String,
    /// How it is answered; kinds that this version does not know are shown as text.
    pub kind: PromptKind,
    /// Choices or scale steps, in order.
    pub options: Vec<PromptOption>,
}

/// How a prompt is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PromptKind {
    /// Words.
    Text,
    /// One of several.
    Choice,
    /// One step of a scale.
    Scale,
    /// A voice note, or words.
    Voice,
}

/// A choice.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PromptOption {
    /// Stable name.
    pub id: String,
    /// As shown.
    pub text: String,
}

/// What is being written: exactly what is on the screen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The draft's id.
    pub id: String,
    /// The entry that is being edited, if it is not a new one.
    pub entry: Option<String>,
    /// The prompt set that was answered; `free` for free writing.
    pub prompt_set: String,
    /// Which day it is about.
    pub about: String,
    /// Answers by prompt, in the order shown; skipped prompts are left out.
    pub answers: Vec<Answer>,
    /// Free text beside the prompts.
    pub text: String,
    /// How heavy the day was.
    pub weight: Option<Weight>,
    /// Tags.
    pub tags: Vec<String>,
    /// Which prompt the caret is in (`null` = the free text), and where, in UTF-16 units.
    pub caret: Option<Caret>,
    /// When it was last saved.
    pub saved_at: Option<String>,
    /// Its voice notes. They are kept from their first second by commands of their own: what the page sends here is not read.
    #[serde(default)]
    pub voice: Vec<VoiceNote>,
}

/// Where the person was writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Caret {
    /// Prompt id, or none for the free text.
    pub prompt: Option<String>,
    /// UTF-16 units from the start.
    pub at: u32,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Answer {
    /// Prompt id.
    pub prompt: String,
    /// The question as it stood, so that an old entry can be read when the study has changed.
    pub question: String,
    /// Words, or the id of a choice.
    pub value: String,
}

/// Weight of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Light.
    Light,
    /// Okay.
    Okay,
    /// Heavy.
    Heavy,
    /// Rather not say.
    NotSaid,
}

/// A draft to be sealed. An empty id starts a new one.
#[derive(Clone, Deserialize, TS)]
pub struct SaveDraft {
    /// What is on the screen.
    pub draft: Draft,
}

/// Names a draft.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DraftId {
    /// Its id.
    pub draft: String,
}

/// The end of writing.
#[derive(Clone, Deserialize, TS)]
pub struct FinishEntry {
    /// What is on the screen.
    pub draft: Draft,
    /// Who may read it.
    pub readers: Readers,
}

/// Who may read an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Readers {
    /// The writer alone.
    OnlyMe,
    /// The writer and, after the hold, the study.
    Study,
}

/// Names an entry.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EntryRef {
    /// Its id.
    pub entry: String,
}

/// Where an entry is, in the order in which it usually goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// On this phone alone: no study, or its sealed backup has not been receipted yet.
    OnThisPhone,
    /// Private, and its sealed backup is on the server.
    BackedUp,
    /// To be shared when the hold is over.
    Held,
    /// The hold is over, or there was none; it waits for a connection.
    Waiting,
    /// Receipted: with the study.
    WithStudy,
    /// Taken back from the study; the writer's copy is here. It waits for a connection.
    Withdrawing,
    /// Taken back, and the server has receipted that. The writer's copy is here.
    Withdrawn,
}

/// One line of the diary.
#[derive(Clone, Serialize, TS)]
pub struct EntrySummary {
    /// Its id.
    pub id: String,
    /// Which day it is about.
    pub about: String,
    /// When the latest revision was finished.
    pub written_at: String,
    /// The first words.
    pub opening: String,
    /// Where it is.
    pub place: Place,
    /// When the hold ends, while held.
    pub shares_at: Option<String>,
    /// Whether the study has an earlier version, and not this one.
    pub earlier_with_study: bool,
    /// While held or waiting: whether it can be kept private without taking back anything else.
    pub can_keep_private: bool,
    /// Weight of the day.
    pub weight: Option<Weight>,
    /// Tags.
    pub tags: Vec<String>,
    /// How many revisions there are.
    pub revisions: u32,
    /// Whether two phones wrote versions of it while apart, neither made from the other.
    pub apart: bool,
    /// Marked for the interview.
    pub interview: bool,
    /// Marked for supervision.
    pub supervision: bool,
    /// Whether the study was told that the writer wants to talk about it.
    pub talk: bool,
    /// Whether the study can be told so now.
    pub can_talk: bool,
    /// How many voice notes the latest has.
    pub voice: u32,
}

/// An entry, whole.
#[derive(Clone, Serialize, TS)]
pub struct EntryView {
    /// As in the list.
    pub summary: EntrySummary,
    /// The prompt set that was answered.
    pub prompt_set: String,
    /// Latest first.
    pub revisions: Vec<RevisionView>,
}

/// One revision of an entry.
#[derive(Clone, Serialize, TS)]
pub struct RevisionView {
    /// Its id.
    pub id: String,
    /// When it was finished.
    pub written_at: String,
    /// Whether no other revision was made from it. An entry has two such when two phones wrote while apart.
    pub head: bool,
    /// The phone that wrote it, where its record says so: 0 for this one, then numbered as they come up in the entry.
    pub phone: Option<u32>,
    /// Answers by prompt; those that were spoken are voice notes.
    pub answers: Vec<Answer>,
    /// Free text.
    pub text: String,
    /// Voice notes.
    pub voice: Vec<VoiceNote>,
}

/// A run of text.
#[derive(Clone, Serialize, TS)]
pub struct SearchPiece {
    /// The text.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

/// An entry that goes to the study when its hold ends.
#[derive(Clone, Serialize, TS)]
pub struct Held {
    /// The entry.
    pub entry: String,
    /// Which day it is about.
    pub about: String,
    /// Its first words.
    pub opening: String,
    /// When it goes. None: the clock moved, and it stays with its writer until they have chosen again.
    pub shares_at: Option<String>,
}

/// The study as the page shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StudyView {
    /// Title.
    pub title: String,
    /// Hours between choosing Share and the study getting the entry.
    pub hold_hours: u32,
    /// Server's host name.
    pub server: String,
    /// What the study's newest document asks, with what was chosen.
    pub consent: Vec<ConsentChoice>,
    /// Where in the role the writer is, when the study tells phases apart.
    pub phase: Option<PhaseView>,
    /// Six words that the researchers' desk shows for this phone too, when nobody stands between them.
    pub met_words: Vec<String>,
    /// When the study was left.
    pub left: Option<LeftStudy>,
}

/// A consent item with what was chosen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConsentChoice {
    /// Stable name.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The language of the sentence, as a tag of BCP 47.
    pub language: String,
    /// Whether taking part needs it.
    pub required: bool,
    /// Whether it was agreed to; none when it has not been asked yet.
    pub agreed: Option<bool>,
}

/// A study that was left.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeftStudy {
    /// When.
    pub at: String,
    /// Whether all that the study had is erased.
    pub erased: bool,
    /// Whether the server has receipted it.
    pub told: bool,
}

/// The study's questions, answered anew.
#[derive(Clone, Deserialize, TS)]
pub struct ChangeConsent {
    /// The ids that are agreed to.
    pub agreed: Vec<String>,
}

/// Leaving the study.
#[derive(Clone, Deserialize, TS)]
pub struct LeaveStudy {
    /// Whether everything that the study and its server have is erased, too.
    pub erase: bool,
}

/// Someone to turn to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SupportContact {
    /// Name.
    pub name: String,
    /// Telephone number.
    pub tel: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
}

/// Where sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncView {
    /// The state in a word.
    pub state: SyncState,
    /// Finished entries whose records or voice notes the server has not confirmed.
    pub waiting: u32,
    /// Whether voice notes are still to come to this phone.
    pub fetching: bool,
    /// When the last receipt came.
    pub last_receipt: Option<String>,
    /// What stands in the way, as an error code of [`crate::page::ErrorCode`].
    pub problem: Option<super::ErrorCode>,
    /// Whether voice notes wait until the person lets them go.
    pub voice_waits: bool,
    /// How many of them wait now, in either direction.
    pub voice_waiting: u32,
}

/// Sync in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SyncState {
    /// No study, nothing to send.
    NoStudy,
    /// All that is due is with the server.
    UpToDate,
    /// Something waits for a connection.
    Waiting,
    /// Something needs a person.
    NeedsAttention,
}
