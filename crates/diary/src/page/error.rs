//! Errors as the page sees them: a code where a person must act, and nothing of what was written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person can act on. The page has a sentence for each, in its Fluent files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The diary is locked.
    Locked,
    /// The passphrase or PIN does not open it.
    WrongPassphrase,
    /// The passphrase is shorter than 8 characters, or the PIN than 6 digits.
    WeakSecret,
    /// There is no room left on the phone.
    DiskFull,
    /// The folder cannot be written to.
    ReadOnly,
    /// The file was written by a newer Waymark.
    NewerFile,
    /// The file is damaged.
    Damaged,
    /// Another program has the diary open.
    InUse,
    /// The invitation's text has a typing mistake or is cut off.
    InvitationUnreadable,
    /// The server does not know the invitation, or it has been revoked.
    InvitationUnknown,
    /// The invitation has been used by another phone.
    InvitationUsed,
    /// The invitation is too old.
    InvitationExpired,
    /// The study's key is not the one that the invitation names.
    StudyKeyChanged,
    /// A required consent item was not agreed to.
    ConsentNeeded,
    /// The diary has joined a study already.
    AlreadyJoined,
    /// A study was left that has not been told yet.
    StillLeaving,
    /// The server cannot be reached.
    ServerUnreachable,
    /// The server answers, but with an error of its own; it is tried again.
    ServerTrouble,
    /// The study's server keeps no more of this person's or this study's: what does not fit is tried again.
    StudyFull,
    /// The server answers with something that is not Waymark.
    ServerGarbage,
    /// The server has other records for this phone than this phone has.
    Diverged,
    /// The server has lost records that it receipted; they are sent again.
    ServerRolledBack,
    /// The server shows an older document of the study than this phone has.
    StudyRolledBack,
    /// The server hides records from the study.
    ServerWithholds,
    /// The phone is no longer let in.
    Revoked,
    /// The server does not know the phone any more, as after a restore from a backup, and does not let it in again.
    PhoneUnknown,
    /// The phone was stopped from another phone of its person.
    PhoneStopped,
    /// The server did not give all that another phone of the person has sent, or gave it changed.
    OtherPhoneMissing,
    /// The phone's clock jumped; the person is asked before anything held is shared.
    ClockJumped,
    /// The recovery words have a mistake.
    WordsWrong,
    /// The words are somebody's, but not this diary's.
    WordsOther,
    /// What is to be opened has no slot for the words (any more).
    WordsClosed,
    /// The new passphrase or PIN is the one that somebody knows.
    SameSecret,
    /// This shell has no folder for files that leave the app.
    NoOutbox,
    /// The folder for files that leave the app cannot be written to.
    OutboxReadOnly,
    /// There is no room in the folder for files that leave the app.
    OutboxFull,
    /// The file that was chosen is no backup of a diary.
    NotABackup,
    /// The backup was cut short or changed on its way.
    BackupDamaged,
    /// The backup was written by a newer Waymark.
    BackupNewer,
    /// The diary came back from a backup file and is not connected to its study again.
    Parted,
    /// No diary belongs to these words on that server.
    WordsUnknown,
    /// The entry does not exist.
    EntryUnknown,
    /// What was asked does not fit the entry's state.
    NotNow,
    /// The diary has joined no study.
    NoStudy,
    /// An entry cannot be about a day that has not come.
    AboutTheFuture,
    /// The entry has nothing in it.
    EntryEmpty,
    /// The entry is too long to be one.
    EntryTooLong,
    /// A voice note is as long as one can be, or the entry has as many as it can have; what was recorded before is kept.
    VoiceTooLong,
    /// A voice note has not come to this phone yet.
    VoiceNotHere,
    /// There is a diary here already.
    DiaryExists,
    /// The page and its host disagree; a bug.
    Internal,
}

