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
