//! The study's keys in the hands of several custodians ([`waymark_protocol::custody`]), for when the desk's passphrase is forgotten or its
//! machine is gone.
//!
//! ```text
//! split ──► a share for each custodian, on paper; the desk's file gets a key slot that the keys themselves open
//!
//! enough shares ─► keys ─┬─► reopen: the desk's file is there ─► another passphrase, and everything is as it was
//!                        └─► renew: it is not ─► a new desk, which collects everything anew; people are known by their numbers
//! ```
//!
//! Between two changes of the keys they are the same in every set of shares: a later set does not make an earlier one useless. A change
//! ([`crate::rotate`]) does, for what comes after it: a set from before opens what was sealed until then, and the desk's file no more.

use std::path::Path;

use serde::{Deserialize, Serialize};
use waymark_protocol::StudyId;
use waymark_protocol::api::Token;
use waymark_protocol::custody::{self, CustodyShare, JoinError, Joined, SplitError};
use waymark_protocol::document::{TrustError, TrustedDocument};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::study::Document;
use waymark_vault::{ArgonParams, Secret, SlotKind, SystemRng, Table};

use crate::codebook::Codebook;
use crate::collection::CollectionError;
use crate::desk::{Desk, DeskError, Identity, Unfinished};
use crate::keys::StudyKeys;
use crate::passphrases::{self, PassphrasesError};
use crate::prepare::Said;
use crate::time_points::TimePoints;
use crate::transport::{Server, TransportError};
use crate::verify::rfc3339;

const META: Table = Table::new("desk");
const CUSTODY: &[u8] = b"custody";

/// Why the custodians' shares are of no use here.
#[derive(Debug, thiserror::Error)]
pub enum CustodyError {
    /// The keys cannot be split like this.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// The shares give no keys.
    #[error(transparent)]
    Join(#[from] JoinError),
    /// The desk's file.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The desk is of another study, or of other keys.
    #[error(
        "these shares do not open this desk: it is of another study, or the study's keys were changed after the shares were made"
    )]
    OtherStudy,
    /// The file is from before its keys were split, or they were changed since.
    #[error(
        "no custodians' shares open this desk's file: it is from before the keys were split, or they were changed since. Give a folder in which no \
         desk is, and a new one is made there"
    )]
    NoSlot,
    /// A key from before a change is not here.
    #[error("this desk does not have all keys that the study has had: split them at a desk that has")]
    Incomplete,
    /// The study has other keys.
    #[error("these shares give keys that the study has never had: another set is needed")]
    OtherKeys,
    /// The server.
    #[error(transparent)]
    Server(#[from] TransportError),
    /// What the server gave as the study's document is not.
    #[error("the server gave a document that is not the study's: {0}")]
    Document(#[from] TrustError),
}

impl From<waymark_vault::Error> for CustodyError {
    fn from(error: waymark_vault::Error) -> Self {
        Self::Desk(error.into())
    }
}

impl From<PassphrasesError> for CustodyError {
    fn from(error: PassphrasesError) -> Self {
        match error {
            PassphrasesError::Desk(error) => Self::Desk(error),
            // It is said of slots that are all replaced.
            _ => Self::Desk(DeskError::Damaged),
        }
    }
}

/// How the keys were split once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Custody {
    /// When, RFC 3339 in UTC.
    pub split_at: Option<String>,
    /// How many have to come together.
    pub threshold: u8,
    /// How many custodians there are.
    pub of: u8,
    /// Whether the study's keys were changed since. Then the shares give the keys from before: they open what was sealed until the change,
    /// nothing that is sealed to newer keys, and no longer this desk's file.
    pub older_keys: bool,
    /// Who they are, by the shares' numbers, where it was said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custodians: Vec<Option<Said>>,
}

#[derive(Clone, Serialize, Deserialize)]
struct CustodyRow {
    at: u64,
    threshold: u8,
    of: u8,
    /// How often the keys had been changed.
    #[serde(default)]
    changes: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    custodians: Vec<Option<Said>>,
}

/// What stands under [`CUSTODY`]: at first how the keys were split last, later each time.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Each(Vec<CustodyRow>),
    Last(CustodyRow),
}

fn rows(desk: &Desk) -> Result<Vec<CustodyRow>, CollectionError> {
    let Some(json) = desk.vault.reader().get(META, CUSTODY)? else { return Ok(Vec::new()) };
    match serde_json::from_slice(&json).map_err(|_| CollectionError::Row("desk"))? {
        Kept::Each(rows) => Ok(rows),
        Kept::Last(row) => Ok(vec![row]),
    }
}

/// How the keys were split, each time, the last one last. All of these shares are good that are of the keys that are in use.
///
/// # Errors
///
/// The desk's file.
pub fn splits(desk: &Desk) -> Result<Vec<Custody>, CollectionError> {
    let now = changes_of(&desk.identity);
    let custody = |CustodyRow { at, threshold, of, changes, custodians }| Custody {
        split_at: rfc3339(at),
        threshold,
        of,
        older_keys: changes < now,
        custodians,
    };
    Ok(rows(desk)?.into_iter().map(custody).collect())
}

fn changes_of(identity: &Identity) -> usize {
    identity.document.document.key_changes.len()
}

/// How the keys were split last; none where they never were.
///
/// # Errors
///
/// The desk's file.
pub fn standing(desk: &Desk) -> Result<Option<Custody>, CollectionError> {
    Ok(splits(desk)?.pop())
}

