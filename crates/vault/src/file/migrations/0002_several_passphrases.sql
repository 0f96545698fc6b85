-- A vault may have several passphrases. A slot is known by its salt, which is random, made anew with each slot, and part of what opens it;
-- `number` keeps the order in which they came.
CREATE TABLE slot_of_2 (
    number     INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL,
    memory_kib INTEGER NOT NULL,
    passes     INTEGER NOT NULL,
    lanes      INTEGER NOT NULL,
    salt       BLOB NOT NULL UNIQUE,
    wrapped    BLOB NOT NULL,
    digest     BLOB NOT NULL
) STRICT;
INSERT INTO slot_of_2 (kind, memory_kib, passes, lanes, salt, wrapped, digest)
    SELECT kind, memory_kib, passes, lanes, salt, wrapped, digest FROM slot ORDER BY kind;
DROP TABLE slot;
ALTER TABLE slot_of_2 RENAME TO slot;
-- Of the other kinds there is one.
CREATE UNIQUE INDEX one_slot_of_a_kind ON slot (kind) WHERE kind <> 1;
