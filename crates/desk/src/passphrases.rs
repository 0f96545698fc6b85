//! Who can open the desk: several researchers, each with a passphrase of their own and a short name by which the others know it.
//!
//! | what | what has to be typed | what becomes of the slots |
//! |---|---|---|
//! | add | a passphrase that opens the desk, and the new one | one more |
//! | change | the passphrase that is to be another one, and that | one for one |
//! | remove | a passphrase that opens the desk | one fewer, never the last; nothing of it is left in the file once the desk is locked |
//!
//! Why a passphrase is asked for although the desk is open: whoever comes by an open desk must not be able to come back. What removing does
//! not do stands in `docs/decisions/0051-each-researcher-has-a-passphrase.md`.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use waymark_vault::{ArgonParams, MOST_PASSPHRASES, Reader, SlotId, Table, Tx};

use crate::collection::CollectionError;
use crate::desk::{Desk, DeskError};
use crate::prepare::Said;
use crate::verify::rfc3339;

/// How long the name of a passphrase may be, in characters.
pub const LONGEST_NAME: usize = 40;

/// By the slot's name.
const PASSPHRASES: Table = Table::new("passphrase");

/// One passphrase, without itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passphrase {
    /// Which one.
    pub id: SlotId,
    /// How its researcher is called; none where nobody has said so: the first passphrase of a desk.
    pub name: Option<Said>,
    /// Since when it opens the desk, RFC 3339 in UTC, where that is known.
    pub since: Option<String>,
    /// Whether its slot is what was written.
    pub is_sound: bool,
}

