//! Files from elsewhere: a vault, and a diary's backup file. What opens is what was in it, or part of it: whoever can write to a file can
//! take things out, and that is the layers' above to notice.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use waymark_diary::{DiaryHandle, Opener, exists, restore_backup, unlock};
use waymark_simulation::template::temporary;
use waymark_vault::simulation::{make_locks_quick, settle_chance};
use waymark_vault::{ArgonParams, Error, Secret, SystemRng, Table, Vault};

use crate::script::Script;
use crate::stand::{self, PRIVATE, SHARED, copy, same_chance, secret, texts};

const ENTRIES: Table = Table::new("entries");
const SECRET: Secret<'_> = Secret::Passphrase("a passphrase for a file");
/// How many objects there are, and how long the longest is.
const OBJECTS: u8 = 6;

/// Opens a vault, or restores a diary from a backup file: any bytes, or whole ones that were changed.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 4 {
        0 => opened(script.rest()),
        1 => opened(&script.edited(whole())),
        2 => restored(&script.edited(backup())),
        _ => restored(script.rest()),
    }
}

/// Whole ones and changed ones. The files themselves are made, not kept: what is kept stays small.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("nothing", vec![0]),
        ("a-header-alone", [&[0], b"SQLite format 3\0".as_slice()].concat()),
        ("whole", vec![1]),
        ("a-bit-of-the-header", vec![1, 2, 0, 0, 18, 1, 0]),
        ("a-bit-of-a-page", vec![1, 2, 0, 20, 18, 1, 0]),
        ("cut", vec![1, 6, 0, 64, 0]),
        ("a-piece-elsewhere", vec![1, 5, 0, 32, 0, 0, 48, 0, 255, 0]),
        ("backup", vec![2]),
        ("backup-changed", vec![2, 2, 0, 90, 1, 3, 0]),
        ("backup-cut", vec![2, 6, 0, 200, 0]),
    ]
}

fn object(number: u8) -> Vec<u8> {
    vec![number; usize::from(number) * 900]
}

/// A vault's bytes.
fn whole() -> &'static [u8] {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    WHOLE.get_or_init(|| {
        make_locks_quick();
        settle_chance(3);
        let folder = temporary().expect("a temporary folder");
        let path = folder.path().join("vault");
        let made = Vault::create(&path, &SECRET, &ArgonParams::FLOOR, Box::new(SystemRng));
        let mut vault = made.expect("a vault is made");
        let put = vault.write(|tx| (0..OBJECTS).try_for_each(|number| tx.put(ENTRIES, &[number], &object(number))));
        put.and_then(|()| vault.lock()).expect("a vault is filled");
        fs::read(&path).expect("a vault's file")
    })
}

/// A backup file's bytes.
fn backup() -> &'static [u8] {
    static BACKUP: OnceLock<Vec<u8>> = OnceLock::new();
    BACKUP.get_or_init(|| {
        stand::with(|stand| {
            let folder = copy(&stand.phone);
            same_chance();
            let diary = unlock(folder.path(), &secret()).expect("the diary opens");
            let file = diary.back_up(folder.path(), None).expect("a backup file");
            fs::read(file).expect("a backup file")
        })
    })
}

fn opened(bytes: &[u8]) {
    make_locks_quick();
    let folder = temporary().expect("a temporary folder");
    let path = folder.path().join("vault");
    fs::write(&path, bytes).expect("a small file is written");
    let is_whole = bytes == whole();
    // Each of these reads a file that came from elsewhere.
    let examined = Vault::examine(&path);
    assert!(examined.is_ok() || !is_whole, "a whole vault is refused: {examined:?}");
    let vault = match Vault::open(&path, &SECRET, Box::new(SystemRng)) {
        Ok(vault) => vault,
        Err(error) => {
            assert!(!is_whole, "a whole vault is refused: {error}");
            return;
        }
    };
    let read = vault.scan::<Error>(ENTRIES, |id, bytes| {
        let number = *id.first().expect("an id that was put");
        assert!(id.len() == 1 && number < OBJECTS && bytes == object(number), "an object that nobody put there");
        Ok(())
    });
    assert!(read.is_ok() || !is_whole, "a whole vault is not read: {read:?}");
}

fn restored(bytes: &[u8]) {
    make_locks_quick();
    let folder = temporary().expect("a temporary folder");
    let dir = folder.path();
    fs::write(dir.join("diary.incoming"), bytes).expect("a small file is written");
    same_chance();
    let is_whole = bytes == backup();
    match restore_backup(dir, &Opener::Passphrase(secret()), &secret()) {
        Ok(diary) => are_theirs(&texts(&DiaryHandle::new(diary)), is_whole),
        Err(error) => {
            assert!(!is_whole, "a whole backup file is refused: {error}");
            assert!(!exists(dir) || opens_as_theirs(dir), "what is left behind is no diary");
        }
    }
}

fn are_theirs(texts: &[String], all: bool) {
    assert!(texts.iter().all(|text| text == SHARED || text == PRIVATE), "a diary of what nobody wrote");
    assert!(!all || texts.len() == 2, "a whole backup file has lost something");
}

/// Whether a diary stands there that opens, with nothing in it that nobody wrote.
fn opens_as_theirs(dir: &Path) -> bool {
    let Ok(diary) = unlock(dir, &secret()) else { return false };
    are_theirs(&texts(&DiaryHandle::new(diary)), false);
    true
}
