-- Attachments: which parts are here, and which records list them. The bytes are files, see store/blobs.rs.
-- No program has sent a record that lists parts to a server without these tables.

CREATE TABLE part (
    study       BLOB NOT NULL REFERENCES study,
    participant BLOB NOT NULL,
    hash        BLOB NOT NULL,
    len         INTEGER NOT NULL,
    state       INTEGER NOT NULL, -- 0 arriving, 1 on disk, 2 to be deleted
    PRIMARY KEY (study, participant, hash)
) WITHOUT ROWID;
CREATE INDEX part_unsettled ON part (state) WHERE state <> 1;

-- Stays when the record is erased: a tombstone's header lists its parts for ever.
CREATE TABLE record_part (
    study       BLOB NOT NULL REFERENCES study,
    participant BLOB NOT NULL,
    hash        BLOB NOT NULL,
    record      INTEGER NOT NULL REFERENCES record,
    PRIMARY KEY (study, participant, hash, record)
) WITHOUT ROWID;
CREATE INDEX record_part_by_record ON record_part (record);
