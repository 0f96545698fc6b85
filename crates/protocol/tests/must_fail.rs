//! Every change to a record of `vectors/records.json` is refused, or does not open and has another link, so that a proof
//! refuses it.

mod common;

use waymark_protocol::genesis::Genesis;
use waymark_protocol::keys::{BackupKey, Commitment, OpeningKey};
use waymark_protocol::record::{Header, HeaderError, Kind, MAX_SEQ, Record, RecordError, Slots, Target};
use waymark_protocol::seal::{OpenError, open_body, open_with_backup, open_with_study};
use waymark_protocol::{DecodeError, DeviceId, Hash, hex};

struct Vectors {
    records: Vec<(String, Record)>,
    study: OpeningKey,
    backup: BackupKey,
}

impl Vectors {
    fn read() -> Self {
        let file: serde_json::Value = serde_json::from_str(include_str!("vectors/records.json")).unwrap();
        let bytes = |value: &serde_json::Value| hex::decode(value.as_str().unwrap()).unwrap();
        let records = file["records"].as_array().unwrap().iter().map(|record| {
            let parsed = Record::parse(bytes(&record["header"]), bytes(&record["slots"]), bytes(&record["body"]));
            (record["name"].as_str().unwrap().to_owned(), parsed.unwrap())
        });
        Self {
            records: records.collect(),
            study: OpeningKey::from_bytes(&bytes(&file["keys"]["study_opening_key"]).try_into().unwrap()),
            backup: BackupKey::from_slice(&bytes(&file["keys"]["backup_key"])).unwrap(),
        }
    }

    fn named(&self, name: &str) -> &Record {
        &self.records.iter().find(|(known, _)| known == name).unwrap().1
    }

    /// Whether any key that is in the vectors gets anything out of it.
    fn opens(&self, record: &Record) -> bool {
        let keys = [open_with_study(record, &self.study), open_with_backup(record, &self.backup)];
        match record.header().kind {
            Kind::Genesis | Kind::Recovery => false,
            Kind::Grant => keys.iter().any(Result::is_ok),
            _ => keys.into_iter().flatten().any(|key| open_body(record, &key).is_ok()),
        }
    }
}

fn with_header(record: &Record, header: Vec<u8>) -> Result<Record, RecordError> {
    Record::parse(header, record.slots_bytes().to_vec(), record.body().to_vec())
}

#[test]
fn the_vectors_themselves_open() {
    let vectors = Vectors::read();
    for (name, record) in &vectors.records {
        assert_eq!(vectors.opens(record), name != "genesis", "{name}");
    }
}

