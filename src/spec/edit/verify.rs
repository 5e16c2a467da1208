//! Whether a tree says what another says, and one acceptance more.

use crate::spec::tree::{Entry, Tree, Value};

/// Whether `after` is `before` with one more item at the end of `accept`.
pub(super) fn is_extended(before: &Tree<'_>, after: &Tree<'_>) -> bool {
    let (Value::Map(before), Value::Map(after)) = (before.value, after.value) else { return false };
    let known = before.iter().any(|entry| entry.key.text == "accept");
    let (kept, added) = after.split_at(before.len().min(after.len()));
    kept.len() == before.len()
        && before.iter().zip(kept).all(|(one, other)| same_entry_or_extended(one, other))
        && match added {
            [] => known,
            [entry] => !known && entry.key.text == "accept" && is_longer(&[], &entry.value),
            _ => false,
        }
}

fn same_entry_or_extended(before: &Entry<'_>, after: &Entry<'_>) -> bool {
    if before.key.text != "accept" {
        return same_entry(before, after);
    }
    let items = if let Value::List(items) = before.value.value { items } else { &[] };
    after.key.text == "accept" && is_longer(items, &after.value)
}

/// Whether a list has these items, and one more.
fn is_longer(items: &[Tree<'_>], list: &Tree<'_>) -> bool {
    let Value::List(longer) = list.value else { return false };
    longer.len() == items.len() + 1 && items.iter().zip(longer).all(|(one, other)| same(one, other))
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
