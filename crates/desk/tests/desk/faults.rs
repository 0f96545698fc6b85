//! A server that drops, changes, swaps, invents, repeats and rolls back: each is named, and the rest still opens.

use waymark_desk::Progress;
use waymark_desk::pull::{PullError, pull};
use waymark_desk::transport::TransportError;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::Item;
use waymark_protocol::{Hash, api::Epoch};

use crate::phone::{Phone, To, changed};
use crate::world::{NOW, World, quarantined, state};

/// Ash's phone with entries `one`, `two`, `three` at places 3, 4, 5, and Birch's with `other` at place 3; all pushed.
async fn two_people() -> (World, Phone, Phone) {
    let mut world = World::new().await;
    let mut ash = world.join("Ash").await;
    for text in ["one", "two", "three"] {
        ash.write(text, To::Study);
    }
    let mut birch = world.join("Birch").await;
    birch.write("other", To::Study);
    world.server.receive(&ash.items());
    world.server.receive(&birch.items());
    (world, ash, birch)
}

#[tokio::test]
async fn a_missing_record_is_a_gap_and_is_mended_when_it_comes() {
    let (mut world, ash, birch) = two_people().await;
    let hidden = world.server.with(|script| script.feed.remove(3));
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Gap, 4));
    assert_eq!(state(&pulled, birch.device()), (State::Complete, 3));
    assert_eq!(world.texts(), ["three", "other"], "what the checkpoint reaches still opens");
    assert_eq!(pulled.totals.waiting, 3, "below the gap nothing can be told from a forgery");
    assert!(pulled.report.needs_attention());

    world.server.with(|script| script.feed.insert(3, hidden));
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Complete, 5));
    assert_eq!(pulled.totals.opened, 4);
}

#[tokio::test]
async fn a_body_that_was_taken_away_is_withheld_and_is_mended_when_it_comes() {
    let (mut world, ash, _) = two_people().await;
    let mut bytes = Vec::new();
    Item::Tombstone(Box::new(ash.log[3].to_tombstone())).write(&mut bytes);
    let whole = world.server.with(|script| std::mem::replace(&mut script.feed[3].1, bytes));
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Withheld, 4));
    assert_eq!(pulled.totals.quarantined, [quarantined(ash.device(), 4, "withheld")]);
    assert_eq!(world.texts(), ["one", "three", "other"]);

    world.server.with(|script| script.replace(3, whole));
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Complete, 5));
    assert!(pulled.totals.quarantined.is_empty());
}

#[tokio::test]
async fn a_changed_checkpoint_leaves_everything_waiting_and_is_mended_when_it_comes() {
    let (mut world, ash, birch) = two_people().await;
    let mut checkpoint = ash.checkpoint();
    checkpoint.device_time ^= 1;
    let mut bytes = Vec::new();
    Item::Checkpoint(Box::new(checkpoint)).write(&mut bytes);
    let whole = world.server.with(|script| std::mem::replace(&mut script.feed[5].1, bytes));
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Behind, 0));
    assert_eq!(state(&pulled, birch.device()), (State::Complete, 3));

    world.server.with(|script| script.feed[5].1 = whole);
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Complete, 5));
    assert_eq!(pulled.totals.opened, 4);
}

#[tokio::test]
async fn a_tombstone_never_replaces_what_the_desk_has() {
    let (mut world, ash, _) = two_people().await;
    let before = world.pull().await;
    let mut bytes = Vec::new();
    Item::Tombstone(Box::new(ash.log[3].to_tombstone())).write(&mut bytes);
    world.server.with(|script| {
        script.replace(3, bytes);
        script.epoch = Epoch([2; 16]);
    });
    assert_eq!(world.pull().await.totals, before.totals);
    assert_eq!(world.texts(), ["one", "two", "three", "other"]);
}

#[tokio::test]
async fn a_changed_byte_is_out_of_the_signed_chain_wherever_it_is() {
    for part in 0..3 {
        let (mut world, ash, _) = two_people().await;
        let bytes = changed(&ash.log[3], |header, slots, body| match part {
            // A byte of `prev`: the header still reads as one.
            0 => header[80] ^= 1,
            1 => *slots.last_mut().unwrap() ^= 1,
            _ => body[100] ^= 1,
        });
        let whole = world.server.with(|script| std::mem::replace(&mut script.feed[3].1, bytes));
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, ash.device()), (State::Gap, 4), "part {part}");
        assert_eq!(world.texts(), ["three", "other"], "part {part}");
        assert_eq!(pulled.totals.waiting + pulled.totals.quarantined.len() as u64, 4, "part {part}");
        assert!(pulled.report.needs_attention());

        world.server.with(|script| script.replace(3, whole));
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, ash.device()), (State::Complete, 5), "part {part}");
        assert!(pulled.totals.quarantined.is_empty(), "what never counted and is gone is forgotten");
        assert_eq!(pulled.totals.received, 8);
    }
}

