//! What the desk says of a log that someone has tampered with, case by case.

mod common;

use common::World;
use common::logs::{NOT_IN_CHAIN, Orders, judged, log_of, says, seven, verdict};
use waymark_protocol::Hash;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::SigningKey;
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::proof::{DeviceLog, Seen, Standing, State};
use waymark_protocol::record::{Kind, MAX_SEQ};
use waymark_protocol::seal::Place;

#[test]
fn an_undamaged_log_is_complete_in_any_order() {
    let (world, _, mut log) = seven();
    let complete = verdict(&world, &log);
    assert_eq!(says(&complete), (State::Complete, 7));
    assert_eq!(complete.as_of, 1_700_000_000_007);
    assert_eq!(complete.standings, [Standing::Covered; 7]);
    log.records.reverse();
    log.checkpoints.reverse();
    assert_eq!(says(&verdict(&world, &log)), (State::Complete, 7));
}

#[test]
fn a_missing_record_is_a_gap_and_takes_none_above_along() {
    let (world, _, whole) = seven();
    for missing in 1..=7u64 {
        let mut log = whole.clone();
        log.records.remove(missing as usize - 1);
        let verdict = verdict(&world, &log);
        let expected = if missing == 1 { (State::Unproven, 0) } else { (State::Gap, missing) };
        assert_eq!(says(&verdict), expected, "{missing}");
        for (seen, standing) in log.records.iter().zip(&verdict.standings).filter(|_| missing != 1) {
            let seq = seen.header.seq;
            let covered = seq > missing || seq <= if missing > 3 { 3 } else { 0 };
            assert_eq!(*standing, if covered { Standing::Covered } else { Standing::Waiting }, "{missing}: {seq}");
        }
    }
}

#[test]
fn a_record_that_was_exchanged_or_edited_is_a_gap_and_its_stand_in_refused() {
    let (mut world, records, whole) = seven();
    let forged = world.seal(Place::after(&records[3]), Kind::Entry, b"what was never written", true).0;
    let mut log = whole.clone();
    log.records[4] = Seen::from(&forged);
    let verdict = verdict(&world, &log);
    assert_eq!(says(&verdict), (State::Gap, 5));
    assert_eq!(verdict.standings[4], NOT_IN_CHAIN);
    assert_eq!(verdict.standings[3], Standing::Waiting);
    assert_eq!(verdict.standings[6], Standing::Covered);
}

#[test]
fn a_record_added_beside_the_true_one_is_refused_and_changes_nothing() {
    let (mut world, records, whole) = seven();
    let forged = world.seal(Place::after(&records[3]), Kind::Entry, b"what was never written", true).0;
    for place in [0, 4, 7] {
        let mut log = whole.clone();
        log.records.insert(place, Seen::from(&forged));
        let verdict = verdict(&world, &log);
        assert_eq!(says(&verdict), (State::Complete, 7));
        assert_eq!(verdict.standings[place], NOT_IN_CHAIN);
    }
}

#[test]
fn a_record_beside_one_that_a_checkpoint_names_is_refused_also_at_the_edge_of_what_can_be_told() {
    let (mut world, records, whole) = seven();
    // At the last place that is covered, and at the last below a gap.
    for (after, missing) in [(5, None), (1, Some(4))] {
        let forged = world.seal(Place::after(&records[after]), Kind::Entry, b"what was never written", true).0;
        let mut log = whole.clone();
        log.records.push(Seen::from(&forged));
        missing.map(|missing| log.records.remove(missing));
        let verdict = verdict(&world, &log);
        assert_eq!(verdict.standings.last(), Some(&NOT_IN_CHAIN), "at place {}", after + 2);
        assert_eq!(says(&verdict), if missing.is_some() { (State::Gap, 5) } else { (State::Complete, 7) });
    }
}

