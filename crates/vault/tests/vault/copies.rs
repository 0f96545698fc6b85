//! A sealed copy in another file, and a look at a file that came from elsewhere.

use waymark_vault::{ArgonParams, Error, Secret, SlotKind, SystemRng, Vault};

use crate::support::{DRAFTS, ENTRIES, Place, all, open, put};

const PIN: Secret<'_> = Secret::Pin { pin: "602214", keystore: b"" };

fn filled(place: &Place) -> Vault {
    let mut vault = place.create();
    for number in 0..40u8 {
        put(&mut vault, if number % 2 == 0 { ENTRIES } else { DRAFTS }, &[number], &[number; 700]);
    }
    vault
}

#[test]
fn a_copy_holds_every_table_opens_with_the_same_secrets_and_lives_on_its_own() {
    let place = Place::new();
    let mut vault = filled(&place);
    vault.add_slot(&PIN, &ArgonParams::FLOOR).unwrap();
    let path = place.folder.path().join("copy");
    let mut copy = vault.copy_to(&path, Box::new(SystemRng)).unwrap();
    assert_eq!(copy.slots().unwrap(), [SlotKind::Pin, SlotKind::Words]);
    for table in [ENTRIES, DRAFTS] {
        assert_eq!(all(&copy, table).unwrap(), all(&vault, table).unwrap());
    }
    put(&mut copy, ENTRIES, b"only here", b"x");
    put(&mut vault, ENTRIES, b"only there", b"x");
    copy.lock().unwrap();
    assert_eq!(open(&path).unwrap().get(ENTRIES, b"only there").unwrap(), None);
    assert_eq!(vault.get(ENTRIES, b"only here").unwrap(), None);
}

#[test]
fn a_copy_has_nothing_of_what_was_deleted_and_nobody_else_can_read_the_file() {
    let place = Place::new();
    let mut vault = filled(&place);
    let path = place.folder.path().join("copy");
    vault.write(|tx| tx.delete(ENTRIES, &[2])).unwrap();
    vault.copy_to(&path, Box::new(SystemRng)).unwrap().lock().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let free: u32 = raw.pragma_query_value(None, "freelist_count", |row| row.get(0)).unwrap();
    assert_eq!(free, 0);
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_copy_takes_nobody_elses_place() {
    let place = Place::new();
    let vault = filled(&place);
    let path = place.folder.path().join("copy");
    std::fs::write(&path, b"a letter").unwrap();
    assert!(matches!(vault.copy_to(&path, Box::new(SystemRng)), Err(Error::AlreadyExists)));
    assert_eq!(std::fs::read(&path).unwrap(), b"a letter");
    let nowhere = place.folder.path().join("no such folder").join("copy");
    assert!(matches!(vault.copy_to(&nowhere, Box::new(SystemRng)), Err(Error::NotFound)));
}

#[test]
fn another_kind_of_lock_takes_the_old_ones_place_in_one_step() {
    let place = Place::new();
    let mut vault = filled(&place);
    let passphrase = Secret::Passphrase("correct horse");
    vault.add_slot(&passphrase, &ArgonParams::FLOOR).unwrap();
    vault.exchange_slot(SlotKind::Passphrase, &PIN, &ArgonParams::FLOOR).unwrap();
    assert_eq!(vault.slots().unwrap(), [SlotKind::Pin, SlotKind::Words]);
    vault.add_slot(&passphrase, &ArgonParams::FLOOR).unwrap();
    let both = vault.exchange_slot(SlotKind::Pin, &passphrase, &ArgonParams::FLOOR);
    assert!(matches!(both, Err(Error::SlotExists(SlotKind::Passphrase))));
    assert_eq!(vault.slots().unwrap(), [SlotKind::Passphrase, SlotKind::Pin, SlotKind::Words]);
}

#[test]
fn what_is_changed_inside_any_object_is_found_before_the_vault_is_relied_on() {
    let place = Place::new();
    filled(&place).check_objects().unwrap();
    for (change, part) in [
        ("UPDATE object SET sealed = zeroblob(716) WHERE id = x'07'", "drafts"),
        ("UPDATE object SET tbl = 'entry' WHERE id = x'08'", "entry"),
    ] {
        place.raw().execute_batch(change).unwrap();
        Vault::examine(&place.path).unwrap();
        let found = place.open().unwrap().check_objects();
        assert!(matches!(&found, Err(Error::Damaged { part: name }) if name == part), "{found:?}");
        place.raw().execute_batch("DELETE FROM object WHERE id = x'07'").unwrap();
    }
}

#[test]
fn a_file_cut_short_is_named_without_a_secret() {
    let place = Place::new();
    filled(&place).lock().unwrap();
    let whole = std::fs::read(&place.path).unwrap();
    assert_eq!(Vault::examine(&place.path).unwrap().slots, [SlotKind::Words]);
    for part in 0..20 {
        std::fs::write(&place.path, &whole[..whole.len() * part / 20]).unwrap();
        let error = Vault::examine(&place.path).unwrap_err();
        assert!(matches!(error, Error::NotAVault | Error::Damaged { .. }), "{part}/20: {error:?}");
    }
}
