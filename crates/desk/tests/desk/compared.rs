//! Two desks of one study compare what they were shown.

use std::fs;
use std::path::PathBuf;

use waymark_desk::certificate::{
    Checked, CompareError, Comparison, DeviceComparison, ExportCheckError, Histories, ProofProblem, check,
    check_export, compare, make,
};
use waymark_desk::erase::{Reach, carry_out, prepare};
use waymark_desk::export::export_with_proofs;
use waymark_desk::pull::pull;
use waymark_desk::{Desk, Progress};
use waymark_protocol::DeviceId;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::Item;

use crate::phone::{Phone, To};
use crate::world::{NOW, PASSPHRASE, World};

/// A second desk of the same study, with what the first has by now.
fn second_desk(world: &World) -> (Desk, PathBuf) {
    let folder = world.folder.with_file_name("second");
    fs::create_dir(&folder).unwrap();
    for file in fs::read_dir(&world.folder).unwrap().map(Result::unwrap) {
        if !file.file_name().to_string_lossy().ends_with(".lock") {
            fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
    }
    (Desk::open(&folder, PASSPHRASE).unwrap(), folder)
}

fn certified(desk: &Desk, world: &World, name: &str) -> Checked {
    let path = world.folder.with_file_name(name);
    make(desk, &path, NOW).unwrap();
    check(&path).unwrap()
}

/// What the server shows to each desk, and how the two compare.
async fn shown(world: &mut World, first: &[Item], second: &[Item]) -> Comparison {
    let (mut other, folder) = second_desk(world);
    world.server.receive(first);
    world.pull().await;
    world.server.with(|script| script.feed.clear());
    world.server.receive(second);
    pull(&mut other, NOW, &Progress::silent()).await.unwrap();
    let (one, two) = (certified(&world.desk, world, "one"), certified(&other, world, "two"));
    fs::remove_dir_all(folder).unwrap();
    let (comparison, mirrored) = (compare(&one, &two).unwrap(), compare(&two, &one).unwrap());
    assert_eq!(comparison.needs_attention(), mirrored.needs_attention(), "whichever comes first");
    comparison
}

fn histories(comparison: &Comparison, device: DeviceId) -> Histories {
    compared(comparison, device).histories
}

fn compared(comparison: &Comparison, device: DeviceId) -> &DeviceComparison {
    comparison.devices.iter().find(|it| it.device == device).unwrap()
}

fn states(device: &DeviceComparison) -> [(State, u64); 2] {
    device.states.map(|stands| stands.map(|stands| (stands.state, stands.seq)).unwrap())
}

async fn written() -> (World, Phone) {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("one", To::Study);
    phone.write("two", To::Study);
    (world, phone)
}

fn item(checkpoint: waymark_protocol::checkpoint::Checkpoint) -> Item {
    Item::Checkpoint(Box::new(checkpoint))
}

#[tokio::test]
async fn two_desks_that_were_shown_the_same_agree_and_an_older_certificate_is_only_older() {
    let (mut world, mut phone) = written().await;
    let before = phone.items();
    let same = shown(&mut world, &before, &before).await;
    assert_eq!(histories(&same, phone.device()), Histories::Same { through: 4 });
    assert!(!same.needs_attention() && !same.documents_split);

    let (mut world, mut later) = written().await;
    std::mem::swap(&mut phone, &mut later);
    let before = phone.items();
    phone.write("three", To::Study);
    let ahead = shown(&mut world, &before, &phone.items()).await;
    let expected = Histories::Ahead { second: true, agree: 4, first_through: 4, second_through: 5 };
    assert_eq!(histories(&ahead, phone.device()), expected);
    assert!(!ahead.needs_attention(), "the first may have pulled before");
}

#[tokio::test]
async fn two_desks_that_are_shown_different_histories_see_it_when_they_compare() {
    let (mut world, mut phone) = written().await;
    let mut other = phone.fork();
    phone.write("as it was", To::Study);
    other.write("as it was not", To::Study);
    other.write("and more", To::Study);
    let comparison = shown(&mut world, &phone.items(), &other.items()).await;
    assert_eq!(histories(&comparison, phone.device()), Histories::Split { at: 5 });
    assert!(comparison.needs_attention());

    // Of one no more than its signature.
    let (mut world, mut phone) = written().await;
    let mut other = phone.fork();
    phone.write("as it was", To::Study);
    other.write("as it was not", To::Study);
    let checkpoint = [&other.items()[..4], &[item(other.checkpoint())]].concat();
    let comparison = shown(&mut world, &phone.items(), &checkpoint).await;
    assert_eq!(histories(&comparison, phone.device()), Histories::Split { at: 5 }, "by a checkpoint alone");
    assert!(comparison.needs_attention());
}

#[tokio::test]
async fn one_fork_that_both_were_shown_is_no_split_and_one_that_only_one_was_shown_is() {
    let forked = |phone: &mut Phone| {
        let mut other = phone.fork();
        phone.write("as it was", To::Study);
        other.write("as it was not", To::Study);
        other.write("and more", To::Study);
        (phone.items(), other.items())
    };
    let (mut world, mut phone) = written().await;
    let (one, other) = forked(&mut phone);
    let there = [one.clone(), other.clone()].concat();
    // In whichever order the server shows them.
    for second in [there.clone(), [other, one].concat()] {
        let comparison = shown(&mut world, &there, &second).await;
        let device = compared(&comparison, phone.device());
        assert_eq!(device.histories, Histories::ForkedInBoth { at: 5 });
        assert!(device.states.iter().all(|stands| stands.is_some_and(|stands| stands.state == State::Fork)));
        assert!(comparison.needs_attention() && !comparison.differs());
    }

    let (mut world, mut phone) = written().await;
    let (one, other) = forked(&mut phone);
    let comparison = shown(&mut world, &one, &[one.clone(), other].concat()).await;
    assert_eq!(histories(&comparison, phone.device()), Histories::Split { at: 5 });
    assert!(comparison.differs());
}

#[tokio::test]
async fn a_gap_in_one_is_not_the_same_and_a_body_that_one_lacks_is_in_its_state() {
    let lacking = |phone: &Phone, place: usize| {
        let mut items = phone.items();
        items.remove(place - 1);
        items
    };
    let (mut world, phone) = written().await;
    let comparison = shown(&mut world, &phone.items(), &lacking(&phone, 3)).await;
    let device = compared(&comparison, phone.device());
    assert_eq!((device.histories, &device.in_one), (Histories::Gaps { through: 4 }, &[vec![1, 2, 3], vec![]]));
    assert_eq!(states(device), [(State::Complete, 4), (State::Gap, 3)]);
    assert!(!comparison.needs_attention(), "the second may still get it");

    // Each lacks what the other has.
    let (mut world, phone) = written().await;
    let comparison = shown(&mut world, &lacking(&phone, 2), &lacking(&phone, 3)).await;
    assert_eq!(compared(&comparison, phone.device()).in_one, [vec![3], vec![]], "what is before a gap waits");
    let (mut world, mut phone) = written().await;
    let before = item(phone.checkpoint());
    phone.write("three", To::Study);
    let with = |mut items: Vec<Item>| {
        items.push(before.clone());
        items
    };
    let comparison = shown(&mut world, &with(lacking(&phone, 5)), &lacking(&phone, 3)).await;
    let device = compared(&comparison, phone.device());
    assert!(matches!(device.histories, Histories::Ahead { second: true, first_through: 4, second_through: 5, .. }));
    assert!(comparison.needs_attention(), "each lacks what the other has");

    let (mut world, phone) = written().await;
    let mut items = phone.items();
    items[2] = Item::Tombstone(Box::new(phone.log[2].to_tombstone()));
    let comparison = shown(&mut world, &phone.items(), &items).await;
    let device = compared(&comparison, phone.device());
    assert_eq!(device.histories, Histories::Same { through: 4 });
    assert_eq!(states(device), [(State::Complete, 4), (State::Withheld, 3)]);
}

#[tokio::test]
async fn an_export_of_the_other_history_is_not_what_a_certificate_proves() {
    let (mut world, mut phone) = written().await;
    let mut other = phone.fork();
    phone.write("as it was", To::Study);
    other.write("as it was not", To::Study);
    let (mut second, _) = second_desk(&world);
    world.server.receive(&phone.items());
    world.pull().await;
    world.server.with(|script| script.feed.clear());
    world.server.receive(&other.items());
    pull(&mut second, NOW, &Progress::silent()).await.unwrap();
    let (one, two) = (certified(&world.desk, &world, "one"), certified(&second, &world, "two"));
    let export = world.folder.with_file_name("out.jsonl");
    export_with_proofs(&mut second, &export).unwrap();
    assert_eq!(check_export(&two, &export).unwrap().entries, 3);
    let wrong = check_export(&one, &export).unwrap_err();
    assert!(matches!(wrong, ExportCheckError::Proof(3, ProofProblem::NotInChain)), "{wrong}");
}

#[tokio::test]
async fn each_lacking_what_the_other_has_is_said_even_when_no_signature_contradicts() {
    let (mut world, ash) = written().await;
    let (birch, cedar) = (world.join("Birch").await, world.join("Cedar").await);
    let one = [ash.items(), birch.items()].concat();
    let comparison = shown(&mut world, &one, &[ash.items(), cedar.items()].concat()).await;
    assert_eq!(histories(&comparison, birch.device()), Histories::OnlyOne { second: false, through: 2 });
    assert_eq!(histories(&comparison, cedar.device()), Histories::OnlyOne { second: true, through: 2 });
    assert!(comparison.needs_attention());

    let (mut world, ash) = written().await;
    let birch = world.join("Birch").await;
    let comparison = shown(&mut world, &[ash.items(), birch.items()].concat(), &ash.items()).await;
    assert!(!comparison.needs_attention(), "the second may have pulled before Birch joined");
}

#[tokio::test]
async fn an_erasure_that_one_desk_has_not_heard_of_is_named() {
    let (mut world, ash) = written().await;
    world.server.receive(&ash.items());
    world.pull().await;
    let (other, _) = second_desk(&world);
    let prepared = prepare(&mut world.desk, "Ash", &Reach::Shared, "asked", NOW, &Progress::silent()).await.unwrap();
    carry_out(&mut world.desk, prepared, NOW).await.unwrap();
    let comparison = compare(&certified(&world.desk, &world, "one"), &certified(&other, &world, "two")).unwrap();
    assert_eq!(comparison.devices[0].histories, Histories::Same { through: 4 });
    assert_eq!(comparison.devices[0].erased_in_one, [vec![3, 4], vec![]]);
    assert!(!comparison.needs_attention(), "the second has not pulled since");
}

#[tokio::test]
async fn certificates_of_two_studies_are_not_compared_and_one_with_itself_is_the_same() {
    let ((mut one, phone), (other, _)) = (written().await, written().await);
    one.server.receive(&phone.items());
    one.pull().await;
    let (mine, other) = (certified(&one.desk, &one, "one"), certified(&other.desk, &other, "two"));
    assert!(matches!(compare(&mine, &other), Err(CompareError::AnotherStudy)));
    let same = compare(&mine, &mine).unwrap();
    assert_eq!(histories(&same, phone.device()), Histories::Same { through: 4 });
}
