//! Text in columns: how wide a name is on a terminal, how it is padded and shortened, and what must not reach one.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::paint;

/// The characters that draw a report; names are printed as they are in both sets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyphs {
    pub(super) nothing: &'static str,
    pub(super) itself: &'static str,
    pub(super) learns: &'static str,
    pub(super) down: &'static str,
    pub(super) across: &'static str,
    pub(super) cross: &'static str,
    pub(super) bar: &'static str,
    pub(super) cut: &'static str,
}

impl Glyphs {
    const DRAWN: Self = Self {
        nothing: "·",
        itself: "■",
        learns: "←",
        down: "│",
        across: "─",
        cross: "┼",
        bar: "█",
        cut: "…",
    };
    const ASCII: Self = Self {
        nothing: ".",
        itself: "#",
        learns: "<",
        down: "|",
        across: "-",
        cross: "+",
        bar: "#",
        cut: "~",
    };

    /// The set to draw with.
    pub(super) fn choose(ascii: bool) -> Self {
        if ascii { Self::ASCII } else { Self::DRAWN }
    }
}

/// Painted text that knows how wide it is without its styles.
#[derive(Debug, Clone, Default)]
pub(super) struct Painted {
    pub(super) painted: String,
    pub(super) width: usize,
}

impl Painted {
    pub(super) fn plain(text: &str) -> Self {
        Self { painted: text.to_owned(), width: width(text) }
    }

    pub(super) fn styled(style: Style, text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        Self { painted: paint(style, text), width: width(text) }
    }

    /// Puts more text behind.
    pub(super) fn push(&mut self, other: &Self) {
        self.painted.push_str(&other.painted);
        self.width += other.width;
    }

    /// Fills up to a width with blanks on the right.
    pub(super) fn padded(mut self, to: usize) -> Self {
        self.painted.push_str(&" ".repeat(to.saturating_sub(self.width)));
        self.width = self.width.max(to);
        self
    }
}

/// Columns that a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Leaves out the middle of a text that is wider than `limit`. Both ends stay: names often differ only in the last letters.
pub(super) fn shorten(text: &str, limit: usize, cut: &str) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(width(cut));
    let head = fitting(text.chars(), room.div_ceil(2));
    let tail: Vec<char> = fitting(text.chars().rev(), room / 2).chars().rev().collect();
    // A mark that combines with the letter before it would land on the sign for the cut.
    let tail: String = tail.into_iter().skip_while(|c| c.width().unwrap_or(0) == 0).collect();
    format!("{head}{cut}{tail}")
}

/// As many characters as fit.
fn fitting(chars: impl Iterator<Item = char>, limit: usize) -> String {
    let mut taken = String::new();
    for c in chars {
        taken.push(c);
        if width(&taken) > limit {
            taken.pop();
            break;
        }
    }
    taken
}

/// Fills up with blanks on the right.
pub(super) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Fills up with blanks on the left.
pub(super) fn pad_left(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// Lines of pieces, as many as fit on each. A piece is never broken.
pub(super) fn flow(pieces: &[Painted], between: usize, limit: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for piece in pieces {
        if used > 0 && used + between + piece.width > limit {
            text.push('\n');
            used = 0;
        }
        if used > 0 {
            text.push_str(&" ".repeat(between));
            used += between;
        }
        text.push_str(&piece.painted);
        used += piece.width;
    }
    if !pieces.is_empty() {
        text.push('\n');
    }
    text
}

/// A sentence in lines of words.
pub(super) fn wrap(style: Style, sentence: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for word in sentence.split(' ') {
        if !line.is_empty() && width(&line) + 1 + width(word) > limit {
            text += &format!("{}\n", paint(style, &std::mem::take(&mut line)));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    format!("{text}{}\n", paint(style, &line))
}

/// The page without blanks at the ends of its lines, which would show up in every diff of it.
pub(super) fn trim_lines(text: &str) -> String {
    text.lines().flat_map(|line| [line.trim_end_matches(' '), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_left_out_and_the_ends_stay() {
        assert_eq!(shorten("platform-orchestrator-07", 16, "…"), "platform…ator-07");
        assert_eq!(shorten("short", 16, "…"), "short");
        assert_eq!(shorten("日本語日本語日本語", 8, "…"), "日本…語");
        assert_eq!(width(&shorten("日本語日本語日本語", 8, "…")), 7);
    }
}
