//! Sealed bytes open in the place they were sealed for and in no other.

use waymark_vault::Error;

use crate::support::{DRAFTS, ENTRIES, Place, put};

/// Two objects of one table, edited by `sql` behind the vault's back: the ones at `ids` must not open.
fn does_not_open(sql: &str, ids: &[&[u8]]) {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"a", b"the first one");
    put(&mut vault, ENTRIES, b"b", b"the other one");
    vault.lock().unwrap();
    place.raw().execute_batch(sql).unwrap();
    let vault = place.open().unwrap();
    for id in ids {
        for table in [ENTRIES, DRAFTS] {
            match vault.get(table, id) {
                Ok(None) => {}
                Err(Error::Damaged { part }) => assert_eq!(part, table.name()),
                other => panic!("{sql}: {other:?}"),
            }
        }
    }
    assert!(ids.iter().any(|id| vault.get(ENTRIES, id).is_err() || vault.get(DRAFTS, id).is_err()), "{sql}");
}

#[test]
fn bytes_swapped_between_objects_do_not_open() {
    does_not_open(
        "CREATE TEMP TABLE t AS SELECT * FROM object;
         UPDATE object SET (salt, sealed) = (SELECT salt, sealed FROM t WHERE t.id <> object.id)",
        &[b"a", b"b"],
    );
    does_not_open(
        "UPDATE object SET id = x'63' WHERE id = x'61'; UPDATE object SET id = x'61' WHERE id = x'62'",
        &[b"a", b"c"],
    );
}

#[test]
fn an_object_moved_to_another_table_does_not_open() {
    does_not_open("UPDATE object SET tbl = 'drafts' WHERE id = x'61'", &[b"a"]);
}

#[test]
fn an_object_with_another_version_does_not_open() {
    does_not_open("UPDATE object SET version = 2 WHERE id = x'61'", &[b"a"]);
}

#[test]
fn an_object_from_another_vault_does_not_open() {
    let (here, there) = (Place::new(), Place::new());
    for place in [&here, &there] {
        put(&mut place.create(), ENTRIES, b"a", b"the same words");
    }
    let raw = here.raw();
    raw.execute("ATTACH ?1 AS there", [there.path.to_str().unwrap()]).unwrap();
    raw.execute_batch("UPDATE object SET (salt, sealed) = (SELECT salt, sealed FROM there.object)").unwrap();
    drop(raw);
    assert!(matches!(here.open().unwrap().get(ENTRIES, b"a"), Err(Error::Damaged { part }) if part == "entries"));
}

#[test]
fn a_vault_under_another_name_does_not_open() {
    let place = Place::new();
    place.create().lock().unwrap();
    place.raw().execute_batch("UPDATE vault SET id = zeroblob(16)").unwrap();
    assert!(matches!(place.open(), Err(Error::Damaged { part }) if part == "key slots"));
}
