//! Nothing that was written can be found in any file without the key, and what was erased not even with it.

use std::fs;

use waymark_vault::{ArgonParams, Secret};

use crate::support::{DRAFTS, ENTRIES, Place, put};

const CANARY: &[u8] = b"canary-of-the-diary";

/// The files of the folder that contain `bytes`.
fn files_with(place: &Place, bytes: &[u8]) -> Vec<String> {
    let mut names = place.names();
    names.retain(|name| {
        let file = fs::read(place.folder.path().join(name)).unwrap();
        file.windows(bytes.len()).any(|window| window == bytes)
    });
    names
}

#[test]
fn no_plaintext_is_in_any_file_while_open_or_locked() {
    let place = Place::new();
    let mut vault = place.create();
    vault.add_slot(&Secret::Passphrase(std::str::from_utf8(CANARY).unwrap()), &ArgonParams::FLOOR).unwrap();
    for number in 0..50u8 {
        put(&mut vault, ENTRIES, &[number], &CANARY.repeat(usize::from(number) * 10 + 1));
        put(&mut vault, DRAFTS, b"draft", &CANARY.repeat(usize::from(number) + 1));
    }
    assert_eq!(files_with(&place, b"entries"), ["vault-wal"], "the search finds what is there");
    assert_eq!(files_with(&place, CANARY), [""; 0]);
    vault.truncate_wal().unwrap();
    assert_eq!(files_with(&place, CANARY), [""; 0]);
    vault.lock().unwrap();
    assert_eq!(files_with(&place, CANARY), [""; 0]);
}

#[test]
fn after_an_erasure_the_sealed_bytes_are_gone_from_every_file() {
    let place = Place::new();
    let mut vault = place.create();
    for number in 0..20u8 {
        put(&mut vault, ENTRIES, &[number], &[number; 400]);
    }
    drop(vault);
    let sealed: Vec<u8> =
        place.raw().query_row("SELECT sealed FROM object WHERE id = x'07'", [], |row| row.get(0)).unwrap();
    let mut vault = place.open().unwrap();
    assert_eq!(files_with(&place, &sealed[..64]), ["vault"]);
    assert!(vault.write(|tx| tx.delete(ENTRIES, &[7])).unwrap());
    vault.truncate_wal().unwrap();
    for chunk in sealed.chunks_exact(64) {
        assert_eq!(files_with(&place, chunk), [""; 0]);
    }
}

#[test]
fn compacting_gives_room_back_and_keeps_the_rest() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"large", &[1; 500_000]);
    put(&mut vault, ENTRIES, b"small", b"x");
    vault.write(|tx| tx.delete(ENTRIES, b"large")).unwrap();
    vault.compact().unwrap();
    assert!(fs::metadata(&place.path).unwrap().len() < 100_000);
    assert_eq!(vault.get(ENTRIES, b"small").unwrap().unwrap().as_slice(), b"x");
}
