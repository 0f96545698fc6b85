//! What stands in the way of opening, each by its own name.

use std::fs;
use std::process::Command;

use waymark_vault::{ArgonParams, Error, Inspection, Secret, SlotKind, SystemRng, Vault};

use crate::support::{CHILD, ENTRIES, Place, child_arguments, child_path, open, put};

#[test]
fn a_wrong_passphrase_is_a_wrong_secret_and_the_right_one_still_opens() {
    let place = Place::new();
    let opened = |passphrase| Vault::open(&place.path, &Secret::Passphrase(passphrase), Box::new(SystemRng));
    Vault::create(&place.path, &Secret::Passphrase("correct horse"), &ArgonParams::FLOOR, Box::new(SystemRng)).unwrap();
    assert!(matches!(opened("correct hors"), Err(Error::WrongSecret)));
    assert!(matches!(opened("correct horse "), Err(Error::WrongSecret)));
    assert!(matches!(opened(""), Err(Error::EmptySecret)));
    opened("correct horse").unwrap();
}

#[test]
fn a_kind_of_secret_that_the_vault_has_no_slot_for_is_named() {
    let place = Place::new();
    place.create().lock().unwrap();
    let opened = Vault::open(&place.path, &Secret::Passphrase("any"), Box::new(SystemRng));
    assert!(matches!(opened, Err(Error::NoSlot(SlotKind::Passphrase))));
}

#[test]
fn where_there_is_no_file_or_folder_nothing_is_found_and_nothing_made() {
    let place = Place::new();
    assert!(matches!(place.open(), Err(Error::NotFound)));
    assert_eq!(Vault::inspect(&place.path).unwrap(), None);
    assert_eq!(place.names(), [""; 0]);
    let created = crate::support::create(&place.folder.path().join("missing").join("vault"));
    assert!(matches!(created, Err(Error::NotFound)));
}

#[test]
fn another_file_is_not_a_vault_and_is_not_touched() {
    let place = Place::new();
    let database = rusqlite::Connection::open(&place.path).unwrap();
    database.execute_batch("CREATE TABLE a (x)").unwrap();
    drop(database);
    for other in [fs::read(&place.path).unwrap(), Vec::new(), b"Dear diary".to_vec(), vec![7; 10_000]] {
        fs::write(&place.path, &other).unwrap();
        assert!(matches!(place.open(), Err(Error::NotAVault)));
        assert!(matches!(Vault::inspect(&place.path), Err(Error::NotAVault)));
        assert_eq!(fs::read(&place.path).unwrap(), other);
    }
    fs::remove_file(&place.path).unwrap();
    fs::create_dir(&place.path).unwrap();
    assert!(matches!(place.open(), Err(Error::NotAVault)));
}

#[test]
fn a_newer_file_is_refused_and_not_touched() {
    let place = Place::new();
    put(&mut place.create(), ENTRIES, b"a", b"x");
    place.raw().pragma_update(None, "user_version", 7).unwrap();
    let before = fs::read(&place.path).unwrap();
    assert!(matches!(place.open(), Err(Error::NewerFile { found: 7, known: 2 })));
    assert!(matches!(Vault::inspect(&place.path), Err(Error::NewerFile { found: 7, known: 2 })));
    assert_eq!(fs::read(&place.path).unwrap(), before);
    assert_eq!(place.names(), ["vault", "vault.lock"]);
}

#[test]
fn a_newer_file_whose_program_was_killed_is_refused_and_neither_file_nor_log_is_touched() {
    let (killed, place) = (Place::new(), Place::new());
    killed.create().lock().unwrap();
    let raw = killed.raw();
    raw.pragma_update(None, "user_version", 7).unwrap();
    for suffix in ["", "-wal"] {
        let name = |place: &Place| format!("{}{suffix}", place.path.display());
        fs::copy(name(&killed), name(&place)).unwrap();
    }
    drop(raw);
    let state = || (fs::read(&place.path).unwrap(), fs::read(format!("{}-wal", place.path.display())).unwrap());
    let before = state();
    assert!(matches!(place.open(), Err(Error::NewerFile { found: 7, known: 2 })));
    assert!(state() == before);
}

#[test]
fn a_vault_has_one_owner_at_a_time() {
    let place = Place::new();
    let mut vault = place.create();
    assert!(matches!(place.open(), Err(Error::InUse)));
    assert!(matches!(Vault::inspect(&place.path), Err(Error::InUse)));
    put(&mut vault, ENTRIES, b"a", b"x");
    drop(vault);
    let vault = place.open().unwrap();
    assert!(matches!(place.open(), Err(Error::InUse)));
    vault.lock().unwrap();
    place.open().unwrap();
}

#[test]
fn another_program_that_writes_to_the_file_is_kept_out() {
    let place = Place::new();
    let _vault = place.create();
    let raw = place.raw();
    raw.busy_timeout(std::time::Duration::ZERO).unwrap();
    raw.execute_batch("DELETE FROM slot").unwrap_err();
}

/// On Unix, closing a file gives up every record lock that the program holds on it, SQLite's too.
#[test]
fn another_program_is_kept_out_even_after_this_one_read_the_file_itself() {
    let place = Place::new();
    let _vault = place.create();
    fs::read(&place.path).unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(child_arguments("opening::child"))
        .env(CHILD, place.folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "the test above runs it as another program while the vault is open"]
fn child() {
    assert!(matches!(open(&child_path()), Err(Error::InUse)));
}

#[test]
fn a_failed_opening_gives_up_the_lock() {
    let place = Place::new();
    place.create().lock().unwrap();
    let wrong = Vault::open(&place.path, &Secret::Words(&[1; 32]), Box::new(SystemRng));
    assert!(matches!(wrong, Err(Error::WrongSecret)));
    place.open().unwrap();
}

#[test]
fn version_and_slots_can_be_seen_without_a_secret() {
    let place = Place::new();
    let mut vault = place.create();
    vault.add_slot(&Secret::Pin { pin: "1234", keystore: b"" }, &ArgonParams::FLOOR).unwrap();
    vault.lock().unwrap();
    let expected = Inspection { version: 2, slots: vec![SlotKind::Pin, SlotKind::Words] };
    assert_eq!(Vault::inspect(&place.path).unwrap(), Some(expected));
}

#[test]
fn a_locked_vault_has_no_log() {
    let place = Place::new();
    put(&mut place.create(), ENTRIES, b"a", b"x");
    assert_eq!(place.names(), ["vault", "vault.lock"]);
}
