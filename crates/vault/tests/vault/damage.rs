//! Flipped bits and cut files: an error or intact data, never a panic, never other data.

use std::fs;

use waymark_vault::{Error, Vault};

use crate::support::{ENTRIES, Object, Place, all, put};

#[test]
fn every_flipped_byte_in_a_sealed_row_is_damage_to_its_table() {
    let place = Place::new();
    put(&mut place.create(), ENTRIES, b"a", b"Dear diary");
    for (column, length) in [("salt", 32), ("sealed", 10 + 16)] {
        for at in 0..length {
            flip(&place, "object", column, at);
            let vault = place.open().unwrap();
            assert!(
                matches!(vault.get(ENTRIES, b"a"), Err(Error::Damaged { part }) if part == "entries"),
                "{column} {at}"
            );
            assert!(matches!(all(&vault, ENTRIES), Err(Error::Damaged { part }) if part == "entries"), "{column} {at}");
            drop(vault);
            flip(&place, "object", column, at);
        }
    }
    assert_eq!(place.open().unwrap().get(ENTRIES, b"a").unwrap().unwrap().as_slice(), b"Dear diary");
}

#[test]
fn a_flipped_byte_in_a_key_slot_is_damage_and_not_a_wrong_secret() {
    let place = Place::new();
    place.create().lock().unwrap();
    for (column, length) in [("salt", 32), ("wrapped", 48), ("digest", 32)] {
        for at in 0..length {
            flip(&place, "slot", column, at);
            assert!(matches!(place.open(), Err(Error::Damaged { part }) if part == "key slots"), "{column} {at}");
            flip(&place, "slot", column, at);
        }
    }
    place.open().unwrap();
}

/// Flips one byte of the only row; a second time flips it back.
fn flip(place: &Place, table: &str, column: &str, at: usize) {
    let raw = place.raw();
    let mut bytes: Vec<u8> = raw.query_row(&format!("SELECT {column} FROM {table}"), [], |row| row.get(0)).unwrap();
    bytes[at] ^= 0x10;
    raw.execute(&format!("UPDATE {table} SET {column} = ?1"), [bytes]).unwrap();
}

/// A locked vault with objects smaller and larger than a page, some deleted, and what it holds.
fn filled(place: &Place) -> Vec<Object> {
    let mut vault = place.create();
    vault
        .write(|tx| {
            for number in 0..60u8 {
                let length = if number % 9 == 0 { 9000 } else { 40 * usize::from(number) };
                tx.put(ENTRIES, &[number], &vec![number; length])?;
            }
            for number in (0..60u8).step_by(7) {
                tx.delete(ENTRIES, &[number])?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    let content = all(&vault, ENTRIES).unwrap();
    vault.lock().unwrap();
    content
}

/// Opens and reads in every way. The reading must be right or refused.
fn right_or_refused(opened: Result<Vault, Error>, content: &[Object], what: &str) {
    let Ok(vault) = opened else { return };
    if let Ok(found) = all(&vault, ENTRIES) {
        assert!(found == content, "{what}: other objects");
    }
    if let Ok(count) = vault.count(ENTRIES) {
        assert_eq!(count, content.len() as u64, "{what}");
    }
    for (id, bytes) in content {
        if let Ok(found) = vault.get(ENTRIES, id) {
            assert!(found.is_some_and(|found| found.as_slice() == bytes), "{what}: another object");
        }
    }
}

#[test]
fn a_bit_flipped_anywhere_in_the_file_is_an_error_or_changes_nothing() {
    let place = Place::new();
    let content = filled(&place);
    let whole = fs::read(&place.path).unwrap();
    // All of the header and of what describes the tables, and a sample of every page.
    let positions = (0..200).chain((200..whole.len()).step_by(97));
    for (n, at) in positions.enumerate() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (n % 8);
        fs::write(&place.path, bytes).unwrap();
        right_or_refused(place.open(), &content, &format!("byte {at}"));
    }
}

#[test]
fn a_page_of_zeros_or_of_another_page_is_an_error_or_changes_nothing() {
    let place = Place::new();
    let content = filled(&place);
    let whole = fs::read(&place.path).unwrap();
    let pages = whole.len() / 4096;
    for page in 0..pages {
        for from in [None, Some((page + 1) % pages)] {
            let mut bytes = whole.clone();
            let source = from.map_or(vec![0; 4096], |from| whole[from * 4096..][..4096].to_vec());
            bytes[page * 4096..][..4096].copy_from_slice(&source);
            fs::write(&place.path, bytes).unwrap();
            right_or_refused(place.open(), &content, &format!("page {page}"));
        }
    }
}

#[test]
fn a_file_cut_short_is_refused() {
    let place = Place::new();
    filled(&place);
    let whole = fs::read(&place.path).unwrap();
    for length in [0, 1, 50, 99, 100, 101, 4095, 4096, 5000, whole.len() / 2, whole.len() - 4096] {
        fs::write(&place.path, &whole[..length]).unwrap();
        let opened = place.open();
        assert!(matches!(opened, Err(Error::Damaged { .. } | Error::NotAVault)), "{length}: {opened:?}");
    }
}

#[test]
fn a_file_whose_last_page_was_cut_is_refused_or_lost_nothing() {
    let place = Place::new();
    let content = filled(&place);
    let whole = fs::read(&place.path).unwrap();
    for missing in [1, 2, 100, 2000, 4095] {
        fs::write(&place.path, &whole[..whole.len() - missing]).unwrap();
        right_or_refused(place.open(), &content, &format!("without the last {missing}"));
    }
}
