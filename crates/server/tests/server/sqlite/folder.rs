//! The data folder has one server, and nobody else may look into it.

use super::Data;
use crate::support::Binary;

#[test]
fn a_second_server_on_a_folder_is_exit_1_with_a_sentence() {
    let data = Data::new();
    let _server = Binary::serve(&data);
    let second = data.command("serve").args(["--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stdout.is_empty());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server is running"));
}

#[cfg(unix)]
#[test]
fn the_data_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
        .args(["token", "--role", "admin", "--data"])
        .arg(&folder)
        .env_remove("WAYMARK_DATABASE_URL")
        .status();
    assert!(made.unwrap().success());
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("waymark.db")), 0o600);
}
