//! An honest server: what comes is counted, proven and opened.

use waymark_desk::Desk;
use waymark_desk::desk::DeskError;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::Item;

use crate::phone::To;
use crate::world::{PASSPHRASE, World, device, state};

#[tokio::test]
async fn a_whole_log_is_complete_and_what_was_shared_opens() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("shared at once", To::Study);
    let held = phone.write("shared later", To::Writer);
    phone.write("private", To::Writer);
    phone.own();
    phone.notice();
    phone.grant(held);
    world.server.receive(&phone.items());

    let pulled = world.pull().await;
    let totals = &pulled.totals;
    assert_eq!((totals.received, totals.opened, totals.private, totals.control), (8, 2, 2, 4), "{totals:?}");
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 8));
    assert_eq!(device(&pulled, phone.device()).participant, "Ash");
    assert_eq!(device(&pulled, phone.device()).as_of.as_deref(), Some("2026-04-24T03:06:40Z"));
    assert!(!pulled.report.needs_attention());
    assert_eq!(world.texts(), ["shared at once", "shared later"]);
    let sighting = world.server.with(|script| script.sightings.pop().unwrap());
    assert_eq!(sighting.heads, [phone.log.last().unwrap().as_target()]);
    sighting.verify(&phone.study, &world.desk.identity.document.signing_keys).unwrap();
}

#[tokio::test]
async fn a_second_pull_reads_on_and_repeats_nothing() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("one", To::Study);
    world.server.receive(&phone.items());
    let first = world.pull().await;
    world.server.with(|script| script.asked.clear());
    assert_eq!(world.pull().await.totals, first.totals);
    assert_eq!(world.server.with(|script| script.asked.clone()), [4], "only what comes after the cursor is asked for");

    let sent = phone.items().len() - 1;
    phone.write("two", To::Study);
    world.server.receive(&phone.items()[sent..]);
    let pulled = world.pull().await;
    assert_eq!(pulled.totals.opened, 2);
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 4));
}

#[tokio::test]
async fn a_device_that_has_more_than_it_sent_is_behind() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("sent", To::Study);
    phone.write("not sent yet", To::Study);
    let mut items = phone.items();
    items.truncate(3);
    items.push(Item::Checkpoint(Box::new(phone.checkpoint_at(3, 4))));
    world.server.receive(&items);
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()), (State::Behind, 3));
    assert!(!pulled.report.needs_attention());
}

#[tokio::test]
async fn what_no_checkpoint_covers_waits_and_is_not_opened() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    world.server.receive(&phone.items());
    phone.write("not covered", To::Study);
    world.server.receive(&phone.items()[2..3]);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.waiting, pulled.totals.opened), (1, 0));
    assert!(world.texts().is_empty());
    assert!(!pulled.report.needs_attention());
}

#[tokio::test]
async fn the_same_label_gives_the_same_invitation_until_it_is_used_or_expired() {
    let mut world = World::new().await;
    let first = world.invite("Ash").await;
    assert_eq!(world.invite(" Ash ").await.link, first.link);
    assert_ne!(world.invite("Birch").await.link, first.link);
    let later = crate::world::NOW + 91 * 24 * 60 * 60 * 1000;
    let renewed = waymark_desk::invite::invite(&mut world.desk, "Ash", later).await.unwrap();
    assert_ne!(renewed.link, first.link, "an expired invitation is replaced");

    let phone = world.join_with(&renewed);
    world.server.receive(&phone.items());
    world.pull().await;
    let second = waymark_desk::invite::invite(&mut world.desk, "Ash", later).await.unwrap();
    assert_ne!(second.link, renewed.link, "a used invitation is replaced");
    let other = world.join_with(&second);
    assert_eq!(other.participant, phone.participant, "it is still the same participant");
    assert!(first.qr_svg.starts_with("<svg"));
    assert!(first.link.starts_with("waymark://join/"));
}

#[tokio::test]
async fn labels_never_reach_the_server() {
    let mut world = World::new().await;
    let phone = world.join("Ash Canary").await;
    world.server.receive(&phone.items());
    world.pull().await;
    let (certificates, sightings) = world.server.with(|script| {
        (serde_json::to_string(&script.certificates).unwrap(), serde_json::to_string(&script.sightings).unwrap())
    });
    assert!(!certificates.contains("Canary") && !sightings.contains("Canary"));
}

#[tokio::test]
async fn the_desk_opens_with_its_passphrase_alone_and_its_file_shows_nothing() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash Canary").await;
    phone.write("diary canary", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let World { desk, folder, server, _temporary } = world;
    drop(desk);
    assert!(matches!(Desk::open(&folder, "wrong"), Err(DeskError::WrongPassphrase)));
    for file in std::fs::read_dir(&folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for canary in [&b"diary canary"[..], b"Ash Canary", PASSPHRASE.as_bytes(), server.url.as_str().as_bytes()] {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary));
        }
    }
    Desk::open(&folder, PASSPHRASE).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn only_their_owner_can_read_the_desks_files() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.folder), 0o700);
    for file in std::fs::read_dir(&world.folder).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}