/// Splits the keys, with all that open what was sealed before a change of keys, perhaps among custodians with names. From here on the desk's file
/// also opens with what enough of the shares give.
///
/// # Errors
///
/// Numbers that make no sense, keys that are not all here, or the desk's file.
pub fn split(
    desk: &mut Desk,
    threshold: u8,
    of: u8,
    custodians: Vec<Option<Said>>,
    now_ms: u64,
) -> Result<Vec<CustodyShare>, CustodyError> {
    if !custodians.is_empty() && custodians.len() != usize::from(of) {
        return Err(SplitError::Numbers.into());
    }
    let document = &desk.identity.document;
    let older = desk.keys.older_of(document).filter(|_| desk.keys.are_newest(document));
    let older = older.ok_or(CustodyError::Incomplete)?;
    let StudyKeys { signing, opening, .. } = &desk.keys;
    let shares = custody::split(desk.identity.study, signing, opening, &older, threshold, of, &mut SystemRng)?;
    let secret = custody::slot_secret(signing);
    let slot = Secret::Words(&secret);
    if desk.vault.slots()?.contains(&SlotKind::Words) {
        desk.vault.replace_slot(&slot, &ArgonParams::FLOOR)?;
    } else {
        desk.vault.add_slot(&slot, &ArgonParams::FLOOR)?;
    }
    let mut rows = rows(desk).map_err(|_| DeskError::Damaged)?;
    rows.push(CustodyRow { at: now_ms, threshold, of, changes: older.len(), custodians });
    let row = serde_json::to_vec(&rows).map_err(|_| DeskError::Damaged)?;
    desk.vault.write(|tx| tx.put(META, CUSTODY, &row))?;
    Ok(shares)
}

/// Whether these shares would give the keys: says of which study. Nothing is opened, kept or shown.
///
/// # Errors
///
/// They would not.
pub fn rehearse(shares: &[CustodyShare]) -> Result<StudyId, CustodyError> {
    Ok(custody::join(shares)?.study)
}

/// Whether the desk's own file opens with what these shares give, without which a forgotten passphrase of it is lost all the same.
pub(crate) fn opens(desk: &Desk, joined: &Joined) -> Result<bool, DeskError> {
    match desk.vault.verify(&Secret::Words(&joined.slot_secret())) {
        Ok(()) => Ok(true),
        Err(
            waymark_vault::Error::NoSlot(_) | waymark_vault::Error::WrongSecret | waymark_vault::Error::Damaged { .. },
        ) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether these are keys that the study had before it changed them.
pub(crate) fn are_older(desk: &Desk, joined: &Joined) -> bool {
    let keys = &desk.identity.document.signing_keys;
    keys.iter().rev().skip(1).any(|key| *key == joined.signing.verifying_key())
}

/// Gives the desk in `folder` another passphrase in the place of all that it had, and leaves it open.
///
/// # Errors
///
/// The shares give no keys, or do not open this desk.
pub fn reopen(
    folder: &Path,
    shares: &[CustodyShare],
    passphrase: &str,
    name: Option<Said>,
    params: &ArgonParams,
    now_ms: u64,
) -> Result<Desk, CustodyError> {
    let joined = custody::join(shares)?;
    let secret = joined.slot_secret();
    let mut desk = match Desk::open_with(folder, &Secret::Words(&secret)) {
        Err(DeskError::Vault(waymark_vault::Error::NoSlot(_))) => return Err(CustodyError::NoSlot),
        Err(DeskError::WrongPassphrase) => return Err(CustodyError::OtherStudy),
        opened => opened?,
    };
    if desk.identity.study != joined.study {
        return Err(CustodyError::OtherStudy);
    }
    // A power cut in a change of keys may have left the slot of shares from before it, which opening has just taken away.
    if desk.keys.signing.verifying_key() != joined.signing.verifying_key() {
        return Err(CustodyError::NoSlot);
    }
    passphrases::replace_all(&mut desk, name, passphrase, params, now_ms)?;
    Ok(desk)
}

/// Makes a desk in `folder`, where none is: with the study's document as the server has it, and nothing collected yet. `token` is a
/// researcher's of this study. Where the keys were changed since the shares were made, such a desk opens what was sealed until then, and cannot
/// publish.
///
/// # Errors
///
/// The shares give no keys of the study, there is a desk already, or the server cannot be asked.
pub async fn renew(
    folder: &Path,
    shares: &[CustodyShare],
    server: ServerUrl,
    token: Token,
    passphrase: &str,
    params: &ArgonParams,
) -> Result<Identity, CustodyError> {
    let joined = custody::join(shares)?;
    let connection = Server::new(server.clone(), token)?;
    let unfinished = Unfinished::begin(folder, passphrase, params)?;
    let signed = connection.document(joined.study).await?;
    let document = signed.verify(&joined.study)?;
    let keys = keys_of(&joined, &document).ok_or(CustodyError::OtherKeys)?;
    // Which page opens invitations, the document does not say: the next version that is published does.
    let identity = Identity { study: joined.study, server, join_page: None, signed, document };
    unfinished.finish(&identity, &keys, &token, &Codebook::default(), &TimePoints::default())?;
    Ok(identity)
}

/// The keys that came together, if the study's document names them all: those that it used at one time, and every one before.
fn keys_of(joined: &Joined, document: &TrustedDocument) -> Option<StudyKeys> {
    let Joined { signing, opening, older, .. } = joined;
    let at = document.signing_keys.iter().position(|key| *key == signing.verifying_key())?;
    let Document { keys, key_changes, .. } = &document.document;
    let sealing = key_changes.iter().map(|change| &change.encryption).chain([&keys.encryption]);
    let named: Vec<&String> = sealing.take(at + 1).collect();
    let here = older.iter().rev().chain([opening]).map(|key| key.sealing_key().to_string());
    here.eq(named.into_iter().cloned()).then(|| StudyKeys {
        signing: signing.clone(),
        opening: opening.clone(),
        older: older.clone(),
    })
}
