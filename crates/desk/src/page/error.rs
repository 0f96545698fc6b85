//! Errors as the page sees them: a code where somebody can act, and nothing of what was written.

use std::io;

use serde::Serialize;
use ts_rs::TS;
use waymark_protocol::api::ApiErrorCode;
use waymark_vault::Error as VaultError;

use crate::certificate::MakeError;
use crate::collection::CollectionError;
use crate::custody::CustodyError;
use crate::desk::DeskError;
use crate::ending::EndingError;
use crate::erase::EraseError;
use crate::export::ExportError;
use crate::invite::InviteError;
use crate::passphrases::PassphrasesError;
use crate::pull::PullError;
use crate::revoke::RevokeError;
use crate::stop::StopError;
use crate::token::TokenError;
use crate::transport::TransportError;

/// What somebody can act on. The page has a sentence for each, in its Fluent files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The desk is locked.
    Locked,
    /// There is no desk in the folder.
    NoDesk,
    /// The passphrase does not open it.
    WrongPassphrase,
    /// Another program works with it.
    InUse,
    /// A newer Waymark made it.
    Newer,
    /// The file is damaged.
    Damaged,
    /// The file cannot be read just now.
    Unreadable,
    /// There is no room left.
    DiskFull,
    /// The folder cannot be written to.
    ReadOnly,
    /// A participant's label is 1 to 200 characters in one line.
    LabelUnfit,
    /// There is no such participant at this desk.
    ParticipantUnknown,
    /// Somebody has joined with the invitation.
    InvitationUsed,
    /// A collection is under way already.
    Collecting,
    /// The server cannot be reached.
    ServerUnreachable,
    /// Whoever answers cannot show to be the study's server.
    ServerUntrusted,
    /// The server has trouble of its own.
    ServerTrouble,
    /// The answer is not one that a study server gives.
    ServerGarbage,
    /// The server was restored from a backup meanwhile.
    ServerRestored,
    /// The server does not know the desk's token any more.
    TokenRefused,
    /// The server says no.
    ServerRefuses,
    /// There is no such entry any more.
    EntryUnknown,
    /// The draft is no study yet.
    DraftUnfit,
    /// The draft is longer than any study file may be.
    DraftTooLong,
    /// The draft cannot be written just now.
    DraftUnwritten,
    /// The folder is not there in which the desk's folder is to be.
    FolderMissing,
    /// There is a desk in the folder already.
    DeskExists,
    /// The address of the server is none.
    ServerAddress,
    /// What was given as a token is none.
    TokenUnfit,
    /// The server does not take the administrator's token.
    AdminTokenRefused,
    /// A passphrase of no characters.
    PassphraseEmpty,
    /// The name of a passphrase is 1 to 40 characters in one line.
    PassphraseNameUnfit,
    /// Another passphrase has that name.
    PassphraseNameTaken,
    /// It opens the desk already.
    PassphraseTaken,
    /// There are as many passphrases as there can be.
    PassphrasesFull,
    /// The last passphrase cannot be removed.
    PassphraseLast,
    /// There is no such passphrase any more.
    PassphraseUnknown,
    /// The keys cannot be split by these numbers.
    SplitUnfit,
    /// A custodian's name is at most 100 characters in one line.
    CustodianUnfit,
    /// One of the shares is none, or was mistyped.
    ShareUnreadable,
    /// The shares do not give the study's keys.
    SharesGiveNothing,
    /// The shares are of another study than the desk.
    SharesOtherStudy,
    /// The desk's file is from before its keys were split.
    SharesNotThisFile,
    /// The join page lies where the study server is.
    JoinPageOnServer,
    /// The study file is another one by now than the page has shown.
    StudyChanged,
    /// The study cannot be shown as phones show it just now.
    PreviewFailed,
    /// Another copy of this desk has published since.
    PublishedElsewhere,
    /// The study's keys were changed since those of this desk were split.
    KeysOlder,
    /// Whoever does it has to say who they are: 1 to 100 characters in one line.
    NameMissing,
    /// Somebody has to say why.
    ReasonMissing,
    /// A reason is one line of at most 500 characters.
    ReasonUnfit,
    /// A term is 1 to 200 characters in one line.
    TermUnfit,
    /// What stands in the place of a name is 1 to 100 characters in one line.
    PseudonymUnfit,
    /// The copy is another one by now.
    CopyChanged,
    /// There are copies that nobody has read.
    CopiesUnread,
    /// The study has no codes.
    NoCodes,
    /// The person has not told the study of anything that they want to talk about.
    NothingToTalkAbout,
    /// Something else is to be talked about by now than was shown.
    PackChanged,
    /// The export cannot be written.
    ExportUnwritable,
    /// No program on this machine shows the folder.
    FolderNotShown,
    /// It was confirmed with something else than the name that was to be typed.
    NotConfirmed,
    /// It was done, and the desk could not be read anew after it.
    DoneUnread,
    /// The server knows it, and at this desk it is not noted.
    NotNoted,
    /// The participant has no phone on the server.
    NotJoined,
    /// No such phone was collected and proven.
    PhoneUnknown,
    /// Of what the phone has sent, not all is here or whole.
    PhoneNotWhole,
    /// The server does not take the new token for this study.
    NewTokenRefused,
    /// It would take something else by now than was shown.
    ErasureChanged,
    /// A file that was chosen as a transcript has no text in it.
    TranscriptEmpty,
    /// It is longer than any transcript.
    TranscriptTooLarge,
    /// It is a PDF.
    TranscriptPdf,
    /// It is an Office file of the old kind.
    TranscriptOld,
    /// It is protected with a password.
    TranscriptEncrypted,
    /// It is another kind of document, or of archive.
    TranscriptOtherKind,
    /// It is a `.docx` of which a part is missing or damaged.
    TranscriptDamaged,
    /// It is not text at all.
    TranscriptNotText,
    /// It is text, and not in UTF-8.
    TranscriptOtherEncoding,
    /// This person has an interview of the same text.
    TranscriptThere,
    /// There is no such transcript any more.
    TranscriptUnknown,
    /// A transcript is damaged in the desk's file.
    TranscriptUnreadable,
    /// A time point is a short label in one line.
    TimePointUnfit,
    /// The day of an interview is one that has been.
    DayUnfit,
    /// A title is one short line.
    TitleUnfit,
    /// Page and host disagree.
    Internal,
}

