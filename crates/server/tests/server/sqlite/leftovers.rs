//! What a killed server leaves: no other one serves over the folder, so it is removed at the next start.

use super::Running;
use super::both::parts::{gone_soon, no_file_without_a_row, part};
use crate::support::{Phone, files_in};

#[test]
fn what_a_killed_server_left_half_written_is_removed_at_the_next_start() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let (whole, half) = (part(2064), part(5000));
    phone.http.put_part(&phone.token, &whole).done();
    let row = "INSERT INTO part SELECT study, participant, ?1, lower(hex(?1)), 5000, 0, 0 FROM part";
    server.data.sql().execute(row, [half.hash.0]).unwrap();
    let beside = files_in(&server.data.parts()).remove(0);
    std::fs::write(beside.with_file_name(format!("{}#1", half.hash)), &half.bytes[..2500]).unwrap();
    std::fs::write(beside.with_file_name(half.hash.to_string()), &half.bytes).unwrap();
    let server = server.restart();
    no_file_without_a_row(&server.data);
    gone_soon(&server, &half);
    assert!(server.http.part(&phone.token, &whole.hash).is_some());
    server.http.put_part(&phone.token, &half).done();
    assert_eq!(server.http.part(&phone.token, &half.hash), Some(half.bytes.clone()));
}
