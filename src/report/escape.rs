//! The one place where a name or a description becomes part of a picture's source. Whatever it holds, it comes
//! out as text: it ends no string, opens no tag, names no escape sequence and turns no line around.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use crate::model::is_hidden;

/// Follows every backslash in DOT, unseen. Graphviz expands `\N` and the like, in labels after it has decoded entities and in
/// tooltips even after it has read `\\N` as `\N`, so that no escaping helps: what helps is that no letter follows.
const JOINER: char = '\u{2060}';

/// Text for the inside of a quoted DOT string: labels and tooltips.
///
/// Graphviz decodes `&lt;` even in plain strings, so the ampersand is escaped too; for the backslash see [`JOINER`].
pub(super) fn quoted(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.extend(['\\', '\\', JOINER]),
            '"' => escaped.push_str("\\\""),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            '\r' => {}
            _ => push_visible(&mut escaped, character),
        }
    }
    escaped
}

/// Text for the inside of an HTML-like DOT label, on one line.
///
/// Spaces that XML would merge are written as entities; for the backslash see [`JOINER`].
pub(super) fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    let mut after_space = true;
    for (position, character) in text.chars().enumerate() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // At the end of a text it could begin the end of a CDATA section, and Graphviz loses the text.
            ']' => escaped.push_str("&#93;"),
            '\\' => escaped.extend(['\\', JOINER]),
            ' ' if after_space || position == last => escaped.push_str("&#160;"),
            '\n' | '\t' => escaped.push(' '),
            '\r' => {}
            _ => push_visible(&mut escaped, character),
        }
        after_space = character == ' ';
    }
    // Graphviz takes markup without any text for a mistake.
    if escaped.is_empty() { "&#160;".to_owned() } else { escaped }
}

/// Text for the inside of a quoted Mermaid label.
///
/// Mermaid reads markup, markdown, icons and entities in labels. Letters and digits of every script pass, and so do spaces
/// and inner hyphens; all the rest becomes a numeric entity, which Mermaid decodes last. Of what passes, its lexer takes one thing
/// for a statement wherever it stands: see [`without_direction`].
pub(super) fn mermaid(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (position, character) in text.chars().enumerate() {
        match character {
            '\n' | '\t' => escaped.push(' '),
            '\r' => {}
            ' ' | '·' | '▲' | '‖' | ',' => escaped.push(character),
            '-' if position > 0 => escaped.push('-'),
            _ if character.is_alphanumeric() => escaped.push(character),
            _ if is_hidden(character) => push_visible(&mut escaped, character),
            _ => push(&mut escaped, format_args!("#{};", u32::from(character))),
        }
    }
    without_direction(escaped)
}

/// Mermaid's lexer takes any line that holds `direction LR`, or another way to lay out, for a statement, quoted or not: one letter of
/// the word becomes an entity where such a way follows.
fn without_direction(escaped: String) -> String {
    const WORD: &str = "direction";
    let is_way = |rest: &str| {
        let way = rest.trim_start();
        way.len() < rest.len() && ["TB", "BT", "RL", "LR", "TD"].iter().any(|word| way.starts_with(word))
    };
    if !escaped.match_indices(WORD).any(|(at, word)| is_way(&escaped[at + word.len()..])) {
        return escaped;
    }
    let mut parts = escaped.split(WORD);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        text.push_str(if is_way(rest) { "dire#99;tion" } else { WORD });
        text.push_str(rest);
    }
    text
}

/// Breaks text into lines of at most `width` columns, after a separator where there is one. Nothing is left out.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in text.split_inclusive([' ', '-', '_', '/', '.', ':', '@', ',']) {
        if columns(&line) + columns(piece.trim_end()) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in piece.chars() {
            if columns(&line) + character.width().unwrap_or(0) > width && character != ' ' {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    lines.push(line);
    lines
}

/// How many columns text takes in a fixed-width font: near enough to compare lengths with.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// A character as it is, or its code point where it could not be seen, would turn text around, or is not allowed in XML.
fn push_visible(into: &mut String, character: char) {
    if is_hidden(character) {
        push(into, format_args!("[U+{:04X}]", u32::from(character)));
    } else {
        into.push(character);
    }
}

fn push(into: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = into.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_says_which_way_to_lay_out() {
        assert_eq!(mermaid("east direction LR"), "east dire#99;tion LR");
        assert_eq!(mermaid("redirection \r\n\t TDx direction BT"), "redire#99;tion    TDx dire#99;tion BT");
        assert_eq!(mermaid("direction\u{a0}LR"), "direction#160;LR", "it is no blank any more");
        assert_eq!(mermaid("directionLR, direction of lr"), "directionLR, direction of lr");
    }
}