#[test]
fn a_genesis_that_stands_under_another_study_participant_or_device_proves_nothing() {
    let (world, _, whole) = seven();
    let claims: [fn(&mut Seen); 3] = [
        |seen| seen.header.study.0[0] ^= 1,
        |seen| seen.header.participant.0[0] ^= 1,
        |seen| seen.header.device.0[0] ^= 1,
    ];
    for claim in claims {
        let mut log = whole.clone();
        claim(&mut log.records[0]);
        assert_eq!(says(&verdict(&world, &log)), (State::Unproven, 0));
    }
}

#[test]
fn records_beyond_the_last_checkpoint_wait() {
    let (mut world, records, whole) = seven();
    let next = world.seal(Place::after(&records[6]), Kind::Entry, b"the eighth", true).0;
    let mut log = whole;
    log.records.push(Seen::from(&next));
    let verdict = verdict(&world, &log);
    assert_eq!(says(&verdict), (State::Complete, 7));
    assert_eq!(verdict.standings[7], Standing::Waiting);
}

#[test]
fn records_of_another_study_participant_or_device_are_refused_wherever_they_stand() {
    let (world, _, whole) = seven();
    let mut stranger = World::new("a stranger");
    let strangers = stranger.log(9);
    let (mut neighbour, mut elsewhere) = (World::new("judge"), World::new("judge"));
    neighbour.participant.0[0] ^= 1;
    elsewhere.study.0[0] ^= 1;
    let foreign = [&strangers[8], &strangers[2], &neighbour.log(9)[8], &elsewhere.log(9)[8]];
    for record in foreign {
        let mut log = whole.clone();
        log.records.push(Seen::from(record));
        let verdict = verdict(&world, &log);
        assert_eq!(says(&verdict), (State::Complete, 7));
        assert_eq!(verdict.standings[7], NOT_IN_CHAIN);
    }
}

#[test]
fn two_signatures_for_one_place_are_a_fork_whichever_came_first() {
    let (mut world, records, whole) = seven();
    let other = world.seal(Place::after(&records[3]), Kind::Entry, b"another fifth", true).0;
    for first in [true, false] {
        let mut log = whole.clone();
        log.records.push(Seen::from(&other));
        log.checkpoints.insert(if first { 0 } else { 2 }, world.checkpoint(&other));
        assert_eq!(says(&verdict(&world, &log)), (State::Fork, 5));
    }
    let mut same_place = whole.clone();
    let other = world.seal(Place::after(&records[5]), Kind::Entry, b"another seventh", true).0;
    same_place.checkpoints.push(world.checkpoint(&other));
    assert_eq!(says(&verdict(&world, &same_place)), (State::Fork, 7), "the other record need not be there");
}

#[test]
fn evidence_of_a_fork_counts_even_in_a_second_log_of_the_device() {
    let (mut world, records, whole) = seven();
    let other = world.seal(Place::after(&records[3]), Kind::Entry, b"another fifth", true).0;
    let second = DeviceLog { records: vec![], checkpoints: vec![world.checkpoint(&other)], ..whole.clone() };
    let verdicts = judged(&world, &[whole, second], &Orders::default());
    assert_eq!(says(&verdicts[0]), (State::Fork, 5));
}

#[test]
fn a_tombstone_without_an_order_is_withheld_contents() {
    let (world, records, whole) = seven();
    for seq in 2..=7u64 {
        let mut log = whole.clone();
        log.records[seq as usize - 1] = Seen::from(&records[seq as usize - 1].to_tombstone());
        assert_eq!(says(&verdict(&world, &log)), (State::Withheld, seq));
    }
}

#[test]
fn a_whole_record_beside_its_own_tombstone_counts() {
    let (world, records, whole) = seven();
    for place in [0, 7] {
        let mut log = whole.clone();
        log.records.insert(place, Seen::from(&records[4].to_tombstone()));
        assert_eq!(says(&verdict(&world, &log)), (State::Complete, 7));
    }
}

