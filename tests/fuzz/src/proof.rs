//! The judge: whatever a server shows of a phone's log, nothing is *covered* that the phone did not sign for, and *complete* is never said
//! where something is missing.

use std::collections::BTreeMap;

use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::SigningKey;
use waymark_protocol::order::{ErasureOrder, OrderId};
use waymark_protocol::proof::{DeviceLog, Ordered, Seen, Standing, State, Trust, judge};
use waymark_protocol::record::wire::{Item, RawItem, read_feed, write_feed_frame};
use waymark_protocol::record::{Kind, Record, Target, Tombstone};
use waymark_protocol::seal::Place;
use waymark_protocol::{DeviceId, Hash};

use crate::script::Script;
use crate::world::World;

/// How long the phone's log is, and where it has signed for it.
const LAST: u64 = 6;
const SIGNED: [u64; 2] = [3, LAST];
/// What of it may be a tombstone: the second record when the study has ordered so, the third because the fifth says so.
const ORDERED: u64 = 2;
const ERASED: u64 = 3;
const ERASE: u64 = 5;

/// Shows the judge a feed: items of the phone's log and forged ones, in any order, whole, as tombstones, or changed.
pub fn run(bytes: &[u8]) {
    SHOWN.with(|shown| shows(shown, Script::new(bytes)));
}

fn shows(shown: &Shown, mut script: Script<'_>) {
    let with_order = script.byte() % 2 == 1;
    let mut feed = Vec::new();
    let mut server_seq = 0;
    while !script.is_empty() && server_seq < 40 {
        server_seq += 1;
        let item = script.of(&shown.items);
        let mut bytes = Vec::new();
        write_feed_frame(&mut bytes, server_seq, 1_700_000_000_000, false);
        match (script.byte() % 4, item) {
            (1, Item::Record(record)) => Item::Tombstone(Box::new(record.to_tombstone())).write(&mut bytes),
            (2, _) => {
                item.write(&mut bytes);
                bytes = script.edited(&bytes);
            }
            _ => item.write(&mut bytes),
        }
        feed.extend(bytes);
    }
    let Ok(items) = read_feed(&feed) else { return };
    shown.judge(items.into_iter().map(|item| item.item), with_order);
}

/// The whole log, and logs that lack something.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let show = |order: u8, items: &[(u8, u8)]| {
        let shown = items.iter().flat_map(|(item, way)| [*item, *way]);
        [order].into_iter().chain(shown).collect::<Vec<u8>>()
    };
    let whole: Vec<(u8, u8)> = (0..8).map(|item| (item, 0)).collect();
    let without = |item: u8| whole.iter().copied().filter(|(there, _)| *there != item).collect::<Vec<_>>();
    let forged: Vec<(u8, u8)> = (0..12).map(|item| (item, 0)).collect();
    let mut erased = whole.clone();
    erased[2].1 = 1;
    let mut ordered = erased.clone();
    ordered[1].1 = 1;
    vec![
        ("whole", show(0, &whole)),
        ("whole-backwards", show(0, &whole.iter().rev().copied().collect::<Vec<_>>())),
        ("without-the-fourth", show(0, &without(3))),
        ("without-the-last-checkpoint", show(0, &without(7))),
        ("without-the-erasure", show(0, &[(0, 0), (1, 0), (2, 1), (3, 0), (5, 0), (6, 0), (7, 0)])),
        ("erased", show(0, &erased)),
        ("erased-by-order", show(1, &ordered)),
        ("with-forged-ones", show(0, &forged)),
        ("a-bit-flipped", [show(0, &whole), vec![1, 2, 2, 0, 0, 90, 1, 0]].concat()),
    ]
}

thread_local! {
    static SHOWN: Shown = Shown::new();
}

struct Shown {
    world: World,
    /// The log, its checkpoints, and what somebody has forged who knows the study's public key alone.
    items: Vec<Item>,
    links: BTreeMap<u64, Hash>,
}

impl Shown {
    fn new() -> Self {
        let mut world = World::new("fuzz proof");
        let mut log = world.log(3);
        let more = [Kind::Entry, Kind::Erase, Kind::Entry];
        for kind in more {
            let place = Place::after(log.last().expect("a log"));
            let target = (kind == Kind::Erase).then(|| log[ERASED as usize - 1].as_target());
            log.push(world.seal_with_target(place, kind, target, b"more", true).0);
        }
        let forged = forged(&mut world, &log);
        let links = log.iter().map(|record| (record.header().seq, record.link())).collect();
        let checkpoints: Vec<Checkpoint> = SIGNED.map(|seq| world.checkpoint(&log[seq as usize - 1])).into();
        let checkpoints = checkpoints.into_iter().map(|checkpoint| Item::Checkpoint(Box::new(checkpoint)));
        let items = log.into_iter().map(|record| Item::Record(Box::new(record))).chain(checkpoints).chain(forged);
        Self { items: items.collect(), world, links }
    }

