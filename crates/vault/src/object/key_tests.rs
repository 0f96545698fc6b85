//! Expected values were computed from the formula above by another implementation (Python's `cryptography`).

use super::*;

const VAULT: VaultId = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const PLACE: Place<'_> = Place { table: "entries", id: &[0, 1], version: Version::FIRST };

fn sealer(vault: VaultId, key: u8) -> ObjectSealer {
    ObjectSealer::new(vault, VaultKey::from_slice(&[key; 32]).unwrap())
}

fn sealed() -> Vec<u8> {
    let mut bytes = b"Dear diary".to_vec();
    sealer(VAULT, 0x42).seal(PLACE, &[7; 32], &mut bytes);
    bytes
}

#[test]
fn objects_are_sealed_as_the_formula_says() {
    let expected = "f34c3a2ec567cf6c453ef01cac9bc2ffc8c3e66396ad9283510b";
    assert_eq!(sealed().iter().map(|byte| format!("{byte:02x}")).collect::<String>(), expected);
    let mut bytes = sealed();
    let length = sealer(VAULT, 0x42).open(PLACE, &[7; 32], &mut bytes).unwrap();
    assert_eq!(&bytes[..length], b"Dear diary");
}

#[test]
fn an_object_opens_in_no_other_vault_and_no_other_place() {
    let open = |sealer: &ObjectSealer, place, salt: u8| sealer.open(place, &[salt; 32], &mut sealed());
    let here = sealer(VAULT, 0x42);
    open(&here, PLACE, 7).unwrap();
    let second = Version::FIRST.next().unwrap();
    for refused in [
        open(&sealer([1; 16], 0x42), PLACE, 7),
        open(&sealer(VAULT, 0x43), PLACE, 7),
        open(&here, PLACE, 8),
        open(&here, Place { table: "entrie", id: b"s\0\x01", ..PLACE }, 7),
        open(&here, Place { id: &[0, 2], ..PLACE }, 7),
        open(&here, Place { version: second, ..PLACE }, 7),
    ] {
        assert!(matches!(refused, Err(Error::Damaged { .. })));
    }
}

#[test]
fn debug_shows_no_key() {
    assert_eq!(format!("{:?}", VaultKey::from_slice(&[0x42; 32]).unwrap()), "VaultKey(…)");
}
