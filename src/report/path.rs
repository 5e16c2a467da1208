//! One pair for the terminal: its best path a sentence a hop, or what keeps it apart.

use super::columns;
use super::counts::counted;
use super::name::visible;
use super::page::PageStyle;
use super::sentence::{location, one_line, sentence};
use super::style::{DIM, ESCALATION, GUARDED, STRONG, paint};
use super::what_if::closing_text;
use crate::analysis::{Gap, Path, PathAnswer};
use crate::graph::CapabilityGraph;
use crate::model::{NodeId, Plane};

/// Names in a list of what is reached.
const NAMES: usize = 12;

/// The answer as text.
#[must_use]
pub fn path_text(graph: &CapabilityGraph, answer: &PathAnswer) -> String {
    let spec = graph.spec();
    let name = |id| visible(spec.node_name(id));
    let question = match answer.plane {
        Plane::Influence => format!("Can {} steer {}?", name(answer.from), name(answer.to)),
        Plane::Exposure => format!("Can content of {} come to {}?", name(answer.to), name(answer.from)),
    };
    let body = match (&answer.path, &answer.gap) {
        (Some(path), _) => found(graph, path),
        (None, Some(gap)) => apart(graph, answer, gap),
        (None, None) => String::new(),
    };
    format!("{} {body}\n{}\n", paint(STRONG, &question), paint(DIM, &closing_text(spec)))
}

fn found(graph: &CapabilityGraph, path: &Path) -> String {
    let cost = path.cost;
    let verdict = match cost.guards {
        0 => paint(ESCALATION, "Yes, it is open: no declared guard has to fail."),
        1 => paint(GUARDED, "Only if 1 guard fails."),
        more => paint(GUARDED, &format!("Only if {more} guards fail.")),
    };
    let sessions = match cost.sessions {
        0 => "within the session".to_owned(),
        more => format!("crossing {}", counted(more as usize, "session")),
    };
    let mut text = format!("{verdict}\n  {}, {sessions}\n\n", counted(cost.hops as usize, "hop"));
    let sentences: Vec<String> =
        path.hops.iter().map(|hop| sentence(graph, hop, path.plane, PageStyle::Text)).collect();
    let width = sentences.iter().map(|sentence| columns::width(sentence)).max().unwrap_or(0).min(90);
    let digits = path.hops.len().to_string().len();
    for (index, (hop, sentence)) in path.hops.iter().zip(&sentences).enumerate() {
        let pad = " ".repeat(width.saturating_sub(columns::width(sentence)));
        let line = paint(DIM, &location(graph, hop, PageStyle::Text));
        text += &format!("  {:>digits$}  {sentence}{pad}  {line}\n", index + 1);
    }
    text
}

fn apart(graph: &CapabilityGraph, answer: &PathAnswer, gap: &Gap) -> String {
    let spec = graph.spec();
    let (start, end) = match answer.plane {
        Plane::Influence => (answer.from, answer.to),
        Plane::Exposure => (answer.to, answer.from),
    };
    let name = |id| visible(spec.node_name(id));
    let mut text = String::from("No: nothing declared leads there, whatever guards fail.\n");
    if let Some(stop) = &gap.ends_at {
        let node = spec.node(stop.node);
        let why = if node.relays {
            "starts afresh for each caller (isolation: per-call), so what one caller sends does not reach another"
        } else {
            "does not relay what it takes in"
        };
        text += &format!("  What comes nearest ends at {}: it {why}.\n", name(stop.node));
        let path = stop.path.as_ref().map(|path| one_line(graph, path)).unwrap_or_default();
        text += &if path.is_empty() { String::new() } else { format!("    {path}\n") };
    }
    text += &format!("  Content of {} comes to {}.\n", name(start), list(graph, &gap.reached));
    text += &format!("  Content comes to {} from {}.\n", name(end), list(graph, &gap.reaching));
    text + "  An edge from the first group to the second would open it.\n"
}

fn list(graph: &CapabilityGraph, nodes: &[NodeId]) -> String {
    let names: Vec<String> =
        nodes.iter().take(NAMES).map(|id| visible(graph.spec().node_name(*id))).collect();
    match nodes.len() {
        0 => "nothing else".to_owned(),
        count if count > NAMES => format!("{} and {} more", names.join(", "), count - NAMES),
        _ => names.join(", "),
    }
}
