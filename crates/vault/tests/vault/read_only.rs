//! A folder that cannot be written: it is mounted read-only for a child of this test, which holds for root too.

use waymark_vault::{Error, Vault};

use crate::support::{ENTRIES, Place, child_path, create, open, put, run_with_mount};

#[test]
fn a_read_only_folder_is_named_and_the_vault_in_it_is_whole_afterwards() {
    let place = Place::new();
    put(&mut place.create(), ENTRIES, b"a", b"Dear diary");
    let before = std::fs::read(&place.path).unwrap();
    run_with_mount(
        "read_only::child",
        place.folder.path(),
        "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"",
    );
    assert_eq!(std::fs::read(&place.path).unwrap(), before);
    assert_eq!(place.open().unwrap().count(ENTRIES).unwrap(), 1);
}

#[test]
#[ignore = "the test above runs it where the folder is mounted read-only"]
fn child() {
    let path = child_path();
    assert!(matches!(open(&path), Err(Error::ReadOnly)));
    assert!(matches!(Vault::inspect(&path), Err(Error::ReadOnly)));
    assert!(matches!(create(&path.with_file_name("second")), Err(Error::ReadOnly)));
}

/// Root may write everywhere, whatever the permissions say; then only the mount above can show this.
#[cfg(unix)]
#[test]
fn a_file_without_permission_to_write_is_named() {
    use std::fs::{OpenOptions, Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.create().lock().unwrap();
    set_permissions(&place.path, Permissions::from_mode(0o400)).unwrap();
    if OpenOptions::new().write(true).open(&place.path).is_ok() {
        eprintln!("skipped: permissions do not bind this user");
        return;
    }
    assert!(matches!(place.open(), Err(Error::ReadOnly)));
}
