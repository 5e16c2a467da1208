//! A picture → Mermaid, which GitHub and others draw by themselves. It follows the viewer's theme only where nothing is filled, so
//! that every fill names its text colour too. Every text goes through [`mermaid`], or [`inert`] in comments and the title.

use indexmap::IndexMap;

use super::looks::{Ink, Shape, Theme, push_visible};
use super::model::{Direction, LabelLine, Labels, Line, LineRole, Node, Picture, Role, Stroke, Tip};
use crate::model::is_hidden;
use crate::report::DISCLAIMER;

/// Writes a whole picture.
pub(super) fn write(picture: &Picture, theme: Theme) -> String {
    let mut chart = Chart::default();
    if !picture.what_if.is_empty() {
        chart.front_matter(&picture.what_if.join("; "));
    }
    chart.line(match picture.direction {
        Direction::Down => "flowchart TB",
        Direction::Across => "flowchart LR",
    });
    let title: Vec<&str> =
        std::iter::once(&picture.title).chain(&picture.subtitles).map(String::as_str).collect();
    if title.iter().any(|text| !text.is_empty()) {
        chart.comment(&title.join(": "));
    }
    chart.groups(picture);
    for line in &picture.lines {
        chart.flow(line, theme);
    }
    for note in &picture.notes {
        chart.comment(note);
    }
    chart.styles(picture, theme);
    chart.comment(DISCLAIMER);
    chart.text
}

/// A flowchart under construction.
#[derive(Default)]
struct Chart {
    text: String,
    /// By style of a line: the numbers of the lines.
    line_styles: IndexMap<String, Vec<String>>,
    lines: usize,
}

impl Chart {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Front matter is YAML, of which a JSON string is a part; the title is shown as it is, not as a label.
    fn front_matter(&mut self, title: &str) {
        let title = serde_json::Value::from(inert(title));
        self.line(&format!("---\ntitle: {title}\n---"));
    }

    /// A comment ends with its line, and may not look like a directive.
    fn comment(&mut self, text: &str) {
        self.line(&format!("  %% {}", inert(text)));
    }

    fn groups(&mut self, picture: &Picture) {
        for group in &picture.groups {
            if let Some(zone) = &group.zone {
                self.line(&format!("  subgraph z{}[\"{}\"]", zone.id, mermaid(&zone.name)));
            }
            for node in &group.nodes {
                self.node(node);
            }
            if group.zone.is_some() {
                self.line("  end");
            }
        }
    }

    fn node(&mut self, node: &Node) {
        let mut label = mermaid(&node.name);
        if !node.words.is_empty() {
            let words: Vec<String> = node.words.iter().map(|word| mermaid(word)).collect();
            label.push_str(&format!("<br/>{}", words.join(" · ")));
        }
        let [open, close] = Shape::of(node.kind, node.persists).brackets;
        let class = class(node).map_or(String::new(), |class| format!(":::{class}"));
        self.line(&format!("  n{}{open}\"{label}\"{close}{class}", node.id));
    }

    fn flow(&mut self, line: &Line, theme: Theme) {
        self.line(&format!("  n{} {}|\"{}\"| n{}", line.from, arrow(line), label(line), line.to));
        if let Some(style) = line_style(line.role, theme) {
            self.line_styles.entry(style).or_default().push(self.lines.to_string());
        }
        self.lines += 1;
    }

    /// The lines that come last: the looks of boxes, of classes of nodes that occur, and of lines.
    fn styles(&mut self, picture: &Picture, theme: Theme) {
        let border = match picture.labels {
            Labels::Letters => Ink::Line,
            Labels::Words | Labels::WordsApart => Ink::Faint,
        };
        for zone in picture.groups.iter().filter_map(|group| group.zone.as_ref()) {
            self.line(&format!("  style z{} fill:none,stroke:{}", zone.id, theme.colour(border)));
        }
        for class in &CLASSES {
            if picture.nodes().any(|node| self::class(node) == Some(class.name)) {
                self.line(&format!("  classDef {} {}", class.name, class.style(theme)));
            }
        }
        for (style, lines) in std::mem::take(&mut self.line_styles) {
            self.line(&format!("  linkStyle {} {style}", lines.join(",")));
        }
    }
}

/// What a class of nodes looks like.
struct Class {
    name: &'static str,
    fill: Ink,
    text: Ink,
    border: Ink,
    /// The width of its border, and whether it is dashed.
    more: &'static str,
}

impl Class {
    const fn new(name: &'static str, [fill, text, border]: [Ink; 3], more: &'static str) -> Self {
        Self { name, fill, text, border, more }
    }

    fn style(&self, theme: Theme) -> String {
        let [fill, text, border] = [self.fill, self.text, self.border].map(|ink| theme.colour(ink));
        format!("fill:{fill},color:{text},stroke:{border}{}", self.more)
    }
}

