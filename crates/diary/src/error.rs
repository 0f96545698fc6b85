//! What can go wrong, with the code that a person acts on. Neither code nor context holds a secret or diary text.

use waymark_protocol::document::TrustError;
use waymark_protocol::invitation::{InvitationError, ServerUrlError};
use waymark_protocol::keys::WordsError;
use waymark_protocol::seal::SealError;

use crate::net::NetError;
use crate::page::ErrorCode;

/// Why the diary could not do what was asked. Nothing that was saved before is touched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The vault's.
    #[error(transparent)]
    Vault(#[from] waymark_vault::Error),
    /// The server's or the way's.
    #[error("{}", net(.0))]
    Net(#[from] NetError),
    /// The invitation's text.
    #[error(transparent)]
    Invitation(#[from] InvitationError),
    /// The server's address.
    #[error(transparent)]
    Server(#[from] ServerUrlError),
    /// The study's document or keys.
    #[error(transparent)]
    Study(#[from] TrustError),
    /// The 24 words.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// The text is too long, or the study's key is unusable.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// What a person must act on, with nothing underneath.
    #[error("{}", plain(*.0))]
    Plain(ErrorCode),
    /// Something in the vault opened but is not what this version writes.
    #[error("{0} in the vault is not what this Waymark writes")]
    Stored(&'static str),
}

impl Error {
    /// What the page says about it.
    pub fn code(&self) -> ErrorCode {
        use waymark_vault::Error as Vault;
        match self {
            Self::Vault(error) => match error {
                Vault::WrongSecret | Vault::NoSlot(_) | Vault::EmptySecret => ErrorCode::WrongPassphrase,
                Vault::NewerFile { .. } => ErrorCode::NewerFile,
                Vault::NotAVault | Vault::Damaged { .. } | Vault::ArgonOutOfRange => ErrorCode::Damaged,
                Vault::DiskFull => ErrorCode::DiskFull,
                Vault::ReadOnly => ErrorCode::ReadOnly,
                Vault::InUse => ErrorCode::InUse,
                Vault::AlreadyExists => ErrorCode::DiaryExists,
                Vault::TooLong => ErrorCode::EntryTooLong,
                _ => ErrorCode::Internal,
            },
            Self::Net(error) => error.code(),
            Self::Invitation(_) | Self::Server(_) => ErrorCode::InvitationUnreadable,
            Self::Study(TrustError::Document(_)) => ErrorCode::ServerGarbage,
            Self::Study(_) | Self::Seal(SealError::BadStudyKey) => ErrorCode::StudyKeyChanged,
            Self::Words(_) => ErrorCode::WordsWrong,
            Self::Seal(SealError::TooLong) => ErrorCode::EntryTooLong,
            Self::Plain(code) => *code,
            Self::Stored(_) => ErrorCode::Damaged,
        }
    }
}

/// A refusal that a person can act on is said as such; of any other the server's code is said.
fn net(error: &NetError) -> String {
    match error {
        NetError::Refused { .. } if error.code() != ErrorCode::ServerGarbage => plain(error.code()).to_owned(),
        _ => error.to_string(),
    }
}

fn plain(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Locked => "the diary is locked",
        ErrorCode::WeakSecret => "a passphrase needs 8 characters or more, a PIN 6 digits or more",
        ErrorCode::InvitationUnknown => "the server does not know this invitation",
        ErrorCode::InvitationUsed => "this invitation was used by another phone: ask for a new one",
        ErrorCode::InvitationExpired => "this invitation is too old: ask for a new one",
        ErrorCode::StudyKeyChanged => "the study's keys are not the ones that the invitation names: nothing was sent",
        ErrorCode::ConsentNeeded => "a consent item that the study needs was not agreed to",
        ErrorCode::AlreadyJoined => "this diary has joined a study already",
        ErrorCode::WordsUnknown => "the server knows no diary for these words",
        ErrorCode::EntryUnknown => "there is no such entry",
        ErrorCode::NotNow => "that does not fit where the entry is: it is not with the study",
        ErrorCode::NoStudy => "this diary has not joined a study",
        ErrorCode::AboutTheFuture => "an entry cannot be about a day that has not come",
        ErrorCode::EntryEmpty => "the entry has nothing in it",
        ErrorCode::EntryTooLong => "the entry is longer than one entry can be (about 250,000 letters)",
        ErrorCode::DiaryExists => "there is a diary here already",
        ErrorCode::Diverged => {
            "this diary and the server's copy of it have parted (was it restored from an old copy?): nothing was sent, and \
             everything is safe here"
        }
        ErrorCode::ServerGarbage => "the server's answer is not one that a Waymark server gives",
        ErrorCode::Revoked => "this phone is no longer let in: ask the researcher",
        _ => "that did not work",
    }
}
