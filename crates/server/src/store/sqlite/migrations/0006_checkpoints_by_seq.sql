-- Checkpoints are found by their place in the log first: signatures are random, and an index that began with them was written to all
-- over, the more the longer the logs were.

CREATE TABLE new_checkpoint (
    id          INTEGER PRIMARY KEY,
    study       BLOB NOT NULL REFERENCES study,
    participant BLOB NOT NULL,
    device      BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    link        BLOB NOT NULL,
    local_head  INTEGER NOT NULL,
    device_time INTEGER NOT NULL,
    signature   BLOB NOT NULL,
    server_seq  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    late        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (study, device, seq, signature),
    UNIQUE (study, server_seq),
    FOREIGN KEY (study, device) REFERENCES device
);
INSERT INTO new_checkpoint SELECT id, study, participant, device, seq, link, local_head, device_time, signature, server_seq,
    received_at, late FROM checkpoint;
DROP TABLE checkpoint;
ALTER TABLE new_checkpoint RENAME TO checkpoint;
CREATE INDEX checkpoint_by_participant ON checkpoint (study, participant, server_seq);
