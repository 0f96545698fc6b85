//! Making a certificate of what a desk has.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use waymark_protocol::DeviceId;
use waymark_protocol::api::Orders;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::record::Kind;
use waymark_protocol::record::wire::{self, Item};

use super::prove::{ProofError, prove};
use super::{Certificate, DesksWord, Log, Proof, VERSION};
use crate::account::Account;
use crate::collection::{Collection, CollectionError, Held, Stored, write_checkpoint};
use crate::desk::Desk;
use crate::verify::rfc3339;
use crate::whole::write_beside;

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The desk's proofs cannot be read again.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The file to write.
    #[error("{0} cannot be written: {1}")]
    Unwritable(PathBuf, #[source] io::Error),
}

/// Writes a certificate of everything that was collected.
pub fn make(desk: &Desk, path: &Path, now_ms: u64) -> Result<Certificate, MakeError> {
    let collection = Collection::load(desk.vault.reader())?;
    let identity = &desk.identity;
    let account = Account::of(identity, &desk.keys, &collection);
    let totals = account.totals();
    let orders = Orders { erasures: collection.erasures().to_vec(), revocations: collection.revocations().to_vec() };
    let logs = logs(&collection);
    let statement = prove(identity.study, &identity.document, &orders, &logs)?.statement;
    let parts = account.judged.iter().flat_map(|person| &person.devices).map(|device| device.parts_missing);
    let unproven = statement.counts.quarantined;
    let certificate = Certificate {
        waymark_certificate: VERSION,
        study: identity.study,
        made_at: rfc3339(now_ms),
        desks_word: DesksWord {
            opened: totals.opened,
            not_readable: (totals.quarantined.len() as u64).saturating_sub(unproven),
            parts_missing: parts.sum(),
        },
        statement,
        document: identity.signed.clone(),
        orders,
        logs,
    };
    write_beside(path, |out| Ok(serde_json::to_writer(out, &certificate)?))
        .map_err(|error| MakeError::Unwritable(path.to_owned(), error))?;
    Ok(certificate)
}

fn logs(collection: &Collection) -> Vec<Log> {
    let mut checkpoints: BTreeMap<DeviceId, Vec<u8>> = BTreeMap::new();
    for checkpoint in collection.checkpoints() {
        checkpoints.entry(checkpoint.device).or_default().extend(write_checkpoint(checkpoint));
    }
    let mut records: BTreeMap<DeviceId, Vec<Proof>> = BTreeMap::new();
    for (target, stored) in collection.records() {
        records.entry(target.device).or_default().push(proof(stored));
    }
    let devices: BTreeSet<DeviceId> = checkpoints.keys().chain(records.keys()).copied().collect();
    let log = |device: DeviceId| Log {
        device,
        server_head: collection.head(&device),
        records: records.remove(&device).unwrap_or_default(),
        checkpoints: HexBytes(checkpoints.remove(&device).unwrap_or_default()),
    };
    devices.into_iter().map(log).collect()
}

fn proof(stored: &Stored) -> Proof {
    let mut item = Vec::new();
    wire::write_feed_frame(&mut item, 0, 0, false);
    let proof = match &stored.held {
        Held::Whole(record) if record.header().kind == Kind::Genesis => Item::Record(record.clone()),
        Held::Whole(record) => Item::Tombstone(Box::new(record.to_tombstone())),
        Held::Tombstone { tombstone, .. } => Item::Tombstone(tombstone.clone()),
    };
    proof.write(&mut item);
    Proof { whole: stored.whole().is_some(), item: HexBytes(item) }
}
