//! Every table of the store, once for both engines: what a backup of PostgreSQL holds, what a restore brings back, and what both
//! count. A table that is in an engine's schema and not here fails a test.
//!
//! The engines differ where one numbers rows across studies and the other must not (see the migrations). A backup is always in the
//! embedded engine's form.

/// A table that both engines have.
pub struct Table {
    /// Its name in both.
    pub name: &'static str,
    /// Columns that mean the same in both.
    pub same: &'static [&'static str],
    /// What the embedded engine has in another form, made from PostgreSQL's row.
    pub to_sqlite: &'static [Made],
    /// What PostgreSQL has in another form, made from the embedded engine's row.
    pub to_postgres: &'static [Made],
    /// The order in which PostgreSQL's rows go into the embedded engine, which remembers it.
    pub order: &'static str,
    /// The embedded engine's rows as PostgreSQL takes them, when it is not the table alone.
    pub rows: Option<&'static str>,
}

/// A column that is made from the other engine's row.
pub struct Made {
    /// Its name.
    pub column: &'static str,
    /// What is read from the other engine.
    pub read: &'static str,
    /// How the value that was read is written; `?` is the value.
    pub write: &'static str,
}

const fn table(name: &'static str, order: &'static str, same: &'static [&'static str]) -> Table {
    Table { name, same, to_sqlite: &[], to_postgres: &[], order, rows: None }
}

const fn made(column: &'static str, read: &'static str) -> Made {
    Made { column, read, write: "?" }
}

/// The tables, each after those that it refers to.
pub const TABLES: [Table; 19] = [
    table("meta", "name", &["name", "value"]),
    table("study", "registered_at, study", &["study", "signing_key", "encryption_key", "registered_at", "head"]),
    table("document", "study, version", &["study", "version", "hash", "bytes", "signature", "published_at"]),
    table(
        "invitation",
        "study, code",
        &[
            "study",
            "code",
            "participant",
            "enrol_key",
            "minimum_version",
            "expires_at",
            "signature",
            "revoked_at",
            "used_by",
        ],
    ),
    table("study_end", "study", &["study", "ended_at"]),
    table("participant_left", "study, participant", &["study", "participant", "left_at"]),
    table("recovery_key", "study, participant, since", &["study", "participant", "recovery_key", "since"]),
    table("answered_challenge", "challenge", &["challenge", "expires_at"]),
    table(
        "device",
        "study, joined_at, device",
        &["study", "device", "participant", "device_key", "joined_at", "record_bytes"],
    ),
    table("token", "id", &["id", "hash", "role", "study", "device", "made_at", "revoked_at"]),
    table(
        "record",
        "study, server_seq",
        &[
            "study",
            "participant",
            "device",
            "seq",
            "kind",
            "link",
            "slots_hash",
            "body_hash",
            "target_device",
            "target_seq",
            "target_link",
            "server_seq",
            "received_at",
            "late",
            "header",
            "slots",
            "body",
        ],
    ),
    table(
        "checkpoint",
        "study, server_seq",
        &[
            "study",
            "participant",
            "device",
            "seq",
            "link",
            "local_head",
            "device_time",
            "signature",
            "server_seq",
            "received_at",
            "late",
        ],
    ),
    // What was erased twice is there twice in the embedded engine alone.
    Table {
        to_sqlite: &[made("participant", "nullif(participant, ''::bytea)")],
        to_postgres: &[made("participant", "coalesce(participant, x'')")],
        rows: Some("(SELECT DISTINCT study, device, seq, link, participant FROM erasure)"),
        ..table("erasure", "study, device, seq, link, participant", &["study", "device", "seq", "link"])
    },
    // The reason is bytes in PostgreSQL, whose text does not take every character.
    Table {
        to_sqlite: &[Made { column: "reason", read: "reason", write: "CAST(? AS TEXT)" }],
        to_postgres: &[
            made("reason", "CAST(reason AS BLOB)"),
            made("number", "row_number() OVER (PARTITION BY study ORDER BY rowid)"),
        ],
        ..table("erasure_order", "study, number", &["study", "id", "device", "seq", "link", "time", "signature"])
    },
    Table {
        to_postgres: &[made("number", "row_number() OVER (PARTITION BY study ORDER BY rowid)")],
        ..table("revocation", "study, number", &["study", "device", "seq", "link", "signature"])
    },
    table("sighting", "study", &["study", "time", "json"]),
    // What concerns no study is under zeros in PostgreSQL, where the study is in the key.
    Table {
        to_sqlite: &[made("study", "nullif(study, decode(repeat('00', 16), 'hex'))")],
        to_postgres: &[
            made("study", "coalesce(study, zeroblob(16))"),
            made("number", "row_number() OVER (PARTITION BY study ORDER BY id)"),
        ],
        ..table("audit", "at, study, number", &["at", "role", "token", "action"])
    },
    table("part", "study, participant, hash, name", &["study", "participant", "hash", "name", "len", "state", "since"]),
    Table {
        to_sqlite: &[Made {
            column: "record",
            read: "server_seq",
            write: "(SELECT id FROM record WHERE study = ?1 AND server_seq = ?)",
        }],
        to_postgres: &[made("server_seq", "server_seq")],
        rows: Some(
            "(SELECT l.study, l.participant, l.hash, r.server_seq FROM record_part l JOIN record r ON r.id = l.record)",
        ),
        ..table("record_part", "study, server_seq, hash", &["study", "participant", "hash"])
    },
];