#[test]
fn an_erase_justifies_a_tombstone_only_when_it_is_covered() {
    let (mut world, mut records, _) = seven();
    let erase = world.erase(Place::after(&records[6]), Some(records[4].as_target()));
    records.push(erase);
    for (checkpoints, expected) in [(&[8][..], (State::Complete, 8)), (&[7][..], (State::Withheld, 5))] {
        let mut log = log_of(&world, &records, checkpoints);
        log.records[4] = Seen::from(&records[4].to_tombstone());
        assert_eq!(says(&verdict(&world, &log)), expected);
    }
    let mut log = log_of(&world, &records, &[8]);
    log.records[5] = Seen::from(&records[5].to_tombstone());
    assert_eq!(says(&verdict(&world, &log)), (State::Withheld, 6), "an erase of another record");
}

#[test]
fn consent_and_erases_are_never_rightly_erased() {
    let mut world = World::new("consent");
    let genesis = world.genesis();
    let consent = world.seal(Place::after(&genesis), Kind::Consent, b"consent", true).0;
    let erase = world.erase(Place::after(&consent), Some(consent.as_target()));
    let all = world.erase(Place::after(&erase), None);
    let records = [genesis, consent, erase, all];
    for seq in [2, 3] {
        let mut log = log_of(&world, &records, &[4]);
        log.records[seq - 1] = Seen::from(&records[seq - 1].to_tombstone());
        assert_eq!(says(&verdict(&world, &log)), (State::Withheld, seq as u64));
    }
}

#[test]
fn erasing_everything_is_of_what_stands_before_it_and_not_of_itself() {
    let mut world = World::new("itself");
    let genesis = world.genesis();
    let (entry, key) = world.seal(Place::after(&genesis), Kind::Entry, b"private", false);
    let all = world.erase(Place::after(&entry), None);
    let grant = world.grant(Place::after(&all), &all, &key);
    let mut log = log_of(&world, &[genesis, entry, all, grant.clone()], &[4]);
    log.records[3] = Seen::from(&grant.to_tombstone());
    assert_eq!(says(&verdict(&world, &log)), (State::Withheld, 4));
}

#[test]
fn what_is_the_writers_own_is_erased_by_its_name_and_not_with_everything() {
    let mut world = World::new("own");
    let genesis = world.genesis();
    let own = world.seal(Place::after(&genesis), Kind::Own, b"a setting", false).0;
    for (target, expected) in [(Some(own.as_target()), (State::Complete, 3)), (None, (State::Withheld, 2))] {
        let erase = world.erase(Place::after(&own), target);
        let mut log = log_of(&world, &[genesis.clone(), own.clone(), erase], &[3]);
        log.records[1] = Seen::from(&own.to_tombstone());
        assert_eq!(says(&verdict(&world, &log)), expected);
    }
}

#[test]
fn erasing_everything_covers_entries_before_it_with_their_grants_and_none_after() {
    let mut world = World::new("everything");
    let genesis = world.genesis();
    let (entry, key) = world.seal(Place::after(&genesis), Kind::Entry, b"private", false);
    let grant = world.grant(Place::after(&entry), &entry, &key);
    let all = world.erase(Place::after(&grant), None);
    let late_grant = world.grant(Place::after(&all), &entry, &key);
    let later = world.seal(Place::after(&late_grant), Kind::Entry, b"later", true).0;
    let records = [genesis, entry, grant, all, late_grant, later];
    for (seq, expected) in [
        (2, (State::Complete, 6)),
        (3, (State::Complete, 6)),
        (5, (State::Complete, 6)),
        (4, (State::Withheld, 4)),
        (6, (State::Withheld, 6)),
    ] {
        let mut log = log_of(&world, &records, &[6]);
        log.records[seq - 1] = Seen::from(&records[seq - 1].to_tombstone());
        assert_eq!(says(&verdict(&world, &log)), expected, "{seq}");
    }
}

