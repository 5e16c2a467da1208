//! The same pictures in Mermaid, which GitHub and others draw by themselves. It follows the viewer's theme only where nothing is
//! filled, so that every fill names its text colour too.

use std::fmt::Write as _;

use super::blast_picture::Picture;
use super::links::{Link, authority, guard_names};
use super::node;
use super::options::{DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, check_size, slice};
use super::palette::{Palette, Theme};
use super::topology::{drawn_links, subtitle, zones};
use crate::analysis::{BlastRadius, Leg};
use crate::graph::CapabilityGraph;
use crate::model::is_hidden;
use crate::model::{GuardId, Node, NodeId, NodeKind, Spec, Verb};
use crate::report::DISCLAIMER;
use crate::report::escape::mermaid;
use crate::report::page::PageStyle;
use crate::report::sentence::along;
use crate::report::sentence::compromised;
use crate::report::what_if::what_if_line;

/// Draws a topology, or a slice of it, in Mermaid.
///
/// # Errors
/// If there are too many nodes to read, or more than Mermaid takes.
pub fn mermaid_topology(graph: &CapabilityGraph, options: &DrawOptions) -> Result<String, DrawError> {
    let spec = graph.spec();
    let nodes = options.drawn(spec);
    check_size(graph, nodes.len())?;
    let links = drawn_links(graph, &nodes, options.derived);
    let palette = options.theme.palette();
    let mut chart = Chart::new("TB", &format!("{}: {}", spec.name, subtitle(graph, &nodes)));
    for zone in zones(graph, &nodes) {
        if let Some(zone) = zone {
            chart.open_zone(zone.index(), spec.zone_name(zone), palette.line);
        }
        for &node in nodes.iter().filter(|node| spec.node(**node).zone == zone) {
            let words: Vec<String> = node::words(spec.node(node)).into_iter().map(str::to_owned).collect();
            let class = spec.node(node).is_stranger().then_some("untrusted");
            chart.node(spec, node, &words, class);
        }
        if zone.is_some() {
            chart.close_zone();
        }
    }
    for link in &links {
        chart.link(spec, link, Detail::Edge, &link_style(palette, link));
    }
    let untrusted = fill(palette.by_hop[3], palette.ink, palette.taint);
    chart.class("untrusted", &untrusted, nodes.iter().any(|node| spec.node(*node).is_stranger()));
    chart.finish(graph, nodes.len())
}

/// Draws a blast radius in Mermaid.
///
/// # Errors
/// If it has too many nodes to read, or more than Mermaid takes.
pub fn mermaid_blast(blast: &BlastRadius<'_>, theme: Theme) -> Result<String, DrawError> {
    let (graph, spec) = (blast.graph, blast.graph.spec());
    let picture = Picture::new(blast)?;
    let palette = theme.palette();
    let mut chart = Chart::new(
        "TB",
        &format!(
            "{}: {}",
            PageStyle::Text.text(picture.blast.graph.spec(), &compromised(picture.blast)),
            picture.subtitle()
        ),
    );
    let nodes: Vec<NodeId> = picture.nodes().collect();
    let class = |node: NodeId| match picture.hops(node) {
        _ if picture.is_guarded(node) => "guarded".to_owned(),
        0 => "start".to_owned(),
        hops => format!("hop{}", hops.min(4)),
    };
    for &node in &nodes {
        let hops = match picture.hops(node) {
            0 => "start".to_owned(),
            hops => format!("hop {hops}"),
        };
        let words: Vec<String> = std::iter::once(hops).chain(picture.words(node)).collect();
        chart.node(spec, node, &words, Some(&class(node)));
    }
    for link in picture.best_links() {
        let width = if picture.is_guarded(link.to) { "1.5px" } else { "3px" };
        chart.link(spec, &link, Detail::Flow, &format!("stroke:{},stroke-width:{width}", palette.taint));
    }
    let occurs = |name: &str| nodes.iter().any(|node| class(*node) == name);
    chart.class("start", &fill(palette.start[0], palette.start[1], palette.taint), occurs("start"));
    for (index, colour) in palette.by_hop.iter().enumerate() {
        let name = format!("hop{}", index + 1);
        chart.class(&name, &fill(colour, palette.ink, palette.taint), occurs(&name));
    }
    let guarded = fill(palette.page, palette.ink, palette.taint) + ",stroke-dasharray:4 3";
    chart.class("guarded", &guarded, occurs("guarded"));
    chart.comment("best paths only");
    if let Some(unreached) = picture.unreached() {
        chart.comment(&unreached);
    }
    chart.finish(graph, nodes.len())
}

