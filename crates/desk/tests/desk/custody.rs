//! The study's keys in the hands of several custodians.

use waymark_desk::custody::{self, CustodyError};
use waymark_desk::desk::DeskError;
use waymark_desk::erase::{Reach, carry_out, prepare};
use waymark_desk::{Desk, Progress};
use waymark_protocol::api::Token;
use waymark_protocol::custody::{CustodyShare, JoinError, SplitError};
use waymark_vault::ArgonParams;

use crate::phone::To;
use crate::world::{NOW, PASSPHRASE, World};

const ANOTHER: &str = "a passphrase that nobody has forgotten";
const PARAMS: &ArgonParams = &ArgonParams::FLOOR;

async fn collected() -> World {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("What was shared", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    world
}

/// As a custodian would type it.
fn typed(shares: &[CustodyShare]) -> Vec<CustodyShare> {
    shares.iter().map(|share| CustodyShare::parse(&share.dangerously_text().to_lowercase()).unwrap()).collect()
}

#[tokio::test]
async fn a_forgotten_passphrase_is_replaced_by_enough_custodians_and_nothing_is_lost() {
    let mut world = collected().await;
    assert_eq!(custody::standing(&world.desk).unwrap(), None);
    let shares = custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    let standing = custody::standing(&world.desk).unwrap().unwrap();
    assert_eq!((standing.threshold, standing.of, shares.len()), (2, 3, 3));
    let study = world.desk.identity.study;
    assert_eq!(custody::rehearse(&typed(&shares[..2])).unwrap(), study);
    let World { desk, folder, _temporary, .. } = world;
    drop(desk);
    custody::reopen(&folder, &typed(&shares[1..]), ANOTHER, None, PARAMS, NOW).unwrap();
    assert!(matches!(Desk::open(&folder, PASSPHRASE), Err(DeskError::WrongPassphrase)));
    let desk = Desk::open(&folder, ANOTHER).unwrap();
    assert!(desk.collected_at().unwrap().is_some(), "what was collected is there");
    drop(desk);
    // The shares stay good.
    custody::reopen(&folder, &typed(&shares[..2]), PASSPHRASE, None, PARAMS, NOW).unwrap();
    Desk::open(&folder, PASSPHRASE).unwrap();
}

#[tokio::test]
async fn a_lost_machine_is_replaced_by_a_new_desk_that_opens_everything() {
    let mut world = collected().await;
    let shares = custody::split(&mut world.desk, 2, 2, Vec::new(), NOW).unwrap();
    let (server, folder) = (world.server.url.clone(), world.folder.with_file_name("anew"));
    let identity = custody::renew(&folder, &typed(&shares), server.clone(), Token([9; 32]), ANOTHER, PARAMS).await;
    let identity = identity.unwrap();
    assert_eq!((identity.study, identity.title()), (world.desk.identity.study, world.desk.identity.title()));
    world.desk = Desk::open(&folder, ANOTHER).unwrap();
    waymark_desk::pull::pull(&mut world.desk, NOW, &Progress::silent()).await.unwrap();
    assert_eq!(world.texts(), ["What was shared"]);
    let label = world.rows().remove(0).participant;
    assert!(label.len() == 32 && label.chars().all(|c| c.is_ascii_hexdigit()), "only the other desk knows their label");
    // By their number they can be erased too.
    let prepared = prepare(&mut world.desk, &label, &Reach::Shared, "asked", NOW, &Progress::silent()).await.unwrap();
    assert_eq!((prepared.counts.entries, prepared.participant.as_str()), (1, label.as_str()));
    carry_out(&mut world.desk, prepared, NOW).await.unwrap();
    assert_eq!(world.texts(), [""; 0]);
    let again = custody::renew(&folder, &typed(&shares), server, Token([9; 32]), ANOTHER, PARAMS).await;
    assert!(matches!(again, Err(CustodyError::Desk(DeskError::Exists(_)))));
}

#[tokio::test]
async fn a_server_that_gives_another_document_makes_no_desk() {
    let mut world = collected().await;
    let other = World::new().await;
    let shares = custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    let folder = world.folder.with_file_name("anew");
    let renewed =
        custody::renew(&folder, &shares[..2], other.server.url.clone(), Token([9; 32]), ANOTHER, PARAMS).await;
    assert!(matches!(renewed, Err(CustodyError::Document(_))));
    assert!(!folder.exists(), "nothing is left behind");
}

#[tokio::test]
async fn too_few_wrong_and_other_shares_change_nothing() {
    let mut world = collected().await;
    assert!(matches!(
        custody::split(&mut world.desk, 1, 3, Vec::new(), NOW),
        Err(CustodyError::Split(SplitError::Numbers))
    ));
    assert_eq!(custody::standing(&world.desk).unwrap(), None);
    let mut other = World::new().await;
    let others = custody::split(&mut other.desk, 2, 3, Vec::new(), NOW).unwrap();
    drop(other.desk);
    let before = std::mem::replace(&mut world.desk, Desk::open(&other.folder, PASSPHRASE).unwrap());
    drop(before);
    let unsplit = custody::reopen(&world.folder, &others[..2], ANOTHER, None, PARAMS, NOW);
    assert!(matches!(unsplit, Err(CustodyError::NoSlot)), "its keys were never split");
    world.desk = Desk::open(&world.folder, PASSPHRASE).unwrap();
    let shares = custody::split(&mut world.desk, 3, 3, Vec::new(), NOW).unwrap();
    let later = custody::split(&mut world.desk, 2, 3, Vec::new(), NOW).unwrap();
    drop(world.desk);
    let refused =
        |shares: &[CustodyShare]| custody::reopen(&world.folder, shares, ANOTHER, None, PARAMS, NOW).unwrap_err();
    assert!(matches!(refused(&shares[..2]), CustodyError::Join(JoinError::TooFew { have: 2, need: 3 })));
    assert!(matches!(refused(&others[..2]), CustodyError::OtherStudy));
    Desk::open(&world.folder, PASSPHRASE).unwrap();
    // An earlier set is as good as a later one.
    for set in [&shares[..], &later[..2]] {
        custody::reopen(&world.folder, set, PASSPHRASE, None, PARAMS, NOW).unwrap();
    }
}
