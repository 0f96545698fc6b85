//! Several passphrases: added, changed, removed, never the last, and nothing left of one that is gone.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use waymark_vault::{ArgonParams, Error, MOST_PASSPHRASES, Secret, SlotId, SlotKind, SystemRng, Tx, Vault};

use crate::support::{CHILD, ENTRIES, Place, WORDS, child_arguments, child_path, put, rounds, run_with_mount};

const COST: ArgonParams = ArgonParams::FLOOR;
const FIRST: &str = "a quiet reading room";
const SECOND: &str = "the kettle is on";

fn nothing(_: &mut Tx<'_>, _: &SlotId) -> Result<(), Error> {
    Ok(())
}

fn opens(place: &Place, passphrase: &str) -> Result<(), Error> {
    let vault = Vault::open(&place.path, &Secret::Passphrase(passphrase), Box::new(SystemRng))?;
    assert_eq!(vault.get(ENTRIES, b"a")?.unwrap().as_slice(), b"Dear diary");
    Ok(())
}

/// With one passphrase.
fn begun(place: &Place) -> Vault {
    let mut vault = Vault::create(&place.path, &Secret::Passphrase(FIRST), &COST, Box::new(SystemRng)).unwrap();
    put(&mut vault, ENTRIES, b"a", b"Dear diary");
    vault
}

/// How many files of the folder hold these bytes.
fn files_with(place: &Place, bytes: &[u8]) -> usize {
    let files = place.names().into_iter().map(|name| std::fs::read(place.folder.path().join(name)).unwrap());
    files.filter(|file| file.windows(bytes.len()).any(|window| window == bytes)).count()
}

#[test]
fn each_passphrase_opens_alone_and_another_says_only_that_it_does_not() {
    let place = Place::new();
    let mut vault = begun(&place);
    let first = vault.passphrases().unwrap()[0].id;
    let mut second = None;
    vault
        .add_passphrase::<Error>(SECOND, &COST, |tx, id| {
            second = Some(*id);
            tx.put(ENTRIES, id.as_bytes(), b"its name")
        })
        .unwrap();
    let second = second.unwrap();
    let listed = vault.passphrases().unwrap();
    assert_eq!(listed.iter().map(|slot| (slot.id, slot.is_sound)).collect::<Vec<_>>(), [(first, true), (second, true)]);
    assert_eq!(vault.which_passphrase(FIRST).unwrap(), first);
    assert_eq!(vault.which_passphrase(SECOND).unwrap(), second);
    assert!(matches!(vault.which_passphrase("another one"), Err(Error::WrongSecret)));
    assert_eq!(vault.slots().unwrap(), [SlotKind::Passphrase], "one kind, however many there are");
    drop(vault);
    opens(&place, FIRST).unwrap();
    opens(&place, SECOND).unwrap();
    assert!(matches!(opens(&place, "another one"), Err(Error::WrongSecret)));
    assert!(matches!(opens(&place, ""), Err(Error::EmptySecret)));
}

