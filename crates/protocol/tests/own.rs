//! What stays the writer's: `vectors/own.json`, what must fail, and the way there and back.
//!
//! Secrets and randomness of the vectors come from one generator, as those of `vectors/records.json` do.
//! `WAYMARK_WRITE_VECTORS=1 cargo test` writes the file anew.

mod common;

use common::{CountingRng, World};
use proptest::prelude::*;
use serde_json::{Value, json};
use waymark_protocol::content::{MAX_SETTING_KEY, MAX_SETTING_VALUE, Own};
use waymark_protocol::keys::{BackupKey, OpeningKey};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::{OpenError, Place, Sealer, open_body, open_with_backup, open_with_study};
use waymark_protocol::{DecodeError, EntryId, hex};

const FILE: &str = include_str!("vectors/own.json");

fn mark() -> Own {
    Own::Mark { entry: EntryId([0x11; 16]), interview: true, supervision: false, at: 1_767_640_447_250 }
}

fn setting(key: &str, value: &str) -> Own {
    Own::Setting { key: key.to_owned(), value: value.to_owned(), at: 1_767_640_447_251 }
}

fn vectors() -> Value {
    let mut world = World::new("waymark own vectors v1");
    let backup = world.backup();
    let mut place = Place::after(&world.genesis());
    let mut records = Vec::new();
    for (name, own) in [("a mark", mark()), ("a setting", setting("text-size", "grande, כן"))] {
        let plain = own.to_bytes();
        let sealer = Sealer::new(place, Kind::Own).to_writer(&backup);
        let (record, _) = sealer.seal(&plain, &mut world.rng).unwrap();
        place = Place::after(&record);
        records.push(json!({
            "name": name,
            "header": hex::encode(record.header_bytes()),
            "slots": hex::encode(record.slots_bytes()),
            "body": hex::encode(record.body()),
            "link": record.link(),
            "plain_body": hex::encode(&plain),
        }));
    }
    json!({
        "about": "Records of kind 7, sealed to the writer alone. Bytes are lower-case hex.",
        "backup_key": hex::encode(backup.dangerously_bytes()),
        "study_opening_key": hex::encode(world.opening.dangerously_bytes()),
        "records": records,
    })
}

#[test]
fn the_formats_are_those_of_the_file() {
    let made = serde_json::to_string_pretty(&vectors()).unwrap() + "\n";
    if std::env::var_os("WAYMARK_WRITE_VECTORS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/own.json"), &made).unwrap();
        return;
    }
    assert!(made == FILE, "a format has changed: old data could no longer be read");
}

#[test]
fn the_files_records_open_for_the_writer_alone_and_say_what_it_says() {
    let file: Value = serde_json::from_str(FILE).unwrap();
    let bytes = |value: &Value| hex::decode(value.as_str().unwrap()).unwrap();
    let backup = BackupKey::from_slice(&bytes(&file["backup_key"])).unwrap();
    let study = OpeningKey::from_bytes(&bytes(&file["study_opening_key"]).try_into().unwrap());
    let records = file["records"].as_array().unwrap();
    for (entry, own) in records.iter().zip([mark(), setting("text-size", "grande, כן")]) {
        let record = Record::parse(bytes(&entry["header"]), bytes(&entry["slots"]), bytes(&entry["body"])).unwrap();
        assert_eq!(record.header().kind, Kind::Own);
        assert_eq!(open_with_study(&record, &study).unwrap_err(), OpenError::NoSlot);
        let plain = open_body(&record, &open_with_backup(&record, &backup).unwrap()).unwrap();
        assert_eq!(*plain, bytes(&entry["plain_body"]));
        assert_eq!(Own::parse(&plain).unwrap(), own);
        assert_eq!(own.to_bytes(), *plain);
    }
    assert_eq!(records.len(), 2);
}

#[test]
fn the_plain_body_is_what_the_documentation_says() {
    let mark = [&[0x82, 0x01, 0x82, 0x00, 0x84, 0x50][..], &[0x11; 16], &[0xf5, 0xf4, 0x07]].concat();
    let parsed = Own::parse(&mark).unwrap();
    assert_eq!(parsed, Own::Mark { entry: EntryId([0x11; 16]), interview: true, supervision: false, at: 7 });
    let setting = b"\x82\x01\x82\x01\x83\x61k\x61v\x08";
    assert_eq!(Own::parse(setting).unwrap(), Own::Setting { key: "k".into(), value: "v".into(), at: 8 });
}

