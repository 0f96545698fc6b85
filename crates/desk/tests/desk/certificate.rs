//! Certificates: what they say is what the phones have signed, whoever made them and whatever was done to the file.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use waymark_desk::Progress;
use waymark_desk::certificate::{By, Certificate, CheckError, Checked, ProofError, check, make};
use waymark_desk::erase::{Reach, carry_out, prepare};
use waymark_protocol::hex::HexBytes;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::{self, Item};

use crate::phone::{Phone, To};
use crate::world::{NOW, World};

fn file(world: &World) -> PathBuf {
    world.folder.with_file_name("certificate.json")
}

/// Two people; one has withdrawn an entry, and the study has had one of the other's erased.
async fn studied() -> (World, [Phone; 2]) {
    let mut world = World::new().await;
    let (mut ash, mut birch) = (world.join("Ash").await, world.join("Birch").await);
    ash.write("canary-shared", To::Study);
    let withdrawn = ash.write("canary-withdrawn", To::Study);
    ash.write("canary-private", To::Writer);
    ash.withdraw(withdrawn);
    birch.write("canary-ordered", To::Study);
    for phone in [&ash, &birch] {
        world.server.receive(&phone.items());
    }
    world.pull().await;
    let prepared = prepare(&mut world.desk, "Birch", &Reach::Shared, "asked", NOW, &Progress::silent()).await.unwrap();
    carry_out(&mut world.desk, prepared, NOW).await.unwrap();
    (world, [ash, birch])
}

fn made(world: &World) -> Certificate {
    make(&world.desk, &file(world), NOW).unwrap()
}

fn checked(certificate: &Certificate, path: &Path) -> Result<Checked, CheckError> {
    fs::write(path, serde_json::to_vec(certificate).unwrap()).unwrap();
    check(path)
}

#[tokio::test]
async fn a_certificate_says_what_the_desk_says_and_holds_nothing_that_anybody_wrote() {
    let (mut world, [ash, birch]) = studied().await;
    let report = world.pull().await.report;
    made(&world);
    let Checked { certificate, title, .. } = check(&file(&world)).unwrap();
    assert_eq!(title, "Transitions");
    let statement = &certificate.statement;
    let mut said: Vec<_> = statement.devices.iter().map(|it| (it.device, it.state, it.seq, it.as_of.clone())).collect();
    let mut reported: Vec<_> =
        report.devices.iter().map(|it| (it.device, it.state, it.seq, it.as_of.clone())).collect();
    said.sort_by_key(|device| device.0);
    reported.sort_by_key(|device| device.0);
    assert_eq!(said, reported);
    assert!(statement.devices.iter().all(|device| device.state == State::Complete));

    let counts = statement.counts;
    assert_eq!((counts.received, counts.erased, counts.waiting, counts.quarantined), (9, 2, 0, 0));
    assert_eq!(counts.received, counts.covered + counts.erased);
    assert_eq!(certificate.desks_word.opened, 1);
    let mut erasures: Vec<_> = statement.erasures.iter().map(|it| (it.by, it.device, it.seq, it.at.clone())).collect();
    erasures.sort_by_key(|erasure| erasure.2);
    let at = Some("2026-04-24T03:06:40Z".to_owned());
    assert_eq!(erasures, [(By::Study, birch.device(), 3, at.clone()), (By::Writer, ash.device(), 4, at)]);

    let bytes = fs::read(file(&world)).unwrap();
    let holds = |needle: &[u8]| memchr::memmem::find(&bytes, needle).is_some();
    assert!(!holds(b"canary") && !holds(b"Ash") && !holds(b"Birch"), "no words and no labels");
    for record in ash.log.iter().chain(&birch.log).filter(|record| record.header().seq > 1) {
        let some = record.body().get(..16).map(waymark_protocol::hex::encode);
        assert!(some.is_none_or(|some| !holds(some.as_bytes())), "no sealed body");
    }
}

