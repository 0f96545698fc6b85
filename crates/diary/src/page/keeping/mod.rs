//! Keeping the diary: what page and host say of the lock, of files that leave the app, and of backups.

mod answers;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::types::LockKind;

/// What the screens about keeping the diary have to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Keeping {
    /// Where files that leave the app go, as the person knows the folder; none where this shell has no such place.
    pub outbox: Option<String>,
    /// Whether the 24 words open the diary on this phone.
    pub words_open: bool,
    /// How long nobody has touched the diary before it locks by itself, in minutes.
    pub lock_after_minutes: u32,
    /// What can be chosen for that, in minutes.
    pub lock_choices: Vec<u32>,
    /// The study of a diary that came back from a backup file, until it is connected again.
    pub parted: Option<String>,
}

/// A passphrase or PIN to be checked.
#[derive(Clone, Deserialize, TS)]
pub struct CheckLock {
    /// What opens the diary.
    pub secret: String,
}

/// Another lock.
#[derive(Clone, Deserialize, TS)]
pub struct ChangeLock {
    /// What opens the diary until now.
    pub old: String,
    /// How it is to be locked.
    pub lock: LockKind,
    /// The new passphrase or PIN.
    pub secret: String,
}

/// Everything is to be sealed anew, under another key.
#[derive(Clone, Deserialize, TS)]
pub struct ResealDiary {
    /// What opens the diary until now, and what somebody knows.
    pub old: String,
    /// How it is to be locked.
    pub lock: LockKind,
    /// The new passphrase or PIN.
    pub secret: String,
    /// The 24 words, when they are at hand.
    pub words: Option<String>,
}

/// What has become of the 24 words when everything was sealed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WordsAfter {
    /// The same words open it.
    Same,
    /// There are new ones, to be written down.
    New,
    /// They do not open it on this phone any more.
    Closed,
}

/// Everything has been sealed anew.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct ResealedDiary {
    /// What has become of the words.
    pub words: WordsAfter,
}

/// 24 words to be looked at.
#[derive(Clone, Deserialize, TS)]
pub struct GivenWords {
    /// Separated by white space.
    pub words: String,
}

/// A new lock in the place of a forgotten one.
#[derive(Clone, Deserialize, TS)]
pub struct ResetLock {
    /// The 24 words.
    pub words: String,
    /// How the diary is to be locked.
    pub lock: LockKind,
    /// The new passphrase or PIN.
    pub secret: String,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ExportKind {
    /// Markdown.
    Markdown,
    /// A page for printing.
    Html,
    /// JSON.
    Json,
}

/// The words that stand around what was written, in the person's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportWords {
    /// The language's BCP 47 tag.
    pub language: String,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
    /// The title.
    pub title: String,
    /// That anyone who has the file can read it.
    pub notice: String,
    /// Before the time of writing.
    pub written: String,
    /// Above a revision that is not the latest.
    pub earlier: String,
    /// Above the latest, where earlier ones stand before it.
    pub latest: String,
    /// Before the tags.
    pub tags: String,
    /// Before the weight of the day.
    pub weight: String,
    /// A light day.
    pub light: String,
    /// An okay day.
    pub okay: String,
    /// A heavy day.
    pub heavy: String,
    /// Rather not said.
    pub not_said: String,
    /// In the place of a voice note, before its length. The sound itself is not in the file.
    pub voice: String,
    /// Days by their `YYYY-MM-DD`, as the language writes them.
    pub days: HashMap<String, String>,
}

/// The diary as a file that anyone can read.
#[derive(Clone, Deserialize, TS)]
pub struct ExportDiary {
    /// How it is written.
    pub format: ExportKind,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Whether earlier revisions are in it too.
    pub all_revisions: bool,
    /// What opens the diary: asked for before anything leaves it.
    pub secret: String,
    /// The words around what was written.
    pub words: ExportWords,
}

/// A file that has left the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// Its name in the folder.
    pub name: String,
    /// How long it is.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// The whole diary, sealed, in one file.
#[derive(Clone, Deserialize, TS)]
pub struct BackUpDiary {
    /// What opens the file, where the diary is locked with a PIN; none where its own passphrase does.
    pub passphrase: Option<String>,
}

/// A part of a backup file that is brought in.
#[derive(Clone, Deserialize, TS)]
pub struct BackupSlice {
    /// Where it begins; 0 begins anew.
    #[ts(type = "number")]
    pub offset: u64,
    /// At most 512 KiB, in Base64.
    pub data: String,
}

/// How much of a backup file is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupReceived {
    /// Bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A backup file that has come in whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Whether the 24 words open it.
    pub words_open: bool,
}

/// What opens a backup file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OpensWith {
    /// Its passphrase.
    Passphrase,
    /// The 24 words.
    Words,
}

/// What is tried on a backup file.
#[derive(Clone, Deserialize, TS)]
pub struct OpenBackup {
    /// Passphrase or words.
    pub with: OpensWith,
    /// As typed.
    pub opens: String,
}

/// The study of a diary that came back from a backup file is to know it again.
#[derive(Clone, Deserialize, TS)]
pub struct ReconnectStudy {
    /// The 24 words; none while the vault still has them because nobody confirmed them.
    pub words: Option<String>,
}

/// A diary from a backup file.
#[derive(Clone, Deserialize, TS)]
pub struct RestoreBackup {
    /// Passphrase or words.
    pub with: OpensWith,
    /// As typed.
    pub opens: String,
    /// How the diary is to be locked on this phone.
    pub lock: LockKind,
    /// The new passphrase or PIN.
    pub secret: String,
}
