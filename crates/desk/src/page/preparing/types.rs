//! What the page and its host say to each other about names, their copies and who has read these.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::prepare::Sort;

/// Names: those that were found, and what was decided.
#[derive(Clone, Serialize, TS)]
pub struct NamesView {
    /// What nobody has decided about: by how it was found, then the most frequent first. At most 300.
    pub found: Vec<FoundName>,
    /// How many there are.
    pub found_total: u32,
    /// What holds, by the term.
    pub decided: Vec<DecidedName>,
    /// Everything that stands in the place of a name, or ever did, so that nobody else is called so.
    pub used: Vec<String>,
    /// How many there are, and were read.
    pub count: ReadCount,
    /// How the one calls themselves who decided or read last.
    pub last_by: Option<String>,
}

/// What may be a name.
#[derive(Clone, Serialize, TS)]
pub struct FoundName {
    /// The word or words.
    pub term: String,
    /// How it was found.
    pub sort: Sort,
    /// How often.
    pub times: u32,
    /// In how many people's entries and interviews.
    pub people: u32,
    /// Where, the first few.
    pub examples: Vec<NameExample>,
}

/// A name where it stands.
#[derive(Clone, Serialize, TS)]
pub struct NameExample {
    /// Whose entry or interview.
    pub participant: String,
    /// The day that it is about.
    pub about: String,
    /// The time point, where it is an interview.
    pub time_point: Option<String>,
    /// What stands before it.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// What was decided about a name.
#[derive(Clone, Serialize, TS)]
pub struct DecidedName {
    /// The word or words.
    pub term: String,
    /// How it was found.
    pub sort: Sort,
    /// What becomes of it.
    pub verdict: VerdictName,
    /// What stands in its place, where it is replaced.
    pub replacement: Option<String>,
    /// Who decided it.
    pub by: String,
    /// When.
    pub at: Option<String>,
    /// Why, where they said so.
    pub why: Option<String>,
    /// How often it stands in interviews, and in entries as they are now; in the history 0.
    pub times: u32,
}

/// What becomes of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictName {
    /// Something else stands in its place.
    Replace,
    /// It stays as it is.
    Leave,
    /// What was decided before holds no longer.
    Undone,
}

/// Decides about names, all of them alike.
#[derive(Clone, Deserialize, TS)]
pub struct DecideNames {
    /// About these, at most 500. What was not found is added by hand.
    pub terms: Vec<NameTerm>,
    /// What becomes of them.
    pub verdict: VerdictName,
    /// What stands in their place, where they are replaced.
    pub replacement: Option<String>,
    /// Who decides.
    pub by: String,
    /// Why, where they say so.
    pub why: Option<String>,
}

/// A name, and how it was found.
#[derive(Clone, Deserialize, TS)]
pub struct NameTerm {
    /// The word or words.
    pub term: String,
    /// How it was found.
    pub sort: Sort,
}

/// Forgets names with everything that was ever decided about them.
#[derive(Clone, Deserialize, TS)]
pub struct ForgetNames {
    /// These.
    pub terms: Vec<String>,
}

/// Which copies are wanted.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindCopies {
    /// Of this participant.
    pub participant: Option<String>,
    /// Only those that nobody has read.
    pub unread: bool,
    /// From this one on, counted from 0.
    pub offset: u32,
    /// At most so many, up to 200.
    pub limit: u32,
}

/// Copies that were found, by participant, day and time of writing.
#[derive(Clone, Serialize, TS)]
pub struct CopyPage {
    /// How many there are.
    pub total: u32,
    /// How many there are of everybody, and were read.
    pub count: ReadCount,
    /// Those that were asked for.
    pub copies: Vec<CopyView>,
    /// Interviews that fit, all of them, whatever part of the entries is asked for.
    pub interviews: Vec<InterviewLine>,
}

/// An entry's copy, with names replaced.
#[derive(Clone, Serialize, TS)]
pub struct CopyView {
    /// Names exactly this copy: where its entry or a decision changes, there is another.
    pub copy: String,
    /// Whose entry.
    pub participant: String,
    /// The entry.
    pub entry: String,
    /// The day that it is about.
    pub about: String,
    /// Tags.
    pub tags: Vec<Vec<PieceView>>,
    /// Answers in the order in which they were given.
    pub answers: Vec<CopiedAnswer>,
    /// Free text.
    pub text: Vec<PieceView>,
    /// How many voice notes the entry has. None is in the copy.
    pub voice: u32,
    /// Who has read it.
    pub read_by: Option<String>,
    /// When.
    pub read_at: Option<String>,
}

/// An interview's copy, in a list.
#[derive(Clone, Serialize, TS)]
pub struct InterviewLine {
    /// The transcript.
    pub transcript: String,
    /// Whose interview, as the desk calls them.
    pub participant: String,
    /// The day of the interview.
    pub day: String,
    /// The time point, as it stands in the copy.
    pub time_point: String,
    /// How it is called in the copy; empty where it has no title.
    pub title: String,
    /// How many words it has.
    pub words: u32,
    /// Who has read it.
    pub read_by: Option<String>,
    /// When.
    pub read_at: Option<String>,
}

/// An interview's copy, with names replaced and marks.
#[derive(Clone, Serialize, TS)]
pub struct InterviewCopy {
    /// Names exactly this copy: where what is said of it or a decision changes, there is another.
    pub copy: String,
    /// What stands of it in a list.
    pub line: InterviewLine,
    /// How it is called.
    pub title: Vec<MarkedPiece>,
    /// What was said; its lines end with `\n`.
    pub text: Vec<MarkedPiece>,
}

/// A part of a text in a copy, with marks.
#[derive(Clone, Serialize, TS)]
pub struct MarkedPiece {
    /// As it stands in the copy.
    pub text: String,
    /// What stands in the original, where it was replaced.
    pub was: Option<String>,
    /// Whether it may be a name, and nobody has decided about it.
    pub may_be: bool,
}

/// An answer in a copy.
#[derive(Clone, Serialize, TS)]
pub struct CopiedAnswer {
    /// The question as it stood.
    pub question: String,
    /// The answer.
    pub value: Vec<PieceView>,
}

/// A part of a text in a copy.
#[derive(Clone, Serialize, TS)]
pub struct PieceView {
    /// As it stands in the copy.
    pub text: String,
    /// What stands in the original, where it was replaced.
    pub was: Option<String>,
}

/// Somebody has read copies, and found that they can go out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MarkRead {
    /// These, at most 200, as they were shown.
    pub copies: Vec<String>,
    /// Who.
    pub by: String,
}

/// Takes back that a copy was read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MarkUnread {
    /// This one.
    pub copy: String,
}

/// How many copies were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ReadCount {
    /// How many entries there are.
    pub entries: u32,
    /// How many of their copies somebody has read as they are now.
    pub read: u32,
    /// How many interviews there are.
    pub interviews: u32,
    /// How many of their copies somebody has read as they are now.
    pub interviews_read: u32,
}
