//! Orders that the desk gives: what they reach, what they leave, and that no server is rid of them.

use waymark_desk::Progress;
use waymark_desk::collection::Collection;
use waymark_desk::erase::{Counts, Erased, Reach, carry_out, prepare};
use waymark_desk::pull::pull;
use waymark_desk::stop::{self, StopError};
use waymark_protocol::api::{Epoch, Orders};
use waymark_protocol::order::Revocation;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::Item;
use waymark_vault::Table;

use crate::phone::To;
use crate::world::{NOW, World, state};

async fn erase(world: &mut World, reach: Reach) -> Erased {
    let prepared = prepare(&mut world.desk, "Ash", &reach, "asked", NOW, &Progress::silent()).await.unwrap();
    carry_out(&mut world.desk, prepared, NOW).await.unwrap()
}

fn counts(entries: usize, notices: usize, private: usize) -> Counts {
    Counts { entries, notices, private }
}

/// Whether any row of these tables, once opened, holds these bytes.
fn is_in_vault(world: &World, bytes: &[u8]) -> bool {
    let mut found = false;
    for table in ["records", "parts", "part bytes"] {
        let look = |_: &[u8], row: &[u8]| {
            found |= row.windows(bytes.len()).any(|window| window == bytes);
            Ok::<_, waymark_vault::Error>(())
        };
        world.desk.vault.scan(Table::new(table), look).unwrap();
    }
    found
}

#[tokio::test]
async fn everything_that_the_study_was_given_is_destroyed_recordings_too() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("shared at once", To::Study);
    let held = phone.write("shared later", To::Writer);
    phone.write("private", To::Writer);
    phone.own();
    phone.notice();
    phone.grant(held);
    let (entry, parts) = phone.voice("spoken", b"some words");
    phone.write_entry(&entry, To::Study);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    assert_eq!(world.pull().await.totals.opened, 3);
    let shared = [2, 3, 6, 7, 8].map(|place: usize| phone.log[place].body().to_vec());
    let grant = phone.log[7].slots_bytes().to_vec();
    assert!(shared.iter().filter(|body| !body.is_empty()).all(|body| is_in_vault(&world, body)));
    assert!(is_in_vault(&world, &grant) && is_in_vault(&world, &parts[0].bytes));

    let erased = erase(&mut world, Reach::Shared).await;
    assert_eq!((erased.erased, erased.before), (counts(3, 1, 0), 0));
    assert!(shared.iter().filter(|body| !body.is_empty()).all(|body| !is_in_vault(&world, body)));
    assert!(!is_in_vault(&world, &grant) && !is_in_vault(&world, &parts[0].bytes));
    assert!(is_in_vault(&world, phone.log[4].body()), "what its writer keeps private stays");
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.opened, pulled.totals.erased, pulled.totals.private), (0, 4, 2), "{:?}", pulled.totals);
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 9));

    let erased = erase(&mut world, Reach::PrivateToo).await;
    assert_eq!((erased.erased, erased.before), (counts(0, 0, 2), 4));
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.erased, pulled.totals.private), (6, 0), "{:?}", pulled.totals);
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 9));
}

#[tokio::test]
async fn a_grant_that_no_checkpoint_covers_makes_nothing_private_the_studys_to_erase() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let private = phone.write("private", To::Writer);
    world.server.receive(&phone.items());
    world.pull().await;
    // As a server could write it: nobody has signed for it.
    phone.grant(private);
    let grant = phone.log.last().unwrap().clone();
    world.server.receive(&[Item::Record(Box::new(grant))]);
    assert_eq!(erase(&mut world, Reach::Shared).await.erased, counts(0, 0, 0));
    assert!(world.server.with(|script| script.orders.erasures.is_empty()));

    let checkpoint = Item::Checkpoint(Box::new(phone.checkpoint()));
    world.server.receive(&[checkpoint]);
    assert_eq!(erase(&mut world, Reach::Shared).await.erased, counts(1, 0, 0), "what is signed for counts");
}

#[tokio::test]
async fn a_phone_of_which_something_is_missing_is_stopped_only_when_that_is_asked_for() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    for text in ["one", "two", "three"] {
        phone.write(text, To::Study);
    }
    world.server.receive(&phone.items());
    world.server.with(|script| script.feed.remove(3));
    let find = async |world: &mut World, even_if_incomplete| {
        stop::find(&mut world.desk, phone.device(), even_if_incomplete, NOW, &Progress::silent()).await
    };
    assert!(matches!(find(&mut world, false).await, Err(StopError::NotWhole)));
    assert!(!find(&mut world, true).await.unwrap().before);
}

