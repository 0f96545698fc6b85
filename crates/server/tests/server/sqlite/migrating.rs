//! Folders of older servers are brought up to date with everything that is in them.

use super::Running;
use super::both::parts::{gone_soon, no_file_without_a_row, part};
use crate::support::{Phone, files_in};

/// What step 3 did, undone.
pub const BACK_TO_2: &str = "
    CREATE TABLE old_part (
        study BLOB NOT NULL REFERENCES study, participant BLOB NOT NULL, hash BLOB NOT NULL, len INTEGER NOT NULL,
        state INTEGER NOT NULL, PRIMARY KEY (study, participant, hash)
    ) WITHOUT ROWID;
    INSERT INTO old_part SELECT study, participant, hash, len, state FROM part;
    DROP TABLE part;
    ALTER TABLE old_part RENAME TO part;
    CREATE INDEX part_unsettled ON part (state) WHERE state <> 1;
    DROP TABLE answered_challenge;
    DELETE FROM meta WHERE name = 'challenge_key';
    DROP TRIGGER audit_is_not_edited;
    DROP TRIGGER audit_is_not_deleted;
    DROP INDEX audit_by_study;
    DROP TABLE participant_left;
    DROP TABLE study_end;
    ALTER TABLE device DROP COLUMN record_bytes;
    DROP INDEX token_by_device;
    PRAGMA user_version = 2;
";

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
