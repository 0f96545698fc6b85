//! Which study documents are believed: those whose signature and keys lead back to the study's name, and no other.

use waymark_protocol::document::{SignedDocument, TrustError, change_keys, key_change_message};
use waymark_protocol::keys::{OpeningKey, SealingKey, SigningKey};
use waymark_protocol::study::{Document, Envelope, KeyChange, Keys, StudyFile};
use waymark_protocol::{Hash, StudyId};

/// A study's keys at one time.
struct Pair {
    signing: SigningKey,
    sealing: SealingKey,
}

fn pair(byte: u8) -> Pair {
    Pair { signing: SigningKey::from_seed(&[byte; 32]), sealing: OpeningKey::from_bytes(&[byte; 32]).sealing_key() }
}

fn named(pair: &Pair) -> StudyId {
    StudyId::of(&pair.signing.verifying_key(), &pair.sealing)
}

/// What both signing keys say of the change from `old` to `new`.
fn change(study: &StudyId, old: &Pair, new: &Pair) -> KeyChange {
    let message = key_change_message(study, &old.signing.verifying_key(), &new.signing.verifying_key(), &new.sealing);
    KeyChange {
        signing: old.signing.verifying_key().to_string(),
        encryption: old.sealing.to_string(),
        old_signature: old.signing.sign(&message).to_string(),
        new_signature: new.signing.sign(&message).to_string(),
    }
}

fn document(study: &StudyId, current: &Pair, key_changes: Vec<KeyChange>) -> Vec<u8> {
    let file = StudyFile::parse(include_str!("studies/small.toml")).expect("a study file without problems");
    let keys = Keys { signing: current.signing.verifying_key().to_string(), encryption: current.sealing.to_string() };
    let envelope = Envelope { study: study.to_string(), previous: None, keys, key_changes };
    Document::from_study_file(&file, envelope).expect("the document of a good file").to_bytes()
}

#[test]
fn a_document_by_the_studys_first_keys_is_believed_under_its_own_name_alone() {
    let first = pair(1);
    let study = named(&first);
    let bytes = document(&study, &first, Vec::new());
    let signed = SignedDocument::sign(&first.signing, bytes.clone());
    let trusted = signed.verify(&study).unwrap();
    assert_eq!(trusted.signing_keys, [first.signing.verifying_key()]);
    assert_eq!((trusted.encryption_key, trusted.hash), (first.sealing, Hash::of(&bytes)));
    assert!(matches!(signed.verify(&named(&pair(2))), Err(TrustError::KeyChanged)));
}

#[test]
fn keys_that_do_not_make_the_name_are_not_the_studys_whoever_signed() {
    let (first, other) = (pair(1), pair(2));
    let study = named(&first);
    let signed = SignedDocument::sign(&other.signing, document(&study, &other, Vec::new()));
    assert!(matches!(signed.verify(&study), Err(TrustError::KeyChanged)));
    // The name is of both keys.
    let mixed = Pair { signing: pair(1).signing, sealing: other.sealing };
    let signed = SignedDocument::sign(&mixed.signing, document(&study, &mixed, Vec::new()));
    assert!(matches!(signed.verify(&study), Err(TrustError::KeyChanged)));
}

#[test]
fn only_the_current_key_signs_and_it_signs_every_byte() {
    let (first, second) = (pair(1), pair(2));
    let study = named(&first);
    let bytes = document(&study, &second, vec![change(&study, &first, &second)]);
    let by_the_old = SignedDocument::sign(&first.signing, bytes.clone());
    assert!(matches!(by_the_old.verify(&study), Err(TrustError::Signature)));
    let mut signed = SignedDocument::sign(&second.signing, bytes);
    signed.verify(&study).unwrap();
    // White space that changes nothing of what it says.
    signed.bytes.0.push(b' ');
    assert!(matches!(signed.verify(&study), Err(TrustError::Signature)));
}