/// A sentence for a terminal. The page has its own, in its Fluent files.
impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Locked => "the diary is locked",
            Self::WrongPassphrase => "this does not open the diary",
            Self::WeakSecret => "a passphrase needs 8 characters or more, a PIN 6 digits or more",
            Self::DiskFull => "there is no room left on the disk",
            Self::ReadOnly => "the diary's folder cannot be written",
            Self::NewerFile => "the diary was written by a newer Waymark: update this one",
            Self::Damaged => "the diary's file is damaged",
            Self::InUse => "the diary is in use by another program",
            Self::InvitationUnreadable => "the invitation has a typing mistake, or part of it is missing",
            Self::InvitationUnknown => "the server does not know this invitation",
            Self::InvitationUsed => "this invitation was used by another phone: ask for a new one",
            Self::InvitationExpired => "this invitation is too old: ask for a new one",
            Self::StudyKeyChanged => "the server offered keys or documents that the study has not signed: they were not believed",
            Self::ConsentNeeded => "a consent item that the study needs was not agreed to",
            Self::AlreadyJoined => "this diary has joined a study already",
            Self::StillLeaving => "the study that was left has not been told yet: sync first",
            Self::ServerUnreachable => "the study's server can't be reached: everything is safe here and will go when it can",
            Self::ServerTrouble => "the study's server has trouble of its own: everything is safe here; try again later",
            Self::StudyFull => "the study has no more room for what this phone sends: everything is safe here; tell the researcher",
            Self::ServerGarbage => "the server's answer is not one that a Waymark server gives: everything is safe here",
            Self::Diverged => "this diary and the server's copy of it have parted (was it restored from an old copy?): nothing was sent, and \
                 everything is safe here",
            Self::ServerRolledBack => "the server had lost records that it had receipted: they were sent again",
            Self::StudyRolledBack => "the server showed an older document of the study: the newer one is kept",
            Self::ServerWithholds => "the server did not show the study all that it receipted: tell the researcher",
            Self::Revoked => "this phone is no longer let in: everything is safe here; ask the researcher",
            Self::PhoneUnknown => "the study's server does not know this phone any more: everything is safe here; tell the researcher",
            Self::ClockJumped => "the clock moved while an entry was held: it stays private until you choose to share it again",
            Self::WordsWrong => "the recovery words have a mistake",
            Self::WordsOther => "these words belong to another diary",
            Self::WordsClosed => "the recovery words do not open this",
            Self::SameSecret => "the new passphrase or PIN is the one that somebody knows: choose another",
            Self::NoOutbox => "there is no folder here for files that leave the app",
            Self::OutboxReadOnly => "the folder for the file cannot be written",
            Self::OutboxFull => "there is no room for the file",
            Self::NotABackup => "this file is no backup of a diary",
            Self::BackupDamaged => "the backup was cut short or changed on its way: copy it again",
            Self::BackupNewer => "the backup was written by a newer Waymark: update this one",
            Self::Parted => "the diary came back from a backup file: connect it to its study again first",
            Self::WordsUnknown => "the server knows no diary for these words",
            Self::EntryUnknown => "there is no such entry",
            Self::NotNow => "that does not fit where the entry is: it is not with the study",
            Self::NoStudy => "this diary has not joined a study",
            Self::AboutTheFuture => "an entry cannot be about a day that has not come",
            Self::EntryEmpty => "the entry has nothing in it",
            Self::EntryTooLong => "the entry is longer than one entry can be (about 250,000 letters)",
            Self::VoiceTooLong => "the voice notes are as long as one entry can hold (10 minutes each, 10 of them): what was recorded is kept",
            Self::VoiceNotHere => "a voice note has not come to this device yet: sync first",
            Self::PhoneStopped => "this phone was stopped from another phone: the diary is safe and opens as before",
            Self::OtherPhoneMissing => "the server did not give all that another phone of yours has sent",
            Self::DiaryExists => "there is a diary here already",
            Self::Internal => "Waymark has a mistake of its own: what was saved is safe",
        })
    }
}

/// What a command answers when it could not be done.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommandError {
    /// What happened.
    pub code: ErrorCode,
}

impl CommandError {
    /// The page and its host disagree.
    pub(super) fn internal() -> Self {
        Self { code: ErrorCode::Internal }
    }
}

impl From<crate::Error> for CommandError {
    fn from(error: crate::Error) -> Self {
        Self { code: error.code() }
    }
}