    fn judge(&self, items: impl Iterator<Item = RawItem>, with_order: bool) {
        let keys = [self.world.signing.verifying_key()];
        let study = self.world.study;
        let phone = self.world.device_id();
        let ordered = Target { device: phone, seq: ORDERED, link: self.links[&ORDERED] };
        let order = ErasureOrder::sign(&self.world.signing, OrderId([1; 16]), study, ordered, 1, String::new());
        let orders = if with_order { vec![order] } else { Vec::new() };
        let erasures = Ordered::of(&study, &keys, &orders);
        let trust = Trust { study, signing_keys: &keys, erasures: &erasures, revocations: &[] };
        let logs: Vec<DeviceLog> = logs(items).into_values().collect();
        let (verdicts, erased) = judge(&trust, &self.world.participant, &logs);
        for (log, verdict) in logs.iter().zip(&verdicts) {
            assert_eq!(verdict.standings.len(), log.records.len());
            if log.device != phone {
                assert_eq!(verdict.state, State::Unproven, "a device is believed that nobody vouched for");
                continue;
            }
            let mut covered: BTreeMap<u64, bool> = BTreeMap::new();
            for (seen, standing) in log.records.iter().zip(&verdict.standings) {
                let seq = seen.header.seq;
                if *standing != Standing::Covered {
                    continue;
                }
                assert_eq!(self.links.get(&seq), Some(&seen.link), "a record counts that the phone never made");
                *covered.entry(seq).or_default() |= seen.whole;
                let may_go = (seq == ERASED) || (seq == ORDERED && with_order);
                assert!(!erased.contains(seen) || may_go, "a record is to be destroyed that nobody took back");
            }
            assert!(verdict.state != State::Fork, "a phone is said to have signed two logs");
            if verdict.state == State::Complete {
                assert!(SIGNED.contains(&verdict.seq), "complete up to where the phone never signed");
                for seq in 1..=verdict.seq {
                    let whole = covered.get(&seq).unwrap_or_else(|| panic!("complete without {seq}"));
                    let taken_back = seq == ERASED && covered.contains_key(&ERASE);
                    let gone = taken_back || (seq == ORDERED && with_order);
                    assert!(*whole || gone, "complete without the contents of {seq}");
                }
            }
        }
    }
}

/// By device, as a desk keeps them.
fn logs(items: impl Iterator<Item = RawItem>) -> BTreeMap<DeviceId, DeviceLog> {
    let mut logs: BTreeMap<DeviceId, DeviceLog> = BTreeMap::new();
    for item in items {
        let (device, seen, checkpoint) = match item {
            RawItem::Record(header, slots, body) => match Record::parse(header, slots, body) {
                Ok(record) => (record.header().device, Some(Seen::from(&record)), None),
                Err(_) => continue,
            },
            RawItem::Tombstone(header, slots, body) => match Tombstone::parse(header, slots, body) {
                Ok(tombstone) => (tombstone.header().device, Some(Seen::from(&tombstone)), None),
                Err(_) => continue,
            },
            RawItem::Checkpoint(checkpoint) => (checkpoint.device, None, Some(*checkpoint)),
        };
        let new = || DeviceLog { device, records: Vec::new(), checkpoints: Vec::new(), server_head: None };
        let log = logs.entry(device).or_insert_with(new);
        log.records.extend(seen);
        log.checkpoints.extend(checkpoint);
    }
    logs
}

/// Records that follow, records for places that are taken, a stranger's device, and a stranger's word for the phone's log.
fn forged(world: &mut World, log: &[Record]) -> Vec<Item> {
    let last = log.last().expect("a log");
    let (beyond, _) = world.seal(Place::after(last), Kind::Entry, b"forged", true);
    let (instead, _) = world.seal(Place::after(&log[0]), Kind::Entry, b"forged", true);
    let stranger = SigningKey::from_seed(&[0x66; 32]);
    let first = world.genesis_for(&stranger, world.enrolment(&world.device, &world.recovery.recovery_key()));
    let mut word = Checkpoint::sign(&stranger, world.study, LAST + 1, beyond.link(), LAST + 1, 1_700_000_000_000);
    word.device = world.device_id();
    let records = [beyond, instead, first].map(|record| Item::Record(Box::new(record)));
    records.into_iter().chain([Item::Checkpoint(Box::new(word))]).collect()
}
