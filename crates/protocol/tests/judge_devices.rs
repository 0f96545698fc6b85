//! Whom the desk believes: invitations, new phones, successors, revoked and stolen ones.

mod common;

use common::World;
use common::logs::{NOT_IN_CHAIN, Orders, judged, log_of, says, seven, verdict};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::genesis::{
    Genesis, GenesisProof, prove_enrolment, recovery_certificate_message, succession_message,
};
use waymark_protocol::keys::SigningKey;
use waymark_protocol::order::Revocation;
use waymark_protocol::proof::{DeviceLog, Refusal, Seen, Standing, State};
use waymark_protocol::record::{Kind, Record, Slots};
use waymark_protocol::seal::{Place, seal_genesis};
use waymark_protocol::{DeviceId, Hash};

#[test]
fn a_genesis_that_nothing_vouches_for_proves_nothing() {
    let (world, records, whole) = seven();
    let (stranger, recovery) = (World::new("a stranger"), world.recovery.recovery_key());
    let device = world.device.verifying_key();
    let enrol = world.secret.enrol_key();
    let mut for_another = world.certificate.clone();
    for_another.participant.0[0] ^= 1;
    let proofs = [
        prove_enrolment(&enrol, stranger.certificate.clone(), &device, &recovery.verifying_key()),
        prove_enrolment(&enrol, for_another, &device, &recovery.verifying_key()),
        prove_enrolment(&stranger.device, world.certificate.clone(), &device, &recovery.verifying_key()),
        prove_enrolment(&enrol, world.certificate.clone(), &device, &stranger.device.verifying_key()),
        GenesisProof::Recovery {
            signature: recovery.sign(&recovery_certificate_message(&world.study, &world.participant, &device)),
        },
        GenesisProof::Succession {
            old: world.device_id(),
            signature: world.device.sign(&succession_message(&world.study, &world.participant, &device)),
        },
    ];
    for proof in proofs {
        let genesis = Genesis::new(device, recovery.verifying_key(), proof.clone());
        let mut log = whole.clone();
        log.records[0] = Seen::from(&seal_genesis(world.start(), &genesis));
        let verdict = verdict(&world, &log);
        assert_eq!(says(&verdict), (State::Unproven, 0), "{proof:?}");
        assert_eq!(verdict.standings, [Standing::Refused(Refusal::DeviceNotProven); 7]);
        // Beside the true one it changes nothing.
        let mut log = log_of(&world, &records, &[3, 7]);
        log.records.insert(0, Seen::from(&seal_genesis(world.start(), &genesis)));
        assert_eq!(says(&common::logs::verdict(&world, &log)), (State::Complete, 7), "{proof:?}");
    }
}

#[test]
fn a_copy_of_the_genesis_with_slots_added_does_not_take_its_place() {
    let (world, records, whole) = seven();
    let slots = records[1].slots_bytes().to_vec();
    assert!(Slots::parse(&slots).is_ok());
    let copy = Record::parse(records[0].header_bytes().to_vec(), slots, records[0].body().to_vec()).unwrap();
    for place in [0, 7] {
        let mut log = whole.clone();
        log.records.insert(place, Seen::from(&copy));
        let verdict = verdict(&world, &log);
        assert_eq!(says(&verdict), (State::Complete, 7));
        assert_eq!(verdict.standings[place], NOT_IN_CHAIN);
    }
    let mut replaced = whole;
    replaced.records[0] = Seen::from(&copy);
    assert_eq!(says(&verdict(&world, &replaced)), (State::Gap, 1));
}

/// A second phone of the same person.
fn second_phone(world: &World, seed: &str, proof: impl Fn(&SigningKey) -> GenesisProof) -> (SigningKey, DeviceLog) {
    let device = SigningKey::generate(&mut common::CountingRng::new(seed));
    let genesis = world.genesis_for(&device, proof(&device));
    let checkpoint = Checkpoint::sign(&device, world.study, 1, genesis.link(), 1, 5);
    let log = DeviceLog {
        device: DeviceId::of(&device.verifying_key()),
        records: vec![Seen::from(&genesis)],
        checkpoints: vec![checkpoint],
        server_head: None,
    };
    (device, log)
}

