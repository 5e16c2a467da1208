//! A sentence as a sequence of typed pieces: our own words apart from names, counts, places and what others wrote.
//!
//! Whoever makes a sentence says what each part of it is; the writer of a medium says how that looks there, and escapes what is not
//! ours. [`Piece::Words`] holds literals alone, so that somebody else's text cannot be given as words: there is no way from a
//! `String` to a piece but one that says what it is.
//!
//! ```ignore
//! let title = phrase!["untrusted ", attacker, " steers ", node, " past ", count(2, "guard")];
//! ```

use jiff::civil::Date;

use super::{GuardId, Level, NodeId, Place, Rule, Verb, ZoneId};

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Our own words.
    Words(&'static str),
    /// Our own words with marks of Markdown in them, which read well without it, too.
    Marked(&'static str),
    /// The name of a node.
    Node(NodeId),
    /// The names of some nodes, joined by commas and `and`; of many the first ones, and how many more there are.
    Nodes(Vec<NodeId>),
    /// The name of a guard.
    Guard(GuardId),
    /// The name of a zone.
    Zone(ZoneId),
    /// Any other name: of a topology, a rule of the spec, or a node of another topology.
    Name(String),
    /// A name or a mark that has to be told from the words around it: of a matrix, in its legend.
    Label(String),
    /// What an edge does: `invokes`.
    Verb(Verb),
    /// A number by itself: `1,000`.
    Number(usize),
    /// A number that counts nothing: `4711`.
    Ordinal(u64),
    /// A day: `2026-11-25`.
    Day(Date),
    /// So many of something: `3 edges`, `1 entry`.
    Count(usize, &'static str),
    /// A path on one line: `inbox -R-> triage -I'-> billing`.
    Path(String),
    /// Where something stands: `fleet.yaml:12`.
    Place(Place),
    /// Some places, one after the other: `fleet.yaml:12 :14 derived`.
    Places(String),
    /// What a finding is of: `error[CW104]`.
    Kind(Level, Rule),
    /// The id of a finding: `CW104:8f3a90c1d2e4b567`.
    Id(String),
    /// A place that can be looked at in a browser.
    Link(Link),
    /// Something to write into a spec or a shell.
    Code(String),
    /// Words that somebody else wrote, among ours.
    Quoted(String),
    /// What somebody else wrote, by itself: a paragraph or a cell, with its own punctuation.
    Passage(String),
    /// What follows stands on the next line, also in a cell.
    Break,
    /// A text with a tone of its own.
    Toned(Tone, Text),
    /// A sentence of a paragraph: words of ours at its beginning get a capital (names keep their letters), and it ends with a full
    /// stop.
    Sentence(Text),
}

/// A place in a file that somebody else shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the place is called: `fleet.yaml:12`.
    pub text: String,
    /// Where files are shown: `https://github.com/acme/agents/blob/main`.
    pub site: String,
    /// The file there.
    pub path: String,
    /// The line in it.
    pub line: usize,
}

/// How a part of a text is to be taken: what a terminal paints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Headings, and what matters.
    Strong,
    /// A word that is explained.
    Term,
    /// What is said of some names, which stand out.
    Names,
    /// What was, and is not any more.
    Struck,
    /// What is there to complete the picture.
    Dim,
    /// A guard has to fail.
    Guarded,
    /// It is open, or reaches into a more trusted zone.
    Escalation,
    /// As grave as a finding of this level.
    Grave(Level),
}

/// A sentence, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(Vec<Piece>);

impl Text {
    /// Its parts.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with more behind it.
    #[must_use]
    pub(crate) fn and(mut self, more: impl Into<Self>) -> Self {
        self.push(more);
        self
    }

    /// The text with another behind it.
    #[must_use]
    pub(crate) fn then(self, other: Self) -> Self {
        self.and(other)
    }

    /// Puts more behind it.
    pub(crate) fn push(&mut self, more: impl Into<Self>) {
        self.0.append(&mut more.into().0);
    }

    /// The text in a tone.
    #[must_use]
    pub(crate) fn toned(self, tone: Tone) -> Self {
        Self(vec![Piece::Toned(tone, self)])
    }

