//! A vault is there whole, or not at all.

use std::fs;

use waymark_vault::{ArgonParams, Error, Secret, SystemRng, Vault};

use crate::support::{ENTRIES, Place, create, put};

#[test]
fn what_is_there_is_not_overwritten() {
    let place = Place::new();
    put(&mut place.create(), ENTRIES, b"a", b"x");
    assert!(matches!(create(&place.path), Err(Error::AlreadyExists)));
    assert_eq!(place.open().unwrap().count(ENTRIES).unwrap(), 1);
}

#[test]
fn a_creation_that_was_killed_does_not_stand_in_the_way() {
    let place = Place::new();
    for leftover in ["vault.creating", "vault.creating-journal", "vault.creating-wal", "vault.lock"] {
        fs::write(place.folder.path().join(leftover), b"half").unwrap();
    }
    assert!(matches!(place.open(), Err(Error::NotFound)));
    place.create().lock().unwrap();
    assert_eq!(place.names(), ["vault", "vault.lock"]);
    place.open().unwrap();
}

#[test]
fn the_log_of_a_removed_vault_is_not_replayed_into_a_new_one() {
    let (old, place) = (Place::new(), Place::new());
    let mut vault = old.create();
    put(&mut vault, ENTRIES, b"a", b"of the old one");
    fs::copy(format!("{}-wal", old.path.display()), format!("{}-wal", place.path.display())).unwrap();
    place.create().lock().unwrap();
    assert_eq!(place.open().unwrap().count(ENTRIES).unwrap(), 0);
}

#[test]
fn a_creation_that_is_refused_leaves_nothing() {
    let place = Place::new();
    let cheap = ArgonParams { passes: 1, ..ArgonParams::FLOOR };
    let create = |secret, params| Vault::create(&place.path, &secret, &params, Box::new(SystemRng));
    assert!(matches!(create(Secret::Passphrase(""), ArgonParams::FLOOR), Err(Error::EmptySecret)));
    assert!(matches!(create(Secret::Passphrase("x"), cheap), Err(Error::ArgonOutOfRange)));
    assert_eq!(place.names(), ["vault.lock"]);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_any_of_its_files() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"x");
    assert_eq!(place.names(), ["vault", "vault-wal", "vault.lock"]);
    for name in place.names() {
        let mode = fs::metadata(place.folder.path().join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
