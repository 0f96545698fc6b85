//! The desk's folder: one sealed file with the study's keys, its document, the server's address and all that was collected.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use waymark_protocol::StudyId;
use waymark_protocol::api::Token;
use waymark_protocol::custody::slot_secret;
use waymark_protocol::document::{SignedDocument, TrustedDocument};
use waymark_protocol::invitation::{JoinPage, ServerUrl};
use waymark_protocol::keys::{OpeningKey, SigningKey};
use waymark_vault::{ArgonParams, Reader, Secret, SlotKind, SystemRng, Table, Vault};

use crate::codebook::Codebook;
use crate::keys;
pub use crate::keys::StudyKeys;
use crate::time_points::TimePoints;
use crate::transport::{Server, TransportError};
use crate::versions;

const FILE: &str = "desk.waymark";
const UNFINISHED: &str = "desk.unfinished";
/// Locked by whoever makes a desk here, from its beginning to its end.
const MAKING: &str = "desk.making";
const META: Table = Table::new("desk");
const ABOUT: &[u8] = b"about";
const TOKEN: &[u8] = b"token";
const SIGNING: &[u8] = b"signing-seed";
const OPENING: &[u8] = b"opening-key";
const UNPUBLISHED: &[u8] = b"unpublished";
const COLLECTED: &[u8] = b"collected-at";
const VERSION: u32 = 1;
/// Of a study whose keys were changed: a desk from before that would open what was shared until then, and take the rest for damaged.
const WITH_OLDER_KEYS: u32 = 2;

/// Who the study is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Its name.
    pub study: StudyId,
    /// Where it is kept.
    pub server: ServerUrl,
    /// The page that opens its invitations, where it has one.
    pub join_page: Option<JoinPage>,
    /// The newest document as it was published.
    pub signed: SignedDocument,
    /// What it says.
    pub document: TrustedDocument,
}

/// An open desk.
#[derive(Debug)]
pub struct Desk {
    /// Who the study is.
    pub identity: Identity,
    /// Its keys.
    pub keys: StudyKeys,
    /// The vault.
    pub vault: Vault,
    token: Token,
}

/// Why a desk cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is one already.
    #[error("there is a desk in {0} already")]
    Exists(PathBuf),
    /// There is none.
    #[error("there is no desk in {0}: `waymark-desk open` sets one up, and `new` makes one of a study file")]
    None(PathBuf),
    /// Somebody else works with it.
    #[error("the desk is in use by another program")]
    InUse,
    /// The passphrase does not open it.
    #[error("the passphrase does not open the desk")]
    WrongPassphrase,
    /// The vault says no.
    #[error(transparent)]
    Vault(waymark_vault::Error),
    /// The folder cannot be made.
    #[error("the folder {0} cannot be written: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
    /// A newer Waymark made it.
    #[error("the desk was made by a newer Waymark: update this one")]
    Newer,
    /// It opens, and what is in it is not what the desk writes.
    #[error("the desk's file does not hold what a desk holds")]
    Damaged,
}

