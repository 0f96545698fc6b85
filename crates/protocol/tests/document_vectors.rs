//! Vectors of documents whose keys were changed, for another implementation to check itself against: `vectors/documents.json`. Keys are made of
//! 32 times the same byte: 1 for the first pair, 2 and 3 for those that come after. `WAYMARK_WRITE_VECTORS=1 cargo test` writes the file anew.

use serde_json::{Value, json};
use waymark_protocol::StudyId;
use waymark_protocol::document::{SignedDocument, change_keys};
use waymark_protocol::keys::{OpeningKey, SealingKey, SigningKey};
use waymark_protocol::study::{Document, Envelope, KeyChange, Keys, StudyFile};

const FILE: &str = include_str!("vectors/documents.json");

const STUDY: &str = r#"
title = "Vectors"
version = 1
languages = ["en"]
review_after = "10y"

[[phase]]
id = "all"
from = "0w"
title = "All"

[[prompt_set]]
id = "daily"
when = "day"

[[prompt]]
id = "stays"
set = "daily"
kind = "text"
text = "What stays with you?"

[[consent]]
id = "text"
required = true
text = "The study may read what I share."
"#;

fn signing(byte: u8) -> SigningKey {
    SigningKey::from_seed(&[byte; 32])
}

fn sealing(byte: u8) -> SealingKey {
    OpeningKey::from_bytes(&[byte; 32]).sealing_key()
}

fn study() -> StudyId {
    StudyId::of(&signing(1).verifying_key(), &sealing(1))
}

/// The study's three documents.
fn documents() -> [SignedDocument; 3] {
    let file = StudyFile::parse(STUDY).expect("a study file without problems");
    let keys = Keys { signing: signing(1).verifying_key().to_string(), encryption: sealing(1).to_string() };
    let envelope = Envelope { study: study().to_string(), previous: None, keys, key_changes: Vec::new() };
    let first = Document::from_study_file(&file, envelope).expect("the document of a good file");
    let first = SignedDocument::sign(&signing(1), first.to_bytes());
    let next = |before: &SignedDocument, old: u8| {
        let before = before.verify(&study()).expect("a document that is believed");
        change_keys(&study(), &before, &signing(old), &signing(old + 1), &sealing(old + 1)).expect("a document")
    };
    let second = next(&first, 1);
    let third = next(&second, 2);
    [first, second, third]
}

/// Documents that nobody must believe.
fn must_fail() -> Vec<(&'static str, SignedDocument)> {
    let [first, second, third] = documents();
    let of = |signed: &SignedDocument| Document::parse(&signed.bytes.0).expect("a document");
    let with = |key: u8, change: fn(&mut Document, &[KeyChange])| {
        let mut document = of(&third);
        change(&mut document, &of(&third).key_changes);
        SignedDocument::sign(&signing(key), document.to_bytes())
    };
    let mut moved = third.clone();
    moved.signature = second.signature;
    vec![
        ("signed by the key before", SignedDocument::sign(&signing(2), third.bytes.0.clone())),
        ("with another document's signature", moved),
        (
            "a change is not signed by the old key",
            with(3, |document, changes| {
                document.key_changes[1].old_signature.clone_from(&changes[1].new_signature);
            }),
        ),
        (
            "a change is not signed by the new key",
            with(3, |document, changes| {
                document.key_changes[0].new_signature.clone_from(&changes[0].old_signature);
            }),
        ),
        ("the first change is left out", with(3, |document, changes| document.key_changes = changes[1..].to_vec())),
        ("the last change is left out", with(3, |document, changes| document.key_changes = changes[..1].to_vec())),
        ("all changes are left out", with(3, |document, _| document.key_changes.clear())),
        ("the changes are swapped", with(3, |document, _| document.key_changes.reverse())),
        (
            "another encryption key",
            with(3, |document, changes| {
                document.keys.encryption.clone_from(&changes[0].encryption);
            }),
        ),
        (
            "another encryption key in a change",
            with(3, |document, changes| {
                document.key_changes[1].encryption.clone_from(&changes[0].encryption);
            }),
        ),
        ("of another study", {
            let mut document = of(&first);
            document.study = StudyId([9; 16]).to_string();
            SignedDocument::sign(&signing(1), document.to_bytes())
        }),
    ]
}

fn vectors() -> Value {
    json!({
        "about": "Waymark protocol, version 1: a study's document, and two that change its keys. Bytes are lower-case hex; `bytes` is the JSON as signed.",
        "study": study(),
        "documents": documents().map(|signed| {
            let trusted = signed.verify(&study()).expect("a document that is believed");
            json!({
                "signed": signed,
                "hash": trusted.hash,
                "signing_keys": trusted.signing_keys,
                "encryption_key": trusted.encryption_key,
            })
        }),
        "must_fail": must_fail().into_iter().map(|(why, signed)| json!({ "why": why, "signed": signed })).collect::<Vec<_>>(),
    })
}

#[test]
fn the_documents_are_those_of_the_file() {
    let made = serde_json::to_string_pretty(&vectors()).unwrap() + "\n";
    if std::env::var_os("WAYMARK_WRITE_VECTORS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/documents.json"), &made).unwrap();
        return;
    }
    assert!(made == FILE, "the format of documents has changed: phones could no longer follow one");
}

#[test]
fn the_files_documents_are_believed_in_their_order_and_those_that_must_fail_are_not() {
    let file: Value = serde_json::from_str(FILE).unwrap();
    let study: StudyId = file["study"].as_str().unwrap().parse().unwrap();
    let mut known = Vec::new();
    for document in file["documents"].as_array().unwrap() {
        let signed: SignedDocument = serde_json::from_value(document["signed"].clone()).unwrap();
        let trusted = signed.verify(&study).unwrap();
        assert!(trusted.keeps(&known));
        known = trusted.signing_keys;
        assert_eq!(json!(known), document["signing_keys"]);
        assert_eq!(
            (json!(trusted.hash), json!(trusted.encryption_key)),
            (document["hash"].clone(), document["encryption_key"].clone())
        );
    }
    assert_eq!(known.len(), 3);
    for wrong in file["must_fail"].as_array().unwrap() {
        let signed: SignedDocument = serde_json::from_value(wrong["signed"].clone()).unwrap();
        assert!(signed.verify(&study).is_err(), "{}", wrong["why"]);
    }
    assert_eq!(file["must_fail"].as_array().unwrap().len(), 11);
}
