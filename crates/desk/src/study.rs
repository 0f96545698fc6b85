//! Checking a study file, and making a study of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use waymark_protocol::StudyId;
use waymark_protocol::api::{RegisterStudy, Token};
use waymark_protocol::document::{SignedDocument, TrustError};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::keys::{OpeningKey, SigningKey};
use waymark_protocol::study::{Document, DocumentError, Envelope, Keys, Problem, StudyFile, limits};
use waymark_vault::{ArgonParams, SystemRng};

use crate::codebook::Codebook;
use crate::desk::{DeskError, Identity, StudyKeys, Unfinished};
use crate::time_points::TimePoints;
use crate::transport::{Server, TransportError};

/// How long unlocking a desk should take, so that a copied one is slow to guess at.
pub const UNLOCK: Duration = Duration::from_millis(500);

/// What is wrong with a join page on the study server's own host.
pub(crate) const JOIN_PAGE_ON_THE_SERVER: &str = "`join_page` names the study server's own host: whoever serves that page can read \
     invitations, so put it on another host, or take the line out of the study file";

/// How long a file may be that is read at all: its problems are told also where it is too long for a study file.
pub(crate) const READABLE: usize = 4 * limits::FILE_BYTES;

/// Why a study file is none.
#[derive(Debug, thiserror::Error)]
pub enum StudyFileError {
    /// It cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// It is not text.
    #[error("{0} is not a text file in UTF-8")]
    NotText(PathBuf),
    /// It has mistakes.
    #[error("{} has {} {}", .0.display(), .1.len(), if .1.len() == 1 { "problem" } else { "problems" })]
    Problems(PathBuf, Vec<Problem>),
}

/// Why a study was not made. Nothing was left behind.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// The file.
    #[error(transparent)]
    File(#[from] StudyFileError),
    /// The desk.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The document that the file makes.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The document that the file makes is not believed.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The server.
    #[error(transparent)]
    Server(#[from] TransportError),
    /// The join page lies where the study server is.
    #[error("{JOIN_PAGE_ON_THE_SERVER}")]
    JoinPage,
    /// The server says that it registered something else.
    #[error("server-garbage: the server registered another study than the one that was sent")]
    OtherStudy,
}

/// Reads and checks a study file.
pub fn read_study_file(path: &Path) -> Result<StudyFile, StudyFileError> {
    let text = read_study_text(path)?;
    StudyFile::parse(&text).map_err(|problems| StudyFileError::Problems(path.to_owned(), problems))
}

/// Reads a study file that nobody has checked.
pub(crate) fn read_study_text(path: &Path) -> Result<String, StudyFileError> {
    let unreadable = |error| StudyFileError::Unreadable(path.to_owned(), error);
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length > READABLE as u64 {
        return Err(unreadable(std::io::Error::other("it is far too long for a study file")));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| StudyFileError::NotText(path.to_owned()))
}

/// What a checked study holds, in one line.
pub fn summary(file: &StudyFile) -> String {
    let plan = &file.plan;
    let title = plan.title.get(plan.languages.first().map_or("", String::as_str));
    format!(
        "\"{title}\", version {}: {} phases, {} prompt sets with {} prompts, {} schedules, {} consent items, {} support \
         contacts, {} interviews, {} codes; hold {}",
        file.version,
        plan.phases.iter().count(),
        plan.prompt_sets.len(),
        plan.prompts.len(),
        plan.schedules.len(),
        plan.consent.len(),
        plan.support.len(),
        file.time_points.len(),
        file.codes.len(),
        plan.hold,
    )
}

/// Makes keys, a signed document and a desk, and registers the study. Either all of that or nothing is there afterwards.
pub async fn new(
    folder: &Path,
    file: &StudyFile,
    server: ServerUrl,
    admin: Token,
    passphrase: &str,
    params: &ArgonParams,
) -> Result<Identity, NewError> {
    let connection = Server::new(server.clone(), admin)?;
    new_over(&connection, folder, file, server, passphrase, params).await
}

/// As [`new`], over a connection that is given, with the administrator's token.
pub async fn new_over(
    connection: &Server,
    folder: &Path,
    file: &StudyFile,
    server: ServerUrl,
    passphrase: &str,
    params: &ArgonParams,
) -> Result<Identity, NewError> {
    if file.join_page.as_ref().is_some_and(|page| page.is_served_by(&server)) {
        return Err(NewError::JoinPage);
    }
    let unfinished = Unfinished::begin(folder, passphrase, params)?;
    let keys = StudyKeys::first(SigningKey::generate(&mut SystemRng), OpeningKey::generate(&mut SystemRng));
    let (signing_key, encryption_key) = (keys.signing.verifying_key(), keys.opening.sealing_key());
    let study = StudyId::of(&signing_key, &encryption_key);
    let envelope = Envelope {
        study: study.to_string(),
        previous: None,
        keys: Keys { signing: signing_key.to_string(), encryption: encryption_key.to_string() },
        key_changes: Vec::new(),
    };
    let document = Document::from_study_file(file, envelope)?;
    let signed = SignedDocument::sign(&keys.signing, document.to_bytes());
    let document = signed.verify(&study)?;
    let register = RegisterStudy { signing_key, encryption_key, document: signed.clone() };
    let registered = connection.register(&register).await?;
    if registered.study != study {
        return Err(NewError::OtherStudy);
    }
    let identity = Identity { study, server, join_page: file.join_page.clone(), signed, document };
    unfinished.finish(&identity, &keys, &registered.token, &Codebook::of(file), &TimePoints::of(file))?;
    Ok(identity)
}