#[test]
fn every_other_form_is_refused() {
    const WHAT: &str = "an own record";
    let mark = [&[0x82, 0x01, 0x82, 0x00, 0x84, 0x50][..], &[0x11; 16], &[0xf5, 0xf4, 0x07]].concat();
    let changed = |place: usize, byte: u8| {
        let mut bytes = mark.clone();
        bytes[place] = byte;
        Own::parse(&bytes).unwrap_err()
    };
    assert_eq!(changed(1, 2), DecodeError::NewerVersion(WHAT));
    assert_eq!(changed(1, 0), DecodeError::Malformed(WHAT), "a version that never was");
    assert_eq!(changed(3, 2), DecodeError::Malformed(WHAT), "an unknown thing");
    assert_eq!(changed(3, 1), DecodeError::Malformed(WHAT), "a mark that says it is a setting");
    assert_eq!(changed(22, 0x01), DecodeError::Malformed(WHAT), "a number for yes");
    for (what, bytes) in [
        ("nothing", vec![]),
        ("cut off", mark[..mark.len() - 1].to_vec()),
        ("more after it", [&mark[..], &[0]].concat()),
        ("a long form of the time", [&mark[..24], &[0x18, 0x07]].concat()),
        ("a third part", [&[0x83], &mark[1..], &[0x00]].concat()),
        ("an entry's id of 15 bytes", [&[0x82, 1, 0x82, 0, 0x84, 0x4f][..], &[0x11; 15], &[0xf5, 0xf4, 7]].concat()),
        ("a setting without a time", b"\x82\x01\x82\x01\x82\x61k\x61v".to_vec()),
        ("a setting of bytes", b"\x82\x01\x82\x01\x83\x61k\x41v\x08".to_vec()),
        ("not UTF-8", b"\x82\x01\x82\x01\x83\x61k\x61\xff\x08".to_vec()),
        ("no key", b"\x82\x01\x82\x01\x83\x60\x61v\x08".to_vec()),
    ] {
        assert!(Own::parse(&bytes).is_err(), "{what}");
    }
}

#[test]
fn a_setting_is_bounded() {
    let (key, value) = ("k".repeat(MAX_SETTING_KEY), "v".repeat(MAX_SETTING_VALUE));
    let longest = setting(&key, &value);
    assert_eq!(Own::parse(&longest.to_bytes()).unwrap(), longest);
    for longer in [setting(&format!("{key}k"), "v"), setting("k", &format!("{value}v"))] {
        assert_eq!(Own::parse(&longer.to_bytes()), Err(DecodeError::TooLong("an own record")));
    }
}

#[test]
fn a_setting_does_not_say_its_value_where_it_is_debugged() {
    assert_eq!(format!("{:?}", setting("pause-reason", "tired")), "Own::Setting(pause-reason)");
}

fn own() -> impl Strategy<Value = Own> {
    let mark = (any::<[u8; 16]>(), any::<bool>(), any::<bool>(), any::<u64>()).prop_map(
        |(entry, interview, supervision, at)| Own::Mark { entry: EntryId(entry), interview, supervision, at },
    );
    let setting =
        ("\\PC{1,16}", any::<String>(), any::<u64>()).prop_map(|(key, value, at)| Own::Setting { key, value, at });
    prop_oneof![mark, setting]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was(own in own()) {
        let bytes = own.to_bytes();
        let read = Own::parse(&bytes).unwrap();
        prop_assert_eq!(&read, &own);
        prop_assert_eq!(read.to_bytes(), bytes);
    }

    #[test]
    fn no_bytes_make_the_reader_panic_and_what_it_accepts_it_writes_again(
        own in own(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 0..5),
    ) {
        let mut bytes = own.to_bytes();
        for (place, byte, how) in changes {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => bytes.truncate(place.max(1)),
            }
        }
        if let Ok(read) = Own::parse(&bytes) {
            prop_assert_eq!(read.to_bytes(), bytes);
        }
    }

    #[test]
    fn the_study_never_opens_one(own in own()) {
        let world = World::new("own");
        let backup = world.backup();
        let sealer = Sealer::new(Place::after(&world.genesis()), Kind::Own).to_writer(&backup);
        let (record, _) = sealer.seal(&own.to_bytes(), &mut CountingRng::new("one")).unwrap();
        prop_assert!(!record.slots().has_study());
        prop_assert_eq!(open_with_study(&record, &world.opening).unwrap_err(), OpenError::NoSlot);
    }
}
