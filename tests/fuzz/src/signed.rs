//! What is signed: if it verifies, it is what was signed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::genesis::{Genesis, GenesisProof, recovery_certificate_message, succession_message};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{SigningKey, VerifyingKey};
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::record::wire::{RawItem, read_feed, write_checkpoint, write_feed_frame};
use waymark_protocol::sighting::Sighting;
use waymark_protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_protocol::{DeviceId, Hash};

use crate::script::Script;
use crate::world::World;

/// Changes something that was signed, and verifies it.
pub fn run(bytes: &[u8]) {
    WORLD.with(|world| verifies(world, Script::new(bytes)));
}

thread_local! {
    static WORLD: World = World::new("fuzz signed");
}

fn verifies(world: &World, mut script: Script<'_>) {
    let keys = [world.signing.verifying_key()];
    let study = world.study;
    match script.byte() % 8 {
        0 => verified(&world.certificate, script, |it: &Certificate| it.verify(&study, &keys).is_ok()),
        1 => verified(&erasure(world), script, |it: &ErasureOrder| it.verify(&study, &keys).is_ok()),
        2 => verified(&revocation(world), script, |it: &Revocation| it.verify(&study, &keys).is_ok()),
        3 => verified(&sighting(world), script, |it: &Sighting| it.verify(&study, &keys).is_ok()),
        4 => verified(&document(world), script, |it: &SignedDocument| it.verify(&study).is_ok()),
        5 => a_checkpoint(world, &mut script),
        6 => a_genesis(world, &mut script),
        _ => any_genesis(script.rest()),
    }
}

/// Each as it was signed, and with a bit of it flipped.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let genesis = World::new("fuzz signed").genesis();
    vec![
        ("certificate", vec![0]),
        ("certificate-changed", vec![0, 1, 0, 0, 20, b'0']),
        ("erasure", vec![1]),
        ("revocation", vec![2]),
        ("sighting", vec![3]),
        ("document", vec![4]),
        ("document-changed", vec![4, 1, 0, 1, 20, b'7']),
        ("checkpoint", vec![5]),
        ("genesis-invited", vec![6, 0]),
        ("genesis-recovered", vec![6, 1]),
        ("genesis-succeeded", vec![6, 2]),
        ("any-genesis", [&[7], genesis.body()].concat()),
    ]
}

/// JSON of which something was changed: what still verifies is the value that was signed.
fn verified<T: Serialize + DeserializeOwned + PartialEq>(
    signed: &T,
    mut script: Script<'_>,
    verifies: impl Fn(&T) -> bool,
) {
    assert!(verifies(signed), "what was signed does not verify");
    let json = serde_json::to_vec(signed).expect("what is signed is JSON");
    let Ok(read) = serde_json::from_slice::<T>(&script.edited(&json)) else { return };
    assert!(!verifies(&read) || read == *signed, "something verifies that nobody signed");
}

fn target(world: &World) -> waymark_protocol::record::Target {
    waymark_protocol::record::Target { device: world.device_id(), seq: 7, link: Hash([7; 32]) }
}

fn erasure(world: &World) -> ErasureOrder {
    let reason = "asked for by letter".to_owned();
    ErasureOrder::sign(&world.signing, OrderId([5; 16]), world.study, target(world), 1_700_000_000_000, reason)
}

fn revocation(world: &World) -> Revocation {
    Revocation::sign(&world.signing, world.study, world.device_id(), 3, Hash([3; 32]))
}

fn sighting(world: &World) -> Sighting {
    Sighting::sign(&world.signing, world.study, 1_700_000_000_000, vec![target(world)])
}

fn document(world: &World) -> SignedDocument {
    let file = StudyFile::parse(waymark_simulation::template::STUDY).expect("a study file");
    let keys = Keys {
        signing: world.signing.verifying_key().to_string(),
        encryption: world.opening.sealing_key().to_string(),
    };
    let envelope = Envelope { study: world.study.to_string(), previous: None, keys, key_changes: Vec::new() };
    let document = Document::from_study_file(&file, envelope).expect("a document");
    SignedDocument::sign(&world.signing, document.to_bytes())
}

fn a_checkpoint(world: &World, script: &mut Script<'_>) {
    let signed = Checkpoint::sign(&world.device, world.study, 3, Hash([3; 32]), 4, 1_700_000_000_000);
    let key = world.device.verifying_key();
    assert!(signed.verify(&key).is_ok());
    let mut bytes = Vec::new();
    write_feed_frame(&mut bytes, 1, 1, false);
    write_checkpoint(&mut bytes, &signed);
    for item in read_feed(&script.edited(&bytes)).unwrap_or_default() {
        if let RawItem::Checkpoint(read) = item.item {
            assert!(read.verify(&key).is_err() || *read == signed, "a checkpoint verifies that nobody signed");
        }
    }
}

fn a_genesis(world: &World, script: &mut Script<'_>) {
    let old = SigningKey::from_seed(&[9; 32]);
    let (device, recovery) = (world.device.verifying_key(), world.recovery.recovery_key());
    let proof = match script.byte() % 3 {
        0 => world.enrolment(&world.device, &recovery),
        1 => {
            let message = recovery_certificate_message(&world.study, &world.participant, &device);
            GenesisProof::Recovery { signature: recovery.sign(&message) }
        }
        _ => {
            let message = succession_message(&world.study, &world.participant, &device);
            let id = DeviceId::of(&old.verifying_key());
            GenesisProof::Succession { old: id, signature: old.sign(&message) }
        }
    };
    let signed = Genesis::new(device, recovery.verifying_key(), proof);
    let old = old.verifying_key();
    assert!(believed(world, &signed, &old));
    let Ok(read) = Genesis::parse(&script.edited(&signed.to_bytes())) else { return };
    if believed(world, &read, &old) {
        assert!(read.device_key == signed.device_key, "a device is believed that nobody vouched for");
        // A succession names no recovery key: whoever believes it holds that against the old device's (`proof`).
        let names_recovery = !matches!(read.proof, GenesisProof::Succession { .. });
        assert!(!names_recovery || read.recovery_key == signed.recovery_key);
    }
}

fn believed(world: &World, genesis: &Genesis, old: &VerifyingKey) -> bool {
    let keys = [world.signing.verifying_key()];
    let (study, participant) = (&world.study, &world.participant);
    match &genesis.proof {
        GenesisProof::Invitation { .. } => genesis.verify_invitation(study, participant, &keys).is_ok(),
        GenesisProof::Recovery { .. } => {
            genesis.recovery_key == world.recovery.recovery_key().verifying_key()
                && genesis.verify_recovery(study, participant).is_ok()
        }
        GenesisProof::Succession { .. } => genesis.verify_succession(study, participant, old).is_ok(),
    }
}

fn any_genesis(bytes: &[u8]) {
    let Ok(genesis) = Genesis::parse(bytes) else { return };
    assert!(genesis.to_bytes() == bytes, "a genesis is written otherwise than it was read");
}
