//! The study changes its keys, and nothing that was sealed to any of them is lost.

use std::collections::BTreeSet;

use proptest::prelude::*;
use waymark_desk::certificate::{check, make};
use waymark_desk::custody::{self, CustodyError};
use waymark_desk::desk::DeskError;
use waymark_desk::erase::{Reach, carry_out, prepare};
use waymark_desk::publish::{PublishError, publish};
use waymark_desk::rotate::{Rotated, behind, is_under_way, rotate};
use waymark_desk::{Desk, Progress, study};
use waymark_protocol::api::Token;
use waymark_protocol::custody::slot_secret;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::keys::SealingKey;
use waymark_vault::{ArgonParams, Secret, SlotKind};

use crate::phone::{Phone, To};
use crate::server::Trouble;
use crate::world::{NOW, PASSPHRASE, World, example};

const ANOTHER: &str = "a passphrase that nobody has forgotten";
const PARAMS: &ArgonParams = &ArgonParams::FLOOR;

fn newest(desk: &Desk) -> SealingKey {
    desk.identity.document.encryption_key
}

/// What the phone has written since the last time.
fn send(world: &World, phone: &Phone, sent: &mut usize) {
    world.server.receive(&phone.items()[*sent..]);
    *sent = phone.log.len();
}

/// The server answers nobody who publishes.
fn unanswered(world: &World) {
    world.server.with(|script| script.document_troubles.extend((0..50).map(|_| Trouble::Status(503, &[], Vec::new()))));
}

fn answered(world: &World) {
    world.server.with(|script| script.document_troubles.clear());
}

fn conflict(world: &World) {
    let refusal = || br#"{"code":"document-conflict","message":"no"}"#.to_vec();
    world.server.with(|script| {
        script
            .document_troubles
            .extend((0..2).map(|_| Trouble::Status(409, &[("content-type", "application/json")], refusal())));
    });
}

/// The desk after a power cut: what is in its file is all that it knows.
fn reopened(world: World) -> World {
    let World { server, desk, folder, _temporary } = world;
    drop(desk);
    let desk = Desk::open(&folder, PASSPHRASE).unwrap();
    World { server, desk, folder, _temporary }
}

#[tokio::test]
async fn what_was_sealed_before_a_change_and_what_is_after_opens_and_orders_of_both_hold() {
    let mut world = World::new().await;
    let (mut ana, mut sent) = (world.join("Ana").await, 0);
    let first = newest(&world.desk);
    ana.write("Before", To::Study);
    let held = ana.write("Held over the change", To::Writer);
    ana.write("Mine alone", To::Writer);
    ana.write("Asked to be erased", To::Study);
    send(&world, &ana, &mut sent);
    world.pull().await;
    let entry = world.rows().into_iter().find(|row| row.text == "Asked to be erased").unwrap().entry;
    let reach = Reach::Entries(vec![entry]);
    let prepared = prepare(&mut world.desk, "Ana", &reach, "asked", NOW, &Progress::silent()).await.unwrap();
    carry_out(&mut world.desk, prepared, NOW).await.unwrap();
    let before = world.folder.with_file_name("before.json");
    make(&world.desk, &before, NOW).unwrap();

    let rotated = rotate(&mut world.desk).await.unwrap();
    assert_eq!(rotated, Rotated { version: 2, changes: 1, resumed: false, shares_are_older: false });
    assert_ne!(newest(&world.desk), first);
    assert_eq!(world.texts(), ["Before"]);
    assert_eq!(behind(&world.desk).unwrap().len(), 1);
    // Not yet heard of it: sealed to the key before.
    ana.write("After, to the old key", To::Study);
    ana.follow(newest(&world.desk));
    ana.grant(held);
    ana.write("After", To::Study);
    send(&world, &ana, &mut sent);
    // One that joins by an invitation from before, and one by an invitation that the new key signs.
    let ben = world.join("Ben").await;
    world.server.receive(&ben.items());
    let mut world = reopened(world);
    let pulled = world.pull().await;
    assert!(!pulled.report.needs_attention(), "{:?}", pulled.totals);
    let texts: BTreeSet<String> = world.texts().into_iter().collect();
    assert_eq!(texts, ["Before", "Held over the change", "After, to the old key", "After"].map(str::to_owned).into());
    assert_eq!(behind(&world.desk).unwrap(), []);
    let after = world.folder.with_file_name("after.json");
    make(&world.desk, &after, NOW).unwrap();
    // Whoever checks later finds the old key's order, and a certificate from before still holds.
    let erased = |path| check(path).unwrap().certificate.statement.erasures.len();
    assert_eq!((erased(&before), erased(&after)), (1, 1));
    // The study's word by the new key.
    let prepared = prepare(&mut world.desk, "Ana", &Reach::Shared, "asked", NOW, &Progress::silent()).await.unwrap();
    carry_out(&mut world.desk, prepared, NOW).await.unwrap();
    world.pull().await;
    assert_eq!(world.texts(), [""; 0]);
    make(&world.desk, &after, NOW).unwrap();
    assert_eq!(erased(&after), 5);
}