impl From<waymark_vault::Error> for DeskError {
    fn from(error: waymark_vault::Error) -> Self {
        match error {
            waymark_vault::Error::WrongSecret => Self::WrongPassphrase,
            waymark_vault::Error::InUse => Self::InUse,
            waymark_vault::Error::NewerFile { .. } => Self::Newer,
            other => Self::Vault(other),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct About {
    version: u32,
    study: StudyId,
    server: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    join_page: Option<JoinPage>,
    document: SignedDocument,
}

impl About {
    fn of(identity: &Identity) -> Self {
        let changed = !identity.document.document.key_changes.is_empty();
        Self {
            version: if changed { WITH_OLDER_KEYS } else { VERSION },
            study: identity.study,
            server: identity.server.as_str().to_owned(),
            join_page: identity.join_page.clone(),
            document: identity.signed.clone(),
        }
    }

    fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a struct with string keys is always JSON")
    }
}

/// A desk that is being made: under another name until it is whole. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Unfinished {
    folder: PathBuf,
    made_folder: bool,
    vault: Option<Vault>,
    making: fs::File,
}

impl Unfinished {
    /// Begins a new desk in `folder`, which is made if it is not there. Where one is being made there already, it is left alone.
    pub fn begin(folder: &Path, passphrase: &str, params: &ArgonParams) -> Result<Self, DeskError> {
        let trouble = |error| DeskError::Folder(folder.to_owned(), error);
        if folder.join(FILE).try_exists().map_err(trouble)? {
            return Err(DeskError::Exists(folder.to_owned()));
        }
        let made_folder = !folder.try_exists().map_err(trouble)?;
        if made_folder {
            make_private_folder(folder).map_err(trouble)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let making = options.open(folder.join(MAKING)).map_err(trouble)?;
        match making.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(DeskError::InUse),
            // Where there are no locks, the vault's own stand alone.
            Err(fs::TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
            Err(fs::TryLockError::Error(error)) => return Err(trouble(error)),
        }
        let mut unfinished = Self { folder: folder.to_owned(), made_folder, vault: None, making };
        // It may have become whole until now.
        if folder.join(FILE).try_exists().map_err(trouble)? {
            return Err(DeskError::Exists(folder.to_owned()));
        }
        // What a `new` that was killed has left behind was never a desk.
        unfinished.remove_files();
        let path = folder.join(UNFINISHED);
        let vault = Vault::create(path, &Secret::Passphrase(passphrase), params, Box::new(SystemRng))?;
        unfinished.vault = Some(vault);
        Ok(unfinished)
    }

    /// Writes what a desk needs and gives the file its name: from here on it is a desk.
    pub fn finish(
        mut self,
        identity: &Identity,
        keys: &StudyKeys,
        token: &Token,
        codebook: &Codebook,
        time_points: &TimePoints,
    ) -> Result<(), DeskError> {
        let about = About::of(identity).to_json();
        let mut vault = self.vault.take().expect("a vault is there until this takes it");
        vault.write(|tx| {
            tx.put(META, ABOUT, &about)?;
            tx.put(META, TOKEN, &token.0)?;
            tx.put(META, SIGNING, keys.signing.dangerously_seed())?;
            tx.put(META, OPENING, keys.opening.dangerously_bytes())?;
            keys.older.iter().rev().try_for_each(|older| keys::keep_opening(tx, older))?;
            codebook.store(tx)?;
            time_points.store(tx)?;
            Ok::<_, DeskError>(())
        })?;
        vault.lock()?;
        let trouble = |error| DeskError::Folder(self.folder.clone(), error);
        fs::rename(self.folder.join(UNFINISHED), self.folder.join(FILE)).map_err(trouble)?;
        fs::File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(trouble)?;
        self.made_folder = false;
        Ok(())
    }

    fn remove_files(&self) {
        for suffix in ["", ".creating", "-wal", "-shm", "-journal", ".lock"] {
            // Most of them are not there; what cannot be removed is met again when the vault is made.
            let _ = fs::remove_file(self.folder.join(format!("{UNFINISHED}{suffix}")));
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        drop(self.vault.take());
        self.remove_files();
        let _ = fs::remove_file(self.folder.join(MAKING));
        // A program that is being started holds a copy of the open file for a moment, and with it the lock.
        let _ = self.making.unlock();
        if self.made_folder {
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

impl Identity {
    /// The study's title, in its first language.
    pub fn title(&self) -> &str {
        let plan = &self.document.document.plan;
        plan.title.get(plan.languages.first().map_or("", String::as_str))
    }
}

impl Desk {
    /// Whether there is a desk in `folder`, to be known before a passphrase is asked for.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Opens the desk in `folder`.
    pub fn open(folder: &Path, passphrase: &str) -> Result<Self, DeskError> {
        Self::open_with(folder, &Secret::Passphrase(passphrase))
    }

    /// As [`Self::open`], with a secret of any kind.
    pub(crate) fn open_with(folder: &Path, secret: &Secret<'_>) -> Result<Self, DeskError> {
        let path = folder.join(FILE);
        if !path.try_exists().map_err(|error| DeskError::Folder(folder.to_owned(), error))? {
            return Err(DeskError::None(folder.to_owned()));
        }
        let vault = Vault::open(path, secret, Box::new(SystemRng))?;
        let (identity, keys, token) = read(vault.reader())?;
        let mut desk = Self { identity, keys, vault, token };
        // A change of keys may have been ended by a power cut before it came to this.
        match desk.close_to_older_shares() {
            // Where nothing can be written, the next opening does it: a full disk keeps nobody out.
            Err(DeskError::Vault(waymark_vault::Error::DiskFull | waymark_vault::Error::ReadOnly)) => {}
            closed => closed?,
        }
        Ok(desk)
    }

    /// The researcher's token for this study alone. A way out, for talking to the study's server.
    pub fn dangerously_token(&self) -> Token {
        self.token
    }

    /// The study's server, with that token.
    pub(crate) fn server(&self) -> Result<Server, TransportError> {
        Server::new(self.identity.server.clone(), self.token)
    }

    /// Takes another token in the place of the one that it has, of which nothing is left in the file.
    pub fn take_token(&mut self, token: Token) -> Result<(), DeskError> {
        self.vault.write(|tx| tx.put(META, TOKEN, &token.0))?;
        self.token = token;
        Ok(self.vault.truncate_wal()?)
    }

    /// A document that was to be published and of which nobody knows yet whether the server has it, with its join page.
    pub(crate) fn unpublished(&self) -> Result<Option<(SignedDocument, Option<JoinPage>)>, DeskError> {
        let Some(json) = self.vault.reader().get(META, UNPUBLISHED)? else { return Ok(None) };
        let about: About = serde_json::from_slice(&json).map_err(|_| DeskError::Damaged)?;
        Ok(Some((about.document, about.join_page)))
    }

    /// Keeps a document before it is sent.
    pub(crate) fn keep_unpublished(
        &mut self,
        signed: SignedDocument,
        join_page: Option<JoinPage>,
    ) -> Result<(), DeskError> {
        let about = About { document: signed, join_page, ..About::of(&self.identity) };
        Ok(self.vault.write(|tx| tx.put(META, UNPUBLISHED, &about.to_json()))?)
    }

    /// Keeps new keys and the document that has them, before it is sent; the keys for good. Nobody gets a key that does not open from the file.
    pub(crate) fn keep_new_keys(
        &mut self,
        signing: &SigningKey,
        opening: &OpeningKey,
        signed: SignedDocument,
    ) -> Result<(), DeskError> {
        let about = About { document: signed, join_page: self.identity.join_page.clone(), ..About::of(&self.identity) };
        self.vault.write(|tx| {
            keys::keep(tx, signing, opening)?;
            Ok::<_, DeskError>(tx.put(META, UNPUBLISHED, &about.to_json())?)
        })?;
        let (_, keys, _) = read(self.vault.reader())?;
        let kept = keys.older.iter().any(|kept| kept.sealing_key() == opening.sealing_key());
        self.keys = keys;
        if kept { Ok(()) } else { Err(DeskError::Damaged) }
    }

    /// Lets go of a document that the server does not take.
    pub(crate) fn drop_unpublished(&mut self) -> Result<(), DeskError> {
        self.vault.write(|tx| tx.delete(META, UNPUBLISHED))?;
        Ok(())
    }

    /// The server has this document: it is the study's newest one from now on.
    pub(crate) fn take_document(
        &mut self,
        signed: SignedDocument,
        join_page: Option<JoinPage>,
    ) -> Result<(), DeskError> {
        let document = signed.verify(&self.identity.study).map_err(|_| DeskError::Damaged)?;
        let next = Identity { signed, document, join_page, ..self.identity.clone() };
        let about = About::of(&next).to_json();
        let before = &self.identity;
        self.vault.write(|tx| {
            versions::keep_older(tx, before)?;
            tx.put(META, ABOUT, &about)?;
            tx.delete(META, UNPUBLISHED)
        })?;
        // It may have other keys.
        (self.identity, self.keys, self.token) = read(self.vault.reader())?;
        // The document is taken. What stands in the way of this is told by the next opening, which does it.
        let _ = self.close_to_older_shares();
        Ok(())
    }

    /// Custodians' shares from before the keys were changed open the desk's file no more: they may be why they were.
    fn close_to_older_shares(&mut self) -> Result<(), DeskError> {
        let changed = !self.identity.document.document.key_changes.is_empty();
        if !changed || !self.vault.slots()?.contains(&SlotKind::Words) {
            return Ok(());
        }
        match self.vault.verify(&Secret::Words(&slot_secret(&self.keys.signing))) {
            // One that is damaged opens with nothing, and would keep out who has a passphrase.
            Err(waymark_vault::Error::WrongSecret | waymark_vault::Error::Damaged { .. }) => {
                Ok(self.vault.remove_slot(SlotKind::Words)?)
            }
            verified => Ok(verified?),
        }
    }

    /// A collection has come to its end that began then.
    pub(crate) fn note_collected(&mut self, now_ms: u64) -> Result<(), waymark_vault::Error> {
        self.vault.write(|tx| tx.put(META, COLLECTED, &now_ms.to_be_bytes()))
    }

    /// When the collection began that came to its end last: milliseconds since 1970, UTC; none before the first.
    pub fn collected_at(&self) -> Result<Option<u64>, DeskError> {
        let Some(bytes) = self.vault.reader().get(META, COLLECTED)? else { return Ok(None) };
        Ok(Some(u64::from_be_bytes(bytes.as_slice().try_into().map_err(|_| DeskError::Damaged)?)))
    }
}

fn read(reader: Reader<'_>) -> Result<(Identity, StudyKeys, Token), DeskError> {
    let get = |id: &[u8]| reader.get(META, id)?.ok_or(DeskError::Damaged);
    let about: serde_json::Value = serde_json::from_slice(&get(ABOUT)?).map_err(|_| DeskError::Damaged)?;
    if about["version"].as_u64().is_some_and(|version| version > u64::from(WITH_OLDER_KEYS)) {
        return Err(DeskError::Newer);
    }
    let about: About = serde_json::from_value(about).map_err(|_| DeskError::Damaged)?;
    let document = about.document.verify(&about.study).map_err(|_| DeskError::Damaged)?;
    let server = ServerUrl::parse(&about.server).map_err(|_| DeskError::Damaged)?;
    let identity =
        Identity { study: about.study, server, join_page: about.join_page, signed: about.document, document };
    let token = Token::from_slice(&get(TOKEN)?).ok_or(DeskError::Damaged)?;
    let seed = get(SIGNING)?;
    let opening = get(OPENING)?;
    let signing = SigningKey::from_seed(seed.as_slice().try_into().map_err(|_| DeskError::Damaged)?);
    let opening = OpeningKey::from_bytes(opening.as_slice().try_into().map_err(|_| DeskError::Damaged)?);
    let keys = keys::read(&reader, signing, opening, &identity.document)?;
    Ok((identity, keys, token))
}

/// A folder that only its owner can look into.
pub(crate) fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    waymark_durable::make_durably(folder, || builder.create(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_that_is_being_made_is_not_tidied_by_another_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let begin = || Unfinished::begin(folder.path(), "a quiet reading room", &ArgonParams::FLOOR);
        let first = begin().unwrap();
        let there = |file: &str| folder.path().join(file).exists();
        assert!(matches!(begin(), Err(DeskError::InUse)));
        assert!(there(UNFINISHED));
        drop(first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        drop(begin().unwrap());
    }
}
