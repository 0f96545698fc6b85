//! What a study is: the file that a researcher writes, and the document that phones read.
//!
//! ```text
//! studies/x.toml ── StudyFile::parse ──► StudyFile { version, plan, time_points, codes, join_page }
//!                   names line and remedy        │ Document::from_study_file, with the Envelope
//!                                                ▼
//!                                        Document { study, version, …, plan } ── to_bytes ──► signed, published
//!                                                ▲                                                  │
//!                                                └───────────── Document::parse ◄───────────────────┘  on a phone
//! ```
//!
//! The [`Plan`] is what both share: everything that a phone needs. Its rules are written once and hold for both; the file's
//! reader turns a broken rule into a [`Problem`] with the line, the document's reader refuses. Time points, the
//! starter codebook and the join page stay at the desk.
//!
//! # The grammar of a study file
//!
//! `★` must be there. A *text* is a string (then it is in the first language) or a table with one string per language
//! (`text.en = "…"`), where the first language must be there. A *span* is a whole number and `h`, `d`, `w` or `y`; a *range* is two
//! spans, `"0w..2w"`, the end not included. An *id* is 1 to 40 of `a–z`, `0–9` and `-`. Unknown keys are problems.
//!
//! | block | keys |
//! |---|---|
//! | top | `title`★ text · `version`★ number from 1 · `languages`★ list, the first one is the fallback · `review_after`★ span · `hold` span (`48h`) · `about_days_back` number (7) · `about`, `run_by`, `contact` texts · `join_page` the https address of a page that opens invitations, on another host than the study server's |
//! | `[[phase]]` ★ | `id`★ · `from`★ span since joining, the first is `0w` · `title`★ text |
//! | `[[prompt_set]]` ★ | `id`★ · `when`★ `day`, `event` or `weekly` · `title` text · `phases` list (all) |
//! | `[[prompt]]` ★ | `id`★ · `set`★ · `kind`★ `text`, `choice`, `scale`, `voice` or a later one · `text`★ text |
//! | `[[prompt.option]]` | below its prompt, for `choice` and `scale` (the steps, in order): `id`★ · `text`★ text |
//! | `[[schedule]]` | `set`★ · `days`★ list of `mon` … `sun` · `aim_per_week` number · `phases` list (those of the set) · `weeks` range since the phase began · `every_weeks` number (1) |
//! | `[[time_point]]` | `id`★ any short name, like `T1` · `at`★ range since joining |
//! | `[[consent]]` ★ | `id`★ · `text`★ text · `required` true or false (false) |
//! | `[[support]]` | `name`★ text · `tel`★ · `hours` text |
//! | `[[code]]` | `name`★ · `parent` the name of a code further up · `description` |

mod document;
mod file;
mod near;
mod offer;
mod phases;
mod plan;
mod problem;
mod prompt;
mod reader;
mod rules;
mod schedule;
mod span;
mod text;

pub use document::{Document, DocumentError, Envelope, KeyChange, Keys};
pub use file::{Code, StudyFile, TimePoint};
pub use phases::{NoPhase, Phase, Phases};
pub use plan::{ConsentItem, Plan, SupportContact};
pub use problem::Problem;
pub use prompt::{Prompt, PromptKind, PromptOption, PromptSet, When};
pub use schedule::{Day, Schedule};
pub use span::{MalformedSpan, Span, SpanRange};
pub use text::Text;

/// How large things may be.
pub mod limits {
    /// Bytes of a study file.
    pub const FILE_BYTES: usize = 256 * 1024;
    /// Bytes of a document.
    pub const DOCUMENT_BYTES: usize = 512 * 1024;
    /// Characters of a text.
    pub const TEXT_CHARS: usize = 4_000;
    /// Characters of a title or a name.
    pub const NAME_CHARS: usize = 200;
    /// Characters of an id.
    pub const ID_CHARS: usize = 40;
    /// Languages.
    pub const LANGUAGES: usize = 50;
    /// Phases.
    pub const PHASES: usize = 50;
    /// Prompt sets.
    pub const PROMPT_SETS: usize = 100;
    /// Prompts.
    pub const PROMPTS: usize = 500;
    /// Options of one prompt.
    pub const OPTIONS: usize = 50;
    /// Schedules.
    pub const SCHEDULES: usize = 200;
    /// Interviews.
    pub const TIME_POINTS: usize = 100;
    /// Consent items.
    pub const CONSENT_ITEMS: usize = 100;
    /// Support contacts.
    pub const SUPPORT_CONTACTS: usize = 100;
    /// Codes of the starter codebook.
    pub const CODES: usize = 1_000;
    /// Days that an entry may look back.
    pub const ABOUT_DAYS_BACK: u32 = 366;
    /// Hours of the hold: 90 days.
    pub const HOLD_HOURS: u32 = 90 * 24;
    /// Key changes named by a document.
    pub const KEY_CHANGES: usize = 100;
}