#[test]
fn keys_that_both_sides_of_every_change_have_signed_lead_back_to_the_name() {
    let pairs = [pair(1), pair(2), pair(3)];
    let study = named(&pairs[0]);
    let changes = || vec![change(&study, &pairs[0], &pairs[1]), change(&study, &pairs[1], &pairs[2])];
    let verify = |changes| SignedDocument::sign(&pairs[2].signing, document(&study, &pairs[2], changes)).verify(&study);
    let trusted = verify(changes()).unwrap();
    assert_eq!(trusted.signing_keys, pairs.each_ref().map(|pair| pair.signing.verifying_key()), "oldest first");
    assert_eq!(trusted.encryption_key, pairs[2].sealing);

    let mut swapped = changes();
    swapped.reverse();
    let (mut first_alone, mut last_alone) = (changes(), changes());
    first_alone.truncate(1);
    drop(last_alone.remove(0));
    let mut unsigned_by_the_old = changes();
    unsigned_by_the_old[1].old_signature = unsigned_by_the_old[1].new_signature.clone();
    let mut unsigned_by_the_new = changes();
    unsigned_by_the_new[0].new_signature = unsigned_by_the_new[0].old_signature.clone();
    let of_another_study = vec![changes().remove(0), change(&named(&pair(9)), &pairs[1], &pairs[2])];
    for (why, wrong) in [
        ("swapped", swapped),
        ("the first alone", first_alone),
        ("the last alone", last_alone),
        ("not by the old key", unsigned_by_the_old),
        ("not by the new key", unsigned_by_the_new),
        ("of another study", of_another_study),
        ("none", Vec::new()),
    ] {
        assert!(matches!(verify(wrong), Err(TrustError::KeyChanged)), "{why}");
    }
}

#[test]
fn an_encryption_key_that_a_change_does_not_name_is_not_believed() {
    let (first, second, other) = (pair(1), pair(2), pair(3));
    let study = named(&first);
    let swapped = Pair { signing: pair(2).signing, sealing: other.sealing };
    let bytes = document(&study, &swapped, vec![change(&study, &first, &second)]);
    let signed = SignedDocument::sign(&second.signing, bytes);
    assert!(matches!(signed.verify(&study), Err(TrustError::KeyChanged)));
}

#[test]
fn new_keys_are_the_next_document_and_nothing_else_of_it_changes() {
    let pairs = [pair(1), pair(2), pair(3)];
    let study = named(&pairs[0]);
    let mut now =
        SignedDocument::sign(&pairs[0].signing, document(&study, &pairs[0], Vec::new())).verify(&study).unwrap();
    for (old, new) in pairs.iter().zip(&pairs[1..]) {
        let next = change_keys(&study, &now, &old.signing, &new.signing, &new.sealing).unwrap().verify(&study).unwrap();
        assert_eq!((&next.document.plan, next.document.version), (&now.document.plan, now.document.version + 1));
        assert_eq!((next.document.previous.clone(), next.encryption_key), (Some(now.hash.to_string()), new.sealing));
        assert!(next.keeps(&now.signing_keys) && !now.keeps(&next.signing_keys));
        now = next;
    }
    assert_eq!(now.signing_keys, pairs.each_ref().map(|pair| pair.signing.verifying_key()), "oldest first");
}

#[test]
fn a_document_that_drops_a_change_or_has_another_one_does_not_keep_what_was_known() {
    let pairs = [pair(1), pair(2), pair(3), pair(4)];
    let study = named(&pairs[0]);
    let trusted = |current: &Pair, changes| {
        SignedDocument::sign(&current.signing, document(&study, current, changes)).verify(&study).unwrap()
    };
    let known = trusted(&pairs[1], vec![change(&study, &pairs[0], &pairs[1])]);
    // Whoever has the first key signs each of these, and each leads back to the study's name.
    let dropped = trusted(&pairs[0], Vec::new());
    let other = trusted(&pairs[2], vec![change(&study, &pairs[0], &pairs[2])]);
    let longer = vec![change(&study, &pairs[0], &pairs[2]), change(&study, &pairs[2], &pairs[3])];
    for branch in [dropped, other, trusted(&pairs[3], longer)] {
        assert!(!branch.keeps(&known.signing_keys));
    }
    let next = vec![change(&study, &pairs[0], &pairs[1]), change(&study, &pairs[1], &pairs[3])];
    assert!(trusted(&pairs[3], next).keeps(&known.signing_keys) && known.keeps(&known.signing_keys));
}

#[test]
fn keys_are_changed_as_often_as_a_document_can_say_and_no_oftener() {
    let mut pairs = (1..=102).map(pair);
    let mut old = pairs.next().unwrap();
    let study = named(&old);
    let mut now = SignedDocument::sign(&old.signing, document(&study, &old, Vec::new())).verify(&study).unwrap();
    for new in pairs.by_ref().take(100) {
        now = change_keys(&study, &now, &old.signing, &new.signing, &new.sealing).unwrap().verify(&study).unwrap();
        old = new;
    }
    let new = pairs.next().unwrap();
    let refused = change_keys(&study, &now, &old.signing, &new.signing, &new.sealing).unwrap_err();
    assert!(refused.to_string().contains("too many"), "{refused}");
}