    /// Texts one after the other, with words between them.
    pub(crate) fn joined(parts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let mut all = Self::default();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                all.push(between);
            }
            all.push(part);
        }
        all
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn listed(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        match parts.pop() {
            Some(last) if !parts.is_empty() => Self::joined(parts, ", ").and(" and ").and(last),
            Some(only) => only,
            None => Self::default(),
        }
    }

    /// A paragraph of sentences; empty ones are left out.
    pub(crate) fn sentences(all: impl IntoIterator<Item = Self>) -> Self {
        let sentences = all.into_iter().filter(|one| !one.is_empty());
        Self::joined(sentences.map(|one| Self(vec![Piece::Sentence(one)])), " ")
    }

    /// Whether it ends as a sentence does.
    pub(crate) fn is_ended(&self) -> bool {
        let stops = ['.', '!', '?'];
        match self.0.last() {
            Some(Piece::Words(words) | Piece::Marked(words)) => words.ends_with(stops),
            Some(Piece::Quoted(words) | Piece::Passage(words)) => words.ends_with(stops),
            Some(Piece::Toned(_, text)) => text.is_ended(),
            Some(Piece::Sentence(_)) => true,
            Some(
                Piece::Node(_)
                | Piece::Nodes(_)
                | Piece::Guard(_)
                | Piece::Zone(_)
                | Piece::Name(_)
                | Piece::Label(_)
                | Piece::Verb(_)
                | Piece::Number(_)
                | Piece::Ordinal(_)
                | Piece::Day(_)
                | Piece::Count(..)
                | Piece::Path(_)
                | Piece::Place(_)
                | Piece::Places(_)
                | Piece::Kind(..)
                | Piece::Id(_)
                | Piece::Link(_)
                | Piece::Code(_)
                | Piece::Break,
            )
            | None => false,
        }
    }

    /// Whether it is a number and nothing else.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self.0.as_slice(), [Piece::Number(_)])
    }
}

/// What somebody else wrote.
pub(crate) fn quoted(text: impl Into<String>) -> Piece {
    Piece::Quoted(text.into())
}

/// A name that is known by no number.
pub(crate) fn name(text: impl Into<String>) -> Piece {
    Piece::Name(text.into())
}

/// `1 node`, `3 nodes`.
pub(crate) fn count(count: usize, noun: &'static str) -> Piece {
    Piece::Count(count, noun)
}

/// `1 agent`, `2 agents`, `1,000 entries`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let stem = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    match (count, stem) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{} {stem}ies", thousands(count)),
        (_, None) => format!("{} {noun}s", thousands(count)),
    }
}

/// A number with its thousands set off.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl From<Piece> for Text {
    fn from(piece: Piece) -> Self {
        Self(vec![piece])
    }
}

impl FromIterator<Piece> for Text {
    fn from_iter<I: IntoIterator<Item = Piece>>(pieces: I) -> Self {
        Self(pieces.into_iter().collect())
    }
}

/// Literals alone: there is no way from text that was put together.
impl From<&'static str> for Piece {
    fn from(words: &'static str) -> Self {
        Self::Words(words)
    }
}

impl From<NodeId> for Piece {
    fn from(node: NodeId) -> Self {
        Self::Node(node)
    }
}

impl From<&[NodeId]> for Piece {
    fn from(nodes: &[NodeId]) -> Self {
        match nodes {
            [one] => Self::Node(*one),
            some => Self::Nodes(some.to_vec()),
        }
    }
}

impl From<&Vec<NodeId>> for Piece {
    fn from(nodes: &Vec<NodeId>) -> Self {
        Self::from(nodes.as_slice())
    }
}

impl From<GuardId> for Piece {
    fn from(guard: GuardId) -> Self {
        Self::Guard(guard)
    }
}

impl From<ZoneId> for Piece {
    fn from(zone: ZoneId) -> Self {
        Self::Zone(zone)
    }
}

impl From<Verb> for Piece {
    fn from(verb: Verb) -> Self {
        Self::Verb(verb)
    }
}

impl From<Place> for Piece {
    fn from(place: Place) -> Self {
        Self::Place(place)
    }
}

macro_rules! text_from {
    ($($part:ty),*) => {
        $(impl From<$part> for Text {
            fn from(part: $part) -> Self {
                Self(vec![Piece::from(part)])
            }
        })*
    };
}
text_from!(&'static str, NodeId, &[NodeId], &Vec<NodeId>, GuardId, ZoneId, Verb, Place);

/// A sentence of words, names and other texts: `phrase!["untrusted ", node, " steers ", other]`.
macro_rules! phrase {
    ($($part:expr),+ $(,)?) => {{
        let mut text = $crate::model::text::Text::default();
        $(text.push($part);)+
        text
    }};
}
pub(crate) use phrase;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        let texts: Vec<String> = [0, 999, 1_000, 14_280, 1_000_000].map(thousands).to_vec();
        assert_eq!(texts, ["0", "999", "1,000", "14,280", "1,000,000"]);
    }

    #[test]
    fn a_sentence_that_ends_with_a_stop_of_its_own_is_ended() {
        assert!(phrase!["kept for ", quoted("a year.")].is_ended());
        assert!(phrase!["why?"].is_ended());
        assert!(!phrase!["by ", name("mr.")].is_ended(), "a stop in a name ends no sentence");
        assert!(!Text::default().is_ended());
    }

    #[test]
    fn lists_have_one_and() {
        let list = |names: &[&'static str]| Text::listed(names.iter().map(|name| phrase![*name]));
        assert_eq!(list(&[]), Text::default());
        assert_eq!(list(&["a"]), phrase!["a"]);
        assert_eq!(list(&["a", "b", "c"]), phrase!["a", ", ", "b", " and ", "c"]);
    }
}
