//! An entry of `rules` that comes from elsewhere than a text → the contract, read as the loader reads one.

use bumpalo::Bump;
use serde_json::{Map, Value as Json};

use super::contracts::{Lookup, contracts};
use super::restore::Wrong;
use super::sink::Sink;
use super::tree::{Entry, Text, Tree, Value};
use crate::model::{Contract, Place, Selection, Spec, quoted};

/// Nothing that comes from elsewhere has a place in a text.
const NOWHERE: Place = Place { file: 0, start: 0, len: 0 };

/// The contract that an entry says, of a spec whose nodes are known.
///
/// # Errors
/// What the loader would not take.
pub(crate) fn contract(spec: &Spec, entry: &Map<String, Json>, place: Place) -> Result<Contract, Wrong> {
    let arena = Bump::new();
    let entry = tree(&Json::Object(entry.clone()), &arena);
    let list = Tree { place: NOWHERE, value: Value::List(arena.alloc_slice_copy(&[entry])) };
    let mut sink = Sink::default();
    let mut read = contracts(&Text { text: "rules", place: NOWHERE }, &list, &mut sink);
    if let Some(mistake) = sink.finish().into_iter().next() {
        return Err(mistake.message);
    }
    let read = read.pop().ok_or("an entry of `rules` says nothing")?;
    read.lookups.iter().try_for_each(|lookup| check(spec, lookup))?;
    Ok(Contract { place, ..read.contract })
}

/// Whether what an entry names is there.
fn check(spec: &Spec, lookup: &Lookup<'_>) -> Result<(), Wrong> {
    let takes = |word: &Text<'_>| match Selection::taken(spec, &[word.text.to_owned()]).is_empty() {
        true => Err(format!("an entry of `rules` names `{}`, which is no node", quoted(word.text))),
        false => Ok(()),
    };
    match lookup {
        Lookup::Nodes(words) | Lookup::Line(_, words) => words.iter().try_for_each(takes),
        Lookup::Node(word) => takes(word),
        Lookup::Guard(guard, _) if !spec.guards.contains_key(guard.text) => {
            Err(format!("the guard `{}` is not declared", quoted(guard.text)))
        }
        Lookup::Guard(..) | Lookup::Pair(..) | Lookup::Apart(_) | Lookup::Zones(_) => Ok(()),
    }
}

/// A value as the reader of texts would have it. Values that were read from JSON are not nested deeply.
fn tree<'a>(value: &Json, arena: &'a Bump) -> Tree<'a> {
    let scalar = |text: &str, quoted: bool| Value::Scalar { text: arena.alloc_str(text), quoted };
    let value = match value {
        Json::Null => scalar("null", false),
        Json::Bool(flag) => scalar(&flag.to_string(), false),
        Json::Number(number) => scalar(&number.to_string(), false),
        Json::String(text) => scalar(text, true),
        Json::Array(items) => {
            let items: Vec<Tree<'a>> = items.iter().map(|item| tree(item, arena)).collect();
            Value::List(arena.alloc_slice_copy(&items))
        }
        Json::Object(entries) => {
            let entry = |(key, value): (&String, &Json)| Entry {
                key: Text { text: arena.alloc_str(key), place: NOWHERE },
                value: tree(value, arena),
            };
            let entries: Vec<Entry<'a>> = entries.iter().map(entry).collect();
            Value::Map(arena.alloc_slice_copy(&entries))
        }
    };
    Tree { place: NOWHERE, value }
}
