//! The text of a spec → the same text with an expectation written into it: an `expect` that is there gets other content, or a rule
//! more is added.

use bumpalo::Bump;

use super::entry::{Item, Style, key, mapping, quoted, word};
use super::error::EditError;
use super::insert;
use super::layout::Layout;
use super::value;
use super::value::Value;
use super::{Document, read, verify};
use crate::language::tree::Tree;
use crate::model::{Contract, Expect, Line, Part, Term};

/// How wide a line of cells may get.
const WIDEST: usize = 100;

/// An expectation to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExpectation {
    /// What is expected. Cells are names.
    pub expect: Expect,
    /// Why, for a new rule; one that is there keeps what it says.
    pub why: String,
    /// The position of the rule among those of the file; nothing for a new one.
    pub rule: Option<usize>,
}

/// The text with the expectation in it: every other byte stays as it is, but for comments inside of an `expect` that is replaced.
/// `name` is the file's name in messages. What comes out has been read again: it says what the text said before, and this.
///
/// # Errors
/// If the text is no spec, or the layout leaves no place for it.
pub fn write_expectation(name: &str, text: &str, new: &NewExpectation) -> Result<String, EditError> {
    let arena = Bump::new();
    let (before, _) = read(name, text, &arena).map_err(EditError::Spec)?;
    let layout = Layout::of(text, "rules");
    if layout.is_indirect(&before) {
        return Err(EditError::Indirect { key: "rules" });
    }
    let by_hand = || EditError::Layout { key: "rules", entry: new.line(Style::Yaml) };
    let changed = match new.rule {
        Some(rule) => {
            let found =
                value::find(text, "rules", rule, "expect").ok_or(EditError::Indirect { key: "rules" })?;
            format!(
                "{}{}{}",
                &text[..found.at.start],
                new.value(text, &found, layout.style),
                &text[found.at.end..]
            )
        }
        None => {
            let item = Item { lines: new.lines(), line: new.line(layout.style) };
            let change = insert::change(text, &layout, &item)?.ok_or_else(by_hand)?;
            format!("{}{}{}", &text[..change.at.start], change.text, &text[change.at.end..])
        }
    };
    if new.is_said(name, &changed, &before) { Ok(changed) } else { Err(by_hand()) }
}

impl NewExpectation {
    /// Whether a text says what it said before, and this.
    fn is_said(&self, name: &str, changed: &str, before: &Tree<'_>) -> bool {
        let arena = Bump::new();
        let Ok((after, Document { rules, .. })) = read(name, changed, &arena) else { return false };
        let rest = match self.rule {
            Some(rule) => verify::is_changed(before, &after, "rules", rule, "expect"),
            None => verify::is_extended(before, &after, "rules"),
        };
        let rule = self.rule.map_or(rules.last(), |rule| rules.get(rule)).map(|rule| &rule.contract);
        let is_it =
            |contract: &Contract| matches!(&contract.term, Term::Expect(expect) if *expect == self.expect);
        rest && rule.is_some_and(is_it)
    }

    /// The whole rule on one line.
    fn line(&self, style: Style) -> String {
        mapping(&[("why", quoted(&self.why)), ("expect", in_brackets(&self.expect, style))], style)
    }

    /// The whole rule over several lines.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("why: {}", quoted(&self.why)), "expect:".to_owned()];
        lines.extend(on_lines(&self.expect).into_iter().map(|line| format!("  {line}")));
        lines
    }

    /// What takes the place of a value.
    fn value(&self, text: &str, value: &Value, style: Style) -> String {
        if value.flow {
            return in_brackets(&self.expect, style);
        }
        let margin = " ".repeat(insert::column(text, value.at.start));
        let newline = insert::line_break(text, text.len());
        on_lines(&self.expect).join(&format!("{newline}{margin}"))
    }
}

/// The part of the matrix, as a key with the node's name.
fn part(part: &Part, style: Style) -> Option<(&'static str, String)> {
    match part {
        Part::Whole => None,
        Part::Row(node) => Some(("row", word(node, style))),
        Part::Column(node) => Some(("column", word(node, style))),
    }
}

/// The expectation on one line.
fn in_brackets(expect: &Expect, style: Style) -> String {
    let mut fields: Vec<(&str, String)> = part(&expect.part, style).into_iter().collect();
    for cells in &expect.cells {
        let value = match (&expect.part, cells.lines.first()) {
            (Part::Whole, _) => {
                let rows = cells.lines.iter();
                let rows = rows.map(|line| format!("{}: {}", word(&line.of, style), list(line, style)));
                format!("{{{}}}", rows.collect::<Vec<_>>().join(", "))
            }
            (_, Some(line)) => list(line, style),
            (_, None) => "[]".to_owned(),
        };
        fields.push((cells.way.as_str(), value));
    }
    mapping(&fields, style)
}

/// The expectation over several lines: one for each line of the matrix, or more where that gets too wide.
fn on_lines(expect: &Expect) -> Vec<String> {
    let style = Style::Yaml;
    let mut lines: Vec<String> =
        part(&expect.part, style).into_iter().map(|(name, node)| format!("{name}: {node}")).collect();
    for cells in &expect.cells {
        let way = key(cells.way.as_str(), style);
        match (&expect.part, cells.lines.as_slice()) {
            (Part::Whole, []) => lines.push(format!("{way}: {{}}")),
            (Part::Whole, rows) => {
                lines.push(format!("{way}:"));
                lines.extend(rows.iter().flat_map(|line| wrapped("  ", &word(&line.of, style), line)));
            }
            (_, [line, ..]) => lines.extend(wrapped("", &way, line)),
            (_, []) => lines.push(format!("{way}: []")),
        }
    }
    lines
}

/// A list behind its key, broken where it gets too wide.
fn wrapped(margin: &str, key: &str, line: &Line) -> Vec<String> {
    let cells = cells(line, Style::Yaml);
    let mut lines = vec![format!("{margin}{key}: [")];
    for (position, cell) in cells.iter().enumerate() {
        let last = position + 1 == cells.len();
        let piece = if last { format!("{cell}]") } else { format!("{cell},") };
        let current = lines
            .last_mut()
            .filter(|current| position == 0 || current.chars().count() + 1 + piece.chars().count() <= WIDEST);
        match current {
            Some(current) if position == 0 => current.push_str(&piece),
            Some(current) => {
                current.push(' ');
                current.push_str(&piece);
            }
            None => lines.push(format!("{margin}  {piece}")),
        }
    }
    if cells.is_empty()
        && let Some(only) = lines.last_mut()
    {
        only.push(']');
    }
    lines
}

/// A list on one line.
fn list(line: &Line, style: Style) -> String {
    format!("[{}]", cells(line, style).join(", "))
}

/// The cells of a line: a name where the way is open, a name with its guards otherwise.
fn cells(line: &Line, style: Style) -> Vec<String> {
    let cell = |entry: &crate::model::Entry| match entry.guards {
        0 => word(&entry.word, style),
        guards => format!("{{{}: {guards}}}", word(&entry.word, style)),
    };
    line.entries.iter().map(cell).collect()
}
