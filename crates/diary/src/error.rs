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
    #[error("{0}")]
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
            Self::Seal(SealError::Parts) => ErrorCode::VoiceTooLong,
            Self::Plain(code) => *code,
            Self::Stored(_) => ErrorCode::Damaged,
        }
    }
}

/// A refusal that a person can act on is said as such; of any other the server's code is said.
fn net(error: &NetError) -> String {
    match error {
        NetError::Refused { .. } if error.code() != ErrorCode::ServerGarbage => error.code().to_string(),
        _ => error.to_string(),
    }
}