fn recovered(world: &World, signer: &SigningKey) -> DeviceLog {
    second_phone(world, "a new phone", |device| GenesisProof::Recovery {
        signature: signer.sign(&recovery_certificate_message(
            &world.study,
            &world.participant,
            &device.verifying_key(),
        )),
    })
    .1
}

fn succeeded(world: &World, signer: &SigningKey) -> DeviceLog {
    second_phone(world, "a new key", |device| GenesisProof::Succession {
        old: world.device_id(),
        signature: signer.sign(&succession_message(&world.study, &world.participant, &device.verifying_key())),
    })
    .1
}

#[test]
fn a_new_phone_is_believed_by_the_recovery_key_and_by_no_other() {
    let (world, _, first) = seven();
    let recovery = world.recovery.recovery_key();
    for (signer, expected) in [(&recovery, State::Complete), (&world.device, State::Unproven)] {
        let verdicts = judged(&world, &[recovered(&world, signer), first.clone()], &Orders::default());
        assert_eq!(verdicts[0].state, expected);
        assert_eq!(says(&verdicts[1]), (State::Complete, 7));
    }
    let alone = judged(&world, &[recovered(&world, &recovery)], &Orders::default());
    assert_eq!(alone[0].state, State::Unproven, "nothing proves the recovery key itself");
}

#[test]
fn a_successor_is_believed_by_the_old_key_and_falls_with_it() {
    let (world, records, first) = seven();
    for (signer, expected) in [(&world.device, State::Complete), (&world.signing, State::Unproven)] {
        let verdicts = judged(&world, &[succeeded(&world, signer), first.clone()], &Orders::default());
        assert_eq!(verdicts[0].state, expected);
    }
    let logs = [succeeded(&world, &world.device), first];
    for (signer, falls) in
        [(&world.signing, true), (&world.recovery.recovery_key(), true), (&SigningKey::from_seed(&[9; 32]), false)]
    {
        let revocation = Revocation::sign(signer, world.study, world.device_id(), 5, records[4].link());
        let verdicts = judged(&world, &logs, &Orders::revocation(revocation));
        let expected = if falls { (State::Unproven, State::Revoked) } else { (State::Complete, State::Complete) };
        assert_eq!((verdicts[0].state, verdicts[1].state), expected);
    }
}

#[test]
fn two_device_keys_under_one_invitation_prove_neither_until_the_study_strikes_one_out() {
    let (world, records, first) = seven();
    let recovery = world.recovery.recovery_key();
    let (rogue, second) = second_phone(&world, "a second holder", |device| world.enrolment(device, &recovery));
    let rogue = DeviceId::of(&rogue.verifying_key());
    for logs in [[first.clone(), second.clone()], [second.clone(), first.clone()]] {
        let states = judged(&world, &logs, &Orders::default()).iter().map(|verdict| verdict.state).collect::<Vec<_>>();
        assert_eq!(states, [State::Unproven, State::Unproven]);
    }
    let logs = [first, second];
    let states = |signer: &SigningKey, device, seq, link| {
        let revocation = Revocation::sign(signer, world.study, device, seq, link);
        let verdicts = judged(&world, &logs, &Orders::revocation(revocation));
        (verdicts[0].state, verdicts[1].state)
    };
    let neither = (State::Unproven, State::Unproven);
    assert_eq!(states(&world.signing, rogue, 0, Hash::ZERO), (State::Complete, State::Unproven));
    assert_eq!(states(&world.device, rogue, 0, Hash::ZERO), neither, "only the study decides");
    // A phone that was lost and revoked keeps its invitation used: who finds the paper later does not get in.
    assert_eq!(states(&world.signing, world.device_id(), 5, records[4].link()), neither);
}

#[test]
fn whoever_finds_the_invitation_cannot_put_an_own_recovery_key_under_a_phone() {
    let (world, _, whole) = seven();
    let thief = SigningKey::from_seed(&[6; 32]);
    let proof = world.enrolment(&world.device, &thief);
    let genesis = Genesis::new(world.device.verifying_key(), thief.verifying_key(), proof);
    let certified = {
        let device = SigningKey::from_seed(&[5; 32]);
        let message = recovery_certificate_message(&world.study, &world.participant, &device.verifying_key());
        let proof = GenesisProof::Recovery { signature: thief.sign(&message) };
        let genesis = Genesis::new(device.verifying_key(), thief.verifying_key(), proof);
        let record = seal_genesis(world.start_of(&device), &genesis);
        log_with(&device, &world, &record)
    };
    for place in [0, 7] {
        let mut log = whole.clone();
        log.records.insert(place, Seen::from(&seal_genesis(world.start(), &genesis)));
        let verdicts = judged(&world, &[log, certified.clone()], &Orders::default());
        assert_eq!(verdicts[0].state, State::Unproven);
        assert_eq!(verdicts[1].state, State::Unproven);
    }
}

