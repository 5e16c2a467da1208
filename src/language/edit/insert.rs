//! A layout and an item → the one change of the text that adds it.

use std::ops::Range;

use super::entry::{Item, Style, key};
use super::error::EditError;
use super::layout::{Collection, Layout, Slot};

/// A stretch of the text, nearly always empty, and what stands there afterwards.
pub(super) struct Change {
    /// What is replaced.
    pub at: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl Change {
    fn insert(at: usize, text: String) -> Self {
        Self { at: at..at, text }
    }
}

/// The change that adds an item to the list. Nothing where the layout leaves no place for it.
pub(super) fn change(text: &str, layout: &Layout, item: &Item) -> Result<Option<Change>, EditError> {
    let root = &layout.root;
    let line = &item.line;
    Ok(Some(match &layout.slot {
        Slot::Absent if root.flow => {
            let added = format!("{}: [{line}]", key(layout.key, layout.style));
            into_brackets(text, root, &added, layout.style)
        }
        Slot::Absent => new_key(text, layout, item),
        Slot::Empty { key_end } => {
            let Some(colon) = after_colon(text, *key_end) else { return Ok(None) };
            if root.flow {
                Change::insert(colon, format!(" [{line}]"))
            } else {
                below(text, colon, column(text, root.start) + 2, item)
            }
        }
        Slot::Null(word) => Change { at: word.clone(), text: format!("[{line}]") },
        Slot::List(list) if list.flow => into_brackets(text, list, line, layout.style),
        Slot::List(list) => {
            let end = list.last.map_or(list.start, |last| last.end);
            below(text, end, column(text, list.start), item)
        }
        Slot::Alias => return Err(EditError::Indirect { key: layout.key }),
    }))
}

/// A new key at the end of a mapping without brackets.
fn new_key(text: &str, layout: &Layout, item: &Item) -> Change {
    let indent = " ".repeat(column(text, layout.root.start));
    let newline = line_break(text, layout.end);
    let lines = dashed(item, column(text, layout.root.start) + 2, newline);
    let added = format!("{indent}{}:{newline}{lines}", layout.key);
    let before = &text[..layout.end];
    let added = if before.is_empty() || before.ends_with(['\n', '\r']) {
        format!("{added}{newline}")
    } else {
        format!("{newline}{added}")
    };
    Change::insert(layout.end, added)
}

/// An item on lines of its own below the line on which `at` lies.
fn below(text: &str, at: usize, indent: usize, item: &Item) -> Change {
    let end = line_end(text, at);
    let newline = line_break(text, end);
    Change::insert(end, format!("{newline}{}", dashed(item, indent, newline)))
}

/// An item behind its dash, the dash so far from the margin.
fn dashed(item: &Item, indent: usize, newline: &str) -> String {
    let margin = " ".repeat(indent);
    let lines = item.lines.iter().enumerate();
    let lines = lines.map(|(at, line)| format!("{margin}{} {line}", if at == 0 { "-" } else { " " }));
    lines.collect::<Vec<_>>().join(newline)
}

/// One more item or entry in brackets: on a line of its own if the last one has one.
fn into_brackets(text: &str, list: &Collection, added: &str, style: Style) -> Change {
    let Some(last) = list.last else { return Change::insert(list.start + 1, added.to_owned()) };
    let Tail { end, comma } = tail(text, last.end, list.close);
    let own_line =
        text[line_start(text, last.start)..last.start].trim().is_empty() && list.close > line_end(text, end);
    if !own_line {
        return Change::insert(end, format!("{} {added}", if comma { "" } else { "," }));
    }
    let indent = &text[line_start(text, last.start)..last.start];
    let rest_of_line = line_end(text, end);
    let newline = line_break(text, rest_of_line);
    let commented = !text[end..rest_of_line].trim().is_empty();
    match (comma, commented) {
        (true, _) => {
            let comma = if style == Style::Json { "" } else { "," };
            Change::insert(rest_of_line, format!("{newline}{indent}{added}{comma}"))
        }
        (false, false) => Change::insert(end, format!(",{newline}{indent}{added}")),
        // The comma has to come after the comment, so that the comment stays with what it is about.
        (false, true) => Change::insert(rest_of_line, format!("{newline}{indent}, {added}")),
    }
}

/// What stands between the last word of the last item and the closing bracket.
struct Tail {
    /// Where what is no blank and no comment ends.
    end: usize,
    /// Whether a comma stands there already.
    comma: bool,
}

fn tail(text: &str, from: usize, close: usize) -> Tail {
    let mut found = Tail { end: from, comma: false };
    let mut in_comment = false;
    let mut after_blank = false;
    for (at, character) in text[from..close].char_indices() {
        if matches!(character, '\n' | '\r') {
            in_comment = false;
        } else if character == '#' && after_blank {
            in_comment = true;
        }
        after_blank = character.is_whitespace();
        if !in_comment && !after_blank {
            found.end = from + at + character.len_utf8();
            found.comma |= character == ',';
        }
    }
    found
}

/// The place after the colon of a key that ends here.
fn after_colon(text: &str, key_end: usize) -> Option<usize> {
    let rest = &text[key_end..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    rest[blanks..].starts_with(':').then_some(key_end + blanks + 1)
}

/// Where the line begins on which a place lies.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1)
}

/// Where the line ends on which a place lies, before its break.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |found| at + found)
}

/// How many characters stand before a place on its line. A byte order mark is none.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().filter(|character| *character != '\u{feff}').count()
}

/// The line break at a place; where there is none, the one that the text uses.
pub(super) fn line_break(text: &str, at: usize) -> &str {
    let first = || text.find(['\n', '\r']).unwrap_or(text.len());
    let at = if text[at..].starts_with(['\n', '\r']) { at } else { first() };
    match &text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => "\r\n",
        [b'\r', ..] => "\r",
        _ => "\n",
    }
}
