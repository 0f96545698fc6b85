//! A disk that is really full: a small one is mounted for a child of this test.

use std::fs;

use waymark_vault::Error;

use crate::support::{ENTRIES, all, child_path, create, open, put, run_with_mount};

#[test]
fn a_full_disk_loses_nothing_and_the_vault_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    run_with_mount("full_disk::child", folder.path(), "mount -t tmpfs -o size=600k tmpfs \"$0\"");
}

#[test]
#[ignore = "the test above runs it on a small disk of its own; anywhere else it would fill the real one"]
fn child() {
    let path = child_path();
    let ballast = path.with_file_name("ballast");
    fs::write(&ballast, vec![1; 200_000]).unwrap();
    let mut vault = create(&path).unwrap();

    let mut content = Vec::new();
    let full = loop {
        let id = (content.len() as u64).to_be_bytes().to_vec();
        let object = vec![content.len() as u8; 5000];
        match vault.write(|tx| tx.put(ENTRIES, &id, &object)) {
            Ok(()) => content.push((id, object)),
            Err(error) => break error,
        }
        assert!(content.len() < 1000, "the disk is small");
    };
    assert!(matches!(full, Error::DiskFull), "{full:?}");
    assert!(content.len() > 5);
    assert_eq!(all(&vault, ENTRIES).unwrap(), content, "readable while full");
    drop(vault);

    // Opening needs a little room for the log; whether there is any, nothing is lost.
    match open(&path) {
        Ok(vault) => assert_eq!(all(&vault, ENTRIES).unwrap(), content),
        Err(error) => assert!(matches!(error, Error::DiskFull), "{error:?}"),
    }
    // Nor does a second vault come to be by half.
    let second = path.with_file_name("second");
    fs::write(path.with_file_name("rest"), vec![1; 600_000]).unwrap_err();
    let created = create(&second);
    assert!(matches!(created, Err(Error::DiskFull)), "{created:?}");
    assert!(!second.exists());

    fs::remove_file(path.with_file_name("rest")).unwrap();
    fs::remove_file(ballast).unwrap();
    let mut vault = open(&path).unwrap();
    assert_eq!(all(&vault, ENTRIES).unwrap(), content);
    put(&mut vault, ENTRIES, b"later", b"x");
    vault.lock().unwrap();
    assert_eq!(open(&path).unwrap().count(ENTRIES).unwrap(), content.len() as u64 + 1);
}
