//! A judged change → what is worth drawing of it: the paths that it opens, gravest first, and in DOT what it takes away.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::links::Link;
use crate::analysis::{Hop, Leg};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::report::review::words::{Words, lead};
use crate::review::{
    Comparison, Finding, Kind, Pair, Presence, Question, Review, RouteHop, Routes, Side, What,
};
use crate::spec::{NodeId, Rule, Verb};

/// Pairs whose paths are looked for.
const PAIRS: usize = 1_000;
/// Removed edges that are drawn.
const REMOVED: usize = 40;

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

/// A line of the picture: one flow, and whether the change brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    pub(super) edge: EdgeId,
    pub(super) leg: Leg,
    pub(super) state: State,
}

/// What is drawn of a change.
#[derive(Debug)]
pub(super) struct Focus<'r> {
    pub(super) comparison: &'r Comparison,
    /// The lines of opening paths, those of the gravest findings first.
    pub(super) lines: Vec<Line>,
    /// Edges that are gone.
    pub(super) removed: Vec<Line>,
    /// Who gains a path that is drawn.
    pub(super) gaining: BTreeSet<NodeId>,
    /// What such a path leads to.
    pub(super) opened: BTreeSet<NodeId>,
    /// Paths that are not drawn.
    pub(super) left_out: usize,
}

impl<'r> Focus<'r> {
    /// The opening paths, on at most so many lines.
    pub(super) fn of(review: &'r Review, most_lines: usize) -> Self {
        let comparison = &review.comparison;
        let mut focus = Self {
            comparison,
            lines: Vec::new(),
            removed: Vec::new(),
            gaining: BTreeSet::new(),
            opened: BTreeSet::new(),
            left_out: 0,
        };
        let pairs = drawn_pairs(review);
        focus.left_out = pairs.len().saturating_sub(PAIRS);
        let mut seen = BTreeSet::new();
        for (pair, hops) in routes(comparison, &pairs[..pairs.len().min(PAIRS)]) {
            let new = hops.iter().filter(|hop| !seen.contains(&key(hop))).count();
            let is_first = focus.lines.is_empty();
            if focus.lines.len() + new > most_lines && !is_first {
                focus.left_out += 1;
                continue;
            }
            // Of a path that is too long by itself, what changed is drawn.
            let shown = hops.iter().filter(|hop| new <= most_lines || hop.is_changed).take(most_lines);
            for hop in shown {
                if seen.insert(key(hop)) {
                    focus.lines.push(focus.line(hop));
                }
            }
            if lead(pair).kind() == Kind::New {
                focus.gaining.insert(pair.from);
                focus.opened.insert(pair.to);
            }
        }
        focus
    }

    /// Adds the edges that are gone.
    pub(super) fn with_removed(mut self) -> Self {
        let graph = self.comparison.graph(Side::Base);
        let is_gone = |what: &What| matches!(what, What::Edge { head: None, .. });
        let gone = self.comparison.changes().iter().filter(|change| is_gone(&change.what));
        let declared = gone.filter_map(|change| self.comparison.edge_of(change)).take(REMOVED);
        self.removed = declared
            .filter_map(|edge| {
                let same = |id: &EdgeId| {
                    let found = graph.edge(*id);
                    found.is_declared() && (found.verb, found.to) == (edge.verb, edge.to)
                };
                let id = graph.edges_of(edge.from).find(same)?;
                let (from, to) = ends(edge.verb, edge.from, edge.to);
                Some(Line { from, to, edge: id, leg: Leg::Request, state: State::Removed })
            })
            .collect();
        self
    }

    fn line(&self, hop: &RouteHop) -> Line {
        let graph = self.graph(Side::Head);
        let edge = graph.edge(hop.hop.edge);
        let before = self.graph(Side::Base);
        let known = |id: EdgeId| (before.edge(id).verb, before.edge(id).to) == (edge.verb, edge.to);
        let state = match hop.is_changed {
            false => State::Same,
            true if before.edges_of(edge.from).any(known) => State::Changed,
            true => State::Added,
        };
        Line { from: hop.hop.from, to: hop.hop.to, edge: hop.hop.edge, leg: hop.hop.leg, state }
    }

