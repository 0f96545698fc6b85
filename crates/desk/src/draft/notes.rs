//! Notes that somebody has written into a study file (`# …`), carried into the file that takes its place.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, Key, Table, Value};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

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
            // A text without a language is in the first one now.
            (Item::Value(old), Some(Item::Table(new))) if new.is_dotted() => carry_text(old_key, old, new),
            (Item::Value(old), Some(Item::Value(new))) => carry_value(old, new),
            _ => {}
        }
    }
}

/// What stands above a text goes above its first language, and what stands behind it behind its last.
fn carry_text(old_key: &Key, old: &Value, new: &mut Table) {
    if let Some((mut first, _)) = new.iter_mut().next()
        && let Some(prefix) = old_key.leaf_decor().prefix()
    {
        first.leaf_decor_mut().set_prefix(prefix.clone());
    }
    if let Some((_, Item::Value(last))) = new.iter_mut().last()
        && let Some(suffix) = old.decor().suffix()
    {
        last.decor_mut().set_suffix(suffix.clone());
    }
}

fn carry_value(old: &Value, new: &mut Value) {
    if let (Value::Array(old), Value::Array(new)) = (old, &mut *new) {
        carry_list(old, new);
    }
    *new.decor_mut() = old.decor().clone();
}

/// A list stands over as many lines as before: each of its values as it was, and new ones as the last of them.
fn carry_list(old: &Array, new: &mut Array) {
    let plain = |value: &Value| value.as_str().map(str::to_owned);
    let usual: Option<Decor> = old.iter().last().map(|value| {
        // Its indentation without its notes.
        let before = value.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let line = before.rfind('\n').map_or(before, |at| before.get(at..).unwrap_or_default());
        Decor::new(line, "")
    });
    for value in new.iter_mut() {
        let same = old.iter().find(|each| plain(each).is_some() && plain(each) == plain(value));
        if let Some(decor) = same.map(Value::decor).or(usual.as_ref()) {
            *value.decor_mut() = decor.clone();
        }
    }
    new.set_trailing(old.trailing().clone());
    new.set_trailing_comma(old.trailing_comma());
}

/// Whether notes of `before` are missing in `after`.
pub(super) fn are_lost(before: &str, after: &str) -> bool {
    let after = all_in(after);
    all_in(before).into_iter().any(|(note, count)| after.get(note).is_none_or(|left| *left < count))
}

/// Every note, and how often it stands there.
fn all_in(text: &str) -> BTreeMap<&str, usize> {
    let mut notes = BTreeMap::new();
    for token in Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment) {
        let note = text.get(token.span().start()..token.span().end()).unwrap_or_default().trim_end();
        *notes.entry(note).or_default() += 1;
    }
    notes
}

fn carry_blocks(old: &ArrayOfTables, new: &mut ArrayOfTables) {
    let names: Vec<Option<String>> = new.iter().map(|block| name(block).map(str::to_owned)).collect();
    let renamed =
        |each: &&Table| old.len() == names.len() && !names.iter().any(|called| called.as_deref() == name(each));
    for (index, block) in new.iter_mut().enumerate() {
        let same = match name(block) {
            // As many as before: where one is gone and another one stands in its place, it has another name.
            Some(called) => old.iter().find(|each| name(each) == Some(called)).or(old.get(index).filter(renamed)),
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