#[tokio::test]
async fn the_word_of_leaving_is_never_erased_so_nothing_after_it_opens() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("shared", To::Study);
    let kept = phone.write("kept", To::Writer);
    phone.leave();
    let sent = phone.items().len() - 1;
    world.server.receive(&phone.items());
    assert_eq!(erase(&mut world, Reach::PrivateToo).await.erased, counts(1, 0, 1));
    phone.grant(kept);
    phone.write("by mistake", To::Study);
    world.server.receive(&phone.items()[sent..]);
    let pulled = world.pull().await;
    assert!(world.texts().is_empty());
    assert_eq!((pulled.totals.opened, pulled.totals.private, pulled.totals.erased), (0, 1, 2), "{:?}", pulled.totals);
}

#[tokio::test]
async fn what_has_come_of_others_is_not_touched() {
    let mut world = World::new().await;
    let mut ash = world.join("Ash").await;
    ash.write("ash's", To::Study);
    let mut birch = world.join("Birch").await;
    birch.write("birch's", To::Study);
    world.server.receive(&ash.items());
    world.server.receive(&birch.items());
    assert_eq!(erase(&mut world, Reach::Shared).await.erased, counts(1, 0, 0));
    let orders = world.server.with(|script| script.orders.clone());
    let targets: Vec<_> = orders.erasures.iter().map(|order| order.target).collect();
    assert_eq!(targets, [ash.log[2].as_target()]);
    let keys = &world.desk.identity.document.signing_keys;
    orders.erasures[0].verify(&ash.study, keys).unwrap();
    assert_eq!(world.texts(), ["birch's"]);
}

#[tokio::test]
async fn a_server_that_forgets_orders_is_given_them_by_every_pull_with_what_people_have_stopped_themselves() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("shared", To::Study);
    world.server.receive(&phone.items());
    erase(&mut world, Reach::Shared).await;
    let given = world.server.with(|script| script.orders.erasures.clone());
    assert_eq!(given.len(), 1);
    // The person's own key has signed this one: no phone says it again.
    let last = phone.log.last().unwrap().as_target();
    let theirs = Revocation::sign(&phone.recovery.recovery_key(), phone.study, last.device, last.seq, last.link);
    world.server.with(|script| script.orders.revocations = vec![theirs.clone()]);
    world.pull().await;
    let collection = Collection::load(world.desk.vault.reader()).unwrap();
    assert_eq!(collection.revocations(), std::slice::from_ref(&theirs));
    // One that the server made up is given to nobody.
    let made_up = Revocation::sign(&phone.key, phone.study, last.device, last.seq - 1, phone.log[1].link());
    world.server.with(|script| script.orders.revocations.push(made_up));
    world.pull().await;
    for knows_phones in [true, false, true] {
        world.server.with(|script| (script.orders, script.knows_phones) = (Orders::default(), knows_phones));
        world.pull().await;
        let orders = world.server.with(|script| script.orders.clone());
        assert_eq!(orders.erasures, given);
        // A server that was restored from before the phone joined cannot tell whose word it is.
        assert_eq!(orders.revocations.as_slice(), if knows_phones { std::slice::from_ref(&theirs) } else { &[] });
    }
}

#[tokio::test]
async fn what_a_stopped_phone_has_after_its_end_does_not_make_the_desk_read_everything_again() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let last = phone.write("before", To::Study);
    phone.write("after", To::Study);
    world.server.receive(&phone.items());
    let theirs = Revocation::sign(&phone.recovery.recovery_key(), phone.study, last.device, last.seq, last.link);
    world.server.with(|script| script.orders.revocations = vec![theirs]);
    world.pull().await;
    assert_eq!(world.texts(), ["before"]);
    world.server.with(|script| script.asked.clear());
    world.pull().await;
    world.server.with(|script| assert!(!script.asked.contains(&0), "asked after {:?}", script.asked));
}

#[tokio::test]
async fn what_was_withdrawn_is_destroyed_also_when_the_server_takes_no_orders() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("ordered", To::Study);
    let first = phone.items();
    world.server.receive(&first);
    erase(&mut world, Reach::Shared).await;
    let shared = phone.write("withdrawn", To::Study);
    let second = phone.items();
    world.server.receive(&second[first.len() - 1..]);
    world.pull().await;
    let body = phone.log.last().unwrap().body().to_vec();
    assert!(is_in_vault(&world, &body));

    phone.withdraw(shared);
    world.server.receive(&phone.items()[second.len() - 1..]);
    world.server.with(|script| (script.orders, script.refuses_orders) = (Orders::default(), true));
    pull(&mut world.desk, NOW, &Progress::silent()).await.unwrap_err();
    assert!(!is_in_vault(&world, &body));
}

#[tokio::test]
async fn a_server_that_was_restored_is_given_every_version_of_the_document() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("shared", To::Study);
    world.server.receive(&phone.items());
    // The first time it cannot know whether the server is the one that it told before.
    world.pull().await;
    assert_eq!(world.server.with(|script| std::mem::take(&mut script.documents)).len(), 1);
    world.pull().await;
    assert!(world.server.with(|script| script.documents.is_empty()));
    world.server.with(|script| script.epoch = Epoch([2; 16]));
    world.pull().await;
    assert_eq!(world.server.with(|script| script.documents.clone()), [world.desk.identity.signed.clone()]);
}
