//! The topology as a picture: zones as boxes, the least trusted first, and arrows that point where the taint goes.

use super::elements::{Link, is_authority, is_guarded, join_opposite, links};
use super::limits::DENSE;
use super::looks::{Ink, Theme};
use super::model::{Format, Group, Legend, Line, LineRole, Node, Picture, Pull, Role, Zone};
use super::node_words;
use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::model::{NodeId, NodeKind, Spec, Verb, ZoneId};
use crate::report::counts::counted;
use crate::report::what_if::what_if_line;

/// What to draw of a topology, and how.
#[derive(Debug, Clone, Default)]
pub struct DrawOptions {
    /// Light or dark.
    pub theme: Theme,
    /// The nodes to draw, with the edges among them. All of them where nothing is given.
    pub nodes: Option<Vec<NodeId>>,
    /// Whether derived edges are drawn as well, where no declared one connects the pair. What a credential opens is always
    /// drawn: it is declared, as an attribute.
    pub derived: bool,
}

impl DrawOptions {
    /// The nodes to draw, in node order, each once.
    pub(super) fn drawn(&self, spec: &Spec) -> Vec<NodeId> {
        let mut nodes = self.nodes.clone().unwrap_or_else(|| spec.node_ids().collect());
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}

/// How many pairs of nodes of a topology are connected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connected {
    /// By paths without a guard.
    pub(super) open: u64,
    /// By any path.
    pub(super) any: u64,
}

/// Some nodes of a topology with what connects them; derived edges too where they are asked for.
pub(super) fn picture(
    graph: &CapabilityGraph,
    nodes: &[NodeId],
    derived: bool,
    connected: Connected,
    format: Format,
) -> Picture {
    let spec = graph.spec();
    let links = drawn_links(graph, nodes, derived);
    let notes = match format {
        Format::Dot => hidden_derived(graph, nodes, &links).into_iter().collect(),
        Format::Mermaid => Vec::new(),
    };
    Picture {
        title: spec.name.clone(),
        subtitles: vec![subtitle(spec, nodes.len(), connected)],
        what_if: what_if_line(spec).into_iter().collect(),
        legend: legend(spec, nodes, &links),
        notes,
        is_stacked: links.len() <= DENSE,
        groups: groups(spec, nodes, |node| drawn_node(spec, node)),
        lines: links.iter().map(|link| line(graph, link, links.len() > DENSE, format)).collect(),
        ..Picture::default()
    }
}

/// The zones with something to draw in them, the least trusted first; then what is in none.
pub(super) fn groups(spec: &Spec, nodes: &[NodeId], draw: impl Fn(NodeId) -> Node) -> Vec<Group> {
    let mut zones: Vec<Option<ZoneId>> = nodes.iter().map(|node| spec.node(*node).zone).collect();
    zones.sort_unstable_by_key(|zone| zone.map_or(usize::MAX, ZoneId::index));
    zones.dedup();
    let group = |at: Option<ZoneId>| Group {
        zone: at.map(|zone| self::zone(spec, zone, zone.index())),
        nodes: nodes.iter().filter(|node| spec.node(**node).zone == at).map(|node| draw(*node)).collect(),
    };
    zones.into_iter().map(group).collect()
}

pub(super) fn zone(spec: &Spec, zone: ZoneId, id: usize) -> Zone {
    let (name, place, of) = (spec.zone_name(zone), zone.index() + 1, spec.zones.len());
    let hint = format!("zone {name}: {place} of {of} from least to most trusted");
    Zone { id, name: name.to_owned(), hint }
}

fn drawn_node(spec: &Spec, id: NodeId) -> Node {
    let node = spec.node(id);
    let role = if node.is_stranger() { Role::Untrusted } else { Role::Plain };
    Node::new(spec, id, role, node_words::words(node).into_iter().map(str::to_owned).collect())
}

fn line(graph: &CapabilityGraph, link: &Link<'_>, is_dense: bool, format: Format) -> Line {
    let spec = graph.spec();
    let role = if link.is_derived() { LineRole::Derived } else { LineRole::Verb(link.leading()) };
    let label = match format {
        Format::Dot if is_dense && link.says_all() => Vec::new(),
        Format::Dot => link.letters_and_results(spec),
        Format::Mermaid => link.words_of_edges(spec),
    };
    let (from, to) = (spec.node(link.from).zone, spec.node(link.to).zone);
    let is_upwards = matches!((from, to), (Some(from), Some(to)) if from > to);
    // Lines between zones do not pull: they would bend those inside, and those are the ones that can be short.
    let pull = Pull { weight: u32::from(from == to), ranks: true, is_upwards };
    Line { head: Some(link.head(spec)), tail: link.tail(), pull, ..link.line(graph, role, label) }
}

