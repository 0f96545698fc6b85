//! Killed in the middle of sealing everything anew or of changing the lock: the old way opens or the new one, never none.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use waymark_vault::{ArgonParams, Error, Secret, SlotKind, SystemRng, Vault};

use crate::support::{CHILD, ENTRIES, Place, WORDS, all, child_arguments, child_path, put, rounds};

const OBJECTS: u16 = 1500;
const PIN: Secret<'_> = Secret::Pin { pin: "602214", keystore: b"" };

/// The words slots that the child goes to and fro between.
fn words(round: u8) -> [u8; 32] {
    [round; 32]
}

/// Starts the child, lets it say that it has begun, and kills it a little later.
fn kill(test: &str, place: &Place, after: Duration) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(child_arguments(test))
        .env(CHILD, place.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line.contains("begins")), "the child ran");
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

fn begins() {
    let mut out = std::io::stdout().lock();
    writeln!(out, "begins").unwrap();
    out.flush().unwrap();
}

#[test]
fn a_killed_rekey_leaves_the_old_key_or_the_new_one_and_every_object() {
    let place = Place::new();
    let mut vault =
        Vault::create(&place.path, &Secret::Words(&words(0)), &ArgonParams::FLOOR, Box::new(SystemRng)).unwrap();
    vault
        .write(|tx| (0..OBJECTS).try_for_each(|number| tx.put(ENTRIES, &number.to_be_bytes(), &[number as u8; 900])))
        .unwrap();
    vault.lock().unwrap();
    let (kills, mut changed) = (rounds(12), 0);
    for round in 0..kills {
        kill("killed_rekey::rekeying", &place, Duration::from_millis((round % 12).pow(2)));
        let opened: Vec<u8> = [0, 1]
            .into_iter()
            .filter(|key| match Vault::open(&place.path, &Secret::Words(&words(*key)), Box::new(SystemRng)) {
                Ok(vault) => {
                    vault.check_objects().unwrap();
                    assert_eq!(all(&vault, ENTRIES).unwrap().len(), usize::from(OBJECTS));
                    true
                }
                Err(error) => {
                    assert!(matches!(error, Error::WrongSecret), "{error:?}");
                    false
                }
            })
            .collect();
        assert_eq!(opened.len(), 1, "round {round}: one of the two opens it");
        changed += usize::from(opened == [1]);
    }
    eprintln!("{changed} of {kills} kills came after the new key");
}

#[test]
#[ignore = "the test above runs it and kills it; alone it would never end"]
fn rekeying() {
    let path = child_path();
    let open = |key| Vault::open(&path, &Secret::Words(&words(key)), Box::new(SystemRng));
    let (mut vault, mut key) = match open(0) {
        Ok(vault) => (vault, 0),
        Err(_) => (open(1).unwrap(), 1),
    };
    begins();
    loop {
        key = 1 - key;
        vault.rekey(&[(Secret::Words(&words(key)), ArgonParams::FLOOR)]).unwrap();
    }
}

#[test]
fn a_killed_change_of_lock_leaves_one_lock() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"Dear diary");
    vault.add_slot(&PIN, &ArgonParams::FLOOR).unwrap();
    vault.lock().unwrap();
    for round in 0..rounds(8) {
        kill("killed_rekey::changing", &place, Duration::from_millis(round % 8 * 23));
        let slots = Vault::examine(&place.path).unwrap().slots;
        assert_eq!(slots.len(), 2, "{slots:?}");
        let lock = if slots[0] == SlotKind::Pin { PIN } else { Secret::Passphrase("correct horse") };
        for secret in [lock, WORDS] {
            let vault = Vault::open(&place.path, &secret, Box::new(SystemRng)).unwrap();
            assert_eq!(vault.get(ENTRIES, b"a").unwrap().unwrap().as_slice(), b"Dear diary");
        }
    }
}

#[test]
#[ignore = "the test above runs it and kills it; alone it would never end"]
fn changing() {
    let mut vault = Vault::open(child_path(), &WORDS, Box::new(SystemRng)).unwrap();
    begins();
    loop {
        let old = vault.slots().unwrap()[0];
        let new = if old == SlotKind::Pin { Secret::Passphrase("correct horse") } else { PIN };
        vault.exchange_slot(old, &new, &ArgonParams::FLOOR).unwrap();
    }
}