impl Table {
    /// PostgreSQL's rows as the embedded engine takes them.
    pub fn read_postgres(&self) -> String {
        format!("SELECT {} FROM {} ORDER BY {}", self.reading(self.to_sqlite), self.name, self.order)
    }

    /// Puts such a row into the embedded engine.
    pub fn write_sqlite(&self) -> String {
        let same = self.same.iter().map(|_| "?");
        let made = self.to_sqlite.iter().map(|made| made.write);
        let values = same.chain(made).zip(1..).map(|(write, at)| numbered(write, at));
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.writing(self.to_sqlite),
            values.collect::<Vec<_>>().join(", ")
        )
    }

    /// The embedded engine's rows as PostgreSQL takes them.
    pub fn read_sqlite(&self) -> String {
        format!("SELECT {} FROM {}", self.reading(self.to_postgres), self.rows.unwrap_or(self.name))
    }

    /// The columns that PostgreSQL takes, in the order of [`Self::read_sqlite`].
    pub fn postgres_columns(&self) -> String {
        self.writing(self.to_postgres)
    }

    fn reading(&self, made: &[Made]) -> String {
        self.same.iter().copied().chain(made.iter().map(|made| made.read)).collect::<Vec<_>>().join(", ")
    }

    fn writing(&self, made: &[Made]) -> String {
        self.same.iter().copied().chain(made.iter().map(|made| made.column)).collect::<Vec<_>>().join(", ")
    }
}

/// The value's own mark is the last one.
fn numbered(write: &str, at: usize) -> String {
    match write.rfind('?') {
        Some(mark) => format!("{}?{at}{}", &write[..mark], &write[mark + 1..]),
        None => write.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rusqlite::Connection;

    use super::*;
    use crate::store::Opening;
    use crate::store::sqlite::file;

    /// Tables and columns of PostgreSQL's migrations that a restore makes from the others, or the migrations themselves.
    const DERIVED: [&str; 2] = ["waymark_schema", "audit_head"];

    /// Tables whose rows the embedded engine numbers by itself.
    const NUMBERED: [&str; 4] = ["record", "checkpoint", "erasure", "audit"];

    fn columns_of(table: &Table, made: &'static [Made]) -> BTreeSet<String> {
        let made = made.iter().map(|made| made.column);
        table.same.iter().copied().chain(made).map(str::to_owned).collect()
    }

    fn sqlite() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let connection = file::open_writer(&folder.path().join("waymark.db"), Opening::Serving).unwrap();
        (folder, connection)
    }

    #[test]
    fn every_table_and_column_of_the_embedded_engine_is_listed() {
        let (_folder, connection) = sqlite();
        let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let strings = |sql: &str, name: &str| -> BTreeSet<String> {
            let mut statement = connection.prepare(sql).unwrap();
            let parameters: &[&dyn rusqlite::ToSql] = if name.is_empty() { &[] } else { &[&name] };
            statement.query_map(parameters, |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        let listed: BTreeSet<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        assert_eq!(strings(names, ""), listed);
        for table in &TABLES {
            let there = strings("SELECT name FROM pragma_table_info(?1)", table.name);
            let mut listed = columns_of(table, table.to_sqlite);
            listed.extend(NUMBERED.contains(&table.name).then(|| "id".to_owned()));
            assert_eq!(there, listed, "{}", table.name);
        }
    }

    /// By the migrations' text: that both engines' tables have the same columns is asked of the databases themselves, see
    /// tests/server/postgres/backups.rs.
    #[test]
    fn every_table_of_postgresql_is_listed_or_derived() {
        let created = |text: &str| -> Vec<String> {
            let named = text.split("CREATE TABLE ").skip(1);
            named.filter_map(|rest| rest.split_whitespace().next().map(str::to_owned)).collect()
        };
        let mut there: BTreeSet<String> = crate::store::postgres::migrations_text().flat_map(created).collect();
        there.insert("waymark_schema".to_owned());
        let listed = TABLES.iter().map(|table| table.name).chain(DERIVED).map(str::to_owned).collect();
        assert_eq!(there, listed);
    }

    #[test]
    fn the_values_place_is_the_last_mark() {
        let parts = TABLES.iter().find(|table| table.name == "record_part").unwrap();
        assert!(parts.write_sqlite().ends_with("(SELECT id FROM record WHERE study = ?1 AND server_seq = ?4))"));
    }
}