/// The links among some nodes: the declared ones, what credentials open, and other derived ones where they are asked for and
/// connect a pair that nothing else does.
fn drawn_links<'g>(graph: &'g CapabilityGraph, nodes: &[NodeId], derived: bool) -> Vec<Link<'g>> {
    let drawn = |node: NodeId| nodes.binary_search(&node).is_ok();
    let among = |edge: &&Edge| drawn(edge.from) && drawn(edge.to);
    let shown = |edge: &&Edge| derived || edge.is_declared() || edge.origin == Origin::Key;
    let mut links = links(graph.edges().iter().filter(among).filter(shown));
    for link in &mut links {
        if !link.is_derived() {
            link.edges.retain(|edge| edge.is_declared());
        }
    }
    join_opposite(links)
}

/// How large the topology is and how much of it is connected. A slice is counted against the whole.
fn subtitle(spec: &Spec, drawn: usize, Connected { open, any }: Connected) -> String {
    let of = spec.nodes.len();
    let shown = if drawn < of { format!("{drawn} of {of} nodes drawn") } else { counted(of, "node") };
    let edges = counted(spec.edges.len(), "declared edge");
    let more = match any - open {
        0 => String::new(),
        guarded => format!(", {guarded} more behind a guard"),
    };
    format!("{shown}, {edges}; {open} of {} pairs open{more}", of * of.saturating_sub(1))
}

/// A sentence about the derived edges that connect a pair which the picture does not.
fn hidden_derived(graph: &CapabilityGraph, nodes: &[NodeId], drawn: &[Link<'_>]) -> Option<String> {
    let connects = |link: &Link<'_>, from, to| {
        (link.from, link.to) == (from, to) || (link.back.is_some() && (link.to, link.from) == (from, to))
    };
    let inside = |node: NodeId| nodes.binary_search(&node).is_ok();
    let all = links(graph.edges().iter().filter(|edge| inside(edge.from) && inside(edge.to)));
    let is_hidden = |link: &&Link<'_>| {
        link.is_derived() && !drawn.iter().any(|other| connects(other, link.from, link.to))
    };
    let hidden = all.iter().filter(is_hidden).count();
    (hidden > 0).then(|| format!("{} more through roles and credentials not drawn", counted(hidden, "pair")))
}

/// Says what occurs, and nothing else.
fn legend(spec: &Spec, nodes: &[NodeId], links: &[Link<'_>]) -> Vec<Legend> {
    let any_node =
        |test: &dyn Fn(&crate::model::Node) -> bool| nodes.iter().any(|node| test(spec.node(*node)));
    let guarded = |link: &Link<'_>| link.edges.iter().any(|edge| is_guarded(edge));
    let entries = [
        (links.iter().any(guarded), Legend::words("‖ a guard stands there")),
        (
            any_node(&crate::model::Node::is_stranger),
            Legend::sign(Ink::TaintText, "tinted", "strangers control what it says"),
        ),
        (
            any_node(&|node| node.kind == NodeKind::Store && !node.persists),
            Legend::words("dashed cylinder = gone with its session"),
        ),
        (
            links.iter().any(|link| link.is_derived() && !link.is_opening()),
            Legend::sign(Ink::Soft, "╌╌", "derived: by assuming a role or holding a credential"),
        ),
        (!links.is_empty(), Legend::words("arrows follow the taint")),
    ];
    Legend::occurring(verb_legend(spec, links).into_iter().chain(entries))
}

fn verb_legend(spec: &Spec, links: &[Link<'_>]) -> [(bool, Legend); 6] {
    let edges =
        links.iter().flat_map(|link| link.edges.iter().chain(link.back.iter().flat_map(|back| &back.edges)));
    let edges: Vec<&&Edge> = edges.filter(|edge| edge.origin != Origin::Key).collect();
    let moves = |verb: Verb| edges.iter().any(|edge| edge.verb == verb && !is_authority(spec, edge));
    let opens = edges.iter().any(|edge| is_authority(spec, edge));
    let answers = links.iter().any(Link::has_result);
    let sign = |verb, sign: &str, meaning: &str| Legend::sign(Ink::of(verb), sign, meaning);
    [
        (moves(Verb::Write), sign(Verb::Write, "W ──▶", "writes")),
        (moves(Verb::Read), sign(Verb::Read, "R ╌╌▶", "is read by")),
        (moves(Verb::Invoke), sign(Verb::Invoke, "I ──>", "invokes")),
        (answers, sign(Verb::Invoke, "I ○──>", "and an answer comes back")),
        (opens, sign(Verb::Invoke, "I ──◇", "may use, no content moves")),
        (moves(Verb::Observe), sign(Verb::Observe, "O ···▷", "is observed by")),
    ]
}
