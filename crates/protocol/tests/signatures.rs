//! Every field of what is signed is signed, and no signature can be mistaken for another.

mod common;

use common::World;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::document::{SignedDocument, key_change_message};
use waymark_protocol::genesis::{
    GenesisProof, enrol_device_message, enrol_message, recovery_auth_message, recovery_certificate_message,
    succession_message,
};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{SigningKey, VerifyingKey};
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::record::{MAX_SEQ, Target};
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{DeviceId, Hash, Message};

type Change<T> = (&'static str, fn(&mut T));

/// Applies each change alone to a value that holds, and expects it to hold no more.
fn each_field_counts<T: Clone>(good: &T, holds: impl Fn(&T) -> bool, changes: &[Change<T>]) {
    assert!(holds(good));
    for (field, change) in changes {
        let mut changed = good.clone();
        change(&mut changed);
        assert!(!holds(&changed), "{field}");
    }
}

#[test]
fn checkpoint() {
    let w = World::new("signatures");
    let good = Checkpoint::sign(&w.device, w.study, 3, Hash([1; 32]), 5, 1_700_000_000_000);
    each_field_counts(
        &good,
        |it| it.verify(&w.device.verifying_key()).is_ok(),
        &[
            ("study", |it| it.study.0[0] ^= 1),
            ("device", |it| it.device.0[0] ^= 1),
            ("seq", |it| it.seq += 1),
            ("link", |it| it.link.0[0] ^= 1),
            ("local head", |it| it.local_head += 1),
            ("local head below seq", |it| it.local_head = 2),
            ("device time", |it| it.device_time += 1),
            ("signature", |it| it.signature.0[0] ^= 1),
        ],
    );
    assert!(good.verify(&w.signing.verifying_key()).is_err(), "another key");
    for (seq, head) in [(3, 2), (MAX_SEQ, MAX_SEQ + 1), (u64::MAX, u64::MAX)] {
        let signed = Checkpoint::sign(&w.device, w.study, seq, Hash([1; 32]), head, 0);
        assert!(signed.verify(&w.device.verifying_key()).is_err(), "{seq} of {head}");
    }
}

#[test]
fn certificate() {
    let w = World::new("signatures");
    let keys = [w.signing.verifying_key()];
    each_field_counts(
        &w.certificate,
        |it| it.verify(&w.study, &keys).is_ok(),
        &[
            ("study", |it| it.study.0[0] ^= 1),
            ("participant", |it| it.participant.0[0] ^= 1),
            ("enrol key", |it| it.enrol_key.0[0] ^= 1),
            ("minimum version", |it| it.minimum_version += 1),
            ("expiry", |it| it.expires_at += 1),
            ("signature", |it| it.signature.0[63] ^= 1),
        ],
    );
    assert!(w.certificate.verify(&w.study, &[]).is_err());
    assert!(w.certificate.verify(&w.study, &[w.device.verifying_key()]).is_err());
}

#[test]
fn erasure_order() {
    let w = World::new("signatures");
    let target = Target { device: w.device_id(), seq: 4, link: Hash([2; 32]) };
    let good = ErasureOrder::sign(&w.signing, OrderId([3; 16]), w.study, target, 5, "asked".to_owned());
    let keys = [w.signing.verifying_key()];
    each_field_counts(
        &good,
        |it| it.verify(&w.study, &keys).is_ok(),
        &[
            ("id", |it| it.id.0[0] ^= 1),
            ("study", |it| it.study.0[0] ^= 1),
            ("target's device", |it| it.target.device.0[0] ^= 1),
            ("target's seq", |it| it.target.seq += 1),
            ("target's link", |it| it.target.link.0[0] ^= 1),
            ("time", |it| it.time += 1),
            ("reason", |it| it.reason.push('!')),
            ("reason: none", |it| it.reason.clear()),
            ("signature", |it| it.signature.0[0] ^= 1),
        ],
    );
    let long = ErasureOrder::sign(&w.signing, OrderId([3; 16]), w.study, target, 5, "x".repeat(501));
    assert!(long.verify(&w.study, &keys).is_err());
}

#[test]
fn revocation() {
    let w = World::new("signatures");
    let good = Revocation::sign(&w.signing, w.study, w.device_id(), 4, Hash([2; 32]));
    each_field_counts(
        &good,
        |it| it.verify(&w.study, &[w.signing.verifying_key()]).is_ok(),
        &[
            ("study", |it| it.study.0[0] ^= 1),
            ("device", |it| it.device.0[0] ^= 1),
            ("seq", |it| it.seq -= 1),
            ("link", |it| it.link.0[0] ^= 1),
            ("signature", |it| it.signature.0[0] ^= 1),
        ],
    );
}

#[test]
fn sighting() {
    let w = World::new("signatures");
    let head = |seq| Target { device: DeviceId([4; 16]), seq, link: Hash([2; 32]) };
    let good = Sighting::sign(&w.signing, w.study, 9, vec![head(1), head(2)]);
    each_field_counts(
        &good,
        |it| it.verify(&w.study, &[w.signing.verifying_key()]).is_ok(),
        &[
            ("study", |it| it.study.0[0] ^= 1),
            ("time", |it| it.time += 1),
            ("a head's device", |it| it.heads[1].device.0[0] ^= 1),
            ("a head's seq", |it| it.heads[1].seq += 1),
            ("a head's link", |it| it.heads[1].link.0[0] ^= 1),
            ("a head less", |it| it.heads.truncate(1)),
            ("a head more", |it| it.heads.push(it.heads[0])),
            ("their order", |it| it.heads.swap(0, 1)),
            ("signature", |it| it.signature.0[0] ^= 1),
        ],
    );
}

#[test]
fn genesis() {
    let w = World::new("signatures");
    let recovery = w.recovery.recovery_key();
    let proof = w.enrolment(&w.device, &recovery);
    let good = waymark_protocol::genesis::Genesis::new(w.device.verifying_key(), recovery.verifying_key(), proof);
    let keys = [w.signing.verifying_key()];
    fn certificate(it: &mut waymark_protocol::genesis::Genesis) -> &mut Certificate {
        match &mut it.proof {
            GenesisProof::Invitation { certificate, .. } => certificate,
            _ => panic!("made with an invitation"),
        }
    }
    each_field_counts(
        &good,
        |it| it.verify_invitation(&w.study, &w.participant, &keys).is_ok(),
        &[
            ("device key", |it| it.device_key.0[0] ^= 1),
            ("recovery key", |it| it.recovery_key.0[0] ^= 1),
            ("certificate's participant", |it| certificate(it).participant.0[0] ^= 1),
            ("certificate's study", |it| certificate(it).study.0[0] ^= 1),
            ("certificate's enrol key", |it| certificate(it).enrol_key.0[0] ^= 1),
            ("certificate's expiry", |it| certificate(it).expires_at += 1),
            ("signature", |it| match &mut it.proof {
                GenesisProof::Invitation { signature, .. } => signature.0[0] ^= 1,
                _ => panic!("made with an invitation"),
            }),
        ],
    );
    let mut other = w.participant;
    other.0[0] ^= 1;
    assert!(good.verify_invitation(&w.study, &other, &keys).is_err(), "another participant");
}

/// One message under every label for which a signature exists, over the same bytes as far as possible.
fn messages() -> Vec<(&'static str, Message)> {
    let w = World::new("signatures");
    let key = w.device.verifying_key();
    let mut messages = vec![
        ("enrol-proof", enrol_message(&w.study, &w.participant, &key, &key)),
        ("enrol-device", enrol_device_message(&w.study, &w.participant, &key)),
        ("recovery-cert", recovery_certificate_message(&w.study, &w.participant, &key)),
        ("succession", succession_message(&w.study, &w.participant, &key)),
        ("recovery-auth", recovery_auth_message("https://study.example.org", &[0; 32], &key)),
        ("key-change", key_change_message(&w.study, &key, &key, &w.opening.sealing_key())),
    ];
    let of = |label: &'static str| {
        (label, Message::new(label).bytes(&w.study.0).bytes(&w.device_id().0).u64(1).bytes(&[0; 32]).u64(1).u64(1))
    };
    messages.extend(
        [
            "waymark/checkpoint/v1",
            "waymark/revoke/v1",
            "waymark/erasure/v1",
            "waymark/seen/v1",
            "waymark/invitation/v1",
            "waymark/document/v1",
        ]
        .map(of),
    );
    messages
}

