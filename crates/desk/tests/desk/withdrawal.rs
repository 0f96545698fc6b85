//! Withdrawing: what a proven erasure names is gone from the desk and stays gone; nothing else is.

use waymark_desk::collection::Collection;
use waymark_protocol::api::Epoch;
use waymark_protocol::order::{ErasureOrder, OrderId};
use waymark_protocol::proof::State;
use waymark_protocol::record::Target;
use waymark_protocol::record::wire::Item;
use waymark_vault::Table;

use crate::phone::{To, changed};
use crate::world::{World, quarantined, state};

fn is_whole(world: &World, target: &Target) -> bool {
    let collection = Collection::load(world.desk.vault.reader()).unwrap();
    collection.records().any(|(name, stored)| name == target && stored.whole().is_some())
}

/// Whether any row of the desk's records, once opened, holds these bytes.
fn is_in_vault(world: &World, bytes: &[u8]) -> bool {
    let mut found = false;
    let look = |_: &[u8], row: &[u8]| {
        found |= row.windows(bytes.len()).any(|window| window == bytes);
        Ok::<_, waymark_vault::Error>(())
    };
    world.desk.vault.scan(Table::new("records"), look).unwrap();
    found
}

#[tokio::test]
async fn a_covered_erase_destroys_the_body_at_the_desk_for_ever() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let shared = phone.write("withdrawn", To::Study);
    let held = phone.write("granted and withdrawn", To::Writer);
    let grant = phone.grant(held);
    phone.write("stays", To::Study);
    let first = phone.items();
    world.server.receive(&first);
    assert_eq!(world.pull().await.totals.opened, 3);
    let (body, slots) = (phone.log[2].body().to_vec(), phone.log[4].slots_bytes().to_vec());
    assert!(is_in_vault(&world, &body) && is_in_vault(&world, &slots));

    phone.withdraw(shared);
    phone.withdraw(held);
    world.server.receive(&phone.items()[first.len() - 1..]);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.opened, pulled.totals.erased), (1, 2), "{:?}", pulled.totals);
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 8));
    assert!(!pulled.report.needs_attention());
    for target in [shared, held, grant] {
        assert!(!is_whole(&world, &target), "nothing but a tombstone is left of {target:?}");
    }
    assert!(!is_in_vault(&world, &body), "no row holds the body");
    assert!(!is_in_vault(&world, &slots), "no row holds the grant's slot");
    assert_eq!(world.texts(), ["stays"]);

    // A server restored from a backup hands the bodies out again.
    world.server.with(|script| script.epoch = Epoch([2; 16]));
    let again = world.pull().await;
    assert_eq!(again.totals, pulled.totals);
    assert!(!is_in_vault(&world, &body));
}

#[tokio::test]
async fn a_mangled_copy_of_a_withdrawn_record_goes_with_it() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let shared = phone.write("withdrawn", To::Study);
    let copy = changed(&phone.log[2], |_, slots, _| *slots.last_mut().unwrap() ^= 1);
    world.server.receive(&phone.items());
    world.server.with(|script| script.push_bytes(copy.clone()));
    let pulled = world.pull().await;
    assert_eq!(pulled.totals.quarantined, [quarantined(phone.device(), 3, "not in the signed chain")]);
    phone.withdraw(shared);
    world.server.receive(&phone.items()[3..]);
    world.pull().await;
    let nothing_whole = |world: &World| {
        let collection = Collection::load(world.desk.vault.reader()).unwrap();
        collection.records().all(|(name, stored)| name.seq != 3 || stored.whole().is_none())
    };
    assert!(nothing_whole(&world));
    let later_copy = changed(&phone.log[2], |_, slots, _| *slots.last_mut().unwrap() ^= 2);
    world.server.with(|script| script.push_bytes(later_copy));
    world.pull().await;
    assert!(nothing_whole(&world), "a copy that comes later is not kept either");
}

#[tokio::test]
async fn an_erase_that_no_checkpoint_covers_destroys_nothing() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let shared = phone.write("stays", To::Study);
    world.server.receive(&phone.items());
    phone.withdraw(shared);
    world.server.receive(&phone.items()[3..4]);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.opened, pulled.totals.waiting, pulled.totals.erased), (1, 1, 0));
    assert!(is_whole(&world, &shared));
}

