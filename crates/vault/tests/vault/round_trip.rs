//! What was put is what is got, in the order of the ids' bytes, before and after locking.

use std::collections::BTreeMap;

use proptest::prelude::*;
use waymark_vault::{Error, MAX_ID, Table, Vault};

use crate::support::{DRAFTS, ENTRIES, Object, Place, all, put};

type Model = BTreeMap<(&'static str, Vec<u8>), Vec<u8>>;

#[derive(Clone, Debug)]
enum Change {
    Put(Table, Vec<u8>, Vec<u8>),
    Delete(Table, Vec<u8>),
}

fn table() -> impl Strategy<Value = Table> {
    prop_oneof![Just(ENTRIES), Just(DRAFTS)]
}

/// Few and short, so that they meet; now and then the longest.
fn id() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => prop::collection::vec(prop_oneof![Just(0), Just(1), Just(255)], 0..3), 1 => Just(vec![255; MAX_ID])]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (table(), id(), prop::collection::vec(any::<u8>(), 0..6000)).prop_map(|(t, id, b)| Change::Put(t, id, b)),
        1 => (table(), id()).prop_map(|(t, id)| Change::Delete(t, id)),
    ]
}

fn apply(vault: &mut Vault, model: &mut Model, changes: &[Change], commit: bool) -> Result<(), Error> {
    let mut after = model.clone();
    let done = vault.write(|tx| {
        for change in changes {
            match change {
                Change::Put(table, id, bytes) => {
                    tx.put(*table, id, bytes)?;
                    after.insert((table.name(), id.clone()), bytes.clone());
                }
                Change::Delete(table, id) => {
                    let there = after.remove(&(table.name(), id.clone())).is_some();
                    assert_eq!(tx.delete(*table, id)?, there);
                }
            }
        }
        same(|table| scan(tx, table), &after);
        if commit { Ok(()) } else { Err(Error::WrongSecret) }
    });
    match done {
        Ok(()) => *model = after,
        Err(Error::WrongSecret) if !commit => {}
        Err(other) => return Err(other),
    }
    Ok(())
}

fn scan(reader: &waymark_vault::Reader<'_>, table: Table) -> Vec<Object> {
    let mut found = Vec::new();
    let each = |id: &[u8], bytes: &[u8]| {
        found.push((id.to_vec(), bytes.to_vec()));
        Ok::<_, Error>(())
    };
    reader.scan(table, each).unwrap();
    found
}

fn of(model: &Model, table: Table) -> Vec<Object> {
    let here = model.iter().filter(|((name, _), _)| *name == table.name());
    here.map(|((_, id), bytes)| (id.clone(), bytes.clone())).collect()
}

fn same(found: impl Fn(Table) -> Vec<Object>, model: &Model) {
    for table in [ENTRIES, DRAFTS] {
        assert_eq!(found(table), of(model, table));
    }
}