/// The style of a class of nodes.
fn fill(fill: &str, text: &str, stroke: &str) -> String {
    format!("fill:{fill},color:{text},stroke:{stroke}")
}

/// The same with a border of its own.
pub(super) fn bordered(background: &str, text: &str, stroke: &str, width: &str) -> String {
    format!("{},stroke-width:{width}", fill(background, text, stroke))
}

fn link_style(palette: &Palette, link: &Link<'_>) -> String {
    let colour = if link.is_derived() { palette.faint } else { palette.verb(link.leading()) };
    // Ink would vanish on a page of the other theme; Mermaid's own colour for lines does not.
    if colour == palette.ink { String::new() } else { format!("stroke:{colour}") }
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Edges, each with what it brings back.
    Edge,
    /// One flow of one edge.
    Flow,
}

/// A flowchart under construction.
pub(super) struct Chart {
    text: String,
    /// Lines that come last, in order.
    styles: Vec<String>,
    /// By style of a line: the numbers of the lines.
    link_styles: indexmap::IndexMap<String, Vec<String>>,
    edges: usize,
}

impl Chart {
    pub(super) fn new(direction: &str, title: &str) -> Self {
        let mut chart = Self {
            text: String::new(),
            styles: Vec::new(),
            link_styles: indexmap::IndexMap::new(),
            edges: 0,
        };
        chart.line(&format!("flowchart {direction}"));
        if !title.is_empty() {
            chart.comment(title);
        }
        chart
    }

    /// Begins the box of a zone.
    pub(super) fn open_zone(&mut self, number: usize, name: &str, colour: &str) {
        self.line(&format!("  subgraph z{number}[\"{}\"]", mermaid(name)));
        self.styles.push(format!("style z{number} fill:none,stroke:{colour}"));
    }

