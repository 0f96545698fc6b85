//! Making records: only what comes out of here can enter a log.

use zeroize::Zeroizing;

use super::{padding, slot};
use crate::keys::{BackupKey, Commitment, ContentKey, SealingKey};
use crate::record::{Header, Kind, MAX_PARTS, Record, Slots, Target};
use crate::{DeviceId, Hash, ParticipantId, StudyId, aead, genesis::Genesis};

/// The longest text that one sealed body holds: 256 KiB, less the length before it.
pub const MAX_PLAIN_LEN: usize = 256 * 1024 - 4;

/// The next place in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The study.
    pub study: StudyId,
    /// The participant.
    pub participant: ParticipantId,
    /// The device.
    pub device: DeviceId,
    /// The next seq.
    pub seq: u64,
    /// The last record's link; zeros before the first.
    pub prev: Hash,
}

impl Place {
    /// The place after `record`.
    pub fn after(record: &Record) -> Self {
        let header = record.header();
        Self {
            study: header.study,
            participant: header.participant,
            device: header.device,
            seq: header.seq + 1,
            prev: record.link(),
        }
    }
}

/// Why something could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Longer than a sealed body may be.
    #[error("the text is longer than one entry can hold (about 250,000 letters)")]
    TooLong,
    /// More parts than a header can list, or parts of a record that is no entry.
    #[error("the recordings are longer than one entry can hold (60 MiB in all)")]
    Parts,
    /// The study's key is of low order: nobody must seal to it.
    #[error("the study's key is unusable")]
    BadStudyKey,
}

/// Seals one body for whom it is meant.
pub struct Sealer<'a> {
    place: Place,
    kind: Kind,
    target: Option<Target>,
    parts: Vec<Hash>,
    study: Option<&'a SealingKey>,
    backup: Option<&'a BackupKey>,
}

impl<'a> Sealer<'a> {
    /// A record of a sealed kind at `place`, for nobody yet.
    pub fn new(place: Place, kind: Kind) -> Self {
        Self { place, kind, target: None, parts: Vec::new(), study: None, backup: None }
    }

    /// The record that an erase is about.
    #[must_use]
    pub fn target(mut self, target: Option<Target>) -> Self {
        self.target = target;
        self
    }

    /// The parts of an entry's attachments, as [`crate::content::Entry::parts`] lists them.
    #[must_use]
    pub fn parts(mut self, parts: Vec<Hash>) -> Self {
        self.parts = parts;
        self
    }

    /// Lets the study read it.
    #[must_use]
    pub fn to_study(mut self, key: &'a SealingKey) -> Self {
        self.study = Some(key);
        self
    }

    /// Lets the writer read it on a new phone.
    #[must_use]
    pub fn to_writer(mut self, key: &'a BackupKey) -> Self {
        self.backup = Some(key);
        self
    }

    /// Seals `plain` under a fresh content key, and returns both.
    pub fn seal(self, plain: &[u8], rng: &mut dyn rand_core::CryptoRng) -> Result<(Record, ContentKey), SealError> {
        if plain.len() > MAX_PLAIN_LEN {
            return Err(SealError::TooLong);
        }
        if self.parts.len() > MAX_PARTS || !(self.parts.is_empty() || self.kind == Kind::Entry) {
            return Err(SealError::Parts);
        }
        let content = ContentKey::generate(rng);
        let mut body = padding::pad(plain);
        let mut header = Header::new(&self.place, self.kind);
        header.target = self.target;
        header.parts = self.parts;
        header.commitment = Some(content.commitment());
        header.body_len = (body.len() + aead::TAG_LEN) as u64;
        let header_bytes = header.to_bytes();
        aead::seal_once(&content.body_key(), &header_bytes, &mut body);
        let mut slots = Vec::new();
        if let Some(key) = self.study {
            slots.push(
                slot::seal_to_study(&self.place.study, key, &header_bytes, &content, rng)
                    .ok_or(SealError::BadStudyKey)?,
            );
        }
        if let Some(key) = self.backup {
            slots.push(slot::seal_to_writer(key, &header_bytes, &content));
        }
        let body = std::mem::take(&mut *body);
        Ok((Record::from_parts(header, Slots(slots), body), content))
    }
}

/// A log's first record.
pub fn seal_genesis(place: Place, genesis: &Genesis) -> Record {
    let body = genesis.to_bytes();
    let mut header = Header::new(&place, Kind::Genesis);
    header.body_len = body.len() as u64;
    Record::from_parts(header, Slots::default(), body)
}

/// Gives the study the content key of `target`.
///
/// The grant repeats the target's commitment; the desk checks the unwrapped key against it.
pub fn seal_grant(
    place: Place,
    target: Target,
    content: &ContentKey,
    study: &SealingKey,
    rng: &mut dyn rand_core::CryptoRng,
) -> Result<Record, SealError> {
    let mut header = Header::new(&place, Kind::Grant);
    header.target = Some(target);
    let commitment: Commitment = content.commitment();
    header.commitment = Some(commitment);
    let slot =
        slot::seal_to_study(&place.study, study, &header.to_bytes(), content, rng).ok_or(SealError::BadStudyKey)?;
    Ok(Record::from_parts(header, Slots(vec![slot]), Vec::new()))
}

pub(super) fn open_padded(record: &Record, content: &ContentKey) -> Option<Zeroizing<Vec<u8>>> {
    let mut body = Zeroizing::new(record.body().to_vec());
    let padded = aead::open_once(&content.body_key(), record.header_bytes(), &mut body)?;
    padding::unpad(padded).map(|plain| Zeroizing::new(plain.to_vec()))
}