fn agrees(vault: &Vault, model: &Model) {
    same(|table| scan(&vault.reader(), table), model);
    for table in [ENTRIES, DRAFTS] {
        let expected = of(model, table);
        assert_eq!(vault.count(table).unwrap(), expected.len() as u64);
        assert_eq!(vault.last(table).unwrap(), expected.last().map(|(id, _)| id.clone()));
        for (id, bytes) in expected {
            assert_eq!(vault.get(table, &id).unwrap().unwrap().as_slice(), bytes);
            assert!(vault.reader().has(table, &id).unwrap());
        }
        assert!(vault.get(table, b"never put").unwrap().is_none());
        assert!(!vault.reader().has(table, b"never put").unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_vault_is_a_sorted_map_that_survives_locking(
        transactions in prop::collection::vec((prop::collection::vec(change(), 0..8), prop::bool::weighted(0.8)), 1..8)
    ) {
        let place = Place::new();
        let mut vault = place.create();
        let mut model = Model::new();
        for (changes, commit) in &transactions {
            apply(&mut vault, &mut model, changes, *commit).unwrap();
            agrees(&vault, &model);
        }
        vault.lock().unwrap();
        agrees(&place.open().unwrap(), &model);
    }

    #[test]
    fn a_range_is_the_same_range_of_the_sorted_ids(ids in prop::collection::btree_set(id(), 0..12), a in id(), b in id()) {
        let place = Place::new();
        let mut vault = place.create();
        for id in &ids {
            put(&mut vault, ENTRIES, id, id);
            put(&mut vault, DRAFTS, id, b"of another table");
        }
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let (from, to) = (a.as_slice(), b.as_slice());
        let expected = |within: &dyn Fn(&[u8]) -> bool| ids.iter().filter(|id| within(id)).cloned().collect::<Vec<_>>();
        prop_assert_eq!(ranged(&vault, from..), expected(&|id| from <= id));
        prop_assert_eq!(ranged(&vault, from..to), expected(&|id| from <= id && id < to));
        prop_assert_eq!(ranged(&vault, from..=to), expected(&|id| from <= id && id <= to));
        prop_assert_eq!(ranged(&vault, ..to), expected(&|id| id < to));
        prop_assert_eq!(ranged(&vault, ..), expected(&|_| true));
    }
}

fn ranged<'i>(vault: &Vault, ids: impl std::ops::RangeBounds<&'i [u8]>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let each = |id: &[u8], bytes: &[u8]| {
        assert_eq!(id, bytes);
        found.push(id.to_vec());
        Ok::<_, Error>(())
    };
    vault.scan_range(ENTRIES, ids, each).unwrap();
    found
}

#[test]
fn counters_come_back_in_their_order() {
    let place = Place::new();
    let mut vault = place.create();
    for number in [300u64, 2, 70_000, 1, 256] {
        put(&mut vault, ENTRIES, &number.to_be_bytes(), b"x");
    }
    let numbers: Vec<_> =
        all(&vault, ENTRIES).unwrap().into_iter().map(|(id, _)| u64::from_be_bytes(id.try_into().unwrap())).collect();
    assert_eq!(numbers, [1, 2, 256, 300, 70_000]);
    assert_eq!(vault.last(ENTRIES).unwrap().unwrap(), 70_000u64.to_be_bytes());
}

#[test]
fn the_first_error_of_a_scan_ends_it() {
    let place = Place::new();
    let mut vault = place.create();
    put(&mut vault, ENTRIES, b"1", b"x");
    put(&mut vault, ENTRIES, b"2", b"x");
    let mut seen = 0;
    let ended = vault.scan(ENTRIES, |_, _| {
        seen += 1;
        Err(Error::TooLong)
    });
    assert!(matches!(ended, Err(Error::TooLong)));
    assert_eq!(seen, 1);
}

#[test]
fn an_id_or_object_that_is_too_long_is_refused() {
    let place = Place::new();
    let mut vault = place.create();
    let long_id = vault.write(|tx| tx.put(ENTRIES, &[0; MAX_ID + 1], b"x"));
    assert!(matches!(long_id, Err(Error::TooLong)));
    let long_object = vault.write(|tx| tx.put(ENTRIES, b"1", &vec![0; waymark_vault::MAX_OBJECT + 1]));
    assert!(matches!(long_object, Err(Error::TooLong)));
}

#[test]
fn what_all_processors_open_is_what_a_scan_gives_in_its_order() {
    let place = Place::new();
    let mut vault = place.create();
    vault
        .write::<_, Error>(|tx| {
            (0..1500u32).try_for_each(|number| tx.put(ENTRIES, &number.to_be_bytes(), &vec![7; number as usize % 50]))
        })
        .unwrap();
    let collected = abreast(&vault, ENTRIES, |id, bytes| Ok((id.to_vec(), bytes.to_vec()))).unwrap();
    assert_eq!(collected.len(), 1500);
    assert_eq!(collected, all(&vault, ENTRIES).unwrap());
    assert!(abreast(&vault, DRAFTS, |_, _| Ok(())).unwrap().is_empty());
}

#[test]
fn what_all_processors_open_ends_with_an_object_that_does_not_open_or_is_refused() {
    let place = Place::new();
    let mut vault = place.create();
    for number in 0..9u8 {
        put(&mut vault, ENTRIES, &[number], b"words");
    }
    let refused = abreast(&vault, ENTRIES, |id, _| if id == [7] { Err(Error::NotFound) } else { Ok(()) });
    assert!(matches!(refused, Err(Error::NotFound)));
    vault.lock().unwrap();
    place.raw().execute_batch("UPDATE object SET sealed = zeroblob(21) WHERE id = x'03'").unwrap();
    let damaged = abreast(&place.open().unwrap(), ENTRIES, |_, _| Ok(()));
    assert!(matches!(damaged, Err(Error::Damaged { part }) if part == ENTRIES.name()));
}

fn abreast<T: Send>(
    vault: &Vault,
    table: Table,
    open: impl Fn(&[u8], &[u8]) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let mut kept = Vec::new();
    vault.scan_abreast(table, open, |opened| kept.push(opened)).map(|()| kept)
}
