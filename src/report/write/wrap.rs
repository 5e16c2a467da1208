//! Painted lines → lines that fit a terminal, broken between words and indented as what they go on with.

use crate::report::columns::width;

/// Columns that text is given at least, however narrow the terminal says it is.
pub(in crate::report) const NARROWEST: usize = 40;
/// Figures with an arrow between them stay together; names do not.
const SHORT: usize = 8;
/// A column further right is no place to go on at.
const DEEPEST: usize = 16;

/// Breaks what is wider than that. Lines of excerpts stay whole: they fit, and their columns mean something.
pub(in crate::report) fn wrap(text: &str, most: usize) -> String {
    text.split_inclusive('\n').map(|line| wrap_line(line, most.max(NARROWEST))).collect()
}

fn wrap_line(line: &str, most: usize) -> String {
    let plain = plain(line);
    if width(plain.trim_end()) <= most || is_excerpt(&plain) {
        return line.to_owned();
    }
    let indent = " ".repeat(indent(&plain));
    let mut wrapped = String::new();
    let mut used = 0;
    for word in words(line) {
        let columns = width(self::plain(word).trim_end());
        if used > indent.len() && used + columns > most {
            let kept = wrapped.trim_end_matches(' ').len();
            wrapped.truncate(kept);
            wrapped.push('\n');
            wrapped.push_str(&indent);
            used = indent.len();
        }
        wrapped.push_str(word);
        used += width(&self::plain(word));
    }
    wrapped
}

/// What stays together: words, an arrow with what it leads to, two figures, and a command that somebody may want to copy.
fn words(line: &str) -> Vec<&str> {
    let (line, command) = line.split_at(line.find("crabwalk ").unwrap_or(line.len()));
    let mut words: Vec<&str> = Vec::new();
    let mut begin = 0;
    for (at, _) in line.match_indices(' ') {
        let word = &line[begin..=at];
        let is_arrow = plain(word).trim_end().ends_with(['>', '→']);
        let is_before_one = word.len() <= SHORT && line[at + 1..].starts_with('→');
        if !is_arrow && !is_before_one {
            words.push(word);
            begin = at + 1;
        }
    }
    words.push(&line[begin..]);
    words.push(command);
    words.retain(|word| !word.is_empty());
    words
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text.trim_end_matches('\n')).to_string()
}

/// `17 |     invoke: [payments]`, or the line of its mark.
fn is_excerpt(plain: &str) -> bool {
    let rest = plain.trim_start_matches([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    rest.starts_with("| ")
}

/// Under the second of two columns, where a line has them; else a little further right than it begins.
fn indent(plain: &str) -> usize {
    let begins = plain.len() - plain.trim_start().len();
    let gap = plain[begins..].find("  ").map(|at| begins + at);
    let second = gap.map(|at| at + (plain[at..].len() - plain[at..].trim_start().len()));
    second.filter(|at| *at < DEEPEST).unwrap_or(begins + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_on_under_its_second_column_and_styles_take_no_room() {
        let line =
            "   = new      search-grounding -I-> \u{1b}[1mpayments of the other side\u{1b}[0m and more\n";
        let expected = "   = new      search-grounding\n              -I-> \u{1b}[1mpayments of the other\n              side\u{1b}[0m and more\n";
        assert_eq!(wrap(line, 40), expected);
        assert_eq!(
            wrap("   = help: remove the edge, or accept it and say why\n", 40).lines().nth(1),
            Some("     and say why")
        );
    }

    #[test]
    fn what_fits_and_what_is_an_excerpt_stays_as_it_is() {
        let excerpt = "17 |     invoke: [payments, and, many, others, that, are, long]\n   |  ^^^^^^^^ support-bot invokes payments (added)\n";
        assert_eq!(wrap(excerpt, 40), excerpt);
        assert_eq!(wrap("short\n\nlines\n", 40), "short\n\nlines\n");
    }
}
