//! Slots: a content key, sealed to the study or to its writer.

use zeroize::Zeroizing;

use crate::aead;
use crate::keys::{BackupKey, ContentKey, OpeningKey, SealingKey, hpke_open, hpke_seal};
use crate::record::{Slot, SlotKind};
use crate::{KeyId, StudyId, kdf};

fn study_info(study: &StudyId) -> Vec<u8> {
    [b"waymark/slot/study/v1", &study.0[..]].concat()
}

/// `None` for a study key of low order.
pub(super) fn seal_to_study(
    study: &StudyId,
    key: &SealingKey,
    header: &[u8],
    content: &ContentKey,
    rng: &mut dyn rand_core::CryptoRng,
) -> Option<Slot> {
    let sealed = hpke_seal(key, &study_info(study), header, content.dangerously_bytes(), rng)?;
    Some(Slot::new(SlotKind::Study, KeyId::of(key), sealed))
}

pub(super) fn open_as_study(study: &StudyId, key: &OpeningKey, header: &[u8], slot: &Slot) -> Option<ContentKey> {
    let plain = hpke_open(key, &study_info(study), header, slot.sealed())?;
    ContentKey::from_slice(&plain)
}

fn backup_slot_key(key: &BackupKey, header: &[u8]) -> Zeroizing<[u8; 32]> {
    kdf::derive(&key.0[..], &[b"waymark/slot/backup/v1", header])
}

pub(super) fn seal_to_writer(key: &BackupKey, header: &[u8], content: &ContentKey) -> Slot {
    let mut sealed = content.dangerously_bytes().to_vec();
    aead::seal_once(&backup_slot_key(key, header), header, &mut sealed);
    Slot::new(SlotKind::Backup, key.id(), sealed)
}

pub(super) fn open_as_writer(key: &BackupKey, header: &[u8], slot: &Slot) -> Option<ContentKey> {
    let mut sealed = Zeroizing::new(slot.sealed().to_vec());
    let plain = aead::open_once(&backup_slot_key(key, header), header, &mut sealed)?;
    ContentKey::from_slice(plain)
}
