//! What is written is read again byte for byte, only by whom it is for; and no bytes make a reader panic.

mod common;

use std::sync::LazyLock;

use common::{CountingRng, World};
use proptest::prelude::*;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::content::{Answer, Consent, Entry, Erasure, Notice, Weight, What};
use waymark_protocol::genesis::Genesis;
use waymark_protocol::invitation::Invitation;
use waymark_protocol::keys::RecoverySecret;
use waymark_protocol::record::{Header, Kind, Record, Slots, Tombstone, wire};
use waymark_protocol::seal::{OpenError, Place, Sealer, open_body, open_with_backup, open_with_study};
use waymark_protocol::{EntryId, Hash, RevisionId};

static LOG: LazyLock<(World, Vec<Record>)> = LazyLock::new(|| {
    let mut world = World::new("round trip");
    let records = world.log(4);
    (world, records)
});

/// Texts of every script, with NUL, emoji, controls and combining marks that stand alone.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter),
        "\\PC{0,80}",
        Just("\u{0}\u{301}\u{200f}\u{feff}\r\n\u{2028}👩🏽‍⚕️\u{1f1e9}\u{10ffff}".to_owned()),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let weight = prop_oneof![Just(Weight::Light), Just(Weight::Okay), Just(Weight::Heavy), Just(Weight::NotSaid)];
    let answer = (text(), text(), text()).prop_map(|(prompt, question, value)| Answer { prompt, question, value });
    (
        (any::<[u8; 16]>(), any::<[u8; 16]>(), proptest::collection::vec(any::<[u8; 16]>(), 0..4)),
        (0i32..3_000_000, -2_000_000_000_000i64..200_000_000_000_000, -14 * 60..14 * 60i32),
        (proptest::option::of(text()), text(), proptest::collection::vec(answer, 0..4), text()),
        (proptest::option::of(weight), proptest::collection::vec("\\PC{0,40}", 0..3), any::<u32>(), any::<bool>()),
    )
        .prop_map(
            |((entry, revision, parents), (day, millis, minutes), (phase, prompt_set, answers, text), rest)| {
                let offset = chrono::FixedOffset::east_opt(minutes * 60).expect("within a day");
                Entry {
                    entry: EntryId(entry),
                    revision: RevisionId(revision),
                    parents: parents.into_iter().map(RevisionId).collect(),
                    about: chrono::NaiveDate::from_num_days_from_ce_opt(day).expect("before the year 9999"),
                    written_at: chrono::DateTime::from_timestamp_millis(millis)
                        .expect("in range")
                        .with_timezone(&offset),
                    phase,
                    prompt_set,
                    answers,
                    text,
                    weight: rest.0,
                    tags: rest.1,
                    document_version: rest.2,
                    attachments: if rest.3 { common::entry_with_voice().attachments } else { Vec::new() },
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_entry_is_read_as_it_was_written(entry in entry()) {
        let bytes = entry.to_bytes();
        let read = Entry::parse(&bytes).unwrap();
        prop_assert_eq!(&read, &entry);
        prop_assert_eq!(read.written_at.offset(), entry.written_at.offset());
        prop_assert_eq!(read.to_bytes(), bytes);
    }

    #[test]
    fn whom_a_record_is_for_opens_it_and_nobody_else(
        plain in proptest::collection::vec(any::<u8>(), 0..3000),
        to_study: bool,
        to_writer: bool,
    ) {
        let (world, records) = &*LOG;
        let (study, backup) = (world.opening.sealing_key(), world.backup());
        let mut sealer = Sealer::new(Place::after(&records[3]), Kind::Entry);
        if to_study {
            sealer = sealer.to_study(&study);
        }
        if to_writer {
            sealer = sealer.to_writer(&backup);
        }
        let (record, key) = sealer.seal(&plain, &mut CountingRng::new("one of many")).unwrap();
        prop_assert_eq!(&*open_body(&record, &key).unwrap(), &plain);
        let opened = [open_with_study(&record, &world.opening), open_with_backup(&record, &backup)];
        for (opened, meant) in opened.into_iter().zip([to_study, to_writer]) {
            match opened {
                Ok(key) => prop_assert!(meant && *open_body(&record, &key).unwrap() == plain),
                Err(error) => prop_assert!(!meant && error == OpenError::NoSlot),
            }
        }
        prop_assert_eq!(record.slots().has_study(), to_study);
        let again = Record::parse(
            record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec()).unwrap();
        prop_assert_eq!(again, record);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_with_all(&bytes);
    }

    #[test]
    fn no_change_to_good_bytes_makes_a_reader_panic(
        which in 0usize..9,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 1..6),
    ) {
        let mut bytes = good_bytes().swap_remove(which);
        for (place, byte, how) in changes {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                2 => { bytes.remove(place); }
                _ => bytes.truncate(place),
            }
            if bytes.is_empty() {
                bytes.push(byte);
            }
        }
        read_with_all(&bytes);
    }

    #[test]
    fn a_push_is_read_as_it_was_written(count in 0usize..=4) {
        let (world, records) = &*LOG;
        let checkpoint = world.checkpoint(&records[count.max(1) - 1]);
        let bytes = push(&records[..count], &checkpoint);
        prop_assert_eq!(wire::read_push(&bytes).unwrap(), (records[..count].to_vec(), checkpoint));
        for len in 0..bytes.len() {
            prop_assert!(wire::read_push(&bytes[..len]).is_err(), "cut at {}", len);
        }
        prop_assert!(wire::read_push(&[&bytes[..], &bytes[..]].concat()).is_err(), "two pushes");
    }

    #[test]
    fn a_feed_is_read_as_it_was_written(
        frames in proptest::collection::vec((any::<u64>(), any::<u64>(), any::<bool>(), 0usize..4, 0u8..3), 0..6)
    ) {
        let (world, records) = &*LOG;
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        for (server_seq, received_at, late, index, kind) in frames {
            let record = &records[index];
            wire::write_feed_frame(&mut bytes, server_seq, received_at, late);
            let item = match kind {
                0 => wire::Item::Record(Box::new(record.clone())),
                1 => wire::Item::Tombstone(Box::new(record.to_tombstone())),
                _ => wire::Item::Checkpoint(Box::new(world.checkpoint(record))),
            };
            item.write(&mut bytes);
            expected.push((server_seq, received_at, late, item));
        }
        let read = wire::read_feed(&bytes).unwrap();
        prop_assert_eq!(read.len(), expected.len());
        for (read, (server_seq, received_at, late, item)) in read.into_iter().zip(expected) {
            prop_assert_eq!((read.server_seq, read.received_at, read.late), (server_seq, received_at, late));
            let parsed = match read.item {
                wire::RawItem::Record(header, slots, body) => {
                    wire::Item::Record(Box::new(Record::parse(header, slots, body).unwrap()))
                }
                wire::RawItem::Tombstone(header, slots, body) => {
                    wire::Item::Tombstone(Box::new(Tombstone::parse(header, slots, body).unwrap()))
                }
                wire::RawItem::Checkpoint(checkpoint) => wire::Item::Checkpoint(checkpoint),
            };
            prop_assert_eq!(parsed, item);
        }
    }
}

