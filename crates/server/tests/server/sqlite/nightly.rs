//! `deploy/waymark-backup`: what it makes each night, what it takes away, and when it says that somebody must look.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Running;
use super::both::parts::part;
use crate::support::{Phone, files_in};

/// Whether it ended well.
fn run(data: &Path, backups: &Path) -> bool {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/waymark-backup");
    let server = Path::new(env!("CARGO_BIN_EXE_waymark-server")).parent().unwrap();
    let path = format!("{}:{}", server.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("/bin/sh");
    command.arg(script).env("PATH", path).env("WAYMARK_DATA", data).env("WAYMARK_BACKUPS", backups);
    command.output().unwrap().status.success()
}

fn made(backups: &Path) -> Vec<String> {
    let names = fs::read_dir(backups).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with('Z')).collect()
}

#[test]
fn old_backups_go_when_there_is_a_new_one_also_when_the_server_itself_has_lost_a_part() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let part = part(2064);
    phone.write_listing(&[&part]);
    phone.sync();
    phone.http.put_part(&phone.token, &part).done();
    let backups = tempfile::tempdir().unwrap();
    let old = backups.path().join("2020-01-01T000000Z");
    let age = || {
        fs::create_dir_all(&old).unwrap();
        let ended = Command::new("touch").args(["-d", "40 days ago"]).arg(&old).status().unwrap();
        assert!(ended.success());
    };

    age();
    assert!(!run(Path::new("/nowhere"), backups.path()) && old.exists(), "without a new one the old ones stay");
    assert!(run(server.data.path(), backups.path()) && !old.exists());
    assert_eq!(made(backups.path()).len(), 1);

    fs::remove_file(files_in(&server.data.parts()).remove(0)).unwrap();
    age();
    // Names of backups are seconds.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(!run(server.data.path(), backups.path()), "somebody must look");
    assert!(!old.exists(), "what was erased leaves the backups in time");
    assert_eq!(made(backups.path()).len(), 2);
}
