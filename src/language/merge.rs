//! Merge keys: `<<: *defaults` puts the entries of another mapping in its place, except those that are written out.

use std::collections::HashSet;

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::sink::Sink;
use super::tree::{Entry, Tree, Value};
use crate::model::Place;

/// The entries of a mapping with those at the positions `merges` replaced by what they merge. What is written out wins over
/// what is merged, and what is merged earlier over what is merged later.
///
/// `<<` is a key like any other in that it stands once: of two, some readers take the first and some the last.
pub(super) fn merge<'a>(entries: &[Entry<'a>], merges: &[usize], sink: &mut Sink) -> Vec<Entry<'a>> {
    if let [first, again @ ..] = merges {
        again.iter().for_each(|at| sink.push(twice(entries[*at].key.place, entries[*first].key.place)));
    }
    let is_merge = |at: usize| merges.binary_search(&at).is_ok();
    let written = entries.iter().enumerate().filter(|(at, _)| !is_merge(*at));
    let mut taken: HashSet<&str> = written.map(|(_, entry)| entry.key.text).collect();
    let mut merged = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        if is_merge(at) {
            let found = sources(&entry.value, sink);
            merged.extend(found.into_iter().filter(|entry| taken.insert(entry.key.text)));
        } else {
            merged.push(*entry);
        }
    }
    merged
}

/// A merge key that stands twice.
fn twice(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, "the key `<<` stands twice here")
        .at(place, "again")
        .at(first, "the first one")
        .help("give one `<<` a list to merge several mappings, the strongest first: `<<: [*one, *other]`")
}

/// The entries that a merge key brings: those of a mapping, or of each mapping in a list.
fn sources<'a>(value: &Tree<'a>, sink: &mut Sink) -> Vec<Entry<'a>> {
    match value.value {
        Value::List(items) => items.iter().flat_map(|item| one_source(item, sink)).copied().collect(),
        Value::Map(_) | Value::Scalar { .. } => one_source(value, sink).to_vec(),
    }
}

/// The entries of one mapping; anything else is a mistake.
fn one_source<'a>(value: &Tree<'a>, sink: &mut Sink) -> &'a [Entry<'a>] {
    if let Value::Map(entries) = value.value {
        return entries;
    }
    sink.push(
        Diagnostic::new(Code::WrongType, format!("`<<` merges mappings, not {}", value.in_words()))
            .at(value.place, "not a mapping")
            .help("give it the alias of a mapping: `<<: *defaults`"),
    );
    &[]
}