#[tokio::test]
async fn a_change_that_got_no_answer_goes_on_with_the_very_same_keys_and_is_one_change() {
    let mut world = World::new().await;
    unanswered(&world);
    let failed = rotate(&mut world.desk).await.unwrap_err();
    assert!(matches!(failed, PublishError::NotSent(_, 2)), "{failed}");
    assert!(is_under_way(&world.desk).unwrap());
    assert_eq!(world.desk.identity.document.document.version, 1, "nothing is shown as done that is not");
    let mut world = reopened(world);
    assert!(matches!(rotate(&mut world.desk).await, Err(PublishError::NotSent(_, 2))));
    assert_eq!(world.desk.keys.older.len(), 1, "no other pair was made");
    let mut phone = world.join("Ana").await;
    let kept = world.desk.keys.older[0].sealing_key();
    answered(&world);
    let rotated = rotate(&mut world.desk).await.unwrap();
    assert_eq!(rotated, Rotated { version: 2, changes: 1, resumed: true, shares_are_older: false });
    assert_eq!(newest(&world.desk), kept);
    assert!(!is_under_way(&world.desk).unwrap());
    phone.write("To the first key", To::Study);
    phone.follow(newest(&world.desk));
    phone.write("To the second", To::Study);
    world.server.receive(&phone.items());
    let mut world = reopened(world);
    world.pull().await;
    assert_eq!(world.texts(), ["To the first key", "To the second"]);
    // Done twice is changed twice.
    assert_eq!(rotate(&mut world.desk).await.unwrap().changes, 2);
    assert_eq!(world.texts(), ["To the first key", "To the second"]);
}

#[tokio::test]
async fn publishing_brings_a_change_to_its_end_first_and_counts_on_from_it() {
    let mut world = World::new().await;
    unanswered(&world);
    rotate(&mut world.desk).await.unwrap_err();
    answered(&world);
    let mut file = study::read_study_file(&example()).unwrap();
    file.version = 2;
    assert_eq!(publish(&mut world.desk, &file).await.unwrap().version, 2, "the file says what the document says");
    assert_eq!(world.desk.identity.document.signing_keys.len(), 2, "the change is done");
    file.version = 3;
    assert_eq!(publish(&mut world.desk, &file).await.unwrap().version, 3);
    assert_eq!(world.desk.identity.document.signing_keys.len(), 2);
    let versions: Vec<u32> = world.server.with(|script| {
        let study = world.desk.identity.study;
        let of = |signed: &SignedDocument| signed.verify(&study).unwrap().document.version;
        script.documents.iter().map(of).collect()
    });
    assert_eq!(versions.last(), Some(&3));
}

