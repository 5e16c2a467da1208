//! A place → the line it stands on with the place underlined, as compilers show it. However long the line is, the excerpt is not.

use anstyle::Style;

use crate::model::{Place, SourceFile};
use crate::report::columns::width;
use crate::report::name::visible;
use crate::report::style::{DIM, paint};

/// Columns of a line that are shown.
const WIDEST: usize = 90;
/// Columns before the mark that stay where a line has to be cut.
const BEFORE: usize = 30;
/// Columns before it that stay whatever is said beside the mark.
const LEAST_BEFORE: usize = 12;

/// The line and its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The number of the line.
    pub(super) line: usize,
    /// Its text, cut where it is long.
    pub(super) text: String,
    /// Columns before the mark.
    pub(super) before: usize,
    /// Columns of the mark, at least one.
    pub(super) mark: usize,
    /// Whether words fit beside the mark.
    has_room: bool,
}

impl Excerpt {
    /// The line that a place begins on, with its number in so many columns where that is known; nothing where its text is not known
    /// or empty. The words that will stand beside the mark have room, too.
    pub(super) fn of(file: &SourceFile, place: Place, columns: Option<usize>, label: &str) -> Option<Self> {
        let text = file.text();
        let start = place.start as usize;
        let begin = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
        let line = text.get(begin..end)?.trim_end();
        if !file.has_text() || line.trim().is_empty() {
            return None;
        }
        let mark_end = start.saturating_add(place.len as usize).min(begin + line.len());
        let before = flat(text.get(begin..start)?);
        let marked = flat(text.get(start..mark_end).unwrap_or(""));
        let after = flat(text.get(mark_end.max(start)..begin + line.len()).unwrap_or(""));
        let line_number = file.line_column(start).0;
        let gutter = line_number.to_string().len() + 3;
        let widest = columns.map_or(WIDEST, |columns| WIDEST.min(columns.saturating_sub(gutter)));
        let (mut before, marked) = if width(&before) + width(&marked) > widest {
            (tail(&before, BEFORE), head(&marked, widest.saturating_sub(BEFORE)))
        } else {
            (before, marked)
        };
        let beside = width(&marked) + 1 + width(label);
        let has_room = columns.is_none() || LEAST_BEFORE.min(width(&before)) + beside <= widest;
        if columns.is_some() && has_room {
            before = tail(&before, widest - beside);
        }
        let after = head(&after, widest.saturating_sub(width(&before) + width(&marked)));
        Some(Self {
            line: line_number,
            text: format!("{before}{marked}{after}"),
            before: width(&before),
            mark: width(&marked).max(1),
            has_room,
        })
    }

    /// Columns that the number of the line takes.
    pub(super) fn gutter(&self) -> usize {
        self.line.to_string().len()
    }

    /// The excerpt with words under it.
    pub(super) fn draw(&self, style: Style, label: &str) -> String {
        let gutter = " ".repeat(self.gutter());
        let bar = paint(DIM, "|");
        let (beside, below) = if self.has_room { (label, "") } else { ("", label) };
        let mark = paint(style, format!("{} {beside}", "^".repeat(self.mark)).trim_end());
        let mut text = format!(
            "{gutter} {bar}\n{} {bar} {}\n{gutter} {bar} {}{mark}\n{gutter} {bar}\n",
            paint(DIM, &self.line.to_string()),
            self.text,
            " ".repeat(self.before),
        );
        if !below.is_empty() {
            text += &format!("{gutter} {} {}\n", paint(DIM, "="), paint(style, below));
        }
        text
    }
}

/// Text on one line in which every column can be counted.
fn flat(text: &str) -> String {
    visible(&text.replace('\t', "    "))
}

/// As much of the start as fits.
fn head(text: &str, limit: usize) -> String {
    cut(text.chars(), limit)
        .map_or_else(|| text.to_owned(), |kept| kept.into_iter().collect::<String>() + "…")
}

/// As much of the end as fits.
fn tail(text: &str, limit: usize) -> String {
    let kept = cut(text.chars().rev(), limit);
    kept.map_or_else(|| text.to_owned(), |kept| format!("…{}", kept.into_iter().rev().collect::<String>()))
}

/// The first characters that fit beside a sign for the rest; nothing where all of them do.
fn cut(text: impl Iterator<Item = char>, limit: usize) -> Option<Vec<char>> {
    let (mut kept, mut used) = (Vec::new(), 0);
    for character in text {
        used += width(character.encode_utf8(&mut [0; 4]));
        if used > limit {
            kept.pop();
            return Some(kept);
        }
        kept.push(character);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, marked: &str) -> Option<Excerpt> {
        let file = SourceFile::new("a.yaml", text.to_owned());
        let start = text.find(marked).expect("it is there");
        Excerpt::of(&file, Place { file: 0, start: start as u32, len: marked.len() as u32 }, None, "")
    }

    #[test]
    fn the_mark_stands_under_the_place_whatever_is_before_it() {
        let found = excerpt("x:\n\tinvoke: [日本, payments, z]\n", "payments").expect("a line");
        assert_eq!((found.line, found.before, found.mark), (2, 19, 8));
        assert_eq!(found.text, "    invoke: [日本, payments, z]");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_and_a_place_of_many_lines_marked_on_its_first() {
        let long = format!("{}, payments, {}", "a, ".repeat(400), "b, ".repeat(400));
        let found = excerpt(&long, "payments").expect("a line");
        assert!(found.text.starts_with('…') && found.text.ends_with('…'), "{}", found.text);
        assert!(width(&found.text) <= WIDEST + 1, "{}", width(&found.text));
        assert_eq!(found.text.chars().skip(found.before).take(8).collect::<String>(), "payments");
        let found = excerpt("a:\n  zone: x\n  invoke: y\n", "zone: x\n  invoke: y").expect("a line");
        assert_eq!((found.text.as_str(), found.mark), ("  zone: x", 7));
    }

    #[test]
    fn what_is_said_beside_the_mark_fits_a_narrow_terminal() {
        let text =
            format!("  follow-up: {{zone: desk, {}invoke: [mailer]}}\n", "read: [case-memory], ".repeat(3));
        let file = SourceFile::new("a.yaml", text.clone());
        let start = text.find("mailer").expect("it is there") as u32;
        let label = "agent follow-up (added)";
        let found = Excerpt::of(&file, Place { file: 0, start, len: 6 }, Some(60), label).expect("a line");
        assert_eq!(found.text.chars().skip(found.before).take(6).collect::<String>(), "mailer");
        let drawn = anstream::adapter::strip_str(&found.draw(Style::new(), label)).to_string();
        assert!(drawn.lines().all(|line| width(line) <= 60), "{drawn}");
    }

    #[test]
    fn an_empty_line_has_no_excerpt() {
        assert_eq!(excerpt("\n\n", "\n"), None);
        let lines = SourceFile::of_lines("far.yaml", vec![7]);
        assert_eq!(Excerpt::of(&lines, Place { file: 0, start: 0, len: 0 }, None, ""), None);
    }
}
