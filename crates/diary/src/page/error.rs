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
    /// The server cannot be reached.
    ServerUnreachable,
    /// The server answers, but with an error of its own; it is tried again.
    ServerTrouble,
    /// The server answers with something that is not Waymark.
    ServerGarbage,
    /// The server has other records for this phone than this phone has.
    Diverged,
    /// The server has lost records that it receipted; they are sent again.
    ServerRolledBack,
    /// The server hides records from the study.
    ServerWithholds,
    /// The phone is no longer let in.
    Revoked,
    /// The phone's clock jumped; the person is asked before anything held is shared.
    ClockJumped,
    /// The recovery words have a mistake.
    WordsWrong,
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
    /// There is a diary here already.
    DiaryExists,
    /// The page and its host disagree; a bug.
    Internal,
}

/// What a command answers when it could not be done.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommandError {
    /// What happened.
    pub code: ErrorCode,
}