fn push(records: &[Record], checkpoint: &Checkpoint) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        wire::write_record(&mut bytes, record.header_bytes(), record.slots_bytes(), record.body());
    }
    wire::write_checkpoint(&mut bytes, checkpoint);
    bytes
}

fn good_bytes() -> Vec<Vec<u8>> {
    let (world, records) = &*LOG;
    let mut feed = Vec::new();
    for record in records {
        wire::write_feed_frame(&mut feed, record.header().seq, 1, false);
        let tombstone = record.to_tombstone();
        wire::write_tombstone(&mut feed, tombstone.header_bytes(), &tombstone.slots_hash, &tombstone.body_hash);
    }
    vec![
        records[0].header_bytes().to_vec(),
        records[1].header_bytes().to_vec(),
        records[1].slots_bytes().to_vec(),
        records[0].body().to_vec(),
        common::entry_with_voice().to_bytes(),
        common::consent(world.study, world.participant).to_bytes(),
        Erasure::new(EntryId([1; 16])).to_bytes(),
        Erasure::everything().to_bytes(),
        Notice { at: common::entry().written_at, what: What::Left { erased: true } }.to_bytes(),
        Notice { at: common::entry().written_at, what: What::Talk { entry: EntryId([1; 16]), wanted: true } }
            .to_bytes(),
        Notice {
            at: common::entry().written_at,
            what: What::Phase { phase: "into".into(), from: common::entry().about },
        }
        .to_bytes(),
        push(&records[..2], &world.checkpoint(&records[1])),
        feed,
    ]
}

