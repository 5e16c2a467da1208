//! Typed texts → what a medium shows of them: each says how it writes a name, a path, code or somebody else's words, and the pieces of a
//! text go through that one by one.

use std::borrow::Cow;

use crate::model::text::{counted, thousands};
use crate::model::{Link, NodeId, Piece, Spec, Text, Tone};

/// Names of a list that are shown.
const SHOWN: usize = 8;

/// How a medium writes the parts of a text. Everything but [`Medium::words`] takes what may be somebody else's.
pub(in crate::report) trait Medium {
    /// Words of our own.
    fn words(&self, words: &'static str) -> Cow<'static, str>;
    /// Words of our own with marks of Markdown in them.
    fn marked(&self, words: &'static str) -> Cow<'static, str> {
        self.words(words)
    }
    /// A name.
    fn name(&self, name: &str) -> String;
    /// A name where names stand out.
    fn standing_out(&self, name: &str) -> String {
        self.name(name)
    }
    /// A name or a mark that has to be told from the words around it.
    fn label(&self, label: &str) -> String;
    /// A path on one line, or places in files: people read them without marks.
    fn path(&self, path: &str) -> String;
    /// The id of a finding.
    fn id(&self, id: &str) -> String;
    /// A place that can be looked at.
    fn link(&self, link: &Link) -> String {
        self.path(&link.text)
    }
    /// Something to write into a spec or a shell.
    fn code(&self, code: &str) -> String;
    /// What somebody else wrote. `is_last` says that no word follows on it without a blank.
    fn quoted(&self, words: &str, is_last: bool) -> String;
    /// The end of a line inside a text.
    fn line_break(&self) -> &'static str {
        "\n"
    }
    /// What was written so far, in a tone.
    fn toned(&self, tone: Tone, written: String) -> String;
}

/// A medium in which names stand out.
struct StandingOut<'m>(&'m dyn Medium);

impl Medium for StandingOut<'_> {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        self.0.words(words)
    }

    fn marked(&self, words: &'static str) -> Cow<'static, str> {
        self.0.marked(words)
    }

    fn name(&self, name: &str) -> String {
        self.0.standing_out(name)
    }

    fn label(&self, label: &str) -> String {
        self.0.label(label)
    }

    fn path(&self, path: &str) -> String {
        self.0.path(path)
    }

    fn id(&self, id: &str) -> String {
        self.0.id(id)
    }

    fn link(&self, link: &Link) -> String {
        self.0.link(link)
    }

    fn code(&self, code: &str) -> String {
        self.0.code(code)
    }

    fn quoted(&self, words: &str, is_last: bool) -> String {
        self.0.quoted(words, is_last)
    }

    fn line_break(&self) -> &'static str {
        self.0.line_break()
    }

    fn toned(&self, tone: Tone, written: String) -> String {
        self.0.toned(tone, written)
    }
}

/// A text as a medium shows it. `names` is the topology whose names it holds by number.
pub(in crate::report) fn text(medium: &impl Medium, names: &Spec, text: &Text) -> String {
    let mut written = String::new();
    let mut pieces = text.pieces().iter().peekable();
    while let Some(piece) = pieces.next() {
        let is_last = match pieces.peek() {
            None | Some(Piece::Break) => true,
            Some(Piece::Words(words)) => !words.starts_with(char::is_alphanumeric),
            Some(_) => false,
        };
        written += &self::piece(medium, names, piece, is_last);
    }
    written
}

/// A text as a sentence: words of ours at its beginning have a capital. A name keeps its letters.
pub(in crate::report) fn begun(medium: &impl Medium, names: &Spec, text: &Text) -> String {
    let written = self::text(medium, names, text);
    match text.pieces().first() {
        Some(Piece::Words(_)) => capital(&written),
        _ => written,
    }
}

fn piece(medium: &impl Medium, names: &Spec, piece: &Piece, is_last: bool) -> String {
    match piece {
        Piece::Words(words) => medium.words(words).into_owned(),
        Piece::Marked(words) => medium.marked(words).into_owned(),
        Piece::Node(node) => medium.name(names.node_name(*node)),
        Piece::Nodes(nodes) => listed(medium, names, nodes),
        Piece::Guard(guard) => medium.name(names.guard_name(*guard)),
        Piece::Zone(zone) => medium.name(names.zone_name(*zone)),
        Piece::Name(name) => medium.name(name),
        Piece::Label(label) => medium.label(label),
        Piece::Verb(verb) => medium.words(verb.third_person()).into_owned(),
        Piece::Number(number) => thousands(*number),
        Piece::Ordinal(number) => number.to_string(),
        Piece::Day(day) => day.to_string(),
        Piece::Count(count, noun) => counted(*count, &medium.words(noun)),
        Piece::Path(path) | Piece::Places(path) => medium.path(path),
        Piece::Place(place) => medium.path(&names.location(*place)),
        Piece::Kind(level, rule) => format!("{}[{}]", level.as_str(), rule.id()),
        Piece::Id(id) => medium.id(id),
        Piece::Link(link) => medium.link(link),
        Piece::Code(code) => medium.code(code),
        Piece::Quoted(words) => medium.quoted(words, is_last),
        Piece::Passage(words) => medium.quoted(words, false),
        Piece::Break => medium.line_break().to_owned(),
        Piece::Toned(Tone::Names, inner) => text(&StandingOut(medium), names, inner),
        Piece::Toned(tone, inner) => medium.toned(*tone, text(medium, names, inner)),
        Piece::Sentence(inner) => {
            let stop = if inner.is_ended() { "" } else { "." };
            begun(medium, names, inner) + stop
        }
    }
}

/// `a, b and c`; of a long list the first ones and how many more there are.
fn listed(medium: &impl Medium, names: &Spec, nodes: &[NodeId]) -> String {
    let shown = if nodes.len() > SHOWN { SHOWN - 1 } else { nodes.len() };
    let mut all: Vec<String> =
        nodes[..shown].iter().map(|node| medium.name(names.node_name(*node))).collect();
    if nodes.len() > shown {
        all.push(format!("{} more", thousands(nodes.len() - shown)));
    }
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}

/// The text with a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
