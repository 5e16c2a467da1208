//! The body of `expect`: a row, a column or the whole matrix as somebody wrote it down.

use serde_json::json;

use super::Lookup;
use super::parts::{at, incomplete, whole};
use super::shapes;
use crate::language::code::Code;
use crate::language::diagnostic::Diagnostic;
use crate::language::fields::{entries, unique, wrong_type};
use crate::language::keys::{Key, Mapping};
use crate::language::schema::shape;
use crate::language::sink::Sink;
use crate::language::tree::{Entry, Text, Tree, Value};
use crate::language::values::name;
use crate::model::{Expect, Expected, Line, Part, Way};

/// `expect`.
pub(super) static EXPECT: Mapping = Mapping::new(
    "Expect",
    "A row, a column or, with neither, the whole matrix: then each question holds a mapping from rows to what is in them.",
    "in `expect`",
    &[
        Key::new("row", shape::text, "The node whose row it is: what its holder gets."),
        Key::new("column", shape::text, "The node whose column it is: who gets at it."),
        Key::new(Way::Influence.as_str(), shapes::cells, "Whose content steers or taints whom."),
        Key::new(Way::Exposure.as_str(), shapes::cells, "Whose content comes to whom: the row learns the column."),
        Key::new(Way::Write.as_str(), shapes::cells, "Who can have whom written."),
        Key::new(Way::Read.as_str(), shapes::cells, "Who can have whom read."),
        Key::new(Way::Invoke.as_str(), shapes::cells, "Who can have whom invoked."),
        Key::new(Way::Observe.as_str(), shapes::cells, "Who can have whom observed."),
    ],
)
// Not a row and a column, and at least one question.
.also(|| {
    let question = |way: &Way| json!({ "required": [way.as_str()] });
    json!({
        "not": { "required": ["row", "column"] },
        "anyOf": Way::ALL.iter().map(question).collect::<Vec<_>>(),
    })
});

const EXAMPLE: &str = "a mapping such as `{row: a, influence: [b, {c: 1}]}`";

pub(super) fn expect<'a>(
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<Expect> {
    let Value::Map(found) = value.value else {
        wrong_type(key, value, EXAMPLE, sink);
        return None;
    };
    let found = unique(found, sink);
    let mut lines: Vec<&Entry<'a>> = Vec::new();
    let mut ways: Vec<(Way, &Entry<'a>)> = Vec::new();
    for entry in &*found {
        match (entry.key.text, Way::from_text(entry.key.text)) {
            ("row" | "column", _) => lines.push(entry),
            (_, Some(way)) => ways.push((way, entry)),
            _ => EXPECT.unknown(&entry.key, sink),
        }
    }
    if ways.is_empty() {
        let help = "say what is in it, by question: `influence: [a, b]`; an empty list expects nothing";
        incomplete("`expect` does not say what it expects".to_owned(), key.place, help, sink);
    }
    let line = part(&lines, lookups, sink)?;
    ways.sort_by_key(|(way, _)| *way);
    let cells = ways.iter().map(|(way, entry)| expected(*way, entry, line, lookups, sink));
    let cells: Vec<Expected> = cells.collect();
    let part = match line {
        None => Part::Whole,
        Some(("row", node)) => Part::Row(node.text.to_owned()),
        Some((_, node)) => Part::Column(node.text.to_owned()),
    };
    (!cells.is_empty()).then_some(Expect { part, cells })
}

/// The row or the column that it speaks of; nothing inside for the whole matrix, nothing at all for a mistake.
#[expect(clippy::option_option, reason = "a mistake is not the same as the whole matrix")]
fn part<'a>(
    lines: &[&Entry<'a>],
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Option<Option<(&'a str, Text<'a>)>> {
    let entry = match lines {
        [] => return Some(None),
        [one] => one,
        [first, second, ..] => {
            sink.push(
                Diagnostic::new(Code::UnclearRule, "`expect` speaks of a row and of a column")
                    .at(second.key.place, "a second part of the matrix")
                    .at(first.key.place, "the first one")
                    .help("make two rules of it, or name neither for the whole matrix"),
            );
            return None;
        }
    };
    let node = name(&entry.key, &entry.value, sink)?;
    lookups.push(Lookup::Node(node));
    Some(Some((entry.key.text, node)))
}

/// What one question is expected to have for an answer.
fn expected<'a>(
    way: Way,
    entry: &Entry<'a>,
    line: Option<(&str, Text<'a>)>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Expected {
    let Entry { key, value } = entry;
    let lines = match line {
        Some((_, node)) => vec![one_line(node, key, value, lookups, sink)],
        None => {
            let rows =
                entries(key, value, "a mapping from rows to what is in them", sink).unwrap_or_default();
            let rows = unique(rows, sink);
            let rows = rows.iter().map(|row| {
                lookups.push(Lookup::Node(row.key));
                one_line(row.key, &row.key, &row.value, lookups, sink)
            });
            rows.collect()
        }
    };
    Expected { way, lines }
}

/// The cells of one line: names and selectors, or mappings from these to guards.
fn one_line<'a>(
    of: Text<'a>,
    key: &Text<'_>,
    value: &Tree<'a>,
    lookups: &mut Vec<Lookup<'a>>,
    sink: &mut Sink,
) -> Line {
    let mut found: Vec<(Text<'a>, u32)> = Vec::new();
    match value.value {
        Value::List(items) => items.iter().for_each(|item| cells(key, item, &mut found, sink)),
        _ if value.is_null() => {}
        _ => cells(key, value, &mut found, sink),
    }
    let entries = found
        .iter()
        .map(|(word, guards)| crate::model::Entry { word: word.text.to_owned(), guards: *guards });
    let entries = entries.collect();
    lookups.push(Lookup::Line(of, found.into_iter().map(|(word, _)| word).collect()));
    Line { of: of.text.to_owned(), entries }
}

/// A name, which is open, or a mapping that gives guards.
fn cells<'a>(key: &Text<'_>, item: &Tree<'a>, found: &mut Vec<(Text<'a>, u32)>, sink: &mut Sink) {
    match item.value {
        Value::Scalar { text, .. } if !text.is_empty() => {
            found.push((Text { text, place: item.place }, 0));
        }
        Value::Map(entries) => {
            for Entry { key, value } in &*unique(entries, sink) {
                match value.plain().and_then(whole) {
                    Some(guards) => found.push((*key, guards)),
                    None => not_guards(key, value, sink),
                }
            }
        }
        _ => wrong_type(
            key,
            item,
            "a list of names, or of mappings from names to guards such as `{a: 1}`",
            sink,
        ),
    }
}

fn not_guards(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) {
    let message = format!(
        "how many guards stand before `{}` must be a whole number, not {}",
        crate::model::quoted(key.text),
        value.in_words()
    );
    sink.push(
        Diagnostic::new(Code::WrongType, message)
            .at(at(key, value), "must be a whole number")
            .help("write the number of guards that have to fail, or the name alone where the way is open"),
    );
}
