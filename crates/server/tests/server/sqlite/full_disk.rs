//! The embedded database's disk is full, really: a small one is mounted for a child of the test.

use std::fs::File;
use std::io::{ErrorKind, Write};

use super::Data;
use super::small_disk::{run_child, small_disk};
use crate::support::{Binary, pushes_without_room};

const KILOBYTES: u32 = 8 * 1024;

#[test]
fn pushes_that_find_the_disk_full_are_refused_whole_and_go_through_when_there_is_room() {
    run_child("sqlite::full_disk::pushes_on_a_full_disk", KILOBYTES);
}

#[test]
#[ignore = "started by its parent, beside a small disk"]
fn pushes_on_a_full_disk() {
    let disk = small_disk();
    let data = Data::within(&disk);
    let server = Binary::serve(&data);
    let filler = disk.join("filler");
    pushes_without_room(
        &server,
        &data,
        || {
            let mut file = File::create(&filler).unwrap();
            let full = loop {
                if let Err(error) = file.write_all(&[0; 4096]) {
                    break error;
                }
            };
            assert_eq!(full.kind(), ErrorKind::StorageFull);
        },
        || std::fs::remove_file(&filler).unwrap(),
    );
}
