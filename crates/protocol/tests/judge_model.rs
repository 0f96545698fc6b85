//! What the desk says of a log under random damage, against a model that knows the truth and follows no links.

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::World;
use proptest::prelude::*;
use waymark_protocol::Hash;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::SigningKey;
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::proof::{DeviceLog, Ordered, Seen, Standing, State, Trust, judge};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::Place;

const LEN: usize = 12;

/// What the device made, and what it could have made instead at each place.
struct Truth {
    world: World,
    made: Vec<Record>,
    instead: Vec<Record>,
}

/// Per erase its target, by place; place 5 is a grant of 4.
const ERASES: [(usize, usize); 3] = [(6, 3), (8, 4), (12, 9)];
const GRANT: (usize, usize) = (5, 4);

static TRUTH: LazyLock<Truth> = LazyLock::new(|| {
    let mut world = World::new("model");
    let mut made = vec![world.genesis()];
    let mut instead = made.clone();
    let mut granted = None;
    for place in 2..=LEN {
        let next = Place::after(&made[place - 2]);
        instead.push(world.seal(next, Kind::Entry, b"instead", true).0);
        let target = ERASES.iter().find(|(erase, _)| *erase == place).map(|(_, target)| *target);
        made.push(match target {
            Some(target) => world.erase(next, Some(made[target - 1].as_target())),
            None if place == GRANT.0 => {
                let key = granted.take().expect("the entry stands before its grant");
                world.grant(next, &made[GRANT.1 - 1], &key)
            }
            None => {
                let (record, key) = world.seal(next, Kind::Entry, b"made", place != GRANT.1);
                granted = Some(key);
                record
            }
        });
    }
    Truth { world, made, instead }
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Whole,
    Tombstone,
    Both,
    Nothing,
}

#[derive(Debug, Clone)]
struct Case {
    there: Vec<There>,
    /// Places of which the record made instead is there too.
    instead: BTreeSet<usize>,
    /// Signed: place, and by how much the device's head is further.
    signed: Vec<(usize, u64)>,
    /// Places for which the device signed the record made instead.
    conflicting: BTreeSet<usize>,
    /// Signatures over the made record by a stranger, and for another study.
    foreign: BTreeSet<usize>,
    ordered: BTreeSet<usize>,
    revoked: Option<(usize, bool)>,
    server_head: Option<u64>,
    order: u64,
}

/// How a record in the log came to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Made(usize),
    Instead(usize),
}

fn case() -> impl Strategy<Value = Case> {
    let there = prop_oneof![
        12 => Just(There::Whole),
        2 => Just(There::Tombstone),
        1 => Just(There::Both),
        1 => Just(There::Nothing),
    ];
    let few = || prop_oneof![3 => Just(BTreeSet::new()), 1 => proptest::collection::btree_set(2..=LEN, 1..3)];
    let ahead = prop_oneof![6 => Just(0u64), 1 => 1..4u64];
    (
        (1..=LEN).prop_flat_map(move |len| {
            let there = proptest::collection::vec(there.clone(), len);
            let signed = proptest::collection::vec((1..=len, ahead.clone()), 0..4);
            let last = prop_oneof![1 => Just(vec![]), 3 => Just(vec![(len, 0)])];
            (there, signed, last)
        }),
        (few(), few(), few(), few()),
        prop_oneof![4 => Just(None), 1 => (0..=LEN, any::<bool>()).prop_map(Some)],
        prop_oneof![3 => Just(None), 1 => (0..=LEN as u64).prop_map(Some)],
        any::<u64>(),
    )
        .prop_map(
            |((there, mut signed, last), (instead, conflicting, foreign, ordered), revoked, server_head, order)| {
                signed.extend(last);
                Case { there, instead, signed, conflicting, foreign, ordered, revoked, server_head, order }
            },
        )
}