#[test]
fn a_signature_under_one_label_holds_under_no_other() {
    let key = SigningKey::from_seed(&[8; 32]);
    let public = key.verifying_key();
    for (label, message) in messages() {
        let signature = key.sign(&message);
        for (other, theirs) in messages() {
            assert_eq!(public.verify(&theirs, &signature).is_ok(), label == other, "{label} as {other}");
        }
    }
}

#[test]
fn a_signature_of_one_kind_is_refused_as_every_other_kind() {
    let w = World::new("signatures");
    let (study, keys) = (w.study, [w.signing.verifying_key()]);
    let target = Target { device: DeviceId::of(&keys[0]), seq: 1, link: Hash([2; 32]) };
    let checkpoint = Checkpoint::sign(&w.signing, study, 1, target.link, 1, 1);
    let revocation = Revocation::sign(&w.signing, study, target.device, 1, target.link);
    let order = ErasureOrder::sign(&w.signing, OrderId([3; 16]), study, target, 1, String::new());
    let sighting = Sighting::sign(&w.signing, study, 1, vec![target]);
    let document = SignedDocument::sign(&w.signing, b"{}".to_vec());
    let signatures = [
        checkpoint.signature,
        revocation.signature,
        order.signature,
        sighting.signature,
        w.certificate.signature,
        document.signature,
    ];
    for (index, signature) in signatures.into_iter().enumerate() {
        let holds = [
            Checkpoint { signature, ..checkpoint.clone() }.verify(&keys[0]).is_ok(),
            Revocation { signature, ..revocation.clone() }.verify(&study, &keys).is_ok(),
            ErasureOrder { signature, ..order.clone() }.verify(&study, &keys).is_ok(),
            Sighting { signature, ..sighting.clone() }.verify(&study, &keys).is_ok(),
            Certificate { signature, ..w.certificate.clone() }.verify(&study, &keys).is_ok(),
        ];
        for (other, holds) in holds.into_iter().enumerate() {
            assert_eq!(holds, index == other, "{index} as {other}");
        }
    }
}

