//! A judged change → what is worth drawing of it: the best of the paths that it opens, gravest findings first, and what else it
//! adds, takes away or declares otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::focus_changes::{Others, States, others};
use super::focus_figures::Figures;
use super::focus_routes;
use super::links::Link;
use crate::analysis::Leg;
use crate::compare::{Comparison, Kind, Presence, RouteHop, Side};
use crate::findings::{Finding, Pair, Review};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::model::Way;
use crate::model::{NodeId, Rule, ZoneId};
use crate::report::counts::thousands;
use crate::report::review::words::{Words, lead};

/// Pairs whose paths are looked for.
const PAIRS: usize = 1_000;

/// How a line came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It was there before.
    Same,
    /// It is new.
    Added,
    /// It is declared otherwise.
    Changed,
    /// It is gone.
    Removed,
}

/// What became of a node by itself, whatever it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing.
    Same,
    /// It is new.
    New,
    /// It has another name, kind or attribute.
    Changed,
    /// It is gone.
    Gone,
}

/// A line of the picture: one flow, and whether the change brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    pub(super) edge: EdgeId,
    pub(super) leg: Leg,
    pub(super) state: State,
    /// Whether a path that the change opens takes it.
    pub(super) is_on_path: bool,
}

impl Line {
    /// The side whose graph has it.
    pub(super) fn side(&self) -> Side {
        if self.state == State::Removed { Side::Base } else { Side::Head }
    }
}

/// The zone that a box stands for, with the side that has it; nothing for what stands in none.
pub(super) type Frame = Option<(Side, ZoneId)>;

/// How much is drawn at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    /// Lines of opening paths.
    pub(super) lines: usize,
    /// What changed and is on no such path: lines and nodes.
    pub(super) changes: usize,
}

/// What is drawn of a change.
#[derive(Debug)]
pub(super) struct Focus<'r> {
    pub(super) comparison: &'r Comparison,
    /// The lines of opening paths, those of the gravest findings first.
    pub(super) lines: Vec<Line>,
    /// What changed beside them.
    pub(super) others: Others,
    /// Who gains a path that is drawn.
    pub(super) gaining: BTreeSet<NodeId>,
    /// What such a path leads to.
    pub(super) opened: BTreeSet<NodeId>,
    /// Paths that are not drawn.
    left_out: usize,
    figures: Figures,
    states: States,
}

impl<'r> Focus<'r> {
    /// The opening paths and the changes, so many of them at most.
    pub(super) fn of(review: &'r Review, most: Most) -> Self {
        let comparison = &review.comparison;
        let mut focus = Self {
            comparison,
            lines: Vec::new(),
            others: Others::default(),
            gaining: BTreeSet::new(),
            opened: BTreeSet::new(),
            left_out: 0,
            figures: Figures::of(comparison),
            states: States::of(comparison),
        };
        focus.draw_paths(review, most.lines);
        focus.others = others(comparison, &focus.lines, most.changes);
        focus
    }

    fn draw_paths(&mut self, review: &Review, most: usize) {
        let pairs = drawn_pairs(review);
        self.left_out = pairs.len().saturating_sub(PAIRS);
        let mut seen = BTreeSet::new();
        let routes = focus_routes::routes(self.comparison, &pairs[..pairs.len().min(PAIRS)]);
        for (pair, hops) in routes {
            let new = hops.iter().filter(|hop| !seen.contains(&key(hop))).count();
            if self.lines.len() + new > most && !self.lines.is_empty() {
                self.left_out += 1;
                continue;
            }
            // Of a path that is too long by itself, what changed is drawn.
            let shown = hops.iter().filter(|hop| new <= most || hop.is_changed).take(most);
            for hop in shown {
                if seen.insert(key(hop)) {
                    self.lines.push(self.line(hop));
                }
            }
            if lead(pair).kind() == Kind::New {
                self.gaining.insert(pair.from);
                self.opened.insert(pair.to);
            }
        }
    }

    fn line(&self, hop: &RouteHop) -> Line {
        let edge = self.graph(Side::Head).edge(hop.hop.edge);
        let before = self.graph(Side::Base);
        let known = |id: EdgeId| (before.edge(id).verb, before.edge(id).to) == (edge.verb, edge.to);
        let state = match hop.is_changed {
            false => State::Same,
            true if before.edges_of(edge.from).any(known) => State::Changed,
            true => State::Added,
        };
        let (from, to) = (hop.hop.from, hop.hop.to);
        Line { from, to, edge: hop.hop.edge, leg: hop.hop.leg, state, is_on_path: true }
    }