/// All classes, in the order in which a chart defines those that occur.
const CLASSES: [Class; 16] = [
    Class::new("untrusted", [Ink::Hop(4), Ink::Text, Ink::Taint], ""),
    Class::new("start", [Ink::Start, Ink::StartText, Ink::Taint], ""),
    Class::new("hop1", [Ink::Hop(1), Ink::Text, Ink::Taint], ""),
    Class::new("hop2", [Ink::Hop(2), Ink::Text, Ink::Taint], ""),
    Class::new("hop3", [Ink::Hop(3), Ink::Text, Ink::Taint], ""),
    Class::new("hop4", [Ink::Hop(4), Ink::Text, Ink::Taint], ""),
    Class::new("guarded", [Ink::Page, Ink::Text, Ink::Taint], ",stroke-dasharray:4 3"),
    Class::new("held", [Ink::Start, Ink::StartText, Ink::Taint], ",stroke-width:2px"),
    Class::new("kept", [Ink::Page, Ink::Text, Ink::Closed], ",stroke-width:3px"),
    Class::new("choke", [Ink::Page, Ink::Text, Ink::Line], ",stroke-width:5px"),
    Class::new("between", [Ink::Page, Ink::Text, Ink::Line], ",stroke-width:1px"),
    Class::new("opened", [Ink::Hop(3), Ink::Text, Ink::Taint], ",stroke-width:3px"),
    Class::new("new", [Ink::Page, Ink::Text, Ink::Taint], ",stroke-width:4px"),
    Class::new("gains", [Ink::Page, Ink::Text, Ink::Taint], ",stroke-width:2px"),
    Class::new("gone", [Ink::Page, Ink::ClosedText, Ink::Closed], ",stroke-width:2px,stroke-dasharray:4 3"),
    Class::new("same", [Ink::Page, Ink::Line, Ink::Faint], ",stroke-width:1px"),
];

/// The class of a node: one, as classes do not add up.
const fn class(node: &Node) -> Option<&'static str> {
    Some(match node.role {
        Role::Plain => return None,
        Role::Untrusted => "untrusted",
        Role::Start => "start",
        Role::Hop(0 | 1) => "hop1",
        Role::Hop(2) => "hop2",
        Role::Hop(3) => "hop3",
        Role::Hop(_) => "hop4",
        Role::Guarded => "guarded",
        Role::Held => "held",
        Role::Kept => "kept",
        Role::Between if node.is_choke => "choke",
        Role::Between => "between",
        Role::Gone => "gone",
        Role::New | Role::Changed | Role::Gaining | Role::Unchanged if node.is_opened => "opened",
        Role::New => "new",
        Role::Changed | Role::Gaining => "gains",
        Role::Unchanged => "same",
    })
}

const fn arrow(line: &Line) -> &'static str {
    let is_thick = matches!(line.role, LineRole::Opening | LineRole::Aside | LineRole::Choke);
    // A ring for a result has no counterpart.
    let is_both = matches!(line.tail, Some(tail) if !matches!(tail.tip, Tip::Result));
    match (line.stroke, is_both) {
        _ if is_thick => "==>",
        (Stroke::Solid, false) => "-->",
        (Stroke::Solid, true) => "<-->",
        (Stroke::Dashed | Stroke::Dotted, false) => "-.->",
        (Stroke::Dashed | Stroke::Dotted, true) => "<-.->",
    }
}

/// What lines look like by their roles: colour, and width with dashes.
const fn line_look(role: LineRole) -> (Ink, &'static str) {
    match role {
        LineRole::Verb(verb) => (Ink::of(verb), ""),
        LineRole::Derived => (Ink::Faint, ""),
        LineRole::Best => (Ink::Taint, ",stroke-width:3px"),
        LineRole::Behind => (Ink::Taint, ",stroke-width:1.5px"),
        LineRole::Other => (Ink::Faint, ",stroke-width:1px"),
        LineRole::Unchanged => (Ink::Taint, ",stroke-width:2px"),
        LineRole::Opening | LineRole::Choke => (Ink::Taint, ",stroke-width:4px"),
        LineRole::Aside => (Ink::Faint, ",stroke-width:4px"),
        LineRole::Removed => (Ink::Closed, ",stroke-width:2px"),
        LineRole::Cut => (Ink::Closed, ",stroke-width:4px,stroke-dasharray:8 5"),
        LineRole::OtherCut => (Ink::Closed, ",stroke-width:4px,stroke-dasharray:2 4"),
    }
}

/// The colour of text would vanish on a page of the other theme; Mermaid's own colour for lines does not.
fn line_style(role: LineRole, theme: Theme) -> Option<String> {
    let (ink, more) = line_look(role);
    (ink != Ink::Text).then(|| format!("stroke:{}{more}", theme.colour(ink)))
}

/// A label on one line, behind the sign of what is done to the line. The sign is ours, and stands as it is.
fn label(line: &Line) -> String {
    let text = |LabelLine { words, small }: &LabelLine| {
        let small: String = small.iter().map(|words| mermaid(words)).collect();
        mermaid(words) + &small
    };
    let label = line.label.iter().map(text).collect::<Vec<_>>().join(", ");
    if line.sign.is_empty() { label } else { format!("{} {label}", line.sign) }
}

/// Text that ends no line and opens no directive.
fn inert(text: &str) -> String {
    let harmless = |character: char| !is_hidden(character) && !"{}".contains(character);
    text.chars().map(|character| if harmless(character) { character } else { ' ' }).collect()
}

/// Text for the inside of a quoted Mermaid label.
///
/// Mermaid reads markup, markdown, icons and entities in labels. Letters and digits of every script pass, and so do spaces
/// and inner hyphens; all the rest becomes a numeric entity, which Mermaid decodes last. Of what passes, its lexer takes one thing
/// for a statement wherever it stands: see [`without_direction`].
fn mermaid(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (position, character) in text.chars().enumerate() {
        match character {
            '\n' | '\t' => escaped.push(' '),
            '\r' => {}
            ' ' | '·' | '▲' | '‖' | ',' => escaped.push(character),
            '-' if position > 0 => escaped.push('-'),
            _ if character.is_alphanumeric() => escaped.push(character),
            _ if is_hidden(character) => push_visible(&mut escaped, character),
            _ => escaped.push_str(&format!("#{};", u32::from(character))),
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