#[tokio::test]
async fn one_participants_erase_destroys_nothing_of_anothers() {
    let mut world = World::new().await;
    let mut ash = world.join("Ash").await;
    let target = ash.write("ash's", To::Study);
    let mut birch = world.join("Birch").await;
    let mine = birch.write("birch's", To::Study);
    birch.name_for_withdrawal(target, mine);
    birch.withdraw(target);
    world.server.receive(&ash.items());
    world.server.receive(&birch.items());
    let pulled = world.pull().await;
    assert_eq!(pulled.totals.erased, 0);
    assert!(is_whole(&world, &target));
    assert!(world.texts().contains(&"ash's".to_owned()));
}

#[tokio::test]
async fn a_tombstone_is_erased_when_its_erase_is_covered() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let shared = phone.write("withdrawn before the desk saw it", To::Study);
    phone.withdraw(shared);
    let mut items = phone.items();
    items[2] = Item::Tombstone(Box::new(phone.log[2].to_tombstone()));
    world.server.receive(&items);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.erased, pulled.totals.control), (1, 3));
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 4));
}

#[tokio::test]
async fn a_withdrawn_entry_id_is_final() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let mut entry = phone.entry("first");
    let first = phone.write_entry(&entry, To::Study);
    phone.withdraw(first);
    entry.text = "the same entry again".to_owned();
    phone.write_entry(&entry, To::Study);
    world.server.receive(&phone.items());
    let pulled = world.pull().await;
    assert_eq!(pulled.totals.quarantined, [quarantined(phone.device(), 5, "withdrawn entry id used again")]);
    assert!(world.texts().is_empty());
}

#[tokio::test]
async fn a_signed_order_destroys_and_an_unsigned_one_does_not() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let ordered = phone.write("ordered away", To::Study);
    let kept = phone.write("kept", To::Study);
    world.server.receive(&phone.items());
    let keys = &world.desk.keys.signing;
    let order = |target, id| ErasureOrder::sign(keys, OrderId([id; 16]), phone.study, target, 1, "asked".to_owned());
    let signed = order(ordered, 1);
    let mut forged = order(kept, 2);
    forged.target = kept;
    forged.time = 2;
    world.server.with(|script| script.orders.erasures = vec![signed, forged]);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.opened, pulled.totals.erased), (1, 1));
    assert_eq!(world.texts(), ["kept"]);
    assert!(!is_whole(&world, &ordered));
    assert!(is_whole(&world, &kept));
}

#[tokio::test]
async fn a_forged_grant_at_a_place_that_is_yet_to_come_destroys_nothing_there() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let withdrawn = phone.write("withdrawn", To::Study);
    phone.withdraw(withdrawn);
    let first = phone.items();
    world.server.receive(&first);
    // The server makes a grant of what is withdrawn and hands it out for the place of the next entry, which it holds back.
    let mut forger = phone.fork();
    forger.grant(withdrawn);
    let forged = forger.log.last().unwrap().clone();
    world.server.receive(&[Item::Record(Box::new(forged))]);
    world.pull().await;

    let entry = phone.write("written later", To::Study);
    world.server.receive(&[Item::Record(Box::new(phone.log.last().unwrap().clone()))]);
    world.pull().await;
    assert!(is_whole(&world, &entry), "not even while no checkpoint covers it");
    world.server.receive(&[Item::Checkpoint(Box::new(phone.checkpoint()))]);
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 5));
    assert_eq!(world.texts(), ["written later"]);
}

#[tokio::test]
async fn what_is_written_or_granted_after_leaving_stays_unopened_and_accounted_for() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("shared", To::Study);
    let kept = phone.write("kept", To::Writer);
    let later = phone.write("granted in time", To::Writer);
    phone.grant(later);
    phone.leave();
    phone.grant(kept);
    phone.write("by mistake", To::Study);
    world.server.receive(&phone.items());
    let pulled = world.pull().await;
    assert_eq!(world.texts(), ["shared", "granted in time"]);
    assert_eq!((pulled.totals.opened, pulled.totals.private, pulled.totals.control), (2, 2, 5), "{:?}", pulled.totals);
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 9));
    assert!(!pulled.report.needs_attention());
}