    pub(super) fn graph(&self, side: Side) -> &'r CapabilityGraph {
        self.comparison.graph(side)
    }

    /// The nodes that are drawn, in node order.
    pub(super) fn nodes(&self) -> Vec<NodeId> {
        let all = self.lines.iter().chain(&self.removed).flat_map(|line| [line.from, line.to]);
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// A line as pictures of a side's graph draw it.
    pub(super) fn link(&self, line: &Line) -> Link<'r> {
        let side = if line.state == State::Removed { Side::Base } else { Side::Head };
        let edge = self.graph(side).edge(line.edge);
        Link { from: line.from, to: line.to, edges: vec![edge], back: None, leg: line.leg }
    }

    /// The small words under a name: what the node gains, where that is drawn.
    pub(super) fn words(&self, node: NodeId) -> Vec<String> {
        let mut words = Vec::new();
        let deltas = self.comparison.deltas().iter().filter(|delta| delta.kind() == Kind::New);
        let count = |question: Question, is_from: bool| {
            let of = |delta: &&crate::review::Delta| if is_from { delta.from } else { delta.to };
            deltas.clone().filter(|delta| delta.question == question && of(delta) == node).count()
        };
        if self.gaining.contains(&node) {
            match (count(Question::Influence, true), count(Question::Exposure, true)) {
                (0, 0) => {}
                (0, some) => words.push(format!("learns from +{some}")),
                (some, _) => words.push(format!("reaches +{some}")),
            }
        }
        if self.opened.contains(&node) {
            match (count(Question::Influence, false), count(Question::Exposure, false)) {
                (0, 0) => {}
                (0, some) => words.push(format!("now learned by {some} more")),
                (some, _) => words.push(format!("now reachable from {some} more")),
            }
        }
        if self.removed.iter().any(|line| line.from == node) {
            let closed = |delta: &&crate::review::Delta| {
                delta.from == node && delta.question == Question::Influence && delta.kind() == Kind::Closed
            };
            let lost = self.comparison.deltas().iter().filter(closed).count();
            words.extend((lost > 0).then(|| format!("reaches −{lost}")));
        }
        let state = match self.comparison.joint().presence(node) {
            Presence::Both => None,
            Presence::New => Some("new"),
            Presence::Gone => Some("removed"),
        };
        words.extend(state.map(str::to_owned));
        words
    }

    /// Sentences about what is not drawn.
    pub(super) fn not_drawn(&self) -> Vec<String> {
        let hidden = self.comparison.joint().nodes().len() - self.nodes().len();
        let nodes = if hidden == 1 {
            "1 other node hidden".to_owned()
        } else {
            format!("{hidden} other nodes hidden")
        };
        let paths = match self.left_out {
            1 => "1 more path not drawn".to_owned(),
            more => format!("{more} more paths not drawn"),
        };
        [(hidden > 0, nodes), (self.left_out > 0, paths)]
            .into_iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, text)| text)
            .collect()
    }
}

/// The pairs whose paths are drawn: those into what is more trusted and those out; where there are none, new ones elsewhere. Of a
/// finding with new influence, that alone: what else is new between the same nodes would draw the way back.
fn drawn_pairs(review: &Review) -> Vec<&Pair> {
    let is_up = |finding: &&Finding| {
        matches!(finding.rule, Rule::NewPathUp | Rule::FewerGuardsUp | Rule::NearerPathUp | Rule::NewWayOut)
    };
    let up: Vec<&Finding> = review.open().filter(is_up).collect();
    let elsewhere = || review.open().filter(|finding| finding.rule == Rule::NewPath).collect();
    let findings: Vec<&Finding> = if up.is_empty() { elsewhere() } else { up };
    let pairs = findings.into_iter().flat_map(|finding| {
        let all = Words::ordered(finding);
        let is_influence = |pair: &&Pair| lead(pair).question == Question::Influence;
        let influence: Vec<&Pair> = all.iter().copied().filter(is_influence).collect();
        if influence.is_empty() { all } else { influence }
    });
    pairs.collect()
}

/// The routes of some pairs, in their order. Those of one attacker are looked for together.
fn routes<'p>(comparison: &Comparison, pairs: &[&'p Pair]) -> Vec<(&'p Pair, Vec<RouteHop>)> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|at| (pairs[*at].from, *at));
    let mut finder = Routes::new(comparison, Side::Head);
    let mut found: IndexMap<usize, Vec<RouteHop>> = IndexMap::new();
    for at in order {
        let delta = lead(pairs[at]);
        let Some(route) = finder.find(delta.from, delta.question, delta.to) else { continue };
        let act = route.act.map(|act| {
            let verb = comparison.graph(Side::Head).edge(act.hop.edge).verb;
            let (from, to) = ends(verb, act.hop.from, act.hop.to);
            RouteHop { hop: Hop { from, to, ..act.hop }, ..act }
        });
        found.insert(at, route.hops.into_iter().chain(act).collect());
    }
    found.sort_unstable_keys();
    found.into_iter().map(|(at, hops)| (pairs[at], hops)).collect()
}

/// From where to where content goes by an edge.
fn ends(verb: Verb, actor: NodeId, target: NodeId) -> (NodeId, NodeId) {
    match verb {
        Verb::Write | Verb::Invoke => (actor, target),
        Verb::Read | Verb::Observe => (target, actor),
    }
}

fn key(hop: &RouteHop) -> (EdgeId, Leg) {
    (hop.hop.edge, hop.hop.leg)
}
