//! PostgreSQL finds no room for its tables. Its server may not let a file grow: to the database that is a disk on
//! which half a page found room, and it says `disk_full`.

use super::Data;
use crate::support::{Binary, Desk, Phone, TestDatabase, pushes_without_room};

/// Of a file of the write-ahead log, which is not to be short of room here.
const LOG_FILE: i64 = 16 * 1024 * 1024;
const HALF_A_PAGE: u64 = 4096;

#[test]
fn pushes_that_find_the_disk_full_are_refused_whole_and_go_through_when_there_is_room() {
    let data = Data::over(Some(TestDatabase::spare()));
    let server = Binary::serve(&data);
    let database = data.database.as_ref().unwrap();
    let bodies =
        || database.number("SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'record'::regclass");
    // Another study's, until the file is longer than any other that a push writes to.
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    while bodies() <= LOG_FILE {
        Phone::join(&desk).fill_a_reply();
    }
    let fill = || database.set_file_limit(Some(bodies().unsigned_abs() + HALF_A_PAGE));
    pushes_without_room(&server, &data, fill, || database.set_file_limit(None));
}
