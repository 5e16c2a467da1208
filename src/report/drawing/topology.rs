//! The topology as a picture: zones as boxes, the least trusted first, and arrows that point where the taint goes.

use super::dot;
use super::dot::{Attributes, Canvas, Header, Legend};
use super::edge;
use super::edge::{Emphasis, Looks};
use super::links::{Link, is_authority, join_opposite, links};
use super::node;
use super::options::{DrawError, DrawOptions, check_size};
use super::palette::Palette;
use crate::analysis::{ReachSizes, Strength};
use crate::graph::{CapabilityGraph, Direction, Edge, Origin};
use crate::model::{NodeId, NodeKind, Plane, Verb, ZoneId};
use crate::report::counts::counted;
use crate::report::what_if::what_if_line;

/// Draws a topology, or a slice of it, in DOT.
///
/// # Errors
/// If there are too many nodes to read.
pub fn dot_topology(graph: &CapabilityGraph, options: &DrawOptions) -> Result<String, DrawError> {
    let nodes = options.drawn(graph.spec());
    check_size(graph, nodes.len())?;
    let palette = options.theme.palette();
    let links = drawn_links(graph, &nodes, options.derived);
    let header = header(graph, &nodes, &links, palette);
    let attributes = dot::graph_attributes(palette, "TB", &header);
    Ok(dot::graph(&attributes, palette, |canvas| {
        let zones = zones(graph, &nodes);
        for zone in &zones {
            draw_zone(canvas, graph, *zone, &nodes, palette);
        }
        if links.len() <= DENSE {
            stack(canvas, graph, &zones, &nodes);
        }
        for link in &links {
            let looks = looks(graph, link, links.len() > DENSE);
            edge::draw(canvas, graph, link, palette, looks);
        }
    }))
}

/// Above this many lines zones stand where their lines are shortest instead of on top of one another, and lines have letters
/// only where style and arrowheads do not say the same.
const DENSE: usize = 36;

fn looks(graph: &CapabilityGraph, link: &Link<'_>, terse: bool) -> Looks {
    let zone = |node| graph.spec().node(node).zone;
    let (from, to) = (zone(link.from), zone(link.to));
    let upwards = matches!((from, to), (Some(from), Some(to)) if from > to);
    // Lines between zones do not pull: they would bend those inside, and those are the ones that can be short.
    Looks { emphasis: Emphasis::Verb, upwards, terse, weight: u32::from(from == to), ranks: true }
}

/// Keeps zones on top of one another: an invisible point under each, which all of it is above and all of the next is below.
fn stack(canvas: &mut Canvas<'_, '_>, graph: &CapabilityGraph, zones: &[Option<ZoneId>], nodes: &[NodeId]) {
    let spec = graph.spec();
    let members = |zone: Option<ZoneId>| {
        let inside = nodes.iter().filter(|node| spec.node(**node).zone == zone);
        inside.map(|node| node::id(*node)).collect::<Vec<String>>()
    };
    let ranked: Vec<Option<ZoneId>> = zones.iter().copied().filter(Option::is_some).collect();
    for (position, pair) in ranked.windows(2).enumerate() {
        canvas.separate(&format!("below_{position}"), &members(pair[0]), &members(pair[1]));
    }
}

/// The links among some nodes: the declared ones, what credentials open, and other derived ones where they are asked for and
/// connect a pair that nothing else does.
pub(super) fn drawn_links<'g>(graph: &'g CapabilityGraph, nodes: &[NodeId], derived: bool) -> Vec<Link<'g>> {
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

/// The zones with something to draw in them, the least trusted first; then what is in none.
pub(super) fn zones(graph: &CapabilityGraph, nodes: &[NodeId]) -> Vec<Option<ZoneId>> {
    let spec = graph.spec();
    let mut zones: Vec<Option<ZoneId>> = nodes.iter().map(|node| spec.node(*node).zone).collect();
    zones.sort_unstable_by_key(|zone| zone.map_or(usize::MAX, ZoneId::index));
    zones.dedup();
    zones
}

fn draw_zone(
    canvas: &mut Canvas<'_, '_>,
    graph: &CapabilityGraph,
    zone: Option<ZoneId>,
    nodes: &[NodeId],
    palette: &Palette,
) {
    let spec = graph.spec();
    let inside: Vec<NodeId> = nodes.iter().copied().filter(|node| spec.node(*node).zone == zone).collect();
    let draw = |canvas: &mut Canvas<'_, '_>| {
        for node in &inside {
            canvas.node(&node::id(*node), &node_attributes(graph, *node, palette));
        }
    };
    match zone {
        Some(zone) => canvas.cluster(&zone_attributes(graph, zone, palette), draw),
        None => draw(canvas),
    }
}

