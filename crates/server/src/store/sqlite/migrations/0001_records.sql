-- Ids, keys, hashes and links are blobs of fixed width. Times are milliseconds since 1970, UTC.
-- Unsigned 64-bit numbers from outside are kept as the signed number with the same bits.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

CREATE TABLE study (
    study          BLOB PRIMARY KEY,
    signing_key    BLOB NOT NULL,
    encryption_key BLOB NOT NULL,
    registered_at  INTEGER NOT NULL,
    head           INTEGER NOT NULL DEFAULT 0 -- the last server_seq given
);

CREATE TABLE document (
    study        BLOB NOT NULL REFERENCES study,
    version      INTEGER NOT NULL,
    hash         BLOB NOT NULL,
    bytes        BLOB NOT NULL,
    signature    BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (study, version)
);

CREATE TABLE invitation (
    study           BLOB NOT NULL REFERENCES study,
    code            BLOB NOT NULL,
    participant     BLOB NOT NULL,
    enrol_key       BLOB NOT NULL,
    minimum_version INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    signature       BLOB NOT NULL,
    revoked_at      INTEGER,
    used_by         BLOB, -- the device
    PRIMARY KEY (study, code)
);

CREATE TABLE recovery_key (
    study        BLOB NOT NULL REFERENCES study,
    participant  BLOB NOT NULL,
    recovery_key BLOB NOT NULL,
    since        INTEGER NOT NULL,
    PRIMARY KEY (study, participant, recovery_key)
);
CREATE INDEX recovery_key_by_key ON recovery_key (recovery_key, since);

CREATE TABLE device (
    study       BLOB NOT NULL REFERENCES study,
    device      BLOB NOT NULL,
    participant BLOB NOT NULL,
    device_key  BLOB NOT NULL,
    joined_at   INTEGER NOT NULL,
    PRIMARY KEY (study, device)
);
CREATE INDEX device_by_participant ON device (study, participant, joined_at);

-- A phone's token names its device; a person's token has a role and, unless it is for all studies, a study.
CREATE TABLE token (
    id         INTEGER PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    study      BLOB,
    device     BLOB,
    made_at    INTEGER NOT NULL,
    revoked_at INTEGER,
    FOREIGN KEY (study, device) REFERENCES device
);

-- header, slots and body are the bytes as sent; slots and body are NULL once erased.
CREATE TABLE record (
    id            INTEGER PRIMARY KEY,
    study         BLOB NOT NULL REFERENCES study,
    participant   BLOB NOT NULL,
    device        BLOB NOT NULL,
    seq           INTEGER NOT NULL,
    kind          INTEGER NOT NULL,
    link          BLOB NOT NULL,
    slots_hash    BLOB NOT NULL,
    body_hash     BLOB NOT NULL,
    target_device BLOB,
    target_seq    INTEGER,
    target_link   BLOB,
    server_seq    INTEGER NOT NULL,
    received_at   INTEGER NOT NULL,
    late          INTEGER NOT NULL DEFAULT 0,
    header        BLOB NOT NULL,
    slots         BLOB,
    body          BLOB,
    UNIQUE (study, device, seq),
    UNIQUE (study, server_seq),
    FOREIGN KEY (study, device) REFERENCES device
);
CREATE INDEX record_by_participant ON record (study, participant, server_seq);
CREATE INDEX record_by_target ON record (study, target_device, target_seq) WHERE target_device IS NOT NULL;

CREATE TABLE checkpoint (
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
    UNIQUE (study, device, signature),
    UNIQUE (study, server_seq),
    FOREIGN KEY (study, device) REFERENCES device
);
CREATE INDEX checkpoint_by_participant ON checkpoint (study, participant, server_seq);

-- What has been erased, so that it stays so whatever arrives later. No participant: ordered by the study.
CREATE TABLE erasure (
    id          INTEGER PRIMARY KEY,
    study       BLOB NOT NULL REFERENCES study,
    device      BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    link        BLOB NOT NULL,
    participant BLOB
);
CREATE INDEX erasure_by_target ON erasure (study, device, seq, link);

CREATE TABLE erasure_order (
    study     BLOB NOT NULL REFERENCES study,
    id        BLOB NOT NULL,
    device    BLOB NOT NULL,
    seq       INTEGER NOT NULL,
    link      BLOB NOT NULL,
    time      INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (study, id)
);
CREATE INDEX erasure_order_by_device ON erasure_order (study, device);

CREATE TABLE revocation (
    study     BLOB NOT NULL REFERENCES study,
    device    BLOB NOT NULL,
    seq       INTEGER NOT NULL,
    link      BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (study, device, seq, link)
);

-- The newest sighting of each study, as JSON.
CREATE TABLE sighting (
    study BLOB PRIMARY KEY REFERENCES study,
    time  INTEGER NOT NULL,
    json  BLOB NOT NULL
);

-- Who did what when; never what was written.
CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    role   TEXT NOT NULL,
    token  INTEGER, -- the token's id; none for the operator's own command line
    study  BLOB,
    action TEXT NOT NULL
);