#[tokio::test]
async fn bytes_that_are_no_record_are_malformed_and_counted() {
    let (mut world, ash, _) = two_people().await;
    let longer = changed(&ash.log[4], |_, _, body| body.push(0));
    let headless = changed(&ash.log[4], |header, _, _| header[0] ^= 0xff);
    world.server.with(|script| {
        script.push_bytes(longer);
        script.push_bytes(headless);
    });
    let pulled = world.pull().await;
    let mut nowhere = quarantined(ash.device(), 5, "malformed");
    (nowhere.device, nowhere.seq) = (None, None);
    assert_eq!(pulled.totals.quarantined, [nowhere, quarantined(ash.device(), 5, "malformed")]);
    assert_eq!((pulled.totals.received, pulled.totals.opened), (10, 4));
    assert_eq!(state(&pulled, ash.device()), (State::Complete, 5));
}

#[tokio::test]
async fn swapped_slots_are_out_of_the_signed_chain() {
    let (mut world, ash, _) = two_people().await;
    let swapped = |to: usize, from: usize| {
        let slots_of_other = ash.log[from].slots_bytes().to_vec();
        changed(&ash.log[to], |_, slots, _| *slots = slots_of_other)
    };
    let (third, fourth) = (swapped(2, 3), swapped(3, 2));
    world.server.with(|script| {
        script.replace(2, third);
        script.replace(3, fourth);
    });
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Gap, 4));
    assert_eq!(world.texts(), ["three", "other"]);
}

#[tokio::test]
async fn an_invented_device_is_not_proven_and_nothing_of_it_opens() {
    let (mut world, ash, birch) = two_people().await;
    let certificate = world.server.with(|script| script.certificates[0].clone());
    let guessed = waymark_protocol::keys::InvitationSecret::from_slice(&[1; 16]).unwrap();
    let mut forged = Phone::join(&certificate, &guessed, world.desk.keys.opening.sealing_key());
    forged.write("forged", To::Study);
    world.server.receive(&forged.items());
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, forged.device()), (State::Unproven, 0));
    assert_eq!(state(&pulled, ash.device()), (State::Complete, 5), "the true device does not suffer");
    assert_eq!(state(&pulled, birch.device()), (State::Complete, 3));
    assert_eq!(pulled.totals.quarantined.len(), 3);
    assert!(pulled.totals.quarantined.iter().all(|record| record.reason == "not proven"));
    assert!(!world.texts().contains(&"forged".to_owned()));
}

#[tokio::test]
async fn two_devices_under_one_invitation_are_both_unproven_even_when_one_is_hidden_again() {
    let mut world = World::new().await;
    let invited = world.invite("Ash").await;
    let (mut one, mut two) = (world.join_with(&invited), world.join_with(&invited));
    one.write("one", To::Study);
    two.write("two", To::Study);
    world.server.receive(&one.items());
    world.server.receive(&two.items());
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, one.device()).0, State::Unproven);
    assert_eq!(state(&pulled, two.device()).0, State::Unproven);
    assert!(world.texts().is_empty());

    world.server.with(|script| {
        script.feed.truncate(4);
        script.epoch = Epoch([2; 16]);
    });
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, one.device()).0, State::Unproven);
    assert!(world.texts().is_empty());
}

#[tokio::test]
async fn a_server_that_is_restored_between_the_two_looks_is_told_everything_again() {
    let (mut world, ash, _) = two_people().await;
    let before = world.pull().await.totals;
    world.server.with(|script| {
        // Something that only a look at everything could mend; two pages are read before it.
        script.push_bytes(changed(&ash.log[4], |header, _, _| header[0] ^= 0xff));
        script.asked.clear();
        script.restored_after = Some(2);
        script.documents.clear();
    });
    let pulled = pull(&mut world.desk, NOW, &Progress::silent()).await;
    assert!(matches!(pulled, Err(PullError::Server(TransportError::Restored))), "{pulled:?}");
    assert!(world.server.with(|script| script.documents.is_empty()), "not told yet");

    world.server.with(|script| script.feed.pop());
    assert_eq!(world.pull().await.totals, before, "nothing was called missing");
    assert_eq!(world.server.with(|script| script.documents.clone()), [world.desk.identity.signed.clone()]);
}

#[tokio::test]
async fn two_signed_logs_of_one_device_are_a_fork() {
    let (mut world, ash, birch) = two_people().await;
    let other = Checkpoint::sign(&ash.key, ash.study, 4, Hash::of(b"another log"), 4, 1_777_000_000_001);
    world.server.receive(&[Item::Checkpoint(Box::new(other))]);
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, ash.device()), (State::Fork, 4));
    assert_eq!(state(&pulled, birch.device()), (State::Complete, 3));
    assert!(pulled.report.needs_attention());
}

