//! Ways to open: added, replaced, removed, never the last.

use waymark_vault::{ArgonParams, Error, Secret, SlotKind, SystemRng, Vault};

use crate::support::{ENTRIES, Place, WORDS, put};

const COST: ArgonParams = ArgonParams::FLOOR;
const PASSPHRASE: Secret<'_> = Secret::Passphrase("correct horse");
const PIN: Secret<'_> = Secret::Pin { pin: "1234", keystore: b"from the keystore" };

fn opens(place: &Place, secret: &Secret<'_>) -> Result<(), Error> {
    let vault = Vault::open(&place.path, secret, Box::new(SystemRng))?;
    assert_eq!(vault.get(ENTRIES, b"a")?.unwrap().as_slice(), b"Dear diary");
    Ok(())
}

#[test]
fn each_slot_opens_the_same_vault_alone() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"Dear diary");
    vault.add_slot(&PASSPHRASE, &COST).unwrap();
    vault.add_slot(&PIN, &COST).unwrap();
    assert_eq!(vault.slots().unwrap(), [SlotKind::Passphrase, SlotKind::Pin, SlotKind::Words]);
    vault.lock().unwrap();
    for secret in [&WORDS, &PASSPHRASE, &PIN] {
        opens(&place, secret).unwrap();
    }
    let no_keystore = Secret::Pin { pin: "1234", keystore: b"" };
    assert!(matches!(opens(&place, &no_keystore), Err(Error::WrongSecret)));
}

#[test]
fn a_replaced_passphrase_opens_nothing_any_more() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"Dear diary");
    assert!(matches!(vault.replace_slot(&PASSPHRASE, &COST), Err(Error::NoSlot(SlotKind::Passphrase))));
    vault.add_slot(&PASSPHRASE, &COST).unwrap();
    assert!(matches!(vault.add_slot(&PASSPHRASE, &COST), Err(Error::SlotExists(SlotKind::Passphrase))));
    let new = Secret::Passphrase("battery staple");
    vault.replace_slot(&new, &COST).unwrap();
    vault.verify(&new).unwrap();
    assert!(matches!(vault.verify(&PASSPHRASE), Err(Error::WrongSecret)));
    drop(vault);
    assert!(matches!(opens(&place, &PASSPHRASE), Err(Error::WrongSecret)));
    opens(&place, &new).unwrap();
    opens(&place, &WORDS).unwrap();
}

#[test]
fn the_last_slot_cannot_be_removed() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"Dear diary");
    assert!(matches!(vault.remove_slot(SlotKind::Words), Err(Error::LastSlot)));
    vault.add_slot(&PIN, &COST).unwrap();
    vault.remove_slot(SlotKind::Words).unwrap();
    assert!(matches!(vault.remove_slot(SlotKind::Words), Err(Error::NoSlot(SlotKind::Words))));
    assert!(matches!(vault.remove_slot(SlotKind::Pin), Err(Error::LastSlot)));
    drop(vault);
    assert!(matches!(opens(&place, &WORDS), Err(Error::NoSlot(SlotKind::Words))));
    opens(&place, &PIN).unwrap();
}

#[test]
fn a_removed_wrapping_is_nowhere_in_the_file() {
    let place = Place::new();
    let mut vault = place.create();
    vault.add_slot(&PASSPHRASE, &COST).unwrap();
    drop(vault);
    let wrapped: Vec<u8> =
        place.raw().query_row("SELECT wrapped FROM slot WHERE kind = 1", [], |row| row.get(0)).unwrap();
    let in_the_file = || {
        let bytes = std::fs::read(&place.path).unwrap();
        bytes.windows(wrapped.len()).any(|window| window == wrapped)
    };
    assert!(in_the_file());
    place.open().unwrap().remove_slot(SlotKind::Passphrase).unwrap();
    assert!(!in_the_file());
}

#[test]
fn tampered_costs_are_found() {
    let place = Place::new();
    let mut vault = place.create();
    vault.add_slot(&PASSPHRASE, &COST).unwrap();
    drop(vault);
    place.raw().execute_batch("UPDATE slot SET passes = passes + 1 WHERE kind = 1").unwrap();
    assert!(matches!(opens(&place, &PASSPHRASE), Err(Error::Damaged { part }) if part == "key slots"));
}