fn log_with(device: &SigningKey, world: &World, record: &Record) -> DeviceLog {
    DeviceLog {
        device: record.header().device,
        records: vec![Seen::from(record)],
        checkpoints: vec![Checkpoint::sign(device, world.study, 1, record.link(), 1, 5)],
        server_head: None,
    }
}

#[test]
fn a_revoked_device_counts_up_to_its_place_and_not_beyond() {
    let (world, records, whole) = seven();
    for seq in 1..=7u64 {
        let link = records[seq as usize - 1].link();
        let revocation = Revocation::sign(&world.signing, world.study, world.device_id(), seq, link);
        let verdict = judged(&world, std::slice::from_ref(&whole), &Orders::revocation(revocation)).remove(0);
        assert_eq!(says(&verdict), (State::Revoked, seq));
        for (seen, standing) in whole.records.iter().zip(&verdict.standings) {
            assert_eq!(*standing, if seen.header.seq <= seq { Standing::Covered } else { NOT_IN_CHAIN });
        }
    }
    let nothing = Revocation::sign(&world.signing, world.study, world.device_id(), 0, Hash::ZERO);
    let verdict = judged(&world, &[whole], &Orders::revocation(nothing)).remove(0);
    assert_eq!(says(&verdict), (State::Revoked, 0));
    assert_eq!(verdict.standings, [NOT_IN_CHAIN; 7]);
}

#[test]
fn the_lowest_of_several_revocations_holds_in_any_order() {
    let (world, records, whole) = seven();
    let at = |seq: usize| {
        Revocation::sign(&world.signing, world.study, world.device_id(), seq as u64, records[seq - 1].link())
    };
    for revocations in [vec![at(6), at(4)], vec![at(4), at(6)]] {
        let orders = Orders { revocations, ..Orders::default() };
        assert_eq!(says(&judged(&world, std::slice::from_ref(&whole), &orders)[0]), (State::Revoked, 4));
    }
}

#[test]
fn two_revocations_for_one_place_say_the_same_in_any_order() {
    let (world, records, whole) = seven();
    let with = |link: Hash| Revocation::sign(&world.signing, world.study, world.device_id(), 4, link);
    let said = |revocations| {
        let orders = Orders { revocations, ..Orders::default() };
        let verdict = judged(&world, std::slice::from_ref(&whole), &orders).remove(0);
        (says(&verdict), verdict.standings)
    };
    let (lower, higher) = (with(Hash([0; 32])), with(records[3].link()));
    assert_eq!(said(vec![lower.clone(), higher.clone()]), said(vec![higher, lower.clone()]));
    let contradiction = said(vec![lower]);
    assert_eq!(contradiction.0, (State::Gap, 4), "the lower link holds, which is not the log's");
}

#[test]
fn the_thief_of_a_revoked_phone_adds_nothing_and_hides_nothing() {
    let (mut world, records, whole) = seven();
    let backdated = world.seal(Place::after(&records[0]), Kind::Entry, b"put in by the thief", true).0;
    let later = world.seal(Place::after(&records[6]), Kind::Entry, b"put on by the thief", true).0;
    let mut log = whole;
    log.records.extend([Seen::from(&backdated), Seen::from(&later)]);
    log.checkpoints.insert(0, world.checkpoint(&backdated));
    log.checkpoints.push(world.checkpoint(&later));
    let revocation = Revocation::sign(&world.signing, world.study, world.device_id(), 7, records[6].link());
    let verdict = judged(&world, &[log], &Orders::revocation(revocation)).remove(0);
    assert_eq!(says(&verdict), (State::Fork, 2), "two signed second records are named");
    assert_eq!(verdict.standings[..7], [Standing::Covered; 7]);
    assert_eq!(verdict.standings[7..], [NOT_IN_CHAIN; 2]);
    assert_eq!(verdict.as_of, 1_700_000_000_007);
}