#[tokio::test]
async fn what_was_left_out_or_changed_is_found_on_a_machine_without_any_key() {
    let (world, [ash, _]) = studied().await;
    let good = made(&world);
    let path = file(&world);
    checked(&good, &path).unwrap();
    let her = good.logs.iter().position(|log| log.device == ash.device()).unwrap();
    let tampered = |change: &dyn Fn(&mut Certificate)| {
        let mut certificate = good.clone();
        change(&mut certificate);
        checked(&certificate, &path).map(|_| ()).expect_err("it was believed")
    };
    // A record, a whole phone's proofs, the tail with its checkpoint.
    assert!(matches!(tampered(&|it| drop(it.logs[her].records.remove(2))), CheckError::Contradicts("devices")));
    assert!(matches!(tampered(&|it| drop(it.logs.remove(0))), CheckError::Contradicts("devices")));
    assert!(matches!(
        tampered(&|it| {
            it.logs[her].records.pop();
            it.logs[her].checkpoints.0.clear();
        }),
        CheckError::Contradicts("devices")
    ));
    // What it says.
    assert!(matches!(tampered(&|it| it.statement.devices[0].seq += 1), CheckError::Contradicts("devices")));
    assert!(matches!(tampered(&|it| it.statement.counts.covered += 1), CheckError::Contradicts("counts")));
    assert!(matches!(tampered(&|it| it.statement.erasures[0].at = None), CheckError::Contradicts("erasures")));
    assert!(matches!(tampered(&|it| it.orders.erasures.clear()), CheckError::Contradicts(_)));
    let invented =
        waymark_desk::certificate::Quarantined { device: ash.device(), seq: 9, reason: "made up".to_owned() };
    assert!(matches!(
        tampered(&|it| it.statement.quarantined.push(invented.clone())),
        CheckError::Contradicts("quarantine")
    ));
    // What the desk does not hold is not complete.
    assert!(matches!(tampered(&|it| { it.logs[her].records[2].whole = false }), CheckError::Contradicts("devices")));
    // Proofs that are none.
    assert!(matches!(
        tampered(&|it| { it.logs[her].records[1].item.0.truncate(9) }),
        CheckError::Proof(ProofError::Malformed(device)) if device == ash.device()
    ));
    assert!(matches!(
        tampered(&|it| {
            let twice = it.logs[0].clone();
            it.logs.push(twice);
        }),
        CheckError::Proof(ProofError::Twice(_))
    ));
    let mut whole = Vec::new();
    wire::write_feed_frame(&mut whole, 0, 0, false);
    Item::Record(Box::new(ash.log[2].clone())).write(&mut whole);
    assert!(matches!(
        tampered(&|it| { it.logs[her].records[2].item = HexBytes(whole.clone()) }),
        CheckError::Proof(ProofError::Contents(_))
    ));
    // Another study's word.
    let other = World::new().await;
    assert!(matches!(tampered(&|it| it.document = other.desk.identity.signed.clone()), CheckError::Study(_)));
}

#[tokio::test]
async fn what_is_no_certificate_is_told_from_what_is_newer_and_from_what_is_not_there() {
    let (world, _) = studied().await;
    let path = file(&world);
    assert!(matches!(check(&path), Err(CheckError::Unreadable(..))));
    made(&world);
    let bytes = fs::read(&path).unwrap();
    for cut in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&path, &bytes[..cut]).unwrap();
        assert!(matches!(check(&path), Err(CheckError::NotOne(_))), "cut after {cut}");
    }
    // What would be written on the terminal of whoever checks it.
    let mut certificate: Certificate = serde_json::from_slice(&bytes).unwrap();
    for at in ["\u{1b}[2J", "2026-04-24T03:06:40Z\u{1b}[2J", "yesterday", ""] {
        certificate.made_at = Some(at.to_owned());
        assert!(matches!(checked(&certificate, &path), Err(CheckError::NotOne(_))), "{at:?}");
    }
    certificate.made_at = None;
    assert!(checked(&certificate, &path).is_ok(), "a desk without a clock");
    let newer = String::from_utf8(bytes).unwrap().replacen("\"waymark_certificate\":1", "\"waymark_certificate\":2", 1);
    fs::write(&path, newer).unwrap();
    assert!(matches!(check(&path), Err(CheckError::Newer(_))));
}

#[tokio::test]
async fn a_certificate_of_a_study_from_which_something_is_withheld_says_so() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("here", To::Study);
    let items = phone.items();
    let tombstone = Item::Tombstone(Box::new(phone.log[2].to_tombstone()));
    world.server.receive(&[items[0].clone(), items[1].clone(), tombstone, items[3].clone()]);
    world.pull().await;
    made(&world);
    let checked = check(&file(&world)).unwrap();
    assert_eq!(checked.certificate.statement.devices[0].state, State::Withheld);
    assert!(checked.needs_attention());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to one byte of the file: it is refused, or says still what it said.
    #[test]
    fn no_changed_byte_makes_a_certificate_say_something_else(at in any::<prop::sample::Index>(), to in 0x20_u8..0x7f) {
        static MADE: std::sync::OnceLock<(Vec<u8>, Certificate)> = std::sync::OnceLock::new();
        let (bytes, good) = MADE.get_or_init(|| {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let (world, _) = studied().await;
                let good = made(&world);
                (fs::read(file(&world)).unwrap(), good)
            })
        });
        let mut changed = bytes.clone();
        let at = at.index(changed.len());
        changed[at] = to;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("certificate.json");
        fs::write(&path, &changed).unwrap();
        if let Ok(checked) = check(&path) {
            prop_assert_eq!(&checked.certificate.statement, &good.statement);
        }
    }
}