/// What each reader accepts, it writes again as the same bytes.
fn read_with_all(bytes: &[u8]) {
    if let Ok(header) = Header::parse(bytes) {
        assert_eq!(header.to_bytes(), bytes);
    }
    if let Ok(slots) = Slots::parse(bytes) {
        assert_eq!(slots.to_bytes(), bytes);
    }
    if let Ok(genesis) = Genesis::parse(bytes) {
        assert_eq!(genesis.to_bytes(), bytes);
    }
    if let Ok(consent) = Consent::parse(bytes) {
        assert_eq!(consent.to_bytes(), bytes);
    }
    if let Ok(erasure) = Erasure::parse(bytes) {
        assert_eq!(erasure.to_bytes(), bytes);
    }
    if let Ok(notice) = Notice::parse(bytes) {
        assert_eq!(Notice::parse(&notice.to_bytes()), Ok(notice));
    }
    if let Ok((records, checkpoint)) = wire::read_push(bytes) {
        assert_eq!(push(&records, &checkpoint), bytes);
    }
    if let Ok(entry) = Entry::parse(bytes) {
        assert_eq!(Entry::parse(&entry.to_bytes()), Ok(entry));
    }
    let _ = wire::read_feed(bytes);
    let text = String::from_utf8_lossy(bytes);
    let _ = Invitation::parse(&text);
    let _ = RecoverySecret::from_words(&text);
}

#[test]
fn ten_thousand_words_fit_and_a_text_beyond_the_limit_is_refused() {
    let (world, records) = &*LOG;
    let seal = |text: String| {
        let entry = Entry { text, ..common::entry() };
        let backup = world.backup();
        let sealer = Sealer::new(Place::after(&records[3]), Kind::Entry).to_writer(&backup);
        let sealed = sealer.seal(&entry.to_bytes(), &mut CountingRng::new("long"))?;
        Ok::<_, waymark_protocol::seal::SealError>((entry, sealed))
    };
    let (entry, (record, key)) = seal("Nachtschicht überstanden. ".repeat(5000)).unwrap();
    assert_eq!(Entry::parse(&open_body(&record, &key).unwrap()).unwrap(), entry);
    assert!(seal("x".repeat(256 * 1024)).is_err());
}

#[test]
fn a_push_or_feed_in_any_other_form_is_refused() {
    let (world, records) = &*LOG;
    let good = push(&records[..1], &world.checkpoint(&records[0]));
    assert_eq!(good[..2], [0x84, 0x00]);
    let other = |start: &[u8], rest: usize| [start, &good[rest..]].concat();
    for (what, bytes) in [
        ("an array's length in two bytes", other(&[0x98, 0x04], 1)),
        ("an array of indefinite length", other(&[0x9f], 1)),
        ("a number in two bytes", other(&[0x84, 0x18, 0x00], 2)),
        ("an unknown item", other(&[0x84, 0x03], 2)),
        ("a tombstone", other(&[0x84, 0x01], 2)),
        ("a tag", other(&[0xc1, 0x84], 1)),
        ("a huge header", [&[0x84, 0x00, 0x5b][..], &[0xff; 8], &[0]].concat()),
        ("no checkpoint", good[..good.len() - 1].to_vec()),
        ("nothing", vec![]),
        ("two checkpoints", [&good[..], &push(&[], &world.checkpoint(&records[0]))].concat()),
        ("too much", vec![0; wire::MAX_PUSH_BYTES + 1]),
    ] {
        assert!(wire::read_push(&bytes).is_err(), "{what}");
    }
    let mut feed = Vec::new();
    wire::write_feed_frame(&mut feed, 5, 6, false);
    wire::write_checkpoint(&mut feed, &world.checkpoint(&records[0]));
    assert_eq!(wire::read_feed(&feed).unwrap().len(), 1);
    assert_eq!(feed[..4], [0x84, 0x05, 0x06, 0xf4]);
    let longer = [&[0x84, 0x18, 0x05][..], &feed[2..]].concat();
    assert!(wire::read_feed(&longer).is_err(), "a number in two bytes");
    assert!(wire::read_feed(&feed[..4]).is_err(), "a frame without its item");
}

#[test]
fn links_cover_header_slots_and_body_apart() {
    let record = &LOG.1[1];
    let (slots, body) = (Hash::of(record.slots_bytes()), Hash::of(record.body()));
    assert_eq!(waymark_protocol::record::link(record.header_bytes(), &slots, &body), record.link());
    assert_ne!(waymark_protocol::record::link(record.header_bytes(), &body, &slots), record.link());
}
