//! Folders of older servers are brought up to date with everything that is in them.

use super::Running;
use super::both::parts::{gone_soon, no_file_without_a_row, part};
use crate::support::{Phone, files_in};

/// What step 3 did, undone.
pub const BACK_TO_2: &str = include_str!("back_to_2.sql");

#[test]
fn parts_of_a_server_that_named_them_by_their_hash_are_kept_and_can_be_erased() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let part = part(2064);
    let record = phone.write_listing(&[&part]);
    phone.sync();
    phone.http.put_part(&phone.token, &part).done();
    let file = files_in(&server.data.parts()).remove(0);
    let server = server.restart_after(|data| {
        data.execute(BACK_TO_2);
        std::fs::rename(&file, file.with_file_name(part.hash.to_string())).unwrap();
    });
    phone.http = server.http;
    assert!(phone.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes));
    assert_eq!(phone.recovered().state().head.seq, 0, "challenges work");
    phone.erase(Some(record.as_target()));
    phone.sync();
    gone_soon(&server, &part);
    no_file_without_a_row(&server.data);
}