#[tokio::test]
async fn a_server_that_shows_less_than_before_is_rolled_back_and_recovers_when_phones_push_again() {
    for new_epoch in [true, false] {
        let (mut world, ash, birch) = two_people().await;
        let before = world.pull().await.totals;
        world.server.with(|script| {
            script.feed.truncate(4);
            if new_epoch {
                script.epoch = Epoch([2; 16]);
            }
        });
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, ash.device()), (State::RolledBack, 5), "new epoch: {new_epoch}");
        assert_eq!(state(&pulled, birch.device()), (State::RolledBack, 3));
        assert_eq!(pulled.totals, before, "the desk loses nothing");
        assert!(pulled.report.needs_attention());

        world.server.receive(&ash.items()[4..]);
        world.server.receive(&birch.items());
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, ash.device()), (State::Complete, 5));
        assert_eq!(state(&pulled, birch.device()), (State::Complete, 3));
        assert_eq!(pulled.totals, before);
    }
}

#[tokio::test]
async fn repeated_and_reordered_records_count_once() {
    let (mut world, ash, _) = two_people().await;
    world.server.receive(&ash.items());
    world.server.with(|script| {
        let numbers: Vec<u64> = script.feed.iter().map(|(seq, _)| *seq).collect();
        script.feed.reverse();
        for ((seq, _), number) in script.feed.iter_mut().zip(numbers) {
            *seq = number;
        }
    });
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.received, pulled.totals.opened), (8, 4));
    assert!(!pulled.report.needs_attention());
}

#[tokio::test]
async fn a_record_under_another_participants_name_proves_nothing() {
    let (mut world, ash, birch) = two_people().await;
    let ours = ash.participant.0;
    let swapped = changed(&ash.log[3], |header, _, _| {
        let place = header.windows(16).position(|window| window == ours).unwrap();
        header[place..place + 16].copy_from_slice(&birch.participant.0);
    });
    world.server.with(|script| script.push_bytes(swapped));
    let pulled = world.pull().await;
    assert_eq!(pulled.totals.quarantined, [quarantined(ash.device(), 4, "not proven")]);
    assert_eq!(pulled.totals.opened, 4);
    let states: Vec<State> = pulled
        .report
        .devices
        .iter()
        .filter(|report| report.device == ash.device())
        .map(|report| report.state)
        .collect();
    assert_eq!(states, [State::Complete, State::Unproven]);
}

#[tokio::test]
async fn checkpoints_without_any_record_are_not_passed_over() {
    let (mut world, ash, _) = two_people().await;
    world.server.with(|script| drop(script.feed.drain(..5)));
    let pulled = world.pull().await;
    let report = crate::world::device(&pulled, ash.device());
    assert_eq!((report.state, report.participant.as_str()), (State::Unproven, "unknown"));
    assert!(pulled.report.needs_attention());
}

#[tokio::test]
async fn a_grant_for_another_record_or_with_another_key_is_quarantined() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let first = phone.write("first", To::Writer);
    let second = phone.write("second", To::Writer);
    let mut elsewhere = second;
    elsewhere.link = Hash::of(b"another record");
    let stray = waymark_protocol::keys::ContentKey::from_slice(&[5; 32]).unwrap();
    phone.grant_with(elsewhere, &stray);
    phone.grant_with(first, &stray);
    let own = phone.own();
    phone.grant(own);
    phone.write("third", To::Study);
    world.server.receive(&phone.items());
    let pulled = world.pull().await;
    let device = phone.device();
    assert_eq!(
        pulled.totals.quarantined,
        [
            quarantined(device, 5, "grant names another record"),
            quarantined(device, 6, "grant holds another key"),
            quarantined(device, 8, "grant names another record"),
        ]
    );
    assert_eq!((pulled.totals.opened, pulled.totals.private), (1, 3));
    assert_eq!(world.texts(), ["third"]);
    assert_eq!(state(&pulled, device), (State::Complete, 9));
}

#[tokio::test]
async fn a_sealed_text_that_is_no_entry_is_quarantined_and_the_rest_opens() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let mut newer = phone.entry("newer").to_bytes();
    newer[1] = 2;
    phone.seal_raw(&newer);
    phone.seal_raw(b"garbage");
    phone.write("good", To::Study);
    world.server.receive(&phone.items());
    let pulled = world.pull().await;
    let device = phone.device();
    let expected = [quarantined(device, 3, "newer version"), quarantined(device, 4, "content is malformed")];
    assert_eq!(pulled.totals.quarantined, expected);
    assert_eq!(world.texts(), ["good"]);
}

#[tokio::test]
async fn what_is_sealed_to_another_study_key_is_named() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.swap_study_key();
    phone.write("to someone else", To::Study);
    world.server.receive(&phone.items());
    let pulled = world.pull().await;
    assert_eq!(pulled.totals.quarantined, [quarantined(phone.device(), 3, "sealed to another key")]);
}

#[tokio::test]
async fn a_server_that_repeats_one_page_for_ever_is_garbage() {
    let (mut world, ..) = two_people().await;
    world.server.with(|script| script.ignores_after = true);
    let failed = waymark_desk::pull::pull(&mut world.desk, 0, &waymark_desk::Progress::silent()).await;
    assert!(failed.unwrap_err().to_string().starts_with("server-garbage"));
}
