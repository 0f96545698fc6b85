-- Ids, keys, hashes and links are byte strings of fixed width. Times are milliseconds since 1970, UTC.
-- Unsigned 64-bit numbers from outside are kept as the signed number with the same bits.
--
-- Whatever belongs to a study has the study first in its key, and nothing is numbered across studies, so that the tables can be
-- distributed by study (`create_distributed_table('record', 'study')`, …); meta and token are the server's own.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

-- Locked by whoever changes what lies in the study, until the commit: so `head` grows in the order of commits.
CREATE TABLE study (
    study          BYTEA PRIMARY KEY,
    signing_key    BYTEA NOT NULL,
    encryption_key BYTEA NOT NULL,
    registered_at  BIGINT NOT NULL,
    head           BIGINT NOT NULL DEFAULT 0 -- the last server_seq given
) WITH (fillfactor = 20);

CREATE TABLE document (
    study        BYTEA NOT NULL REFERENCES study,
    version      BIGINT NOT NULL,
    hash         BYTEA NOT NULL,
    bytes        BYTEA NOT NULL,
    signature    BYTEA NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (study, version)
);

CREATE TABLE invitation (
    study           BYTEA NOT NULL REFERENCES study,
    code            BYTEA NOT NULL,
    participant     BYTEA NOT NULL,
    enrol_key       BYTEA NOT NULL,
    minimum_version BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    signature       BYTEA NOT NULL,
    revoked_at      BIGINT,
    used_by         BYTEA, -- the device
    PRIMARY KEY (study, code)
);

CREATE TABLE recovery_key (
    study        BYTEA NOT NULL REFERENCES study,
    participant  BYTEA NOT NULL,
    recovery_key BYTEA NOT NULL,
    since        BIGINT NOT NULL,
    PRIMARY KEY (study, participant, recovery_key)
);
CREATE INDEX recovery_key_by_key ON recovery_key (recovery_key, since);

