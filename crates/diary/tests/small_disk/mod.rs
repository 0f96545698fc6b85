//! A disk that is really full: a small one is mounted for a child of a test, in a mount namespace of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that tells a child where its small disk is.
const CHILD: &str = "WAYMARK_DIARY_CHILD";
/// Set by whoever knows that the machine makes no such disk and wants the other tests all the same.
const WITHOUT: &str = "WAYMARK_NO_SMALL_DISK";

/// Runs this program's ignored test `child` beside a disk of so many kilobytes.
///
/// # Panics
///
/// When the child fails; and where no such disk can be had, unless that has been said beforehand: a test that tests nothing does not pass.
pub fn run_child(child: &str, kilobytes: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let mount = format!("mount -t tmpfs -o size={kilobytes}k tmpfs \"$0\"");
    let unshare = |line: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", line]).arg(folder.path());
        command
    };
    if !unshare(&mount).output().is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os(WITHOUT).is_some(),
            "this machine mounts no small disk for a test (`unshare --user --mount`), so nothing was tested; set {WITHOUT}=1 to go without"
        );
        eprintln!("nothing was tested: {WITHOUT} is set");
        return;
    }
    let output = unshare(&format!("{mount} && exec \"$@\""))
        .arg(std::env::current_exe().expect("this program"))
        .args([child, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(CHILD, folder.path())
        .output()
        .expect("started");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 passed"), "the child ran: {said}");
}

/// The child's small disk.
pub fn small_disk() -> PathBuf {
    Path::new(&std::env::var_os(CHILD).expect("only its parent starts this test")).to_path_buf()
}