type Change = (&'static str, fn(&mut Header), Outcome);

#[derive(Debug, PartialEq, Clone, Copy)]
enum Outcome {
    /// No record at all: this field does not fit.
    Refused(&'static str),
    /// A record, but nothing opens it, and its link is another.
    Sealed,
}
use Outcome::{Refused, Sealed};

const CHANGES: [Change; 18] = [
    ("study", |h| h.study.0[0] ^= 1, Sealed),
    ("participant", |h| h.participant.0[0] ^= 1, Sealed),
    ("device", |h| h.device.0[0] ^= 1, Sealed),
    ("seq: later", |h| h.seq += 1, Sealed),
    ("seq: first", |h| h.seq = 1, Refused("kind")),
    ("seq: none", |h| h.seq = 0, Refused("seq")),
    ("seq: absurd", |h| h.seq = MAX_SEQ + 1, Refused("seq")),
    ("prev", |h| h.prev.0[0] ^= 1, Sealed),
    ("prev: none", |h| h.prev = Hash::ZERO, Refused("prev")),
    ("kind: own", |h| h.kind = Kind::Own, Sealed),
    ("kind: genesis", |h| h.kind = Kind::Genesis, Refused("kind")),
    ("kind: grant", |h| h.kind = Kind::Grant, Refused("target")),
    (
        "target",
        |h| h.target = Some(Target { device: DeviceId([1; 16]), seq: 1, link: Hash([1; 32]) }),
        Refused("target"),
    ),
    ("commitment", |h| h.commitment.as_mut().unwrap().0[0] ^= 1, Sealed),
    ("commitment: none", |h| h.commitment = None, Refused("commitment")),
    ("parts", |h| h.parts.push(Hash([1; 32])), Sealed),
    ("parts: too many", |h| h.parts = vec![Hash([1; 32]); 65], Refused("parts")),
    ("body length", |h| h.body_len += 1, Refused("body length")),
];

#[test]
fn every_header_field_is_authenticated() {
    let vectors = Vectors::read();
    let entry = vectors.named("shared entry");
    for (name, change, expected) in CHANGES {
        let mut header = entry.header().clone();
        change(&mut header);
        match with_header(entry, header.to_bytes()) {
            Err(RecordError::Header(HeaderError::Field(field))) => assert_eq!(expected, Refused(field), "{name}"),
            Err(other) => panic!("{name}: {other}"),
            Ok(changed) => {
                assert_eq!(expected, Sealed, "{name}");
                assert_ne!(changed.link(), entry.link(), "{name}");
                assert_eq!(open_with_study(&changed, &vectors.study).unwrap_err(), OpenError::Slot, "{name}");
                assert!(!vectors.opens(&changed), "{name}");
            }
        }
    }
}

#[test]
fn a_newer_version_or_suite_is_named() {
    let vectors = Vectors::read();
    let entry = vectors.named("shared entry");
    for place in [1, 2] {
        let mut header = entry.header_bytes().to_vec();
        assert_eq!(header[place], 1);
        header[place] = 2;
        let refused = with_header(entry, header).unwrap_err();
        assert_eq!(refused, RecordError::Header(HeaderError::Decode(DecodeError::NewerVersion("a header"))));
    }
}

type TargetChange = (&'static str, fn(&mut Header, Option<Target>), &'static str);

#[test]
fn kinds_have_the_fields_that_they_need_and_no_others() {
    let vectors = Vectors::read();
    let target = Some(Target { device: DeviceId([1; 16]), seq: 1, link: Hash([1; 32]) });
    let changes: [TargetChange; 8] = [
        ("genesis", |h, target| h.target = target, "target"),
        ("genesis", |h, _| h.commitment = Some(Commitment([1; 32])), "commitment"),
        ("genesis", |h, _| h.body_len = 4097, "body length"),
        ("genesis", |h, _| h.prev.0[0] = 1, "prev"),
        ("grant of the private entry", |h, _| h.target = None, "target"),
        ("grant of the private entry", |h, _| h.body_len = 1040, "body length"),
        ("consent", |h, _| h.parts = vec![Hash([1; 32])], "parts"),
        ("consent", |h, target| h.target = target, "target"),
    ];
    for (name, change, field) in changes {
        let mut header = vectors.named(name).header().clone();
        change(&mut header, target);
        assert_eq!(Header::parse(&header.to_bytes()), Err(HeaderError::Field(field)), "{name}");
    }
}

#[test]
fn every_flipped_byte_of_a_header_is_refused_or_sealed() {
    let vectors = Vectors::read();
    for (name, record) in &vectors.records {
        for (place, bit) in (0..record.header_bytes().len()).flat_map(|place| [(place, 1), (place, 0x80)]) {
            let mut header = record.header_bytes().to_vec();
            header[place] ^= bit;
            if let Ok(changed) = with_header(record, header) {
                assert_ne!(changed.link(), record.link(), "{name}, byte {place}");
                assert!(!vectors.opens(&changed), "{name}, byte {place}");
            }
        }
    }
}

#[test]
fn every_flipped_byte_of_the_slots_is_refused_or_changes_the_link() {
    let vectors = Vectors::read();
    for (name, record) in &vectors.records {
        for place in 0..record.slots_bytes().len() {
            let mut slots = record.slots_bytes().to_vec();
            slots[place] ^= 1;
            let Ok(changed) = Record::parse(record.header_bytes().to_vec(), slots, record.body().to_vec()) else {
                continue;
            };
            assert_ne!(changed.link(), record.link(), "{name}, byte {place}");
            // The other slot is still good; the changed one never is.
            let opened = [open_with_study(&changed, &vectors.study), open_with_backup(&changed, &vectors.backup)];
            let before = [open_with_study(record, &vectors.study), open_with_backup(record, &vectors.backup)];
            let count = |keys: &[Result<_, _>]| keys.iter().filter(|key| key.is_ok()).count();
            assert!(count(&opened) < count(&before), "{name}, byte {place}");
        }
    }
}

#[test]
fn every_flipped_byte_of_a_body_changes_the_link_and_does_not_open() {
    let vectors = Vectors::read();
    for (name, record) in &vectors.records {
        for place in 0..record.body().len() {
            let mut body = record.body().to_vec();
            body[place] ^= 1;
            let slots = record.slots_bytes().to_vec();
            let changed = Record::parse(record.header_bytes().to_vec(), slots, body).unwrap();
            assert_ne!(changed.link(), record.link(), "{name}, byte {place}");
            if name == "genesis" {
                let read = Genesis::parse(changed.body());
                assert_ne!(read, Genesis::parse(record.body()), "byte {place}");
                let header = changed.header();
                let key = "00".repeat(32).parse().unwrap();
                assert!(
                    read.map_or(true, |g| { g.verify_invitation(&header.study, &header.participant, &[key]).is_err() })
                );
            } else {
                let key = open_with_backup(&changed, &vectors.backup).unwrap();
                assert_eq!(open_body(&changed, &key).unwrap_err(), OpenError::Body, "{name}, byte {place}");
            }
        }
    }
}

#[test]
fn a_record_that_is_cut_anywhere_or_longer_is_refused() {
    let vectors = Vectors::read();
    for (name, record) in &vectors.records {
        let whole = [record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec()];
        for field in 0..3 {
            for len in (0..whole[field].len()).chain([whole[field].len() + 1]) {
                let mut cut = whole.clone();
                cut[field].resize(len, 0);
                let [header, slots, body] = cut;
                assert!(Record::parse(header, slots, body).is_err(), "{name}, field {field} at {len}");
            }
        }
    }
}

#[test]
fn slots_that_are_removed_reordered_or_repeated_change_the_link() {
    let vectors = Vectors::read();
    let entry = vectors.named("shared entry");
    let slot = |index: usize| {
        let slot = entry.slots().iter().nth(index).unwrap();
        minicbor::to_vec(slot).unwrap()
    };
    let joined = |slots: &[Vec<u8>]| [vec![0x80 + u8::try_from(slots.len()).unwrap()], slots.concat()].concat();
    assert_eq!(joined(&[slot(0), slot(1)]), entry.slots_bytes());
    for (slots, study, backup) in [
        (vec![], false, false),
        (vec![slot(0)], true, false),
        (vec![slot(1)], false, true),
        (vec![slot(1), slot(0)], true, true),
        (vec![slot(0), slot(0), slot(1)], true, true),
    ] {
        let changed = Record::parse(entry.header_bytes().to_vec(), joined(&slots), entry.body().to_vec()).unwrap();
        assert_ne!(changed.link(), entry.link());
        assert_eq!(open_with_study(&changed, &vectors.study).is_ok(), study);
        assert_eq!(open_with_backup(&changed, &vectors.backup).is_ok(), backup);
        if !study {
            assert_eq!(open_with_study(&changed, &vectors.study).unwrap_err(), OpenError::NoSlot);
        }
    }
    assert_eq!(Slots::parse(&joined(&vec![slot(0); 9])), Err(DecodeError::TooLong("the slots")));
}

#[test]
fn parts_of_different_records_do_not_open_together() {
    let vectors = Vectors::read();
    let sealed: Vec<_> = vectors.records.iter().filter(|(_, record)| record.body().len() == 1040).collect();
    assert_eq!(sealed.len(), 4);
    for (name, one) in &sealed {
        for (other_name, other) in sealed.iter().filter(|(other, _)| other != name) {
            let what = format!("{name} with something of {other_name}");
            let header = |r: &Record| r.header_bytes().to_vec();
            let slots = |r: &Record| r.slots_bytes().to_vec();
            let body = |r: &Record| r.body().to_vec();
            for mixed in [
                Record::parse(header(other), slots(one), body(one)).unwrap(),
                Record::parse(header(one), slots(other), body(one)).unwrap(),
                Record::parse(header(one), slots(one), body(other)).unwrap(),
            ] {
                assert!(!vectors.opens(&mixed), "{what}");
                assert!(mixed.link() != one.link() && mixed.link() != other.link(), "{what}");
            }
        }
    }
}

#[test]
fn other_keys_open_nothing() {
    let vectors = Vectors::read();
    let stranger = common::World::new("a stranger");
    for (name, record) in &vectors.records {
        assert_eq!(open_with_study(record, &stranger.opening).unwrap_err(), OpenError::NoSlot, "{name}");
        assert_eq!(open_with_backup(record, &stranger.backup()).unwrap_err(), OpenError::NoSlot, "{name}");
    }
    let private = open_with_backup(vectors.named("private entry"), &vectors.backup).unwrap();
    assert_eq!(open_body(vectors.named("shared entry"), &private).unwrap_err(), OpenError::Commitment);
}
