//! A picture → DOT. The only user of dot-writer, which escapes nothing: ids are `n0` and `cluster_0`, and every text goes through
//! [`quoted`] or [`html`].

use dot_writer::{Attributes as _, DotWriter, Scope};

use super::looks::{Ink, Shape, Theme, columns, push_visible, wrap};
use super::model::{
    Arrow, Direction, Group, LabelLine, Labels, Legend, Line, LineRole, Node, Picture, Pull, Rank, Role,
    Stroke, Tip, Zone,
};
use crate::report::DISCLAIMER;

const FONT: &str = "Helvetica,Arial,sans-serif";
/// How many columns the rows above a picture have: about 600 points.
const ROW_COLUMNS: usize = 110;
/// The heading is larger than they are.
const TITLE_COLUMNS: usize = 72;
/// Names are broken into lines of at most this many columns.
const NAME_COLUMNS: usize = 28;
/// The smaller words under them, of this many.
const WORD_COLUMNS: usize = 20;
/// Names of zones, of this many.
const ZONE_COLUMNS: usize = 40;
/// How wide the border of what is critical is, in every picture.
const CRITICAL: &str = "2.8";

/// Writes a whole picture. The buffer is a vector, because dot-writer panics where a write fails.
pub(super) fn write(picture: &Picture, theme: Theme) -> String {
    let mut bytes = Vec::new();
    {
        let mut writer = DotWriter::from(&mut bytes);
        let mut scope = writer.digraph();
        graph_attributes(picture, theme).write(&mut scope.graph_attributes());
        node_defaults(theme).write(&mut scope.node_attributes());
        edge_defaults(theme).write(&mut scope.edge_attributes());
        Canvas { scope, theme, labels: picture.labels }.draw(picture);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Attributes of one statement, escaped when they are added.
#[derive(Debug, Clone, Default)]
struct Attributes(Vec<(&'static str, String, bool)>);

impl Attributes {
    /// Sets a value of ours, in place of what was set before.
    fn set(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.retain(|(before, ..)| *before != name);
        self.0.push((name, value.to_string(), true));
        self
    }

    /// Adds text of somebody else's.
    fn text(mut self, name: &'static str, text: &str) -> Self {
        self.0.push((name, quoted(text), true));
        self
    }

    /// Adds an HTML-like label whose texts are escaped already.
    fn html_label(mut self, markup: &str) -> Self {
        self.0.push(("label", format!("<{markup}>"), false));
        self
    }

    fn write(&self, to: &mut impl dot_writer::Attributes) {
        for (name, value, quote) in &self.0 {
            to.set(name, value, *quote);
        }
    }
}

fn graph_attributes(picture: &Picture, theme: Theme) -> Attributes {
    let direction = match picture.direction {
        Direction::Down => "TB",
        Direction::Across => "LR",
    };
    let attributes = Attributes::default()
        .set("rankdir", direction)
        .set("newrank", true)
        .set("bgcolor", theme.colour(Ink::Page))
        .set("fontname", FONT)
        .set("fontsize", 14)
        .set("fontcolor", theme.colour(Ink::Text))
        .set("pad", 0.25)
        .set("nodesep", 0.2)
        .set("ranksep", 0.34)
        .set("splines", true)
        .set("outputorder", "edgesfirst")
        .set("labelloc", "t")
        .set("labeljust", "l")
        .text("tooltip", &picture.title)
        .html_label(&header(picture, theme));
    match picture.labels {
        Labels::Letters | Labels::Words => attributes,
        Labels::WordsApart => attributes.set("nodesep", 0.4).set("ranksep", 0.42),
    }
}

fn node_defaults(theme: Theme) -> Attributes {
    Attributes::default()
        .set("shape", "box")
        .set("style", "rounded,filled")
        .set("fontname", FONT)
        .set("fontsize", 12)
        .set("fontcolor", theme.colour(Ink::Text))
        .set("color", theme.colour(Ink::Line))
        .set("fillcolor", theme.colour(Ink::Page))
        .set("margin", "0.14,0.07")
        .set("height", 0.36)
        .set("penwidth", 1.1)
}

fn edge_defaults(theme: Theme) -> Attributes {
    Attributes::default()
        .set("fontname", FONT)
        .set("fontsize", 10)
        .set("fontcolor", theme.colour(Ink::Text))
        .set("color", theme.colour(Ink::Line))
        .set("penwidth", 1.4)
        .set("arrowsize", 0.75)
}

/// What stands above a picture. It is the graph's label, so that it takes part in no rank.
fn header(picture: &Picture, theme: Theme) -> String {
    let mut rows = Vec::new();
    for line in wrap(&picture.title, TITLE_COLUMNS) {
        rows.push(format!("<b><font point-size=\"15\">{}</font></b>", html(&line)));
    }
    let colour = theme.colour(Ink::Soft);
    let soft =
        |size: u32, text: &str| format!("<font point-size=\"{size}\" color=\"{colour}\">{text}</font>");
    let plain = |text: &String, size| {
        wrap(text, ROW_COLUMNS).iter().map(|line| soft(size, &html(line))).collect::<Vec<_>>()
    };
    rows.extend(picture.subtitles.iter().flat_map(|text| plain(text, 11)));
    rows.extend(legend_rows(&picture.legend, theme).iter().map(|row| soft(10, row)));
    rows.extend(picture.what_if.iter().chain(&picture.notes).flat_map(|text| plain(text, 10)));
    rows.push(soft(9, &html(DISCLAIMER)));
    let rows: String = rows.iter().map(|row| format!("<tr><td align=\"left\">{row}</td></tr>")).collect();
    let open = "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\">";
    format!("{open}{rows}<tr><td height=\"6\"></td></tr></table>")
}

/// Fills rows with the entries of a legend, in order.
fn legend_rows(legend: &[Legend], theme: Theme) -> Vec<String> {
    let mut rows: Vec<(String, usize)> = Vec::new();
    for entry in legend {
        let (markup, wide) = legend_entry(entry, theme);
        match rows.last_mut() {
            Some((row, width)) if *width + 3 + wide <= ROW_COLUMNS => {
                row.push_str("&#160;&#160;&#160;");
                row.push_str(&markup);
                *width += 3 + wide;
            }
            _ => rows.push((markup, wide)),
        }
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

/// An entry in markup, and how many columns it takes.
fn legend_entry(entry: &Legend, theme: Theme) -> (String, usize) {
    let meaning = html(&entry.meaning);
    match &entry.sign {
        None => (meaning, columns(&entry.meaning)),
        Some((ink, sign)) => {
            let markup =
                format!("<font color=\"{}\">{}</font>&#160;{meaning}", theme.colour(*ink), html(sign));
            (markup, columns(sign) + 1 + columns(&entry.meaning))
        }
    }
}

/// An open graph or cluster that statements are written into.
struct Canvas<'d, 'w> {
    scope: Scope<'d, 'w>,
    theme: Theme,
    labels: Labels,
}

impl Canvas<'_, '_> {
    fn draw(&mut self, picture: &Picture) {
        self.ranks(&picture.ranks);
        for group in &picture.groups {
            match &group.zone {
                Some(zone) => self.cluster(zone, &group.nodes),
                None => group.nodes.iter().for_each(|node| self.node(node)),
            }
        }
        if picture.is_stacked {
            self.stack(&picture.groups);
        }
        for line in &picture.lines {
            self.line(line);
        }
    }

    fn statement(&mut self, id: &str, attributes: &Attributes) {
        attributes.write(&mut *self.scope.node_named(id));
    }

    fn edge(&mut self, from: &str, to: &str, attributes: &Attributes) {
        attributes.write(&mut self.scope.edge(from, to).attributes());
    }

    fn node(&mut self, node: &Node) {
        self.statement(&id(node.id), &node_attributes(node, self.theme));
    }

    /// A box around the nodes of a zone.
    fn cluster(&mut self, zone: &Zone, nodes: &[Node]) {
        let (theme, labels) = (self.theme, self.labels);
        let mut scope = self.scope.cluster();
        zone_attributes(zone, theme).write(&mut scope.graph_attributes());
        let mut canvas = Canvas { scope, theme, labels };
        nodes.iter().for_each(|node| canvas.node(node));
    }

    /// Keeps zones on top of one another: an invisible point under each, which all of it is above and all of the next is below.
    fn stack(&mut self, groups: &[Group]) {
        let members = |group: &Group| {
            let ids: Vec<String> = group.nodes.iter().map(|node| id(node.id)).collect();
            format!("{{{}}}", ids.join(" "))
        };
        let boxes: Vec<&Group> = groups.iter().filter(|group| group.zone.is_some()).collect();
        let unseen = Attributes::default().set("style", "invis");
        for (position, pair) in boxes.windows(2).enumerate() {
            let point = format!("below_{position}");
            let looks = unseen.clone().set("shape", "point").set("width", 0).set("height", 0);
            self.statement(&point, &looks);
            let mut edge = self.scope.edge(members(pair[0]), point);
            edge.edge(members(pair[1]));
            unseen.clone().set("weight", 0).write(&mut edge.attributes());
        }
    }

    /// Captions on the left, and under each other; nodes beside them.
    fn ranks(&mut self, ranks: &[Rank]) {
        let caption_id = |rank: usize| format!("hop_{rank}");
        for (rank, Rank { caption, .. }) in ranks.iter().enumerate() {
            let attributes = Attributes::default()
                .set("shape", "plaintext")
                .set("style", "")
                .set("fontsize", 11)
                .set("fontcolor", self.theme.colour(Ink::Soft))
                .text("label", caption)
                .set("height", 0.2)
                .set("width", 0.6)
                .set("margin", 0);
            self.statement(&caption_id(rank), &attributes);
        }
        let invisible = Attributes::default().set("style", "invis").set("weight", 50);
        for rank in 1..ranks.len() {
            self.edge(&caption_id(rank - 1), &caption_id(rank), &invisible);
        }
        for (rank, Rank { nodes, .. }) in ranks.iter().enumerate() {
            let mut scope = self.scope.subgraph();
            scope.set("rank", "same", false);
            for id in std::iter::once(caption_id(rank)).chain(nodes.iter().map(|node| id(*node))) {
                scope.node_named(id.as_str());
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let (from, to) = (id(line.from), id(line.to));
        let attributes = line_attributes(line, self.labels, self.theme);
        // Written the other way round where it leads upwards, so that Graphviz does not move nodes to turn it.
        if line.pull.is_upwards {
            self.edge(&to, &from, &attributes);
        } else {
            self.edge(&from, &to, &attributes);
        }
    }
}

fn id(node: usize) -> String {
    format!("n{node}")
}

fn zone_attributes(zone: &Zone, theme: Theme) -> Attributes {
    Attributes::default()
        .text("label", &wrap(&zone.name, ZONE_COLUMNS).join("\n"))
        .text("tooltip", &zone.hint)
        .set("labelloc", "b")
        .set("labeljust", "l")
        .set("fontsize", 11)
        .set("fontcolor", theme.colour(Ink::Soft))
        .set("style", "rounded,filled")
        .set("color", theme.colour(Ink::ZoneBorder))
        .set("fillcolor", theme.colour(Ink::Zone))
        .set("margin", 12)
}

/// What a node has beside its shape.
enum Look {
    Border(Ink),
    Fill(Ink),
    Text(Ink),
    /// The width of its border.
    Width(&'static str),
    /// The same, where it is not critical.
    LessWidth(&'static str),
    /// A dashed border.
    Dashed,
}

/// What nodes look like by their roles. What is not named is as the defaults are.
fn looks(role: Role) -> Vec<Look> {
    use Look::{Border, Dashed, Fill, LessWidth, Text, Width};
    match role {
        Role::Plain | Role::Between => vec![],
        Role::Untrusted => vec![Fill(Ink::Hop(4)), Border(Ink::Taint)],
        Role::Start | Role::Held => vec![Border(Ink::Taint), Fill(Ink::Start), Text(Ink::StartText)],
        Role::Hop(hops) => vec![Border(Ink::Taint), Fill(Ink::Hop(hops)), Text(Ink::Text)],
        Role::Guarded => vec![Border(Ink::Taint), Dashed],
        Role::Kept => vec![Border(Ink::Closed), Width("2.8")],
        Role::New => vec![Border(Ink::Taint), Text(Ink::Text), LessWidth("3.4")],
        Role::Gone => vec![Border(Ink::Closed), Text(Ink::ClosedText), LessWidth("2")],
        Role::Changed => vec![Border(Ink::Taint), Text(Ink::Text), LessWidth("2.2")],
        Role::Gaining => vec![Border(Ink::Taint), Text(Ink::Text), LessWidth("1.8")],
        Role::Unchanged => vec![Border(Ink::Faint), Text(Ink::Soft)],
    }
}

/// Whether the name of a node is bold: what the picture is about.
const fn is_bold(role: Role) -> bool {
    match role {
        Role::Start | Role::Held | Role::New | Role::Gone | Role::Changed | Role::Gaining => true,
        Role::Plain | Role::Untrusted | Role::Hop(_) | Role::Guarded => false,
        Role::Kept | Role::Between | Role::Unchanged => false,
    }
}

fn node_attributes(node: &Node, theme: Theme) -> Attributes {
    let shape = Shape::of(node.kind, node.persists);
    let attributes =
        shape_attributes(node, &shape).html_label(&node_label(node, theme)).text("tooltip", &node.hint);
    let attributes = if node.is_choke { attributes.set("peripheries", 2) } else { attributes };
    let attributes = looks(node.role).into_iter().fold(attributes, |attributes, look| match look {
        Look::Border(ink) => attributes.set("color", theme.colour(ink)),
        Look::Fill(ink) => attributes.set("fillcolor", theme.colour(ink)),
        Look::Text(ink) => attributes.set("fontcolor", theme.colour(ink)),
        Look::Width(width) => attributes.set("penwidth", width),
        Look::LessWidth(_) if node.is_critical => attributes,
        Look::LessWidth(width) => attributes.set("penwidth", width),
        Look::Dashed => attributes.set("style", style(&shape, true)),
    });
    if node.is_opened { attributes.set("fillcolor", theme.colour(Ink::Hop(2))) } else { attributes }
}

fn shape_attributes(node: &Node, shape: &Shape) -> Attributes {
    let attributes = Attributes::default().set("shape", shape.dot);
    let attributes = match style(shape, shape.is_dashed || node.role == Role::Gone) {
        "rounded,filled" => attributes,
        style => attributes.set("style", style),
    };
    let attributes = match shape.margin {
        Some(margin) => attributes.set("margin", margin),
        None => attributes,
    };
    if node.is_critical { attributes.set("penwidth", CRITICAL) } else { attributes }
}

const fn style(shape: &Shape, is_dashed: bool) -> &'static str {
    match (shape.is_rounded, is_dashed) {
        (true, false) => "rounded,filled",
        (true, true) => "rounded,filled,dashed",
        (false, false) => "filled",
        (false, true) => "filled,dashed",
    }
}

/// A name with smaller words under it, as markup.
fn node_label(node: &Node, theme: Theme) -> String {
    let lines: Vec<String> = wrap(&node.name, NAME_COLUMNS).iter().map(|line| html(line)).collect();
    let lines = lines.join("<br/>");
    let name = if is_bold(node.role) { format!("<b>{lines}</b>") } else { lines };
    if node.words.is_empty() {
        return name;
    }
    let words: Vec<String> = word_lines(&node.words.join(" · ")).iter().map(|line| html(line)).collect();
    let colour = if node.role == Role::Plain {
        format!(" color=\"{}\"", theme.colour(Ink::Soft))
    } else {
        String::new()
    };
    format!("{name}<br/><font point-size=\"9\"{colour}>{}</font>", words.join("<br/>"))
}

/// Words that are separated by dots, a few to a line. No line ends or begins with a dot.
fn word_lines(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(" · ") {
        match lines.last_mut() {
            Some(line) if columns(line) + 3 + columns(word) <= WORD_COLUMNS => {
                line.push_str(" · ");
                line.push_str(word);
            }
            _ => lines.extend(wrap(word, NAME_COLUMNS)),
        }
    }
    lines
}

/// What lines look like by their roles: the line's colour, the label's, and how wide the line is.
const fn line_look(role: LineRole) -> (Ink, Ink, &'static str) {
    match role {
        LineRole::Verb(verb) => (Ink::of(verb), Ink::of(verb), "1.4"),
        LineRole::Derived | LineRole::Other => (Ink::Faint, Ink::Soft, "1.0"),
        LineRole::Best => (Ink::Taint, Ink::TaintText, "2.4"),
        LineRole::Behind => (Ink::Taint, Ink::TaintText, "1.4"),
        LineRole::Unchanged => (Ink::Taint, Ink::Soft, "1.4"),
        LineRole::Opening | LineRole::Choke => (Ink::Taint, Ink::TaintText, "3.4"),
        LineRole::Aside => (Ink::Line, Ink::Text, "3.4"),
        LineRole::Removed => (Ink::Closed, Ink::ClosedText, "2.4"),
        LineRole::Cut | LineRole::OtherCut => (Ink::Closed, Ink::ClosedText, "3.4"),
    }
}

fn line_attributes(line: &Line, labels: Labels, theme: Theme) -> Attributes {
    let (colour, text, width) = line_look(line.role);
    let style = match line.stroke {
        Stroke::Solid => "solid",
        Stroke::Dashed => "dashed",
        Stroke::Dotted => "dotted",
    };
    let attributes = Attributes::default()
        .set("style", style)
        .set("color", theme.colour(colour))
        .set("fontcolor", theme.colour(text))
        .set("penwidth", width);
    let attributes = arrows(attributes, line);
    // The order of attributes means nothing to Graphviz; it is what it was in stored pictures of either kind.
    match labels {
        Labels::Letters => {
            let attributes = pull(attributes.text("tooltip", &line.hint), line.pull);
            if line.label.is_empty() { attributes } else { attributes.html_label(&letters(&line.label)) }
        }
        Labels::Words | Labels::WordsApart => {
            pull(attributes.html_label(&words(line)).text("tooltip", &line.hint), line.pull)
        }
    }
}

fn pull(attributes: Attributes, pull: Pull) -> Attributes {
    let attributes = if pull.weight == 1 { attributes } else { attributes.set("weight", pull.weight) };
    if pull.ranks { attributes } else { attributes.set("constraint", false) }
}

/// Both ends of a line, swapped where it is written the other way round.
fn arrows(attributes: Attributes, line: &Line) -> Attributes {
    let Some(head) = line.head.map(barred) else { return attributes };
    match (line.tail.map(barred), line.pull.is_upwards) {
        (None, false) => attributes.set("arrowhead", head),
        (None, true) => attributes.set("dir", "back").set("arrowtail", head),
        (Some(tail), false) => attributes.set("dir", "both").set("arrowhead", head).set("arrowtail", tail),
        (Some(tail), true) => attributes.set("dir", "both").set("arrowhead", tail).set("arrowtail", head),
    }
}

/// An arrowhead with a bar across the line behind it, where a guard stands.
fn barred(arrow: Arrow) -> String {
    let tip = match arrow.tip {
        Tip::Content => "normal",
        Tip::Command => "vee",
        Tip::Authority => "odiamond",
        Tip::Observation => "onormal",
        Tip::Result => "odot",
    };
    match arrow.guards {
        0 => tip.to_owned(),
        1 => format!("{tip}nonetee"),
        _ => format!("{tip}noneteetee"),
    }
}

/// A label of letters, which is close to its line.
fn letters(label: &[LabelLine]) -> String {
    let is_alone = label.iter().filter(|line| !line.words.is_empty()).count() == 1;
    let markup = |line: &LabelLine| match (line.words.as_str(), line.small.as_slice()) {
        ("", names) => small(names),
        (letters, []) if is_alone => format!("&#160;{}&#160;", html(letters)),
        (letters, names) => format!("&#160;{}{}", html(letters), small(names)),
    };
    match label {
        [line] => markup(line),
        lines => lines.iter().map(|line| format!("{}<br align=\"left\"/>", markup(line))).collect(),
    }
}

/// A label of words, behind the sign of what is done to the line.
fn words(line: &Line) -> String {
    let markup = |(position, LabelLine { words, small: names }): (usize, &LabelLine)| {
        let words = match (position, line.sign) {
            (0, sign) if !sign.is_empty() => format!("{sign} {words}"),
            _ => words.clone(),
        };
        if words.is_empty() { small(names) } else { format!("&#160;{}{}&#160;", html(&words), small(names)) }
    };
    line.label.iter().enumerate().map(markup).collect::<Vec<_>>().join("<br/>")
}

/// Words in small print.
fn small(words: &[String]) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("<font point-size=\"9\">&#160;{}&#160;</font>", html(&words.concat()))
}

/// Follows every backslash in DOT, unseen. Graphviz expands `\N` and the like, in labels after it has decoded entities and in
/// tooltips even after it has read `\\N` as `\N`, so that no escaping helps: what helps is that no letter follows.
const JOINER: char = '\u{2060}';

/// Text for the inside of a quoted DOT string: labels and tooltips.
///
/// Graphviz decodes `&lt;` even in plain strings, so the ampersand is escaped too; for the backslash see [`JOINER`].
fn quoted(text: &str) -> String {
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
fn html(text: &str) -> String {
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
