//! A vault in a temporary folder, a way around it, and children that run one test of this binary.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use waymark_vault::{ArgonParams, Error, Secret, SystemRng, Table, Vault};

pub const ENTRIES: Table = Table::new("entries");
pub const DRAFTS: Table = Table::new("drafts");
/// Opens without Argon2id, so at once.
pub const WORDS: Secret<'_> = Secret::Words(&[9; 32]);

/// A folder for one vault.
pub struct Place {
    pub folder: TempDir,
    pub path: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        Self { folder, path }
    }

    pub fn create(&self) -> Vault {
        create(&self.path).unwrap()
    }

    pub fn open(&self) -> Result<Vault, Error> {
        open(&self.path)
    }

    /// The file as SQLite sees it, for somebody who edits it without the vault.
    pub fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.path).unwrap()
    }

    /// The names in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub fn create(path: &Path) -> Result<Vault, Error> {
    Vault::create(path, &WORDS, &ArgonParams::FLOOR, Box::new(SystemRng))
}

pub fn open(path: &Path) -> Result<Vault, Error> {
    Vault::open(path, &WORDS, Box::new(SystemRng))
}

pub fn put(vault: &mut Vault, table: Table, id: &[u8], bytes: &[u8]) {
    vault.write(|tx| tx.put(table, id, bytes)).unwrap();
}

/// An id and what stands under it.
pub type Object = (Vec<u8>, Vec<u8>);

/// Everything in a table, in the vault's order.
pub fn all(vault: &Vault, table: Table) -> Result<Vec<Object>, Error> {
    let mut found = Vec::new();
    vault.scan(table, |id, bytes| {
        found.push((id.to_vec(), bytes.to_vec()));
        Ok::<_, Error>(())
    })?;
    Ok(found)
}

/// How often something is killed, unless the environment says how often.
pub fn rounds(usually: u64) -> u64 {
    std::env::var("WAYMARK_TEST_KILLS").map_or(usually, |rounds| rounds.parse().unwrap())
}

/// The variable that tells a child where its vault is.
pub const CHILD: &str = "WAYMARK_VAULT_CHILD";

/// The arguments with which this binary runs one ignored test, which is a child of another.
pub fn child_arguments(test: &str) -> Vec<String> {
    [test, "--exact", "--ignored", "--nocapture", "--test-threads=1"].map(str::to_owned).to_vec()
}

/// Set by whoever knows that the machine mounts nothing for a test and wants the other tests all the same.
const WITHOUT: &str = "WAYMARK_NO_SMALL_DISK";

/// Runs a child in a mount namespace of its own after `mount`, a shell line with the folder as `$0`. Where this machine does
/// not allow that, the test fails unless that has been said beforehand: a test that tests nothing does not pass.
pub fn run_with_mount(test: &str, folder: &Path, mount: &str) {
    let unshare = |line: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", line]).arg(folder);
        command
    };
    if !cfg!(target_os = "linux") || !unshare(mount).output().is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os(WITHOUT).is_some(),
            "this machine mounts nothing for a test (`unshare --user --mount`), so nothing was tested; set {WITHOUT}=1 to go without"
        );
        eprintln!("nothing was tested: {WITHOUT} is set");
        return;
    }
    let output = unshare(&format!("{mount} && exec \"$@\""))
        .arg(std::env::current_exe().unwrap())
        .args(child_arguments(test))
        .env(CHILD, folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 passed"), "the child ran: {said}");
}

/// Where a child's vault is.
pub fn child_path() -> PathBuf {
    PathBuf::from(std::env::var_os(CHILD).expect("only its parent starts this test")).join("vault")
}
