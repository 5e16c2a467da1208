//! A comparison → what changed beside the paths that are drawn: edges that came, went or are declared otherwise, and nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::focus::{Line, State};
use super::links::ends;
use crate::analysis::Leg;
use crate::compare::{Comparison, Presence, Side, What};
use crate::graph::EdgeId;
use crate::model::{Edge, NodeId};

/// Attributes of one node that its label names.
const NAMED: usize = 2;

/// What changed and is on no path that is drawn.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Edges that came, went, or are declared otherwise.
    pub(super) lines: Vec<Line>,
    /// Nodes that came, went, or have another attribute.
    pub(super) nodes: BTreeSet<NodeId>,
    /// What of it is not drawn.
    pub(super) left_out: usize,
}

impl Others {
    /// Whether an edge that a node acts by is among the changes.
    pub(super) fn is_touched(&self, node: NodeId) -> bool {
        self.lines.iter().any(|line| line.from == node)
    }
}

/// What changed and is not among some lines, as much of it at most.
pub(super) fn others(comparison: &Comparison, drawn: &[Line], most: usize) -> Others {
    let known: BTreeSet<EdgeId> = drawn.iter().map(|line| line.edge).collect();
    let seen: BTreeSet<NodeId> = drawn.iter().flat_map(|line| [line.from, line.to]).collect();
    let mut others = Others::default();
    let mut whole = BTreeSet::new();
    for change in comparison.changes() {
        match &change.what {
            What::NodeAdded(node) | What::NodeRemoved(node) | What::NodeReplaced(node) => {
                whole.insert(*node);
                others.add_node(*node, &seen, most);
            }
            What::NodeRenamed(node) | What::Attribute(node, _) => others.add_node(*node, &seen, most),
            What::Edge { base, head } => {
                let (side, state) = match (base, head) {
                    (Some(_), Some(_)) => (Side::Head, State::Changed),
                    (_, Some(_)) => (Side::Head, State::Added),
                    _ => (Side::Base, State::Removed),
                };
                let edge = comparison.edge_of(change);
                others.add_line(edge.and_then(|edge| line(comparison, edge, side, state)), &known, most);
            }
            What::Guard(_) | What::Zone { .. } | What::Level { .. } => {}
        }
    }
    for (side, state) in [(Side::Head, State::Added), (Side::Base, State::Removed)] {
        let edges = comparison.joint().spec(side).edges.iter();
        for edge in edges.filter(|edge| whole.contains(&edge.from) || whole.contains(&edge.to)) {
            others.add_line(line(comparison, edge, side, state), &known, most);
        }
    }
    others
}

impl Others {
    fn add_node(&mut self, node: NodeId, seen: &BTreeSet<NodeId>, most: usize) {
        if seen.contains(&node) || self.nodes.contains(&node) {
            return;
        }
        if self.is_full(most) {
            self.left_out += 1;
        } else {
            self.nodes.insert(node);
        }
    }

    fn add_line(&mut self, line: Option<Line>, known: &BTreeSet<EdgeId>, most: usize) {
        let Some(line) = line else { return };
        if line.state != State::Removed && known.contains(&line.edge) {
            return;
        }
        if self.is_full(most) {
            self.left_out += 1;
        } else {
            self.lines.push(line);
        }
    }

    fn is_full(&self, most: usize) -> bool {
        self.lines.len() + self.nodes.len() >= most
    }
}

/// What an edge asks for or hands over, as a line.
fn line(comparison: &Comparison, declared: &Edge, side: Side, state: State) -> Option<Line> {
    let graph = comparison.graph(side);
    let same = |id: &EdgeId| {
        let edge = graph.edge(*id);
        edge.is_declared() && (edge.verb, edge.to) == (declared.verb, declared.to)
    };
    let edge = graph.edges_of(declared.from).find(same)?;
    let (from, to) = ends(declared.verb, declared.from, declared.to);
    Some(Line { from, to, edge, leg: Leg::Request, state, is_on_path: false })
}

/// By node: the changes that are about it alone, by their positions.
#[derive(Debug, Default)]
pub(super) struct States(BTreeMap<NodeId, Vec<usize>>);

impl States {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let mut states = Self::default();
        for (position, change) in comparison.changes().iter().enumerate() {
            if let What::NodeRenamed(node) | What::NodeReplaced(node) | What::Attribute(node, _) =
                &change.what
            {
                states.0.entry(*node).or_default().push(position);
            }
        }
        states
    }

    /// Whether something of a node is otherwise than before.
    pub(super) fn is_changed(&self, node: NodeId) -> bool {
        self.0.contains_key(&node)
    }

    /// What became of a node, in a few words: that it is new or gone, and its attributes that changed.
    pub(super) fn words(&self, comparison: &Comparison, node: NodeId) -> Vec<String> {
        let mut words = match comparison.joint().presence(node) {
            Presence::New => vec!["new".to_owned()],
            Presence::Gone => vec!["removed".to_owned()],
            Presence::Both => Vec::new(),
        };
        let mut attributes = Vec::new();
        for position in self.0.get(&node).into_iter().flatten() {
            match &comparison.changes()[*position].what {
                What::NodeReplaced(_) => words.push("replaced".to_owned()),
                What::Attribute(_, attribute) => {
                    attributes.push(format!("{} {} → {}", attribute.key, attribute.before, attribute.after));
                }
                _ => words.extend(comparison.joint().former_name(node).map(|name| format!("was {name}"))),
            }
        }
        let left = attributes.len().saturating_sub(NAMED);
        words.extend(attributes.into_iter().take(NAMED));
        words.extend((left > 0).then(|| format!("{left} more attributes")));
        words
    }
}