fn build(case: &Case) -> (DeviceLog, Vec<Origin>) {
    let Truth { world, made, instead } = &*TRUTH;
    let mut records = Vec::new();
    for (index, there) in case.there.iter().enumerate() {
        let record = &made[index];
        if matches!(there, There::Tombstone | There::Both) {
            records.push((Origin::Made(index + 1), Seen::from(&record.to_tombstone())));
        }
        if matches!(there, There::Whole | There::Both) {
            records.push((Origin::Made(index + 1), Seen::from(record)));
        }
    }
    records.extend(case.instead.iter().map(|place| (Origin::Instead(*place), Seen::from(&instead[place - 1]))));
    let mut state = case.order | 1;
    for index in (1..records.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        records.swap(index, (state >> 33) as usize % (index + 1));
    }
    let sign = |key: &SigningKey, record: &Record, ahead| {
        let seq = record.header().seq;
        Checkpoint::sign(key, world.study, seq, record.link(), seq + ahead, seq)
    };
    let mut checkpoints: Vec<_> =
        case.signed.iter().map(|(place, ahead)| sign(&world.device, &made[place - 1], *ahead)).collect();
    checkpoints.extend(case.conflicting.iter().map(|place| sign(&world.device, &instead[place - 1], 0)));
    for place in &case.foreign {
        checkpoints.push(sign(&SigningKey::from_seed(&[1; 32]), &instead[place - 1], 0));
        let mut edited = sign(&world.device, &made[place - 1], 0);
        edited.link = instead[place - 1].link();
        checkpoints.push(edited);
    }
    let (origins, records) = records.into_iter().unzip();
    let log = DeviceLog { device: world.device_id(), records, checkpoints, server_head: case.server_head };
    (log, origins)
}

/// What may be said, from the truth alone.
struct Model<'a>(&'a Case);

impl Model<'_> {
    fn revoked(&self) -> Option<usize> {
        self.0.revoked.filter(|(_, by_study)| *by_study).map(|(place, _)| place)
    }

    /// Places that are signed for as the device made them.
    fn signed(&self) -> BTreeSet<usize> {
        let last = self.revoked().unwrap_or(usize::MAX);
        let own = self.0.signed.iter().map(|(place, _)| *place).filter(|place| *place <= last);
        own.chain(self.revoked().filter(|place| *place >= 1)).collect()
    }

    fn there(&self, place: usize) -> bool {
        self.0.there.get(place - 1).is_some_and(|there| *there != There::Nothing)
    }

    /// Something signed stands above it, and all between is there.
    fn covered(&self, place: usize) -> bool {
        self.signed().iter().any(|signed| *signed >= place && (place..=*signed).all(|between| self.there(between)))
    }

    fn gap(&self) -> Option<usize> {
        (1..=LEN).find(|place| {
            let wanted = self.signed().contains(place) || (*place < LEN && self.covered(place + 1));
            !self.there(*place) && wanted
        })
    }

    fn justified(&self, place: usize) -> bool {
        let erased = |place: usize| {
            ERASES.iter().any(|(erase, target)| *target == place && self.covered(*erase))
                || self.0.ordered.contains(&place)
        };
        let erasable = place != 1 && place != GRANT.0 && ERASES.iter().all(|(erase, _)| *erase != place);
        (erasable && erased(place)) || (place == GRANT.0 && erased(GRANT.1))
    }

    fn withheld(&self) -> Option<usize> {
        (1..=self.0.there.len()).find(|place| {
            self.0.there[place - 1] == There::Tombstone && self.covered(*place) && !self.justified(*place)
        })
    }

    fn proven(&self) -> bool {
        matches!(self.0.there[0], There::Whole | There::Both)
    }

    /// State and place, when the device has signed one history alone.
    fn state(&self) -> (State, u64) {
        let through = match self.revoked() {
            Some(place) => place,
            None => self.signed().last().copied().unwrap_or(0),
        } as u64;
        let ahead = self.0.signed.iter().any(|(place, ahead)| *place as u64 + ahead > through);
        if !self.proven() {
            (State::Unproven, 0)
        } else if let Some(place) = self.gap() {
            (State::Gap, place as u64)
        } else if let Some(place) = self.withheld() {
            (State::Withheld, place as u64)
        } else if self.revoked().is_some() {
            (State::Revoked, through)
        } else if self.0.server_head.is_some_and(|head| head < through) {
            (State::RolledBack, through)
        } else if ahead || through == 0 {
            (State::Behind, through)
        } else {
            (State::Complete, through)
        }
    }

    /// Whether the one place that was signed differently is the end of what was signed: then it is the history.
    fn ends_differently(&self) -> Option<usize> {
        let last = *self.0.conflicting.last()?;
        let alone = self.0.conflicting.len() == 1 && self.signed().iter().all(|place| *place < last);
        alone.then_some(last)
    }
}

