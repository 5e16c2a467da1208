//! Whether a tree says what another says, and one thing more or other than it.

use crate::language::tree::{Entry, Tree, Value};

/// Whether `after` is `before` with one more item at the end of the list with this key.
pub(super) fn is_extended(before: &Tree<'_>, after: &Tree<'_>, key: &str) -> bool {
    let (Value::Map(before), Value::Map(after)) = (before.value, after.value) else { return false };
    let known = before.iter().any(|entry| entry.key.text == key);
    let (kept, added) = after.split_at(before.len().min(after.len()));
    kept.len() == before.len()
        && before.iter().zip(kept).all(|(one, other)| same_entry_or_extended(one, other, key))
        && match added {
            [] => known,
            [entry] => !known && entry.key.text == key && is_longer(&[], &entry.value),
            _ => false,
        }
}

fn same_entry_or_extended(before: &Entry<'_>, after: &Entry<'_>, key: &str) -> bool {
    if before.key.text != key {
        return same_entry(before, after);
    }
    let items = if let Value::List(items) = before.value.value { items } else { &[] };
    after.key.text == key && is_longer(items, &after.value)
}

/// Whether a list has these items, and one more.
fn is_longer(items: &[Tree<'_>], list: &Tree<'_>) -> bool {
    let Value::List(longer) = list.value else { return false };
    longer.len() == items.len() + 1 && items.iter().zip(longer).all(|(one, other)| same(one, other))
}

/// Whether `after` is `before` but for what stands under a key of an item of the list with a key.
pub(super) fn is_changed(before: &Tree<'_>, after: &Tree<'_>, list: &str, item: usize, key: &str) -> bool {
    let (Some(one), Some(other)) = (entries(before), entries(after)) else { return false };
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            same_entry(one, other)
                || (one.key.text == list && other.key.text == list && changed_item(one, other, item, key))
        })
}

fn changed_item(one: &Entry<'_>, other: &Entry<'_>, item: usize, key: &str) -> bool {
    let (Value::List(items), Value::List(others)) = (one.value.value, other.value.value) else {
        return false;
    };
    items.len() == others.len()
        && items
            .iter()
            .zip(others)
            .enumerate()
            .all(|(at, (one, other))| same(one, other) || (at == item && changed_key(one, other, key)))
}

fn changed_key(one: &Tree<'_>, other: &Tree<'_>, key: &str) -> bool {
    let (Some(entries), Some(others)) = (entries(one), entries(other)) else { return false };
    let changed = |one: &Entry<'_>, other: &Entry<'_>| one.key.text == key && other.key.text == key;
    entries.len() == others.len()
        && entries.iter().zip(others).all(|(one, other)| same_entry(one, other) || changed(one, other))
}

fn entries<'a>(tree: &Tree<'a>) -> Option<&'a [Entry<'a>]> {
    if let Value::Map(entries) = tree.value { Some(entries) } else { None }
}

fn same_entry(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    one.key.text == other.key.text && same(&one.value, &other.value)
}

/// Whether two values say the same, wherever they stand.
fn same(one: &Tree<'_>, other: &Tree<'_>) -> bool {
    match (one.value, other.value) {
        (Value::Scalar { text, quoted }, Value::Scalar { text: other_text, quoted: other_quoted }) => {
            text == other_text && quoted == other_quoted
        }
        (Value::List(items), Value::List(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(one, other)| same(one, other))
        }
        (Value::Map(entries), Value::Map(others)) => {
            entries.len() == others.len()
                && entries.iter().zip(others).all(|(one, other)| same_entry(one, other))
        }
        _ => false,
    }
}
