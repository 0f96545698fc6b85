//! A new vault key for everything.

use waymark_vault::{ArgonParams, Error, Secret, SlotKind, SystemRng, Vault};

use crate::support::{DRAFTS, ENTRIES, Place, WORDS, all, put};

const NEW: Secret<'_> = Secret::Words(&[8; 32]);

/// Every salt and sealed object in the file.
fn sealed(place: &Place) -> Vec<(Vec<u8>, Vec<u8>)> {
    let raw = place.raw();
    let mut query = raw.prepare("SELECT salt, sealed FROM object ORDER BY tbl, id").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn after_a_rekey_everything_is_there_sealed_anew_and_the_old_slots_are_gone() {
    let place = Place::new();
    let mut vault = place.create();
    vault.add_slot(&Secret::Passphrase("known to someone"), &ArgonParams::FLOOR).unwrap();
    for number in 0..40u8 {
        put(&mut vault, if number % 2 == 0 { ENTRIES } else { DRAFTS }, &[number], &[number; 700]);
    }
    let content = |vault: &Vault| (all(vault, ENTRIES).unwrap(), all(vault, DRAFTS).unwrap());
    let expected = content(&vault);
    drop(vault);
    let before = sealed(&place);

    let mut vault = place.open().unwrap();
    vault.rekey(&[(NEW, ArgonParams::FLOOR)]).unwrap();
    assert_eq!(content(&vault), expected);
    assert_eq!(vault.slots().unwrap(), [SlotKind::Words]);
    put(&mut vault, ENTRIES, b"later", b"x");
    drop(vault);

    let after = sealed(&place);
    assert!(before.iter().zip(&after).all(|(old, new)| old.0 != new.0 && old.1 != new.1));
    let file = std::fs::read(&place.path).unwrap();
    for (_, old) in &before {
        assert!(!file.windows(32).any(|window| window == &old[..32]), "the old sealing was overwritten");
    }
    assert!(matches!(place.open(), Err(Error::WrongSecret)));
    let vault = Vault::open(&place.path, &NEW, Box::new(SystemRng)).unwrap();
    assert_eq!(vault.count(ENTRIES).unwrap(), 21);
}

#[test]
fn a_rekey_that_fails_changes_nothing() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"Dear diary");
    assert!(matches!(vault.rekey(&[]), Err(Error::LastSlot)));
    let twice = [(NEW, ArgonParams::FLOOR), (WORDS, ArgonParams::FLOOR)];
    assert!(matches!(vault.rekey(&twice), Err(Error::SlotExists(SlotKind::Words))));
    assert_eq!(vault.get(ENTRIES, b"a").unwrap().unwrap().as_slice(), b"Dear diary");
    drop(vault);
    assert_eq!(place.open().unwrap().get(ENTRIES, b"a").unwrap().unwrap().as_slice(), b"Dear diary");
}

#[test]
fn an_object_that_does_not_open_stops_a_rekey() {
    let place = Place::new();
    put(&mut place.create(), ENTRIES, b"a", b"Dear diary");
    place.raw().execute_batch("UPDATE object SET version = version + 1").unwrap();
    let mut vault = place.open().unwrap();
    assert!(matches!(vault.rekey(&[(NEW, ArgonParams::FLOOR)]), Err(Error::Damaged { part }) if part == "entries"));
    drop(vault);
    place.open().unwrap();
}