/// What a command answers when it could not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CommandError {
    /// What happened.
    pub code: ErrorCode,
}

/// Why a command cannot be done.
pub type Refusal = ErrorCode;

impl CommandError {
    pub(super) fn internal() -> Self {
        Self { code: ErrorCode::Internal }
    }
}

impl ErrorCode {
    /// Of an export that could not be written.
    pub(super) fn of_writing(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::ExportUnwritable,
        }
    }
}

impl From<ExportError> for ErrorCode {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Collection(error) => error.into(),
            ExportError::Unwritable(_, error) => Self::of_writing(&error),
            ExportError::NoCodes => Self::NoCodes,
            ExportError::Unknown(_) | ExportError::NobodyCalled(_) => Self::ParticipantUnknown,
            ExportError::NothingToTalkAbout => Self::NothingToTalkAbout,
            ExportError::Unread { .. } => Self::CopiesUnread,
        }
    }
}

impl From<EraseError> for ErrorCode {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::Unknown(_) => Self::ParticipantUnknown,
            EraseError::Reason => Self::ReasonUnfit,
            EraseError::NoEntry(_) => Self::EntryUnknown,
            EraseError::Pull(error) => error.into(),
            EraseError::Collection(error) => error.into(),
            EraseError::NotSent(error) => error.into(),
        }
    }
}

impl From<ErrorCode> for CommandError {
    fn from(code: ErrorCode) -> Self {
        Self { code }
    }
}

impl From<VaultError> for ErrorCode {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::WrongSecret | VaultError::EmptySecret => Self::WrongPassphrase,
            VaultError::InUse => Self::InUse,
            VaultError::NewerFile { .. } => Self::Newer,
            VaultError::DiskFull => Self::DiskFull,
            VaultError::ReadOnly => Self::ReadOnly,
            VaultError::NotFound => Self::NoDesk,
            VaultError::Io(_) => Self::Unreadable,
            _ => Self::Damaged,
        }
    }
}

impl From<CollectionError> for ErrorCode {
    fn from(error: CollectionError) -> Self {
        match error {
            CollectionError::Vault(error) => error.into(),
            CollectionError::Row(_) => Self::Damaged,
        }
    }
}

impl From<DeskError> for ErrorCode {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::None(_) => Self::NoDesk,
            DeskError::InUse => Self::InUse,
            DeskError::WrongPassphrase => Self::WrongPassphrase,
            DeskError::Vault(error) => error.into(),
            DeskError::Newer => Self::Newer,
            DeskError::Damaged => Self::Damaged,
            DeskError::Folder(..) => Self::ReadOnly,
            DeskError::Exists(_) => Self::Internal,
        }
    }
}