fn judged(case: &Case, log: &DeviceLog) -> waymark_protocol::proof::Verdict {
    let Truth { world, made, .. } = &*TRUTH;
    let erasures: Vec<_> = case
        .ordered
        .iter()
        .map(|place| {
            let target = made[place - 1].as_target();
            ErasureOrder::sign(&world.signing, OrderId([0; 16]), world.study, target, 1, String::new())
        })
        .collect();
    let revocations: Vec<_> = case
        .revoked
        .iter()
        .map(|(place, by_study)| {
            let signer = if *by_study { world.signing.clone() } else { SigningKey::from_seed(&[2; 32]) };
            let link = place.checked_sub(1).map_or(Hash::ZERO, |index| made[index].link());
            Revocation::sign(&signer, world.study, world.device_id(), *place as u64, link)
        })
        .collect();
    let signing_keys = [world.signing.verifying_key()];
    let trust = Trust {
        study: world.study,
        signing_keys: &signing_keys,
        erasures: &Ordered::of(&world.study, &signing_keys, &erasures),
        revocations: &revocations,
    };
    judge(&trust, &world.participant, std::slice::from_ref(log)).0.remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_signed_history_is_judged_as_the_truth_is(mut case in case()) {
        case.conflicting.clear();
        let (log, origins) = build(&case);
        let verdict = judged(&case, &log);
        let model = Model(&case);
        prop_assert_eq!((verdict.state, verdict.seq), model.state());
        let covered = |origin| {
            origins.iter().zip(&verdict.standings).filter(|(o, s)| **o == origin && **s == Standing::Covered).count()
        };
        for place in 1..=LEN {
            let expected = usize::from(model.proven() && model.there(place) && model.covered(place));
            prop_assert_eq!(covered(Origin::Made(place)), expected, "place {}", place);
            prop_assert_eq!(covered(Origin::Instead(place)), 0, "the forged one at {}", place);
        }
    }

    #[test]
    fn two_signed_histories_are_never_complete_and_cover_only_what_was_signed(
        case in case(),
        conflicting in proptest::collection::btree_set(2..=LEN, 1..3),
    ) {
        let case = Case { conflicting, revoked: None, ..case };
        let (log, origins) = build(&case);
        let verdict = judged(&case, &log);
        let model = Model(&case);
        if verdict.state == State::Complete {
            let last = model.ends_differently();
            prop_assert_eq!(last, Some(verdict.seq as usize));
            let last = last.expect("just compared");
            prop_assert!(case.instead.contains(&last) && (1..last).all(|place| model.there(place)));
        }
        for (origin, standing) in origins.iter().zip(&verdict.standings) {
            if let (Origin::Instead(place), Standing::Covered) = (origin, standing) {
                prop_assert!(case.conflicting.contains(place));
            }
        }
    }

    #[test]
    fn a_revoked_device_covers_only_what_the_revocation_vouches_for_or_the_device_signed(
        case in case(),
        conflicting in proptest::collection::btree_set(2..=LEN, 1..3),
        last in 0..=LEN,
    ) {
        let case = Case { conflicting, revoked: Some((last, true)), ..case };
        let (log, origins) = build(&case);
        let verdict = judged(&case, &log);
        prop_assert!(verdict.state != State::Complete);
        // From the revocation's place down to the first missing record the truth is known, whatever else was signed.
        let missing = (1..=last).rev().find(|place| !Model(&case).there(*place)).unwrap_or(0);
        for (origin, standing) in origins.iter().zip(&verdict.standings).filter(|_| Model(&case).proven()) {
            let (place, made) = match origin {
                Origin::Made(place) => (*place, true),
                Origin::Instead(place) => (*place, false),
            };
            if *standing == Standing::Covered {
                prop_assert!(place <= last && (made || (place < missing && case.conflicting.contains(&place))));
            }
        }
        let covered = |place| {
            origins.iter().zip(&verdict.standings).any(|(o, s)| *o == Origin::Made(place) && *s == Standing::Covered)
        };
        prop_assert!(!Model(&case).proven() || (missing + 1..=last).all(covered));
    }
}