    pub(super) fn graph(&self, side: Side) -> &'r CapabilityGraph {
        self.comparison.graph(side)
    }

    /// All lines: those of paths, then the others.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().chain(&self.others.lines)
    }

    /// The nodes that are drawn, in node order.
    pub(super) fn nodes(&self) -> Vec<NodeId> {
        let ends = self.all_lines().flat_map(|line| [line.from, line.to]);
        let all: BTreeSet<NodeId> = ends.chain(self.others.nodes.iter().copied()).collect();
        all.into_iter().collect()
    }

    /// A line as pictures of its side's graph draw it.
    pub(super) fn link(&self, line: &Line) -> Link<'r> {
        let edge = self.graph(line.side()).edge(line.edge);
        Link { from: line.from, to: line.to, edges: vec![edge], back: None, leg: line.leg }
    }

    /// What became of a node by itself.
    pub(super) fn fate(&self, node: NodeId) -> Fate {
        match self.comparison.joint().presence(node) {
            Presence::New => Fate::New,
            Presence::Gone => Fate::Gone,
            Presence::Both if self.states.is_changed(node) => Fate::Changed,
            Presence::Both => Fate::Same,
        }
    }

    /// The side that tells what a node is: the head, or the base where it is gone.
    pub(super) fn side(&self, node: NodeId) -> Side {
        if self.comparison.joint().has(Side::Head, node) { Side::Head } else { Side::Base }
    }

    /// The boxes that the nodes stand in, the least trusted first, each with its side and its nodes; then what is in none. A node that
    /// is gone stands in the box of the same name; boxes that are gone come after those that are there.
    pub(super) fn zones(&self) -> Vec<(Frame, Vec<NodeId>)> {
        let joint = self.comparison.joint();
        let mut zones: BTreeMap<(usize, usize), (Frame, Vec<NodeId>)> = BTreeMap::new();
        for node in self.nodes() {
            let side = self.side(node);
            let zone = joint.node(side, node).zone.map(|zone| {
                let name = joint.spec(side).zone_name(zone);
                let in_head = joint.spec(Side::Head).zones.get_index_of(name).map(ZoneId::new);
                in_head.map_or((side, zone), |zone| (Side::Head, zone))
            });
            let rank = match zone {
                Some((Side::Head, zone)) => (0, zone.index()),
                Some((Side::Base, zone)) => (1, zone.index()),
                None => (2, 0),
            };
            zones.entry(rank).or_insert((zone, Vec::new())).1.push(node);
        }
        zones.into_values().collect()
    }

    /// The small words under a name: what became of the node, how much it reaches and by how many it is reached, before and after.
    pub(super) fn words(&self, node: NodeId) -> Vec<String> {
        let mut words = self.states.words(self.comparison, node);
        let is_changed = !words.is_empty() || self.others.is_touched(node);
        words.extend(self.figures.reaches(self.comparison, node, self.gaining.contains(&node), is_changed));
        words.extend(self.figures.reached(self.comparison, node, self.opened.contains(&node)));
        words
    }

    /// Sentences about what is not drawn.
    pub(super) fn not_drawn(&self) -> Vec<String> {
        let hidden = self.comparison.joint().nodes().len() - self.nodes().len();
        let plural = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{} {many}", thousands(count))),
        };
        let sentences = [
            plural(self.left_out, "more path not drawn", "more paths not drawn"),
            plural(self.others.left_out, "more change not drawn", "more changes not drawn"),
            plural(hidden, "other node hidden", "other nodes hidden"),
        ];
        sentences.into_iter().flatten().collect()
    }
}

/// The pairs whose paths are drawn: those into what is more trusted and those out; where there are none, new ones elsewhere. The
/// best of each finding come first, so that none hides behind the many of another. Of a finding with new influence, that alone:
/// what else is new between the same nodes would draw the way back.
fn drawn_pairs(review: &Review) -> Vec<&Pair> {
    let is_up = |finding: &&Finding| {
        matches!(finding.rule, Rule::NewPathUp | Rule::FewerGuardsUp | Rule::NearerPathUp | Rule::NewWayOut)
    };
    let up: Vec<&Finding> = review.open().filter(is_up).collect();
    let elsewhere = || review.open().filter(|finding| finding.rule == Rule::NewPath).collect();
    let findings: Vec<&Finding> = if up.is_empty() { elsewhere() } else { up };
    let ranked = findings.into_iter().flat_map(|finding| best_of(finding).into_iter().enumerate());
    let mut ranked: Vec<(usize, &Pair)> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, pair)| pair).collect()
}

fn best_of(finding: &Finding) -> Vec<&Pair> {
    let all = Words::ordered(finding);
    let influence: Vec<&Pair> =
        all.iter().copied().filter(|pair| lead(pair).question == Way::Influence).collect();
    if influence.is_empty() { all } else { influence }
}

fn key(hop: &RouteHop) -> (EdgeId, Leg) {
    (hop.hop.edge, hop.hop.leg)
}
