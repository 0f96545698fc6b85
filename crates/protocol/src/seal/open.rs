//! Opening records.

use zeroize::Zeroizing;

use super::{body, slot};
use crate::KeyId;
use crate::keys::{BackupKey, ContentKey, OpeningKey};
use crate::record::{Record, SlotKind};

/// Why a record could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no slot for this key: it was never shared with its holder.
    #[error("the record has no slot for this key")]
    NoSlot,
    /// A slot is there, but its bytes or the header have been changed.
    #[error("the slot does not open")]
    Slot,
    /// The slot opened to another key than the header commits to.
    #[error("the slot's key is not the one that the header commits to")]
    Commitment,
    /// The body has been changed, or its padding is not canonical.
    #[error("the body does not open")]
    Body,
}

/// The content key of a record that has a study slot.
pub fn open_with_study(record: &Record, key: &OpeningKey) -> Result<ContentKey, OpenError> {
    open_slot(record, SlotKind::Study, KeyId::of(&key.sealing_key()), |slot| {
        slot::open_as_study(&record.header().study, key, record.header_bytes(), slot)
    })
}

/// The content key of a record that has a backup slot.
pub fn open_with_backup(record: &Record, key: &BackupKey) -> Result<ContentKey, OpenError> {
    open_slot(record, SlotKind::Backup, key.id(), |slot| slot::open_as_writer(key, record.header_bytes(), slot))
}

/// The content key that a grant gives the study: to be used on its target, whose commitment must be the same.
pub fn open_grant(grant: &Record, key: &OpeningKey) -> Result<ContentKey, OpenError> {
    open_with_study(grant, key)
}

fn open_slot(
    record: &Record,
    kind: SlotKind,
    id: KeyId,
    open: impl Fn(&crate::record::Slot) -> Option<ContentKey>,
) -> Result<ContentKey, OpenError> {
    let commitment = record.header().commitment.ok_or(OpenError::NoSlot)?;
    let mut failure = OpenError::NoSlot;
    for slot in record.slots().iter().filter(|slot| slot.kind == kind && slot.key == id) {
        match open(slot) {
            Some(content) if content.matches(&commitment) => return Ok(content),
            Some(_) => failure = OpenError::Commitment,
            None => failure = OpenError::Slot,
        }
    }
    Err(failure)
}

/// The plain body of a record.
pub fn open_body(record: &Record, content: &ContentKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    match record.header().commitment {
        Some(commitment) if content.matches(&commitment) => {}
        _ => return Err(OpenError::Commitment),
    }
    body::open_padded(record, content).ok_or(OpenError::Body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Header, Kind, Slots};
    use crate::seal::Place;
    use crate::testing::CountingRng;
    use crate::{DeviceId, Hash, ParticipantId, StudyId};

    /// Whoever holds a device's key could seal one key and commit to another, so that study and writer read different texts.
    #[test]
    fn a_slot_that_opens_to_another_key_than_the_header_commits_to_opens_nothing() {
        let mut rng = CountingRng::new("commitment");
        let (study, backup) = (OpeningKey::generate(&mut rng), BackupKey::from_slice(&[5; 32]).expect("32 bytes"));
        let (committed, other) = (ContentKey::generate(&mut rng), ContentKey::generate(&mut rng));
        let [study_id, participant, device] = [[1; 16], [2; 16], [3; 16]];
        let place = Place {
            study: StudyId(study_id),
            participant: ParticipantId(participant),
            device: DeviceId(device),
            seq: 2,
            prev: Hash([4; 32]),
        };
        let mut header = Header::new(&place, Kind::Entry);
        header.commitment = Some(committed.commitment());
        let mut opened = |sealed: &ContentKey| {
            let bytes = header.to_bytes();
            let for_study = slot::seal_to_study(&place.study, &study.sealing_key(), &bytes, sealed, &mut rng);
            let slots = vec![for_study.expect("a good key"), slot::seal_to_writer(&backup, &bytes, sealed)];
            let record = Record::from_parts(header.clone(), Slots(slots), Vec::new());
            [open_with_study(&record, &study).err(), open_with_backup(&record, &backup).err()]
        };
        assert_eq!(opened(&committed), [None, None]);
        assert_eq!(opened(&other), [Some(OpenError::Commitment); 2]);
    }
}