pub(super) fn zone_attributes(graph: &CapabilityGraph, zone: ZoneId, palette: &Palette) -> Attributes {
    let (name, place) = (graph.spec().zone_name(zone), zone.index() + 1);
    let of = graph.spec().zones.len();
    let lines = crate::report::escape::wrap(name, 40).join("\n");
    Attributes::default()
        .text("label", &lines)
        .text("tooltip", &format!("zone {name}: {place} of {of} from least to most trusted"))
        .set("labelloc", "b")
        .set("labeljust", "l")
        .set("fontsize", 11)
        .set("fontcolor", palette.soft)
        .set("style", "rounded,filled")
        .set("color", palette.zone[1])
        .set("fillcolor", palette.zone[0])
        .set("margin", 12)
}

fn node_attributes(graph: &CapabilityGraph, id: NodeId, palette: &Palette) -> Attributes {
    let spec = graph.spec();
    let node = spec.node(id);
    let words = node::words(node).join(" · ");
    let colour = (!node.is_stranger()).then_some(palette.soft);
    let attributes = node::shape(node)
        .html_label(&node::label(spec.node_name(id), false, &words, colour))
        .text("tooltip", &node::tooltip(spec, id));
    if node.is_stranger() {
        attributes.set("fillcolor", palette.by_hop[3]).set("color", palette.taint)
    } else {
        attributes
    }
}

fn header(graph: &CapabilityGraph, nodes: &[NodeId], links: &[Link<'_>], palette: &Palette) -> Header {
    let spec = graph.spec();
    let mut notes: Vec<String> = what_if_line(spec).into_iter().collect();
    if let Some(hidden) = hidden_derived(graph, nodes, links) {
        notes.push(hidden);
    }
    Header {
        title: spec.name.clone(),
        subtitles: vec![subtitle(graph, nodes)],
        legend: legend(graph, nodes, links, palette),
        notes,
    }
}

/// How large the topology is and how much of it is connected. A slice is counted against the whole.
pub(super) fn subtitle(graph: &CapabilityGraph, nodes: &[NodeId]) -> String {
    let spec = graph.spec();
    let of = spec.nodes.len();
    let pairs = |strength| ReachSizes::count(graph, Plane::Influence, strength, Direction::Forward).total();
    let (open, any) = (pairs(Strength::Open), pairs(Strength::Any));
    let shown =
        if nodes.len() < of { format!("{} of {of} nodes drawn", nodes.len()) } else { counted(of, "node") };
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
fn legend(graph: &CapabilityGraph, nodes: &[NodeId], links: &[Link<'_>], palette: &Palette) -> Vec<Legend> {
    let spec = graph.spec();
    let mut legend = verb_legend(graph, links, palette);
    let any_node =
        |test: &dyn Fn(&crate::model::Node) -> bool| nodes.iter().any(|node| test(spec.node(*node)));
    let guarded = |link: &Link<'_>| link.edges.iter().any(|edge| edge::is_guarded(edge));
    let entries = [
        (links.iter().any(guarded), Legend::words("‖ a guard stands there")),
        (
            any_node(&crate::model::Node::is_stranger),
            Legend::sign(palette.taint_text, "tinted", "strangers control what it says"),
        ),
        (
            any_node(&|node| node.kind == NodeKind::Store && !node.persists),
            Legend::words("dashed cylinder = gone with its session"),
        ),
        (
            links.iter().any(|link| link.is_derived() && !link.is_opening()),
            Legend::sign(palette.soft, "╌╌", "derived: by assuming a role or holding a credential"),
        ),
        (!links.is_empty(), Legend::words("arrows follow the taint")),
    ];
    legend.extend(entries.into_iter().filter(|(occurs, _)| *occurs).map(|(_, entry)| entry));
    legend
}

fn verb_legend(graph: &CapabilityGraph, links: &[Link<'_>], palette: &Palette) -> Vec<Legend> {
    let spec = graph.spec();
    let mut edges =
        links.iter().flat_map(|link| link.edges.iter().chain(link.back.iter().flat_map(|back| &back.edges)));
    let edges: Vec<&&Edge> = edges.by_ref().filter(|edge| edge.origin != Origin::Key).collect();
    let verb = |verb: Verb| edges.iter().any(|edge| edge.verb == verb && !is_authority(spec, edge));
    let entries = [
        (verb(Verb::Write), Verb::Write, "W ──▶", "writes"),
        (verb(Verb::Read), Verb::Read, "R ╌╌▶", "is read by"),
        (verb(Verb::Invoke), Verb::Invoke, "I ──>", "invokes"),
        (links.iter().any(Link::has_result), Verb::Invoke, "I ○──>", "and an answer comes back"),
        (
            edges.iter().any(|edge| is_authority(spec, edge)),
            Verb::Invoke,
            "I ──◇",
            "may use, no content moves",
        ),
        (verb(Verb::Observe), Verb::Observe, "O ···▷", "is observed by"),
    ];
    let occurring = entries.into_iter().filter(|(occurs, ..)| *occurs);
    occurring.map(|(_, verb, sign, meaning)| Legend::sign(palette.verb(verb), sign, meaning)).collect()
}
