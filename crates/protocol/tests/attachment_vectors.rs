//! Vectors of attachments, for another implementation to check itself against: `vectors/attachments.json`.
//!
//! Random bytes are drawn as for `vectors/records.json`, from the seed `"waymark attachment vectors v1"`. Byte i of the long
//! recording is `i mod 251`. `WAYMARK_WRITE_VECTORS=1 cargo test` writes the file anew.

mod common;

use common::CountingRng;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::{Value, json};
use waymark_protocol::attachment::{About, Attachment, Part, open, seal};
use waymark_protocol::content::Entry;
use waymark_protocol::{EntryId, Hash, hex, kdf};

const FILE: &str = include_str!("vectors/attachments.json");
const LONG: usize = 1_200_000;

fn long() -> Vec<u8> {
    (0..LONG).map(|place| u8::try_from(place % 251).unwrap()).collect()
}

fn entry_id() -> EntryId {
    common::entry().entry
}

fn made() -> [(Attachment, Vec<Part>); 2] {
    let mut rng = CountingRng::new("waymark attachment vectors v1");
    let about = |media_type: &str, duration_ms| About { media_type: media_type.parse().unwrap(), duration_ms };
    let short = seal(&entry_id(), about("audio/webm;codecs=opus", 1500), b"not really a voice", &mut rng).unwrap();
    let long = seal(&entry_id(), about("audio/mp4", 240_000), &long(), &mut rng).unwrap();
    [short, long]
}

fn vectors() -> Value {
    let [(short, short_parts), (long, long_parts)] = made();
    let entry = Entry { attachments: vec![short, long], ..common::entry() };
    json!({
        "about": "Waymark protocol, version 1: attachments. Bytes are lower-case hex. The formulas are in the crate's documentation.",
        "entry": entry.entry,
        "entry_plain_body": hex::encode(&entry.to_bytes()),
        "attachments": entry.attachments.iter().map(|attachment| json!({
            "id": attachment.id(),
            "media_type": attachment.media_type().as_str(),
            "duration_ms": attachment.duration_ms(),
            "len": attachment.len(),
            "parts": attachment.parts(),
        })).collect::<Vec<_>>(),
        "short_plain": hex::encode(b"not really a voice"),
        "short_part": hex::encode(&short_parts[0].bytes),
        "long_part_lengths": long_parts.iter().map(|part| part.bytes.len()).collect::<Vec<_>>(),
    })
}

#[test]
fn attachments_are_those_of_the_file() {
    let made = serde_json::to_string_pretty(&vectors()).unwrap() + "\n";
    if std::env::var_os("WAYMARK_WRITE_VECTORS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/attachments.json"), &made).unwrap();
        return;
    }
    assert!(made == FILE, "a format has changed: old recordings could no longer be heard");
}

fn file() -> Value {
    serde_json::from_str(FILE).unwrap()
}

fn bytes(file: &Value, name: &str) -> Vec<u8> {
    hex::decode(file[name].as_str().unwrap()).unwrap()
}

/// The documentation's formula, written a second time.
fn open_by_the_formula(key: &[u8], entry: &EntryId, id: &[u8], parts: &[Vec<u8>], len: usize) -> Vec<u8> {
    let key = kdf::derive(key, &[b"waymark/attachment/v1", &entry.0, id]);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key[..]).unwrap());
    let chunks: Vec<Vec<u8>> = parts.iter().flat_map(|part| part.chunks(65_552)).map(<[u8]>::to_vec).collect();
    let count = chunks.len();
    let mut plain = Vec::new();
    for (index, mut chunk) in chunks.into_iter().enumerate() {
        let last = u8::from(index + 1 == count);
        let nonce = [&[0; 10][..], &[u8::try_from(index).unwrap(), last]].concat();
        let nonce = Nonce::try_assume_unique_for_key(&nonce).unwrap();
        plain.extend_from_slice(key.open_in_place(nonce, Aad::empty(), &mut chunk).unwrap());
    }
    assert!(plain[len..].iter().all(|byte| *byte == 0));
    plain.truncate(len);
    plain
}

#[test]
fn the_files_attachments_open_by_the_formula_and_by_the_crate() {
    let file = file();
    let entry = Entry::parse(&bytes(&file, "entry_plain_body")).unwrap();
    assert_eq!(entry.entry.to_string(), file["entry"].as_str().unwrap());
    let [short, long_one] = &entry.attachments[..] else { panic!("two attachments") };
    for (attachment, said) in entry.attachments.iter().zip(file["attachments"].as_array().unwrap()) {
        assert_eq!(attachment.id().to_string(), said["id"].as_str().unwrap());
        assert_eq!(attachment.media_type().as_str(), said["media_type"].as_str().unwrap());
        assert_eq!(attachment.duration_ms(), u32::try_from(said["duration_ms"].as_u64().unwrap()).unwrap());
        assert_eq!(attachment.len(), said["len"].as_u64().unwrap());
    }
    let short_parts = [bytes(&file, "short_part")];
    assert_eq!(Hash::of(&short_parts[0]), short.parts()[0]);
    let plain = bytes(&file, "short_plain");
    assert_eq!(*open(&entry.entry, short, &short_parts).unwrap(), plain);

    // Keys are 32 bytes behind their length in the entry's body, after the attachment's own length.
    let body = bytes(&file, "entry_plain_body");
    let key_of = |attachment: &Attachment| {
        let id = body.windows(16).position(|window| window == attachment.id().0).unwrap();
        let place = id + body[id..].windows(2).position(|window| window == [0x58, 0x20]).unwrap() + 2;
        body[place..place + 32].to_vec()
    };
    assert_eq!(open_by_the_formula(&key_of(short), &entry.entry, &short.id().0, &short_parts, 18), plain);

    let [_, (_, parts)] = made();
    let parts: Vec<_> = parts.into_iter().map(|part| part.bytes).collect();
    let lengths: Vec<_> = parts.iter().map(Vec::len).collect();
    assert_eq!(json!(lengths), file["long_part_lengths"]);
    assert!(open_by_the_formula(&key_of(long_one), &entry.entry, &long_one.id().0, &parts, LONG) == long());
}