#[tokio::test]
async fn a_change_that_the_server_does_not_take_changes_nothing_and_loses_no_key() {
    let mut world = World::new().await;
    let first = newest(&world.desk);
    conflict(&world);
    let failed = rotate(&mut world.desk).await.unwrap_err();
    assert!(matches!(failed, PublishError::Elsewhere(_)), "{failed}");
    let mut world = reopened(world);
    assert_eq!((newest(&world.desk), world.desk.keys.older.len()), (first, 1));
    assert!(!is_under_way(&world.desk).unwrap());
    // Whatever the server has done with the document: what is sealed to its key opens.
    let mut phone = world.join("Ana").await;
    phone.write("To the study's key", To::Study);
    phone.follow(world.desk.keys.older[0].sealing_key());
    phone.write("To the other", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    assert_eq!(world.texts(), ["To the study's key", "To the other"]);
    assert_eq!(rotate(&mut world.desk).await.unwrap().changes, 1, "and keys can be changed all the same");
    assert_eq!(world.texts(), ["To the study's key", "To the other"]);
}

#[tokio::test]
async fn shares_from_before_open_what_was_sealed_until_then_and_neither_the_rest_nor_the_desks_file() {
    let mut world = World::new().await;
    let (mut ana, mut sent) = (world.join("Ana").await, 0);
    ana.write("Before", To::Study);
    send(&world, &ana, &mut sent);
    world.pull().await;
    let old = custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    let signing = world.desk.keys.signing.clone();
    assert!(rotate(&mut world.desk).await.unwrap().shares_are_older);
    assert!(custody::standing(&world.desk).unwrap().unwrap().older_keys);
    ana.follow(newest(&world.desk));
    ana.write("After", To::Study);
    send(&world, &ana, &mut sent);
    world.pull().await;
    // A power cut before the old shares' slot was gone.
    world.desk.vault.add_slot(&Secret::Words(&slot_secret(&signing)), PARAMS).unwrap();
    let world = reopened(world);
    assert!(!world.desk.vault.slots().unwrap().contains(&SlotKind::Words));
    let World { server, mut desk, folder, _temporary } = world;
    // Also when those who hold them come before anybody with a passphrase.
    desk.vault.add_slot(&Secret::Words(&slot_secret(&signing)), PARAMS).unwrap();
    drop(desk);
    assert!(matches!(custody::reopen(&folder, &old[..2], ANOTHER, None, PARAMS, NOW), Err(CustodyError::NoSlot)));
    let desk = Desk::open(&folder, PASSPHRASE).unwrap();
    let mut world = World { server, desk, folder, _temporary };

    let renewed = async |world: &mut World, name: &str, shares: &[_]| {
        let folder = world.folder.with_file_name(name);
        let url = world.server.url.clone();
        custody::renew(&folder, shares, url, Token([9; 32]), ANOTHER, PARAMS).await.unwrap();
        let desk = Desk::open(&folder, ANOTHER).unwrap();
        std::mem::replace(&mut world.desk, desk)
    };
    let desk = renewed(&mut world, "of old shares", &old[..2]).await;
    let pulled = world.pull().await;
    assert_eq!(world.texts(), ["Before"]);
    let said: Vec<&str> = pulled.totals.quarantined.iter().map(|record| record.reason.as_str()).collect();
    assert_eq!(said, ["sealed to another key"], "it says what it cannot open");
    assert!(matches!(rotate(&mut world.desk).await, Err(PublishError::OldKeys)));
    let file = study::read_study_file(&example()).unwrap();
    assert!(matches!(publish(&mut world.desk, &file).await, Err(PublishError::OldKeys)));
    assert!(matches!(custody::split(&mut world.desk, 2, 3, Vec::new(), NOW), Err(CustodyError::Incomplete)));

    world.desk = desk;
    let new = custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    assert!(!custody::standing(&world.desk).unwrap().unwrap().older_keys);
    drop(renewed(&mut world, "of new shares", &new[1..]).await);
    let pulled = world.pull().await;
    assert!(pulled.totals.quarantined.is_empty());
    assert_eq!(world.texts(), ["Before", "After"]);
    // Such a desk is one like any other.
    assert_eq!(rotate(&mut world.desk).await.unwrap().changes, 2);
    let again = custody::split(&mut world.desk, 2, 2, Vec::new(), NOW).unwrap();
    drop(renewed(&mut world, "of the newest shares", &again).await);
    world.pull().await;
    assert_eq!(world.texts(), ["Before", "After"]);
    // And the first desk's file opens with its own newest shares, not with another desk's.
    let first = world.folder.clone();
    assert!(matches!(custody::reopen(&first, &again, ANOTHER, None, PARAMS, NOW), Err(CustodyError::OtherStudy)));
    drop(custody::reopen(&first, &new[..2], ANOTHER, None, PARAMS, NOW).unwrap());
    assert!(matches!(Desk::open(&first, PASSPHRASE), Err(DeskError::WrongPassphrase)));
}

/// A damaged slot of custodians keeps out nobody who has a passphrase, and does not undo a change of keys.
#[tokio::test]
async fn a_damaged_slot_of_custodians_keeps_nobody_out_after_a_change() {
    let mut world = World::new().await;
    let damaged = |world: World| {
        let World { server, desk, folder, _temporary } = world;
        drop(desk);
        let file = rusqlite::Connection::open(folder.join("desk.waymark")).unwrap();
        // Passphrases are the first kind.
        assert_eq!(file.execute("UPDATE slot SET wrapped = zeroblob(48) WHERE kind <> 1", []).unwrap(), 1);
        drop(file);
        let desk = Desk::open(&folder, PASSPHRASE).unwrap();
        World { server, desk, folder, _temporary }
    };
    custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    let mut world = damaged(world);
    assert_eq!(rotate(&mut world.desk).await.unwrap().changes, 1);
    assert!(!world.desk.vault.slots().unwrap().contains(&SlotKind::Words));
    custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    let world = damaged(world);
    assert_eq!(world.desk.identity.document.document.version, 2);
}

/// The codes of its study file stand in no document, and would be forgotten.
#[tokio::test]
async fn keys_are_not_changed_while_a_version_waits_for_its_answer() {
    let mut world = World::new().await;
    unanswered(&world);
    let mut file = study::read_study_file(&example()).unwrap();
    file.version = 2;
    publish(&mut world.desk, &file).await.unwrap_err();
    answered(&world);
    let refused = rotate(&mut world.desk).await.unwrap_err();
    assert!(matches!(refused, PublishError::Unanswered), "{refused}");
    assert_eq!(publish(&mut world.desk, &file).await.unwrap().version, 2);
    assert_eq!(rotate(&mut world.desk).await.unwrap().version, 3);
}

/// A desk of older shares cannot read what is sealed to newer keys: it may be the word that somebody has left.
#[tokio::test]
async fn a_desk_without_the_newest_keys_erases_no_word_of_leaving() {
    let mut world = World::new().await;
    let old = custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    let (mut ana, mut sent) = (world.join("Ana").await, 0);
    rotate(&mut world.desk).await.unwrap();
    ana.follow(newest(&world.desk));
    ana.write("After", To::Study);
    ana.leave();
    send(&world, &ana, &mut sent);
    world.pull().await;
    let folder = world.folder.with_file_name("of old shares");
    custody::renew(&folder, &old[..2], world.server.url.clone(), Token([9; 32]), ANOTHER, PARAMS).await.unwrap();
    world.desk = Desk::open(&folder, ANOTHER).unwrap();
    // People are known by their numbers there.
    let number = world.pull().await.report.devices[0].participant.clone();
    let prepared = prepare(&mut world.desk, &number, &Reach::Shared, "asked", NOW, &Progress::silent()).await.unwrap();
    assert_eq!((prepared.counts.entries, prepared.counts.notices), (1, 0));
}

#[tokio::test]
async fn shares_of_keys_that_the_study_never_had_make_no_desk() {
    let mut world = World::new().await;
    conflict(&world);
    // A change that the server did not take, and one that it took: the pair of the first was never the study's.
    rotate(&mut world.desk).await.unwrap_err();
    let never = world.desk.keys.older[0].clone();
    let id = world.desk.identity.study;
    let signing = waymark_protocol::keys::SigningKey::from_seed(&[7; 32]);
    let mut rng = waymark_vault::SystemRng;
    for (opening, older) in [(&never, &world.desk.keys.opening), (&world.desk.keys.opening, &never)] {
        for signing in [&signing, &world.desk.keys.signing] {
            let shares =
                waymark_protocol::custody::split(id, signing, opening, std::slice::from_ref(older), 2, 2, &mut rng)
                    .unwrap();
            let folder = world.folder.with_file_name("anew");
            let made =
                custody::renew(&folder, &shares, world.server.url.clone(), Token([9; 32]), ANOTHER, PARAMS).await;
            assert!(matches!(made, Err(CustodyError::OtherKeys)));
            assert!(!folder.exists(), "nothing is left behind");
        }
    }
}

#[derive(Debug, Clone)]
enum Act {
    Rotate,
    /// The server does not answer, and the power goes.
    RotateInVain,
    Publish,
    Join,
    /// Somebody writes and shares at once.
    Share(usize),
    /// Somebody writes; what is held is granted with the next of these.
    Hold(usize),
    Grant(usize),
    /// Somebody's phone reads the newest document.
    Follow(usize),
    Send(usize),
    Pull,
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let who = 0..4usize;
    prop_oneof![
        2 => Just(Act::Rotate),
        1 => Just(Act::RotateInVain),
        1 => Just(Act::Publish),
        2 => Just(Act::Join),
        3 => who.clone().prop_map(Act::Share),
        2 => who.clone().prop_map(Act::Hold),
        2 => who.clone().prop_map(Act::Grant),
        2 => who.clone().prop_map(Act::Follow),
        1 => who.prop_map(Act::Send),
        1 => Just(Act::Pull),
        1 => Just(Act::Reopen),
    ]
}

struct Person {
    phone: Phone,
    sent: usize,
    held: Vec<waymark_protocol::record::Target>,
}

impl Person {
    fn grant(&mut self) {
        for held in self.held.drain(..) {
            self.phone.grant(held);
        }
    }
}

/// Does all of it; at its end everything that was shared opens, at this desk and at one that is made of its newest shares.
async fn all_opens(acts: Vec<Act>) {
    let mut world = World::new().await;
    let (mut people, mut texts): (Vec<Person>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    for (at, act) in acts.into_iter().enumerate() {
        match act {
            Act::Rotate => drop(rotate(&mut world.desk).await.unwrap()),
            Act::RotateInVain => {
                unanswered(&world);
                rotate(&mut world.desk).await.unwrap_err();
                answered(&world);
                world = reopened(world);
            }
            Act::Publish => {
                let mut file = study::read_study_file(&example()).unwrap();
                file.version =
                    world.desk.identity.document.document.version + 1 + u32::from(is_under_way(&world.desk).unwrap());
                publish(&mut world.desk, &file).await.unwrap();
            }
            Act::Join => {
                let phone = world.join(&format!("P{at}")).await;
                people.push(Person { phone, sent: 0, held: Vec::new() });
            }
            Act::Pull => drop(world.pull().await),
            Act::Reopen => world = reopened(world),
            Act::Share(who) | Act::Hold(who) | Act::Grant(who) | Act::Follow(who) | Act::Send(who) => {
                let Some(person) = people.get_mut(who) else { continue };
                let text = format!("Entry {at}");
                match act {
                    Act::Share(_) => {
                        person.phone.write(&text, To::Study);
                        texts.insert(text);
                    }
                    Act::Hold(_) => {
                        person.held.push(person.phone.write(&text, To::Writer));
                        texts.insert(text);
                    }
                    Act::Grant(_) => person.grant(),
                    Act::Follow(_) => person.phone.follow(newest(&world.desk)),
                    _ => send(&world, &person.phone, &mut person.sent),
                }
            }
        }
    }
    for person in &mut people {
        person.grant();
        send(&world, &person.phone, &mut person.sent);
    }
    let pulled = world.pull().await;
    assert!(pulled.totals.quarantined.is_empty() && !pulled.report.needs_attention(), "{:?}", pulled.totals);
    let opened = |world: &World| world.texts().into_iter().collect::<BTreeSet<_>>();
    assert_eq!(opened(&world), texts);
    let shares = custody::split(&mut world.desk, 2, 2, Vec::new(), NOW).unwrap();
    let folder = world.folder.with_file_name("anew");
    let url = world.server.url.clone();
    custody::renew(&folder, &shares, url, Token([9; 32]), ANOTHER, PARAMS).await.unwrap();
    world.desk = Desk::open(&folder, ANOTHER).unwrap();
    let pulled = world.pull().await;
    assert!(pulled.totals.quarantined.is_empty(), "{:?}", pulled.totals);
    assert_eq!(opened(&world), texts);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_done_in_whatever_order_all_that_was_shared_opens(acts in prop::collection::vec(act(), 1..24)) {
        tokio::runtime::Runtime::new().unwrap().block_on(all_opens(acts));
    }
}
