-- Each upload of a part is an object with a name of its own, which is never used again: what is deleted under a name cannot have
-- come back under it. What was there before is called by its hash alone.

CREATE TABLE part_object (
    study       BLOB NOT NULL REFERENCES study,
    participant BLOB NOT NULL,
    hash        BLOB NOT NULL,
    name        TEXT NOT NULL,
    len         INTEGER NOT NULL,
    state       INTEGER NOT NULL, -- 0 arriving, 1 kept, 2 to be deleted
    since       INTEGER NOT NULL, -- when it began to arrive
    PRIMARY KEY (study, participant, hash, name)
) WITHOUT ROWID;
INSERT INTO part_object SELECT study, participant, hash, lower(hex(hash)), len, state, 0 FROM part;
DROP TABLE part;
ALTER TABLE part_object RENAME TO part;
CREATE INDEX part_unsettled ON part (state) WHERE state <> 1;
CREATE UNIQUE INDEX part_kept ON part (study, participant, hash) WHERE state = 1;

-- Recovery challenges that have been answered, until they expire.
CREATE TABLE answered_challenge (
    study      BLOB NOT NULL REFERENCES study,
    challenge  BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (study, challenge)
) WITHOUT ROWID;
CREATE INDEX answered_challenge_by_expiry ON answered_challenge (expires_at);