    pub(super) fn close_zone(&mut self) {
        self.line("  end");
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A comment ends with its line, and may not look like a directive.
    pub(super) fn comment(&mut self, text: &str) {
        self.line(&format!("  %% {}", inert(text)));
    }

    pub(super) fn node(&mut self, spec: &Spec, id: NodeId, words: &[String], class: Option<&str>) {
        let mut label = mermaid(spec.node_name(id));
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|word| mermaid(word)).collect();
            let _ = write!(label, "<br/>{}", words.join(" · "));
        }
        let (open, close) = brackets(spec.node(id));
        let class = class.map_or(String::new(), |class| format!(":::{class}"));
        self.line(&format!("  {}{open}\"{label}\"{close}{class}", node::id(id)));
    }

    fn link(&mut self, spec: &Spec, link: &Link<'_>, detail: Detail, style: &str) {
        let arrow = match (link.leading(), link.back.is_some()) {
            _ if link.is_derived() => "-.->",
            (Verb::Write | Verb::Invoke, false) => "-->",
            (Verb::Write | Verb::Invoke, true) => "<-->",
            (Verb::Read | Verb::Observe, false) => "-.->",
            (Verb::Read | Verb::Observe, true) => "<-.->",
        };
        let label = link_label(spec, link, detail);
        self.flow(&node::id(link.from), arrow, &label, &node::id(link.to), style);
    }

    /// A line of its own making. The label is escaped already.
    pub(super) fn flow(&mut self, from: &str, arrow: &str, label: &str, to: &str, style: &str) {
        self.line(&format!("  {from} {arrow}|\"{label}\"| {to}"));
        if !style.is_empty() {
            self.link_styles.entry(style.to_owned()).or_default().push(self.edges.to_string());
        }
        self.edges += 1;
    }

    pub(super) fn class(&mut self, name: &str, style: &str, occurs: bool) {
        if occurs {
            self.styles.push(format!("classDef {name} {style}"));
        }
    }

    /// Puts a title above the chart, once.
    pub(super) fn title(&mut self, title: &str) {
        // Front matter is YAML, of which a JSON string is a part; the title is shown as it is, not as a label.
        let title = serde_json::Value::from(inert(title));
        self.text = format!("---\ntitle: {title}\n---\n{}", self.text);
    }

    /// The chart with its styles.
    pub(super) fn text(mut self) -> String {
        self.close();
        self.text
    }

    fn close(&mut self) {
        for line in std::mem::take(&mut self.styles) {
            self.line(&format!("  {line}"));
        }
        for (style, links) in std::mem::take(&mut self.link_styles) {
            self.line(&format!("  linkStyle {} {style}", links.join(",")));
        }
        self.comment(DISCLAIMER);
    }

    fn finish(mut self, graph: &CapabilityGraph, nodes: usize) -> Result<String, DrawError> {
        if let Some(line) = what_if_line(graph.spec()) {
            self.title(&line);
        }
        self.close();
        let (edges, characters) = (self.edges, self.text.chars().count());
        if edges > MAX_MERMAID_EDGES {
            let slice = slice(graph, nodes);
            return Err(DrawError::TooManyEdges { edges, limit: MAX_MERMAID_EDGES, slice });
        }
        if characters > MAX_MERMAID_CHARACTERS {
            let slice = slice(graph, nodes);
            return Err(DrawError::TooLong { characters, limit: MAX_MERMAID_CHARACTERS, slice });
        }
        Ok(self.text)
    }
}

/// Text that ends no line and opens no directive.
fn inert(text: &str) -> String {
    let harmless = |character: char| !is_hidden(character) && !"{}".contains(character);
    text.chars().map(|character| if harmless(character) { character } else { ' ' }).collect()
}

/// The shape of a node, by its kind.
fn brackets(node: &Node) -> (&'static str, &'static str) {
    match node.kind {
        NodeKind::Agent => ("(", ")"),
        NodeKind::Principal => ("([", "])"),
        NodeKind::Tool => ("[[", "]]"),
        NodeKind::Store => ("[(", ")]"),
        NodeKind::Session => ("{{", "}}"),
        NodeKind::Source => (">", "]"),
        NodeKind::Sink => ("[\\", "/]"),
        NodeKind::Credential => ("[/", "/]"),
    }
}

/// Verbs in words, as there is no room for a legend; then the guards.
pub(super) fn link_label(spec: &Spec, link: &Link<'_>, detail: Detail) -> String {
    if link.is_opening() {
        return "opens".to_owned();
    }
    let request = match link.leg {
        Leg::Result => format!("answers{}", behind(spec, &link.result_guards())),
        Leg::Request => {
            let verbs: Vec<&str> = link.verbs().into_iter().map(|verb| along(link.leg, verb)).collect();
            format!("{}{}", verbs.join(", "), behind(spec, &link.guards()))
        }
    };
    let authority = link.edges.iter().take(1).find_map(|edge| authority(spec, edge));
    let result = behind(spec, &link.result_guards());
    match (detail, authority) {
        (Detail::Flow, Some(right)) => format!("{request}, {}", mermaid(&right)),
        (Detail::Edge, _) if !result.is_empty() => format!("{request}, result{result}"),
        _ => request,
    }
}

fn behind(spec: &Spec, guards: &[GuardId]) -> String {
    if guards.is_empty() { String::new() } else { format!(" ‖ {}", mermaid(&guard_names(spec, guards))) }
}