impl From<PassphrasesError> for ErrorCode {
    fn from(error: PassphrasesError) -> Self {
        match error {
            PassphrasesError::Name => Self::PassphraseNameUnfit,
            PassphrasesError::NameTaken => Self::PassphraseNameTaken,
            PassphrasesError::Taken => Self::PassphraseTaken,
            PassphrasesError::Full => Self::PassphrasesFull,
            PassphrasesError::Last => Self::PassphraseLast,
            PassphrasesError::Unknown => Self::PassphraseUnknown,
            PassphrasesError::Desk(error) => error.into(),
        }
    }
}

impl From<CustodyError> for ErrorCode {
    fn from(error: CustodyError) -> Self {
        match error {
            CustodyError::Split(_) => Self::SplitUnfit,
            CustodyError::Join(_) => Self::SharesGiveNothing,
            CustodyError::OtherStudy => Self::SharesOtherStudy,
            CustodyError::NoSlot => Self::SharesNotThisFile,
            CustodyError::Desk(error) => error.into(),
            CustodyError::Server(error) => error.into(),
            CustodyError::Document(_) => Self::ServerGarbage,
            CustodyError::Incomplete => Self::KeysOlder,
            CustodyError::OtherKeys => Self::SharesGiveNothing,
        }
    }
}

impl From<TransportError> for ErrorCode {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable(..) | TransportError::Tls(_) => Self::ServerUnreachable,
            TransportError::Untrusted(..) => Self::ServerUntrusted,
            TransportError::Trouble(_) => Self::ServerTrouble,
            TransportError::Garbage(_) => Self::ServerGarbage,
            TransportError::Restored => Self::ServerRestored,
            TransportError::Refused { code: ApiErrorCode::Unauthorized | ApiErrorCode::Forbidden, .. } => {
                Self::TokenRefused
            }
            TransportError::Refused { .. } => Self::ServerRefuses,
        }
    }
}

impl From<PullError> for ErrorCode {
    fn from(error: PullError) -> Self {
        match error {
            PullError::Server(error) => error.into(),
            PullError::Collection(error) => error.into(),
        }
    }
}

impl From<InviteError> for ErrorCode {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::Label => Self::LabelUnfit,
            InviteError::Collection(error) => error.into(),
            InviteError::NotSent(error) | InviteError::Server(error) => error.into(),
        }
    }
}

impl From<RevokeError> for ErrorCode {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::Unknown(_) => Self::ParticipantUnknown,
            RevokeError::Used => Self::InvitationUsed,
            RevokeError::Collection(error) => error.into(),
            RevokeError::Server(error) | RevokeError::NotSent(error) => error.into(),
        }
    }
}

impl From<EndingError> for ErrorCode {
    fn from(error: EndingError) -> Self {
        match error {
            EndingError::Unknown(_) => Self::ParticipantUnknown,
            EndingError::NotJoined => Self::NotJoined,
            EndingError::Collection(error) => error.into(),
            EndingError::NotNoted(_) => Self::NotNoted,
            EndingError::Server(error) | EndingError::NotSent(error) => error.into(),
        }
    }
}

impl From<StopError> for ErrorCode {
    fn from(error: StopError) -> Self {
        match error {
            StopError::Unknown(_) => Self::PhoneUnknown,
            StopError::NotWhole => Self::PhoneNotWhole,
            StopError::Pull(error) => error.into(),
            StopError::Collection(error) => error.into(),
            StopError::NotSent(error) => error.into(),
        }
    }
}

impl From<TokenError> for ErrorCode {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::None | TokenError::NotOne | TokenError::Terminal(_) => Self::TokenUnfit,
            TokenError::Server(TransportError::Refused {
                code: ApiErrorCode::Unauthorized | ApiErrorCode::Forbidden | ApiErrorCode::NotFound,
                ..
            }) => Self::NewTokenRefused,
            TokenError::Server(error) => error.into(),
            TokenError::Desk(error) => error.into(),
        }
    }
}

impl From<MakeError> for ErrorCode {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::Collection(error) => error.into(),
            MakeError::Proof(_) => Self::Damaged,
            MakeError::Unwritable(_, error) => Self::of_writing(&error),
        }
    }
}
