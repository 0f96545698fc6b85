//! New keys of a study: the next version of its document has them, and old and new key have both signed the change.
//!
//! ```text
//! a new pair ──► kept, with the document ──► sent ──► the newest one here
//!                both are on the disk          │        the pair of before opens on
//!                                              └── no answer, or a power cut: the very same document is sent again
//! ```
//!
//! Phones seal to the new key once they have that document; what they sealed before, or seal until then, opens with the older keys, all of which stay.
//! What the older key has signed stays signed.

use serde::Serialize;
use waymark_protocol::DeviceId;
use waymark_protocol::document::{SignedDocument, change_keys};
use waymark_protocol::keys::{OpeningKey, SigningKey};
use waymark_protocol::proof::{Standing, State};
use waymark_protocol::record::SlotKind;
use waymark_protocol::{KeyId, StudyId};
use waymark_vault::SystemRng;

use crate::collection::{Collection, CollectionError};
use crate::desk::{Desk, DeskError};
use crate::judged::judge_all;
use crate::participants::Labels;
use crate::publish::{PublishError, send_again};

/// Keys that were changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// The document's version that has them: the next study file counts on from here.
    pub version: u32,
    /// How often the study has changed its keys by now.
    pub changes: usize,
    /// Whether the change had been begun before, and was now brought to its end.
    pub resumed: bool,
    /// Whether custodians hold shares, which are of the older keys now.
    pub shares_are_older: bool,
}

/// A phone that still sealed to an older key when it last sealed something to the study.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Behind {
    /// The participant's label.
    pub participant: String,
    /// The phone.
    pub device: DeviceId,
}

/// Whether a change of keys was begun of which nobody knows yet whether the server has it.
///
/// # Errors
///
/// The desk's file.
pub fn is_under_way(desk: &Desk) -> Result<bool, DeskError> {
    let Some((signed, _)) = desk.unpublished()? else { return Ok(false) };
    Ok(has_other_keys(desk, &signed))
}

/// Changes the study's keys, or brings a change to its end that was begun before.
///
/// # Errors
///
/// A desk that has not the newest keys, a server that cannot be reached or has another document, or the desk's file; see [`PublishError`]. Whatever
/// fails, no key is lost, and the same command goes on.
pub async fn rotate(desk: &mut Desk) -> Result<Rotated, PublishError> {
    if !desk.keys.are_newest(&desk.identity.document) {
        return Err(PublishError::OldKeys);
    }
    let resumed = is_under_way(desk)?;
    if !resumed && desk.unpublished()?.is_some() {
        return Err(PublishError::Unanswered);
    }
    send_again(desk).await?;
    if !resumed {
        begin(desk)?;
        send_again(desk).await?;
    }
    let document = &desk.identity.document.document;
    let shares_are_older = crate::custody::standing(desk)?.is_some_and(|custody| custody.older_keys);
    Ok(Rotated { version: document.version, changes: document.key_changes.len(), resumed, shares_are_older })
}

/// Makes the keys and the document, and keeps both. Nothing is sent.
pub(crate) fn begin(desk: &mut Desk) -> Result<(), PublishError> {
    let (signing, opening) = (SigningKey::generate(&mut SystemRng), OpeningKey::generate(&mut SystemRng));
    let study: StudyId = desk.identity.study;
    let now = &desk.identity.document;
    let signed = change_keys(&study, now, &desk.keys.signing, &signing, &opening.sealing_key())?;
    let believed = signed.verify(&study).is_ok_and(|next| next.keeps(&now.signing_keys));
    if !believed {
        return Err(DeskError::Damaged.into());
    }
    Ok(desk.keep_new_keys(&signing, &opening, signed)?)
}

fn has_other_keys(desk: &Desk, signed: &SignedDocument) -> bool {
    signed.verify(&desk.identity.study).is_ok_and(|next| next.signing_keys != desk.identity.document.signing_keys)
}

/// The phones whose newest record for the study is sealed to an older key, as far as was collected, but for those that were stopped. One that has sealed nothing since the change is
/// among them: whether it has the new document, nothing says yet.
///
/// # Errors
///
/// The desk's file.
pub fn behind(desk: &Desk) -> Result<Vec<Behind>, CollectionError> {
    let collection = Collection::load(desk.vault.reader())?;
    let labels = Labels::load(desk.vault.reader())?;
    let newest = KeyId::of(&desk.identity.document.encryption_key);
    let mut behind = Vec::new();
    for person in judge_all(&desk.identity, &collection) {
        let Some(participant) = person.participant else { continue };
        for device in person.devices.iter().filter(|device| device.state != State::Revoked) {
            let records = device.records.iter().filter(|record| record.standing == Standing::Covered);
            let for_study = records.filter_map(|record| {
                let slots = record.stored.whole()?.slots().iter();
                Some((
                    record.target.seq,
                    slots.filter(|slot| slot.kind == SlotKind::Study).map(|slot| slot.key).last()?,
                ))
            });
            let last = for_study.max_by_key(|(seq, _)| *seq);
            if last.is_some_and(|(_, key)| key != newest) {
                behind.push(Behind { participant: labels.of(&participant), device: device.device });
            }
        }
    }
    behind.sort();
    Ok(behind)
}
