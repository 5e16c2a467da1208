//! The tables of the language → those of `docs/spec-reference.md`, between markers of their names.

use crate::language::acceptances::ACCEPTANCE;
use crate::language::contracts::RULE;
use crate::language::document::TOP;
use crate::language::keys::{Key, Mapping};
use crate::language::targets::LONG_FORM;
use crate::model::{ATTRIBUTES, Attribute, NodeKind, Shape, Unsaid};

/// The page with its tables written anew. What stands outside of their markers is kept.
#[doc(hidden)]
#[must_use]
pub fn reference_page(page: &str) -> String {
    let tables = [
        ("top", top()),
        ("kinds", kinds()),
        ("attributes", attributes()),
        ("edge", keys("key of the long form", &LONG_FORM)),
        ("accept", keys("key", &ACCEPTANCE)),
        ("rules", keys("key", &RULE)),
    ];
    tables.iter().fold(page.to_owned(), |page, (name, table)| between(&page, name, table))
}

/// The page with this table between the markers of its name; as it is without them.
fn between(page: &str, name: &str, table: &str) -> String {
    let [begin, end] = ["begin", "end"].map(|word| format!("<!-- {name}: {word} -->\n"));
    let found = page.split_once(&begin).zip(page.split_once(&end));
    found.map_or_else(
        || page.to_owned(),
        |((before, _), (_, after))| format!("{before}{begin}{table}{end}{after}"),
    )
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | ")).replace("|  |", "| |");
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = format!("|{}\n", "---|".repeat(head.len()));
    rows.fold(line(&head) + &rule, |text, cells| text + &line(&cells))
}

fn top() -> String {
    let is_section = |key: &&Key| NodeKind::from_section(key.name).is_some();
    let own = TOP.keys.iter().filter(|key| !is_section(key)).map(row);
    let sections = ["the eight sections", "nodes by name", "none", "[one for each kind](#nodes)"];
    table(&["key", "holds", "default", "meaning"], own.chain([sections.map(str::to_owned).to_vec()]))
}

fn keys(head: &str, mapping: &Mapping) -> String {
    table(&[head, "type", "default", "meaning"], mapping.keys.iter().map(row))
}

fn row(key: &Key) -> Vec<String> {
    let default = if key.required { "required" } else { key.default };
    let said = if key.after.is_empty() { key.doc.to_owned() } else { format!("{} {}", key.doc, key.after) };
    vec![format!("`{}`", key.name), key.holds.to_owned(), default.to_owned(), meaning(&said, key.more)]
}

fn kinds() -> String {
    let row = |kind: &NodeKind| {
        let row = kind.row();
        let declared = row.declared.iter().flat_map(|declared| declared.words).map(|word| {
            let default = if row.default == Some(word) { " (default)" } else { "" };
            format!("`{word}`{default}")
        });
        let declared: Vec<String> = declared.collect();
        vec![
            format!("`{}`", row.section),
            kind.to_string(),
            if row.acts { "yes" } else { "no" }.to_owned(),
            fragment(row.section_doc),
            if declared.is_empty() { "none".to_owned() } else { declared.join(", ") },
        ]
    };
    table(&["section", "kind", "acts", "holds", "`kind:` in a body"], NodeKind::ALL.iter().map(row))
}

fn attributes() -> String {
    let row = |attribute: &Attribute| {
        vec![
            format!("`{}`", attribute.key),
            on(attribute),
            type_of(attribute.shape),
            default(attribute),
            meaning(attribute.doc, attribute.more),
        ]
    };
    let said = ATTRIBUTES.iter().filter(|attribute| !matches!(attribute.shape, Shape::Verb(_)));
    table(&["attribute", "on", "type", "default", "meaning"], said.map(row))
}

fn on(attribute: &Attribute) -> String {
    if attribute.on == NodeKind::ALL {
        return "all".to_owned();
    }
    let sections: Vec<&str> = attribute.on.iter().map(|kind| kind.section()).collect();
    sections.join(", ")
}

fn type_of(shape: Shape) -> String {
    let word = match shape {
        Shape::Text | Shape::Zone | Shape::FormerName => "text",
        Shape::Texts => "texts",
        Shape::Boolean => "boolean",
        Shape::Controls => "mapping",
        Shape::Kind => "a word",
        Shape::Opens | Shape::Members | Shape::Verb(_) => "names and selectors",
        Shape::Choice(vocabulary) => {
            let words: Vec<String> = vocabulary.words.iter().map(|word| format!("`{word}`")).collect();
            return words.join(", ");
        }
    };
    word.to_owned()
}

fn default(attribute: &Attribute) -> String {
    let by_kind = match attribute.default {
        Unsaid::Nothing => return "none".to_owned(),
        Unsaid::Always(default) => return default.to_owned(),
        Unsaid::By(by_kind) => by_kind,
        Unsaid::Except(kind, default, others) => {
            return format!("{} {default}, others {others}", kind.section());
        }
    };
    let of_kind = |(kind, default): &(NodeKind, &str)| format!("{} {default}", kind.section());
    by_kind.iter().map(of_kind).collect::<Vec<_>>().join(", ")
}

/// What something is, as a cell: a sentence without its capital and its full stop, and what else there is to say.
fn meaning(doc: &str, more: &str) -> String {
    if more.is_empty() { fragment(doc) } else { format!("{}; {more}", fragment(doc)) }
}

fn fragment(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