-- Recovery challenges that have been answered, until they have long expired. The server's own: each is good for one answer,
-- whatever the study.
CREATE TABLE answered_challenge (
    challenge  BYTEA PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX answered_challenge_by_expiry ON answered_challenge (expires_at);

CREATE TABLE device (
    study       BYTEA NOT NULL REFERENCES study,
    device      BYTEA NOT NULL,
    participant BYTEA NOT NULL,
    device_key  BYTEA NOT NULL,
    joined_at   BIGINT NOT NULL,
    PRIMARY KEY (study, device)
);
CREATE INDEX device_by_participant ON device (study, participant, joined_at);

-- A phone's token names its device; a person's token has a role and, unless it is for all studies, a study. The server's own: a
-- token is looked up before its study is known.
CREATE TABLE token (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash       BYTEA NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    study      BYTEA,
    device     BYTEA,
    made_at    BIGINT NOT NULL,
    revoked_at BIGINT
);

-- header, slots and body are the bytes as sent; slots and body are NULL once erased. A reference to the device would lock its row
-- for every record: the token that brought the record has one.
CREATE TABLE record (
    study         BYTEA NOT NULL,
    device        BYTEA NOT NULL,
    seq           BIGINT NOT NULL,
    participant   BYTEA NOT NULL,
    kind          BIGINT NOT NULL,
    link          BYTEA NOT NULL,
    slots_hash    BYTEA NOT NULL,
    body_hash     BYTEA NOT NULL,
    target_device BYTEA,
    target_seq    BIGINT,
    target_link   BYTEA,
    server_seq    BIGINT NOT NULL,
    received_at   BIGINT NOT NULL,
    late          BOOLEAN NOT NULL DEFAULT false,
    header        BYTEA NOT NULL,
    slots         BYTEA,
    body          BYTEA,
    PRIMARY KEY (study, device, seq),
    UNIQUE (study, server_seq)
);
-- An ordinary entry (2 to 4 KiB) lies in the row itself; only what is larger goes into a table of its own, piece by piece.
ALTER TABLE record SET (toast_tuple_target = 8160);
-- What is encrypted does not get smaller.
ALTER TABLE record ALTER COLUMN slots SET STORAGE EXTERNAL, ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX record_by_participant ON record (study, participant, server_seq);
CREATE INDEX record_by_target ON record (study, target_device, target_seq) WHERE target_device IS NOT NULL;

CREATE TABLE checkpoint (
    study       BYTEA NOT NULL,
    device      BYTEA NOT NULL,
    signature   BYTEA NOT NULL,
    participant BYTEA NOT NULL,
    seq         BIGINT NOT NULL,
    link        BYTEA NOT NULL,
    local_head  BIGINT NOT NULL,
    device_time BIGINT NOT NULL,
    server_seq  BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    late        BOOLEAN NOT NULL DEFAULT false,
    PRIMARY KEY (study, device, signature),
    UNIQUE (study, server_seq)
);
CREATE INDEX checkpoint_by_participant ON checkpoint (study, participant, server_seq);

-- What has been erased, so that it stays so whatever arrives later. An empty participant: ordered by the study.
CREATE TABLE erasure (
    study       BYTEA NOT NULL REFERENCES study,
    device      BYTEA NOT NULL,
    seq         BIGINT NOT NULL,
    link        BYTEA NOT NULL,
    participant BYTEA NOT NULL,
    PRIMARY KEY (study, device, seq, link, participant)
);

-- `number` is the order in which the study's were given.
CREATE TABLE erasure_order (
    study     BYTEA NOT NULL REFERENCES study,
    id        BYTEA NOT NULL,
    number    BIGINT NOT NULL,
    device    BYTEA NOT NULL,
    seq       BIGINT NOT NULL,
    link      BYTEA NOT NULL,
    time      BIGINT NOT NULL,
    reason    BYTEA NOT NULL, -- UTF-8; TEXT does not take every character
    signature BYTEA NOT NULL,
    PRIMARY KEY (study, id),
    UNIQUE (study, number)
);
CREATE INDEX erasure_order_by_device ON erasure_order (study, device);

CREATE TABLE revocation (
    study     BYTEA NOT NULL REFERENCES study,
    device    BYTEA NOT NULL,
    seq       BIGINT NOT NULL,
    link      BYTEA NOT NULL,
    number    BIGINT NOT NULL,
    signature BYTEA NOT NULL,
    PRIMARY KEY (study, device, seq, link),
    UNIQUE (study, number)
);

-- The newest sighting of each study, as JSON.
CREATE TABLE sighting (
    study BYTEA PRIMARY KEY REFERENCES study,
    time  BIGINT NOT NULL,
    json  BYTEA NOT NULL
);

-- Who did what when; never what was written. What concerns no study is under sixteen zeros. Numbered in the order of commits.
CREATE TABLE audit (
    study  BYTEA NOT NULL,
    number BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    role   TEXT NOT NULL,
    token  BIGINT, -- the token's id; none for the operator's own command line and for phones
    action TEXT NOT NULL,
    PRIMARY KEY (study, number)
);
CREATE TABLE audit_head (
    study BYTEA PRIMARY KEY,
    head  BIGINT NOT NULL
) WITH (fillfactor = 20);

-- Uploads of parts. Each is an object with a name of its own, which is never used again.
CREATE TABLE part (
    study       BYTEA NOT NULL REFERENCES study,
    participant BYTEA NOT NULL,
    hash        BYTEA NOT NULL,
    name        TEXT NOT NULL,
    len         BIGINT NOT NULL,
    state       SMALLINT NOT NULL, -- 0 arriving, 1 kept, 2 to be deleted
    since       BIGINT NOT NULL,   -- when it began to arrive
    PRIMARY KEY (study, participant, hash, name)
);
CREATE INDEX part_unsettled ON part (state) WHERE state <> 1;
CREATE UNIQUE INDEX part_kept ON part (study, participant, hash) WHERE state = 1;

-- Which records list a part. Stays when the record is erased: a tombstone's header lists its parts for ever.
CREATE TABLE record_part (
    study       BYTEA NOT NULL,
    participant BYTEA NOT NULL,
    hash        BYTEA NOT NULL,
    server_seq  BIGINT NOT NULL,
    PRIMARY KEY (study, participant, hash, server_seq)
);
CREATE INDEX record_part_by_record ON record_part (study, server_seq);