#[test]
fn a_removed_passphrase_opens_nothing_and_no_byte_of_its_slot_is_left() {
    let place = Place::new();
    let mut vault = begun(&place);
    vault.add_passphrase(SECOND, &COST, nothing).unwrap();
    let second = vault.which_passphrase(SECOND).unwrap();
    drop(vault);
    let kept: (Vec<u8>, Vec<u8>, Vec<u8>) = place
        .raw()
        .query_row("SELECT salt, wrapped, digest FROM slot WHERE salt = ?1", [second.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    let parts = [kept.0, kept.1, kept.2];
    assert!(parts.iter().all(|part| files_with(&place, part) > 0));
    let mut vault = Vault::open(&place.path, &Secret::Passphrase(FIRST), Box::new(SystemRng)).unwrap();
    vault.remove_passphrase::<Error>(&second, |_| Ok(())).unwrap();
    // Also while it is open, with its log beside it.
    assert!(parts.iter().all(|part| part.chunks(16).all(|chunk| files_with(&place, chunk) == 0)));
    assert!(matches!(vault.remove_passphrase::<Error>(&second, |_| Ok(())), Err(Error::SlotUnknown)));
    drop(vault);
    assert!(parts.iter().all(|part| files_with(&place, part) == 0));
    assert!(matches!(opens(&place, SECOND), Err(Error::WrongSecret)));
    opens(&place, FIRST).unwrap();
}

#[test]
fn a_changed_passphrase_takes_the_place_of_its_own_alone() {
    let place = Place::new();
    let mut vault = begun(&place);
    vault.add_passphrase(SECOND, &COST, nothing).unwrap();
    let first = vault.which_passphrase(FIRST).unwrap();
    let failed = vault.change_passphrase(&first, "never", &COST, |_, _| Err(Error::TooLong));
    assert!(matches!(failed, Err(Error::TooLong)));
    vault.verify(&Secret::Passphrase(FIRST)).unwrap();
    vault.change_passphrase(&first, "changed", &COST, nothing).unwrap();
    assert!(matches!(vault.which_passphrase(FIRST), Err(Error::WrongSecret)));
    let again = vault.change_passphrase(&first, "again", &COST, nothing);
    assert!(matches!(again, Err(Error::SlotUnknown)));
    drop(vault);
    for passphrase in ["changed", SECOND] {
        opens(&place, passphrase).unwrap();
    }
    let mut vault = Vault::open(&place.path, &Secret::Passphrase(SECOND), Box::new(SystemRng)).unwrap();
    vault.replace_passphrases("of all", &COST, nothing).unwrap();
    assert_eq!(vault.passphrases().unwrap().len(), 1);
    drop(vault);
    assert!(matches!(opens(&place, SECOND), Err(Error::WrongSecret)));
    opens(&place, "of all").unwrap();
}

#[test]
fn the_last_passphrase_stays_also_where_the_words_open_and_there_are_no_more_than_fit() {
    let place = Place::new();
    let mut vault = begun(&place);
    vault.add_slot(&WORDS, &COST).unwrap();
    let first = vault.passphrases().unwrap()[0].id;
    assert!(matches!(vault.remove_passphrase::<Error>(&first, |_| Ok(())), Err(Error::LastSlot)));
    for number in 1..MOST_PASSPHRASES {
        vault.add_passphrase(&format!("number {number}"), &COST, nothing).unwrap();
    }
    assert!(matches!(vault.add_passphrase("too many", &COST, nothing), Err(Error::SlotsFull)));
    vault.change_passphrase(&first, "the last of them", &COST, nothing).unwrap();
    assert_eq!(vault.passphrases().unwrap().len(), MOST_PASSPHRASES);
    drop(vault);
    opens(&place, "the last of them").unwrap();
    // More than any vault writes: whoever edits the file could make an opening last for ever.
    place
        .raw()
        .execute_batch(
            "INSERT INTO slot (kind, memory_kib, passes, lanes, salt, wrapped, digest)
             SELECT kind, memory_kib, passes, lanes, randomblob(32), wrapped, digest FROM slot WHERE kind = 1 LIMIT 1",
        )
        .unwrap();
    assert!(matches!(opens(&place, "the last of them"), Err(Error::Damaged { part }) if part == "key slots"));
}

#[test]
fn a_damaged_slot_keeps_nobody_else_out_and_can_be_removed_but_is_no_passphrase_to_be_left_with() {
    let place = Place::new();
    let mut vault = begun(&place);
    vault.add_passphrase(SECOND, &COST, nothing).unwrap();
    let second = vault.which_passphrase(SECOND).unwrap();
    drop(vault);
    place
        .raw()
        .execute("UPDATE slot SET wrapped = zeroblob(48) WHERE salt = ?1", [second.as_bytes()])
        .map(|changed| assert_eq!(changed, 1))
        .unwrap();
    opens(&place, FIRST).unwrap();
    // Also a mistyped first one is no damaged file.
    for passphrase in [SECOND, "another one"] {
        assert!(matches!(opens(&place, passphrase), Err(Error::WrongSecret)));
    }
    let mut vault = Vault::open(&place.path, &Secret::Passphrase(FIRST), Box::new(SystemRng)).unwrap();
    let listed = vault.passphrases().unwrap();
    assert_eq!(listed.iter().map(|slot| slot.is_sound).collect::<Vec<_>>(), [true, false]);
    let left_with_it = vault.remove_passphrase::<Error>(&listed[0].id, |_| Ok(()));
    assert!(matches!(left_with_it, Err(Error::LastSlot)));
    assert!(matches!(vault.which_passphrase("another one"), Err(Error::WrongSecret)));
    vault.remove_passphrase::<Error>(&second, |_| Ok(())).unwrap();
    drop(vault);
    assert!(matches!(opens(&place, SECOND), Err(Error::WrongSecret)));
}

#[test]
fn where_no_slot_is_sound_the_file_is_called_damaged() {
    let place = Place::new();
    let mut vault = begun(&place);
    vault.add_passphrase(SECOND, &COST, nothing).unwrap();
    drop(vault);
    assert_eq!(place.raw().execute("UPDATE slot SET wrapped = zeroblob(48)", []).unwrap(), 2);
    for passphrase in [FIRST, "another one"] {
        assert!(matches!(opens(&place, passphrase), Err(Error::Damaged { part }) if part == "key slots"));
    }
}

#[test]
fn what_was_committed_is_done_also_where_the_disk_is_too_full_to_empty_the_log() {
    let folder = tempfile::tempdir().unwrap();
    run_with_mount("passphrases::beside_a_full_disk", folder.path(), "mount -t tmpfs -o size=1m tmpfs \"$0\"");
}

#[test]
#[ignore = "the test above runs it on a small disk of its own; anywhere else it would fill the real one"]
fn beside_a_full_disk() {
    let path = child_path();
    let secret = Secret::Passphrase(FIRST);
    let mut vault = Vault::create(&path, &secret, &COST, Box::new(SystemRng)).unwrap();
    vault.add_passphrase(SECOND, &COST, nothing).unwrap();
    let second = vault.which_passphrase(SECOND).unwrap();
    // In the log alone: emptying it needs as much room again, and a change of the slots much less.
    put(&mut vault, ENTRIES, b"large", &[7; 300_000]);
    let ballast = path.with_file_name("ballast");
    fill(&ballast);
    spare(&ballast, 160_000);
    vault.remove_passphrase::<Error>(&second, |_| Ok(())).unwrap();
    assert!(matches!(vault.truncate_wal(), Err(Error::DiskFull)), "the log could not be emptied");
    assert!(matches!(vault.which_passphrase(SECOND), Err(Error::WrongSecret)));
    // What could be moved into the file has taken the room.
    spare(&ballast, 60_000);
    vault.add_slot(&WORDS, &COST).unwrap();
    assert!(matches!(vault.truncate_wal(), Err(Error::DiskFull)));
    drop(vault);

    std::fs::remove_file(ballast).unwrap();
    let other = Vault::open(&path, &Secret::Passphrase(SECOND), Box::new(SystemRng));
    assert!(matches!(other, Err(Error::WrongSecret)));
    Vault::open(&path, &WORDS, Box::new(SystemRng)).unwrap().lock().unwrap();
    // There was room when it was locked.
    for name in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let bytes = std::fs::read(name.unwrap().path()).unwrap();
        assert!(!bytes.windows(32).any(|window| window == second.as_bytes()));
    }
}

/// Takes all room that the disk has.
fn fill(ballast: &Path) {
    let mut file = std::fs::File::create(ballast).unwrap();
    while file.write_all(&[1; 1024]).is_ok() {}
}

/// Gives so many bytes of it back.
fn spare(ballast: &Path, bytes: u64) {
    let file = std::fs::File::options().write(true).open(ballast).unwrap();
    file.set_len(file.metadata().unwrap().len() - bytes).unwrap();
}

#[test]
fn slots_do_not_open_under_each_others_names() {
    let place = Place::new();
    let mut vault = begun(&place);
    vault.add_passphrase(SECOND, &COST, nothing).unwrap();
    drop(vault);
    place
        .raw()
        .execute_batch(
            "CREATE TEMP TABLE swapped AS SELECT * FROM slot;
             UPDATE slot SET wrapped = (SELECT wrapped FROM swapped WHERE swapped.number <> slot.number)",
        )
        .unwrap();
    for passphrase in [FIRST, SECOND] {
        opens(&place, passphrase).unwrap_err();
    }
}

#[test]
fn killed_between_adding_and_removing_leaves_the_first_passphrase_and_a_whole_file() {
    let place = Place::new();
    begun(&place).lock().unwrap();
    for round in 0..rounds(8) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(child_arguments("passphrases::changing"))
            .env(CHILD, place.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line.contains("begins")), "the child ran");
        std::thread::sleep(Duration::from_millis(round % 8 * 23));
        child.kill().unwrap();
        child.wait().unwrap();

        opens(&place, FIRST).unwrap();
        let vault = Vault::open(&place.path, &Secret::Passphrase(FIRST), Box::new(SystemRng)).unwrap();
        let listed = vault.passphrases().unwrap();
        assert!(listed.iter().all(|slot| slot.is_sound) && listed.len() <= 2);
        // What was told with it is there exactly while it is.
        let second = vault.which_passphrase(SECOND);
        let name = vault.get(ENTRIES, b"name").unwrap();
        assert_eq!(second.ok().map(|id| id.as_bytes().to_vec()), name.map(|name| name.to_vec()));
    }
}

#[test]
#[ignore = "the test above runs it and kills it; alone it would never end"]
fn changing() {
    let mut vault = Vault::open(child_path(), &Secret::Passphrase(FIRST), Box::new(SystemRng)).unwrap();
    let mut out = std::io::stdout().lock();
    writeln!(out, "begins").unwrap();
    out.flush().unwrap();
    loop {
        let changed = match vault.which_passphrase(SECOND) {
            Ok(id) => vault.remove_passphrase(&id, |tx| tx.delete(ENTRIES, b"name").map(drop)),
            Err(_) => vault.add_passphrase(SECOND, &COST, |tx, id| tx.put(ENTRIES, b"name", id.as_bytes())),
        };
        changed.unwrap();
    }
}
