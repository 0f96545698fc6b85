use super::*;
use crate::SystemRng;

const ENTRIES: Table = Table::new("entries");
const WORDS: Secret<'_> = Secret::Words(&[9; 32]);

fn is_send<T: Send>() {}

#[test]
fn a_vault_can_be_moved_to_another_thread() {
    is_send::<Vault>();
}

#[test]
fn a_file_that_may_not_grow_rolls_back_keeps_what_was_there_and_goes_on_when_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault");
    let mut vault = Vault::create(&path, &WORDS, &ArgonParams::FLOOR, Box::new(SystemRng)).unwrap();
    vault.write(|tx| tx.put(ENTRIES, b"kept", b"before")).unwrap();
    let pages: u32 = vault.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |vault: &Vault, pages: u32| -> u32 {
        vault.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0)).unwrap()
    };

    assert_eq!(limit(&vault, pages + 4), pages + 4);
    let full = vault.write(|tx| {
        tx.put(ENTRIES, b"kept", b"after")?;
        tx.put(ENTRIES, b"small", b"fits")?;
        tx.put(ENTRIES, b"large", &[0; 100_000])
    });
    assert!(matches!(full, Err(Error::DiskFull)), "{full:?}");
    assert_eq!(vault.get(ENTRIES, b"kept").unwrap().unwrap().as_slice(), b"before");
    assert_eq!(vault.count(ENTRIES).unwrap(), 1);

    limit(&vault, pages + 1000);
    vault.write(|tx| tx.put(ENTRIES, b"large", &[0; 100_000])).unwrap();
    drop(vault);
    let vault = Vault::open(&path, &WORDS, Box::new(SystemRng)).unwrap();
    assert_eq!(vault.get(ENTRIES, b"large").unwrap().unwrap().as_slice(), [0; 100_000]);
}

#[test]
fn every_connection_is_set_up_to_be_durable_and_to_forget() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::create(folder.path().join("v"), &WORDS, &ArgonParams::FLOOR, Box::new(SystemRng)).unwrap();
    let setting =
        |name| vault.conn.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
    assert_eq!(setting("journal_mode"), "wal".to_owned().into());
    for (name, value) in [
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ] {
        assert_eq!(setting(name), value.into(), "{name}");
    }
}
