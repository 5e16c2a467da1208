//! A layout and an entry → the one change of the text that adds it.

use std::ops::Range;

use super::NewAcceptance;
use super::entry::{Style, entry, key};
use super::error::EditError;
use super::layout::{Accept, Collection, Layout};

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

/// The change that adds the entry.
pub(super) fn change(text: &str, layout: &Layout, new: &NewAcceptance) -> Result<Change, EditError> {
    let entry = entry(new, layout.style);
    let root = &layout.root;
    match &layout.accept {
        Accept::Absent if root.flow => {
            let added = format!("{}: [{entry}]", key("accept", layout.style));
            Ok(into_brackets(text, root, &added, layout.style))
        }
        Accept::Absent => Ok(new_key(text, layout, &entry)),
        Accept::Empty { key_end } => {
            let colon = after_colon(text, *key_end).ok_or_else(|| EditError::layout(new))?;
            if root.flow {
                return Ok(Change::insert(colon, format!(" [{entry}]")));
            }
            Ok(below(text, colon, column(text, root.start) + 2, &entry))
        }
        Accept::Null(word) => Ok(Change { at: word.clone(), text: format!("[{entry}]") }),
        Accept::List(list) if list.flow => Ok(into_brackets(text, list, &entry, layout.style)),
        Accept::List(list) => {
            let end = list.last.map_or(list.start, |last| last.end);
            Ok(below(text, end, column(text, list.start), &entry))
        }
        Accept::Alias => Err(EditError::Indirect),
    }
}

/// A new key at the end of a mapping without brackets.
fn new_key(text: &str, layout: &Layout, entry: &str) -> Change {
    let indent = " ".repeat(column(text, layout.root.start));
    let newline = line_break(text, layout.end);
    let added = format!("{indent}accept:{newline}{indent}  - {entry}");
    let before = &text[..layout.end];
    let added = if before.is_empty() || before.ends_with(['\n', '\r']) {
        format!("{added}{newline}")
    } else {
        format!("{newline}{added}")
    };
    Change::insert(layout.end, added)
}

/// An item on a line of its own below the line on which `at` lies.
fn below(text: &str, at: usize, indent: usize, entry: &str) -> Change {
    let end = line_end(text, at);
    Change::insert(end, format!("{}{}- {entry}", line_break(text, end), " ".repeat(indent)))
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
fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().filter(|character| *character != '\u{feff}').count()
}

/// The line break at a place; where there is none, the one that the text uses.
fn line_break(text: &str, at: usize) -> &str {
    let first = || text.find(['\n', '\r']).unwrap_or(text.len());
    let at = if text[at..].starts_with(['\n', '\r']) { at } else { first() };
    match &text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => "\r\n",
        [b'\r', ..] => "\r",
        _ => "\n",
    }
}
