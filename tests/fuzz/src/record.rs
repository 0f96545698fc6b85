//! Records cut apart: headers, slots, tombstones, and records of one kind that are changed here and there.

use waymark_protocol::Hash;
use waymark_protocol::record::{Header, Kind, MAX_PARTS, MAX_SEQ, Record, Slots, Tombstone};
use waymark_protocol::seal::Place;

use crate::script::Script;
use crate::wire::is_sound;
use crate::world::World;

/// Reads a header, slots or a tombstone from arbitrary bytes, or a record that was whole before.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 4 {
        0 => header(script.rest()),
        1 => slots(script.rest()),
        2 => {
            let hash = Hash([script.byte(); 32]);
            tombstone(script.rest().to_vec(), hash);
        }
        _ => RECORDS.with(|records| changed(records, &mut script)),
    }
}

/// A header and slots of each kind of record, whole.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    const NAMES: [&str; 5] = ["genesis", "shared", "private", "grant", "erase"];
    const HEADERS: [&str; 5] = ["header-genesis", "header-shared", "header-private", "header-grant", "header-erase"];
    let records = records();
    let slots = [1, records[1].slots_bytes()[0]].into_iter().chain(records[1].slots_bytes()[1..].iter().copied());
    let mut seeds = vec![("slots", slots.collect()), ("tombstone", [&[2, 7], records[1].header_bytes()].concat())];
    for (number, record) in records.iter().enumerate() {
        seeds.push((HEADERS[number], [&[0], record.header_bytes()].concat()));
        seeds.push((NAMES[number], vec![3, u8::try_from(number).expect("five")]));
    }
    seeds
}

thread_local! {
    static RECORDS: Vec<Record> = records();
}

/// One of each shape: first, shared, private, grant, erase.
fn records() -> Vec<Record> {
    let mut world = World::new("fuzz records");
    let genesis = world.genesis();
    let (shared, content) = world.seal(Place::after(&genesis), Kind::Entry, b"shared", true);
    let (private, _) = world.seal(Place::after(&shared), Kind::Entry, b"private", false);
    let grant = world.grant(Place::after(&private), &shared, &content);
    let erase = world.erase(Place::after(&grant), Some(shared.as_target()));
    vec![genesis, shared, private, grant, erase]
}

fn header(bytes: &[u8]) {
    let Ok(header) = Header::parse(bytes) else { return };
    assert!(header.to_bytes() == bytes, "a header is written otherwise than it was read");
    assert!((1..=MAX_SEQ).contains(&header.seq) && header.parts.len() <= MAX_PARTS);
    assert_eq!(header.seq == 1, header.kind == Kind::Genesis);
    assert_eq!(header.seq == 1, header.prev == Hash::ZERO);
}

fn slots(bytes: &[u8]) {
    let Ok(slots) = Slots::parse(bytes) else { return };
    assert!(slots.to_bytes() == bytes, "slots are written otherwise than they were read");
    assert!(slots.iter().count() <= 8 && slots.iter().all(|slot| slot.sealed().len() <= 2048));
}

fn tombstone(bytes: Vec<u8>, hash: Hash) {
    let Ok(tombstone) = Tombstone::parse(bytes.clone(), hash, hash) else { return };
    assert!(tombstone.header().to_bytes() == bytes);
    assert!(tombstone.link() != Tombstone::parse(bytes, hash, Hash([!hash.0[0]; 32])).expect("the same header").link());
}

/// A record in which anything was changed is another record, by its link.
fn changed(records: &[Record], script: &mut Script<'_>) {
    let record = script.of(records);
    let header = script.edited(record.header_bytes());
    let slots = script.edited(record.slots_bytes());
    let body = script.edited(record.body());
    let same = header == record.header_bytes() && slots == record.slots_bytes() && body == record.body();
    match Record::parse(header, slots, body) {
        Ok(read) => {
            is_sound(&read);
            assert_eq!(read.link() == record.link(), same, "two records of one link");
        }
        Err(error) => assert!(!same, "a whole record is refused: {error}"),
    }
}
