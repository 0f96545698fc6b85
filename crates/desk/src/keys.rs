//! The study's private keys: those that are in use, and every one from before.
//!
//! ```text
//! row     opening key[32] ‖ signing seed[32]      without the seed where the key only opens
//! in use  the pair that the newest document names; where it is not here, the newest that is
//! ```
//!
//! A row is written before anybody hears of its public half, and never deleted: not when the keys are changed, and not when the server takes
//! another document. So what was sealed to a key that this desk has made opens here, whatever became of the change.

use waymark_protocol::document::TrustedDocument;
use waymark_protocol::keys::{ContentKey, OpeningKey, SealingKey, SigningKey};
use waymark_protocol::record::Record;
use waymark_protocol::seal::{OpenError, open_with_study};
use waymark_vault::{Reader, Table, Tx};
use zeroize::Zeroizing;

use crate::desk::DeskError;

/// `u32` counted up → a row. The first pair stands with what the desk is about.
const KEYS: Table = Table::new("study keys");

/// The study's private keys.
#[derive(Debug, Clone)]
pub struct StudyKeys {
    /// Signs documents, invitations, orders, sightings.
    pub signing: SigningKey,
    /// Opens what was shared since the keys were changed last.
    pub opening: OpeningKey,
    /// Open what was shared before.
    pub older: Vec<OpeningKey>,
}

impl StudyKeys {
    /// Of keys that were never changed.
    pub fn first(signing: SigningKey, opening: OpeningKey) -> Self {
        Self { signing, opening, older: Vec::new() }
    }

    /// The content key of a record that has a slot for the study, whichever of its keys that was sealed to.
    ///
    /// # Errors
    ///
    /// No slot for any of them, or one that does not open.
    pub fn open(&self, record: &Record) -> Result<ContentKey, OpenError> {
        let mut failure = OpenError::NoSlot;
        for key in self.opening() {
            match open_with_study(record, key) {
                Err(OpenError::NoSlot) => {}
                Err(error) => failure = error,
                opened => return opened,
            }
        }
        Err(failure)
    }

    /// Whether these are the keys that the study uses now. Where they are not, this desk was made of shares from before a change: nothing that it
    /// would publish is believed.
    pub fn are_newest(&self, document: &TrustedDocument) -> bool {
        document.signing_keys.last() == Some(&self.signing.verifying_key())
            && document.encryption_key == self.opening.sealing_key()
    }

    /// The opening keys from before each change that `document` names, the newest first; none where one is not here.
    pub(crate) fn older_of(&self, document: &TrustedDocument) -> Option<Vec<OpeningKey>> {
        let sealing = document.document.key_changes.iter().rev().map(|change| change.encryption.parse().ok());
        sealing.map(|sealing: Option<SealingKey>| self.opens(&sealing?).cloned()).collect()
    }

    fn opens(&self, sealing: &SealingKey) -> Option<&OpeningKey> {
        self.opening().find(|key| key.sealing_key() == *sealing)
    }

    fn opening(&self) -> impl Iterator<Item = &OpeningKey> {
        [&self.opening].into_iter().chain(&self.older)
    }
}

/// One row.
struct Kept {
    signing: Option<SigningKey>,
    opening: OpeningKey,
}

impl Kept {
    /// Its place among all that were in use, if the study has ever spoken with it.
    fn spoke(&self, document: &TrustedDocument) -> Option<usize> {
        let key = self.signing.as_ref()?.verifying_key();
        document.signing_keys.iter().position(|known| *known == key)
    }
}

/// All keys that the desk has: `first` are those that stand with what it is about.
pub(crate) fn read(
    reader: &Reader<'_>,
    signing: SigningKey,
    opening: OpeningKey,
    document: &TrustedDocument,
) -> Result<StudyKeys, DeskError> {
    let mut all = vec![Kept { signing: Some(signing), opening }];
    reader.scan(KEYS, |_, row| {
        let (opening, seed) = row.split_first_chunk::<32>().ok_or(DeskError::Damaged)?;
        let signing = match seed {
            [] => None,
            seed => Some(SigningKey::from_seed(seed.try_into().map_err(|_| DeskError::Damaged)?)),
        };
        all.push(Kept { signing, opening: OpeningKey::from_bytes(opening) });
        Ok::<_, DeskError>(())
    })?;
    let now = (0..all.len()).max_by_key(|at| (all[*at].spoke(document), std::cmp::Reverse(*at)));
    let Kept { signing: Some(signing), opening } = all.remove(now.ok_or(DeskError::Damaged)?) else {
        return Err(DeskError::Damaged);
    };
    let older = all.into_iter().rev().map(|kept| kept.opening).collect();
    Ok(StudyKeys { signing, opening, older })
}

/// Keeps a pair beside all others.
pub(crate) fn keep(tx: &mut Tx<'_>, signing: &SigningKey, opening: &OpeningKey) -> Result<(), DeskError> {
    let mut row = Zeroizing::new(opening.dangerously_bytes().to_vec());
    row.extend_from_slice(signing.dangerously_seed());
    put(tx, &row)
}

/// Keeps a key that only opens.
pub(crate) fn keep_opening(tx: &mut Tx<'_>, opening: &OpeningKey) -> Result<(), DeskError> {
    put(tx, opening.dangerously_bytes())
}

fn put(tx: &mut Tx<'_>, row: &[u8]) -> Result<(), DeskError> {
    let last = tx.last(KEYS)?.map(|id| id.try_into().map(u32::from_be_bytes).map_err(|_| DeskError::Damaged));
    let next = last.transpose()?.map_or(Some(1), |last| last.checked_add(1)).ok_or(DeskError::Damaged)?;
    Ok(tx.put(KEYS, &next.to_be_bytes(), row)?)
}