#[test]
fn an_order_justifies_a_tombstone_only_when_the_study_signed_it() {
    let (world, records, whole) = seven();
    let mut log = whole;
    log.records[4] = Seen::from(&records[4].to_tombstone());
    for (key, expected) in [(&world.signing, (State::Complete, 7)), (&world.device, (State::Withheld, 5))] {
        let target = records[4].as_target();
        let order = ErasureOrder::sign(key, OrderId([1; 16]), world.study, target, 1, "asked by mail".to_owned());
        let orders = Orders { erasures: vec![order], ..Orders::default() };
        assert_eq!(says(&judged(&world, std::slice::from_ref(&log), &orders)[0]), expected);
    }
}

#[test]
fn a_device_that_has_more_is_behind() {
    let (world, records, mut log) = seven();
    let last = &records[6];
    log.checkpoints = vec![Checkpoint::sign(&world.device, world.study, 7, last.link(), 9, 1)];
    assert_eq!(says(&verdict(&world, &log)), (State::Behind, 7));
    log.checkpoints = vec![];
    assert_eq!(says(&verdict(&world, &log)), (State::Behind, 0), "without a checkpoint");
}

#[test]
fn a_server_that_shows_less_than_before_has_rolled_back() {
    let (world, _, mut log) = seven();
    for (head, state) in [(6, State::RolledBack), (7, State::Complete), (8, State::Complete), (0, State::RolledBack)] {
        log.server_head = Some(head);
        assert_eq!(says(&verdict(&world, &log)), (state, 7), "{head}");
    }
}

#[test]
fn signatures_that_are_not_the_devices_over_this_log_count_for_nothing() {
    let (world, records, whole) = seven();
    let last = records[6].link();
    let stranger = SigningKey::from_seed(&[7; 32]);
    let mut elsewhere = world.study;
    elsewhere.0[0] ^= 1;
    let mut edited = world.checkpoint(&records[6]);
    edited.local_head = 9;
    let mut renamed = Checkpoint::sign(&stranger, world.study, 7, last, 7, 1);
    renamed.device = world.device_id();
    for checkpoint in [
        Checkpoint::sign(&stranger, world.study, 7, last, 7, 1),
        Checkpoint::sign(&world.device, elsewhere, 7, last, 7, 1),
        Checkpoint::sign(&world.device, world.study, 0, Hash::ZERO, 0, 1),
        Checkpoint::sign(&world.device, world.study, 7, last, 6, 1),
        Checkpoint::sign(&world.device, world.study, u64::MAX, last, u64::MAX, 1),
        edited,
        renamed,
    ] {
        let mut log = whole.clone();
        log.checkpoints = vec![checkpoint.clone()];
        assert_eq!(says(&verdict(&world, &log)), (State::Behind, 0), "{checkpoint:?}");
        log.checkpoints = vec![world.checkpoint(&records[6]), checkpoint.clone()];
        assert_eq!(says(&verdict(&world, &log)), (State::Complete, 7), "{checkpoint:?}");
    }
}

#[test]
fn a_signature_for_an_absurd_place_is_answered_at_once() {
    let (world, records, whole) = seven();
    let mut log = whole;
    log.checkpoints.push(Checkpoint::sign(&world.device, world.study, MAX_SEQ, Hash([9; 32]), MAX_SEQ, 1));
    let verdict = verdict(&world, &log);
    assert_eq!(says(&verdict), (State::Gap, MAX_SEQ));
    assert_eq!(verdict.standings, [Standing::Covered; 7]);
    for seq in [MAX_SEQ, u64::MAX] {
        let revocation = Revocation::sign(&world.signing, world.study, world.device_id(), seq, Hash([9; 32]));
        let log = log_of(&world, &records, &[7]);
        let verdict = judged(&world, &[log], &Orders::revocation(revocation)).remove(0);
        let expected = if seq == MAX_SEQ { (State::Gap, MAX_SEQ) } else { (State::Complete, 7) };
        assert_eq!(says(&verdict), expected);
        assert_eq!(verdict.standings, [Standing::Covered; 7]);
    }
}
