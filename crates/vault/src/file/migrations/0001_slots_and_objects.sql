-- The vault's own name, which every slot and every object is bound to.
CREATE TABLE vault (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  BLOB NOT NULL
) STRICT;

-- Ways to open the vault: 1 passphrase, 2 PIN, 3 words (whose costs are 0).
CREATE TABLE slot (
    kind       INTEGER PRIMARY KEY,
    memory_kib INTEGER NOT NULL,
    passes     INTEGER NOT NULL,
    lanes      INTEGER NOT NULL,
    salt       BLOB NOT NULL,
    wrapped    BLOB NOT NULL,
    digest     BLOB NOT NULL
) STRICT;

-- Sealed objects. A rowid table: rows of a kilobyte and more do not belong into an index's pages.
CREATE TABLE object (
    tbl     TEXT NOT NULL,
    id      BLOB NOT NULL,
    version INTEGER NOT NULL,
    salt    BLOB NOT NULL,
    sealed  BLOB NOT NULL,
    UNIQUE (tbl, id)
) STRICT;
