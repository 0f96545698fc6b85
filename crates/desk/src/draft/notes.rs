//! Notes that somebody has written into a study file (`# …`), carried into the file that takes its place.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

/// Carries the notes of `old` to the same places of `new`. A block is the same when its id or its name is; else when its number is.
pub(super) fn carry(old: &DocumentMut, new: &mut DocumentMut) {
    carry_table(old.as_table(), new.as_table_mut());
    new.set_trailing(old.trailing().clone());
}

fn carry_table(old: &Table, new: &mut Table) {
    // A note may be of several lines that follow it, so these stay in their order; what is new comes after them.
    let rank = |key: &str| old.iter().position(|(each, _)| each == key).unwrap_or(usize::MAX);
    new.sort_values_by(|one, _, other, _| rank(one.get()).cmp(&rank(other.get())));
    let keys: Vec<String> = new.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let Some((old_key, old_item)) = old.get_key_value(&key) else { continue };
        if let Some(mut new_key) = new.key_mut(&key) {
            *new_key.leaf_decor_mut() = old_key.leaf_decor().clone();
            *new_key.dotted_decor_mut() = old_key.dotted_decor().clone();
        }
        match (old_item, new.get_mut(&key)) {
            (Item::Table(old), Some(Item::Table(new))) if old.is_dotted() => carry_table(old, new),
            (Item::ArrayOfTables(old), Some(Item::ArrayOfTables(new))) => carry_blocks(old, new),
            (Item::Value(old), Some(Item::Value(new))) => *new.decor_mut() = old.decor().clone(),
            _ => {}
        }
    }
}

fn carry_blocks(old: &ArrayOfTables, new: &mut ArrayOfTables) {
    for (index, block) in new.iter_mut().enumerate() {
        let same = match name(block) {
            Some(called) => old.iter().find(|each| name(each) == Some(called)),
            None => old.get(index).filter(|each| name(each).is_none()),
        };
        if let Some(same) = same {
            *block.decor_mut() = same.decor().clone();
            carry_table(same, block);
        }
    }
}

fn name(block: &Table) -> Option<&str> {
    ["id", "name"].into_iter().find_map(|key| block.get(key)?.as_str())
}