/// Why who can open the desk stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum PassphrasesError {
    /// A name is needed.
    #[error("the name of a passphrase is 1 to {LONGEST_NAME} characters in one line")]
    Name,
    /// Somebody else has it.
    #[error("there is a passphrase of that name already")]
    NameTaken,
    /// It opens the desk already.
    #[error(
        "that passphrase opens the desk already: take another one, or removing one of the two would take away nothing"
    )]
    Taken,
    /// There are as many as there can be.
    #[error("a desk has at most {MOST_PASSPHRASES} passphrases: remove one first")]
    Full,
    /// Nothing else would open the desk.
    #[error("the last passphrase that opens the desk cannot be removed")]
    Last,
    /// There is none of this number or name.
    #[error("there is no such passphrase any more")]
    Unknown,
    /// The desk's file, or the passphrase that was typed does not open it.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<waymark_vault::Error> for PassphrasesError {
    fn from(error: waymark_vault::Error) -> Self {
        match error {
            waymark_vault::Error::SlotsFull => Self::Full,
            waymark_vault::Error::LastSlot => Self::Last,
            waymark_vault::Error::SlotUnknown => Self::Unknown,
            other => Self::Desk(other.into()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Said>,
    at: u64,
}

impl Row {
    fn store(&self, tx: &mut Tx<'_>, id: &SlotId) -> Result<(), PassphrasesError> {
        let json = serde_json::to_vec(self).map_err(|_| DeskError::Damaged)?;
        Ok(tx.put(PASSPHRASES, id.as_bytes(), &json)?)
    }

    fn load(reader: Reader<'_>, id: &SlotId) -> Result<Option<Self>, CollectionError> {
        let Some(json) = reader.get(PASSPHRASES, id.as_bytes())? else { return Ok(None) };
        serde_json::from_slice(&json).map(Some).map_err(|_| CollectionError::Row("passphrase"))
    }
}

/// The passphrases that open the desk, in the order in which they came; one that was changed is the newest.
///
/// # Errors
///
/// The desk's file.
pub fn list(desk: &Desk) -> Result<Vec<Passphrase>, CollectionError> {
    let slots = desk.vault.passphrases()?;
    let passphrases = slots.into_iter().map(|slot| {
        let row = Row::load(desk.vault.reader(), &slot.id)?;
        let since = row.as_ref().and_then(|row| rfc3339(row.at));
        Ok(Passphrase { id: slot.id, name: row.and_then(|row| row.name), since, is_sound: slot.is_sound })
    });
    passphrases.collect()
}

/// The name of a passphrase, as it was typed.
///
/// # Errors
///
/// [`PassphrasesError::Name`].
pub fn name(typed: &str) -> Result<Said, PassphrasesError> {
    Said::of(typed, LONGEST_NAME).ok_or(PassphrasesError::Name)
}

/// Gives somebody a passphrase of their own. `current` is one that opens the desk.
///
/// # Errors
///
/// See [`PassphrasesError`]; nothing has changed then.
pub fn add(
    desk: &mut Desk,
    current: &str,
    name: Said,
    new: &str,
    params: &ArgonParams,
    now_ms: u64,
) -> Result<(), PassphrasesError> {
    if desk.vault.passphrases()?.len() >= MOST_PASSPHRASES {
        return Err(PassphrasesError::Full);
    }
    is_free(desk, &name, None)?;
    desk.vault.which_passphrase(current)?;
    is_new(desk, new)?;
    let row = Row { name: Some(name), at: now_ms };
    desk.vault.add_passphrase(new, params, |tx, id| row.store(tx, id))
}

/// Puts `new` in the place of `current`, and gives it a name where one is said; otherwise it keeps the one that it has.
///
/// # Errors
///
/// See [`PassphrasesError`]; nothing has changed then.
pub fn change(
    desk: &mut Desk,
    current: &str,
    name: Option<Said>,
    new: &str,
    params: &ArgonParams,
    now_ms: u64,
) -> Result<(), PassphrasesError> {
    let old = desk.vault.which_passphrase(current)?;
    if let Some(name) = &name {
        is_free(desk, name, Some(&old))?;
    }
    is_new(desk, new)?;
    let kept = Row::load(desk.vault.reader(), &old).map_err(trouble)?.and_then(|row| row.name);
    let row = Row { name: name.or(kept), at: now_ms };
    desk.vault.change_passphrase(&old, new, params, |tx, id| {
        tx.delete(PASSPHRASES, old.as_bytes())?;
        row.store(tx, id)
    })
}

/// Takes a passphrase away. `current` is one that opens the desk; it may be the same.
///
/// # Errors
///
/// See [`PassphrasesError`]; nothing has changed then.
pub fn remove(desk: &mut Desk, current: &str, id: &SlotId) -> Result<(), PassphrasesError> {
    let slots = desk.vault.passphrases()?;
    if !slots.iter().any(|slot| slot.id == *id) {
        return Err(PassphrasesError::Unknown);
    }
    desk.vault.which_passphrase(current)?;
    desk.vault.remove_passphrase(id, |tx| Ok(tx.delete(PASSPHRASES, id.as_bytes()).map(drop)?))
}

/// Puts one passphrase in the place of all: what custodians do.
pub(crate) fn replace_all(
    desk: &mut Desk,
    name: Option<Said>,
    new: &str,
    params: &ArgonParams,
    now_ms: u64,
) -> Result<(), PassphrasesError> {
    let before = desk.vault.passphrases()?;
    let row = Row { name, at: now_ms };
    desk.vault.replace_passphrases(new, params, |tx, id| {
        for slot in &before {
            tx.delete(PASSPHRASES, slot.id.as_bytes())?;
        }
        row.store(tx, id)
    })
}

/// Two passphrases of one name could not be told apart, also where only their capitals differ.
fn is_free(desk: &Desk, name: &Said, but: Option<&SlotId>) -> Result<(), PassphrasesError> {
    let plain = |name: &Said| name.as_str().to_lowercase().nfc().collect::<String>();
    let mut others = list(desk).map_err(trouble)?.into_iter().filter(|one| Some(&one.id) != but);
    let taken = others.any(|one| one.name.is_some_and(|other| plain(&other) == plain(name)));
    if taken { Err(PassphrasesError::NameTaken) } else { Ok(()) }
}

/// One passphrase in two slots would still open the desk after one of them is removed.
fn is_new(desk: &Desk, passphrase: &str) -> Result<(), PassphrasesError> {
    match desk.vault.which_passphrase(passphrase) {
        Ok(_) => Err(PassphrasesError::Taken),
        // A slot that is damaged opens with nothing.
        Err(waymark_vault::Error::WrongSecret | waymark_vault::Error::Damaged { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn trouble(error: CollectionError) -> PassphrasesError {
    PassphrasesError::Desk(match error {
        CollectionError::Vault(error) => error.into(),
        CollectionError::Row(_) => DeskError::Damaged,
    })
}
