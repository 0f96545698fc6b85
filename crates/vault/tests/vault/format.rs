//! Files that earlier versions made still open, and the same randomness makes the same rows today: the format cannot change
//! by accident.

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use rand_core::{TryCryptoRng, TryRng};
use rusqlite::types::Value;
use waymark_vault::{ArgonParams, Error, Secret, SlotKind, SystemRng, Vault};

use crate::support::{DRAFTS, ENTRIES, Place, all};

const PASSPHRASE: Secret<'_> = Secret::Passphrase("the passphrase of the first version");
const PIN: Secret<'_> = Secret::Pin { pin: "271828", keystore: b"a keystore's secret" };
const WORDS: Secret<'_> = Secret::Words(&[0x24; 32]);

/// Counts upward: for the fixture alone.
struct Counting(u8);

impl TryRng for Counting {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("the vault fills bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("the vault fills bytes")
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for byte in out {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counting {}

/// The versions that there have been.
const VERSIONS: [u32; 2] = [1, 2];

fn fixture(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/version-{version}.vault"))
}

fn make(path: &Path) -> Result<(), Error> {
    let mut vault = Vault::create(path, &PASSPHRASE, &ArgonParams::FLOOR, Box::new(Counting(0)))?;
    vault.add_slot(&PIN, &ArgonParams { passes: 3, ..ArgonParams::FLOOR })?;
    vault.add_slot(&WORDS, &ArgonParams::FLOOR)?;
    vault.write(|tx| {
        tx.put(ENTRIES, &1u64.to_be_bytes(), b"rewritten below")?;
        tx.put(ENTRIES, &1u64.to_be_bytes(), "Grüße aus der ersten Version".as_bytes())?;
        tx.put(ENTRIES, &2u64.to_be_bytes(), b"")?;
        tx.put(DRAFTS, b"", &[7; 5000])
    })?;
    vault.lock()
}

/// Every value of every row, in order.
fn rows(path: &Path) -> Vec<Vec<Value>> {
    let raw = rusqlite::Connection::open(path).unwrap();
    let mut rows = Vec::new();
    for sql in [
        "SELECT * FROM vault",
        "SELECT kind, memory_kib, passes, lanes, salt, wrapped, digest FROM slot ORDER BY kind",
        "SELECT * FROM object ORDER BY tbl, id",
    ] {
        let mut query = raw.prepare(sql).unwrap();
        let width = query.column_count();
        let found = query.query_map([], |row| (0..width).map(|column| row.get(column)).collect()).unwrap();
        rows.extend(found.map(Result::unwrap));
    }
    rows
}

#[test]
fn a_vault_of_each_version_opens_in_every_way() {
    for version in VERSIONS {
        opens_in_every_way(&fixture(version));
    }
}

fn opens_in_every_way(file: &Path) {
    let place = Place::new();
    fs::copy(file, &place.path).unwrap();
    let inspection = Vault::inspect(&place.path).unwrap().unwrap();
    assert_eq!(inspection.slots, [SlotKind::Passphrase, SlotKind::Pin, SlotKind::Words]);
    for secret in [PASSPHRASE, PIN, WORDS] {
        let vault = Vault::open(&place.path, &secret, Box::new(SystemRng)).unwrap();
        let greeting = vault.get(ENTRIES, &1u64.to_be_bytes()).unwrap().unwrap();
        assert_eq!(greeting.as_slice(), "Grüße aus der ersten Version".as_bytes());
        assert_eq!(all(&vault, ENTRIES).unwrap().len(), 2);
        assert_eq!(vault.get(DRAFTS, b"").unwrap().unwrap().as_slice(), [7; 5000]);
    }
}

#[test]
fn the_same_randomness_makes_the_same_rows_as_in_each_version() {
    let place = Place::new();
    make(&place.path).unwrap();
    for version in VERSIONS {
        let copy = Place::new();
        fs::copy(fixture(version), &copy.path).unwrap();
        // An older one is brought up to date.
        Vault::inspect(&copy.path).unwrap();
        assert_eq!(rows(&place.path), rows(&copy.path), "version {version}");
    }
}

/// Run once per version of the file, before that version lands, and never again.
#[test]
#[ignore = "a tool: writes the fixture of a new version, once, before that version lands"]
fn make_the_fixture() {
    let fixture = fixture(VERSIONS[VERSIONS.len() - 1]);
    assert!(!fixture.exists(), "a fixture that has landed is never made again");
    let place = Place::new();
    make(&place.path).unwrap();
    fs::copy(&place.path, fixture).unwrap();
}