/// All labels in the sources of this crate.
fn labels() -> Vec<String> {
    fn sources(folder: &std::path::Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => sources(&entry.path(), into),
                false => into.push_str(&std::fs::read_to_string(entry.path()).unwrap()),
            }
        }
    }
    let mut text = String::new();
    sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut text);
    let mut labels: Vec<String> = text
        .split('"')
        .filter(|quoted| quoted.starts_with("waymark/") && quoted.ends_with("/v1"))
        .map(str::to_owned)
        .collect();
    labels.sort();
    labels.dedup();
    labels
}

#[test]
fn no_label_is_the_beginning_of_another() {
    let labels = labels();
    assert!(labels.len() >= 20, "{labels:?}");
    for label in &labels {
        assert!(label.is_ascii());
        for other in labels.iter().filter(|other| *other != label) {
            assert!(!other.starts_with(label.as_str()), "{label} begins {other}");
        }
    }
}

#[test]
fn a_key_of_zeros_verifies_nothing() {
    let (zeros, message) = (VerifyingKey([0; 32]), Message::new("waymark/checkpoint/v1"));
    let signature = SigningKey::from_seed(&[8; 32]).sign(&message);
    assert!(zeros.verify(&message, &signature).is_err());
    assert!(zeros.verify(&message, &waymark_protocol::keys::Signature([0; 64])).is_err());
}
