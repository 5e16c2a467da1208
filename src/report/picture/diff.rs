//! A judged change as a picture: the best of the paths that it opens, gravest findings first, and what else it adds, takes away or
//! declares otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::elements::{Link, ends};
use super::limits::{MAX_PAIRS, Most};
use super::looks::Ink;
use super::model::{Direction, Format, Group, Labels, Legend, Line, LineRole, Node, Picture, Role, Stroke};
use super::topology::zone;
use crate::analysis::{Hop, Leg};
use crate::compare::{Comparison, Kind, Presence, RouteHop, Routes, Side, Tally, What};
use crate::findings::{Finding, Pair, Review};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::model::text::{count, phrase};
use crate::model::{Edge, NodeId, Rule, Text, Tone, Way, ZoneId};
use crate::report::counts::thousands;
use crate::report::pages::diff::Context;
use crate::report::pages::diff::words::{Words, changed, lead, plain, verdict};
use crate::report::what_if::what_if_sides;

/// Attributes of one node that its label names.
const NAMED: usize = 2;

/// A change, so much of it at most. What is not drawn is counted.
pub(super) fn picture(review: &Review, context: &Context, most: Most, format: Format) -> Picture {
    let comparison = &review.comparison;
    let subtitle = match format {
        Format::Dot => {
            let changed = plain(comparison, &changed(&Tally::of(comparison)));
            format!("{changed} · influence: {}", opened(comparison))
        }
        Format::Mermaid => plain(comparison, &verdict(review)),
    };
    Picture {
        title: format!("{} → {}", context.base, context.head),
        subtitles: vec![subtitle],
        what_if: what_if_sides(comparison.joint()).map(|line| plain(comparison, &line)).collect(),
        ..Focus::of(review, most).picture(format)
    }
}

/// The opening paths for the comment on a pull request, with so many lines at most, under no title; and as phrases what the
/// signs mean and what is left out. Nothing where there is nothing to draw.
///
/// What is taken away is left to the other pictures: Mermaid turns a chart of several pieces around, and doubles its height.
pub(super) fn comment(review: &Review, lines: usize) -> Option<(Picture, Vec<Text>)> {
    let focus = Focus::of(review, Most { lines, changes: 0 });
    if focus.lines.is_empty() {
        return None;
    }
    let has = |state: State| focus.lines.iter().any(|line| line.state == state);
    let signs = [
        (has(State::Added), phrase![phrase!["+"].toned(Tone::Strong), " added"]),
        (has(State::Changed), phrase![phrase!["±"].toned(Tone::Strong), " declared otherwise"]),
        (has(State::Same), phrase!["thin: unchanged"]),
        (!focus.opened.is_empty(), phrase!["filled: where a new path leads"]),
    ];
    let caption = signs.into_iter().filter(|(occurs, _)| *occurs).map(|(_, sign)| sign);
    let caption = caption.chain(focus.not_drawn()).collect();
    Some((focus.picture(Format::Mermaid), caption))
}

/// `11 pairs new, 7 closed`.
fn opened(comparison: &Comparison) -> String {
    let [influence, ..] = comparison.counts();
    let kinds = [Kind::New, Kind::Nearer, Kind::Farther, Kind::Closed];
    let some = kinds.into_iter().map(|kind| (influence.of(kind), kind)).filter(|(count, _)| *count > 0);
    let words: Vec<String> = some
        .enumerate()
        .map(|(at, (count, kind))| {
            let noun = if at > 0 {
                ""
            } else if count == 1 {
                "pair "
            } else {
                "pairs "
            };
            format!("{} {noun}{}", thousands(count), kind.as_str())
        })
        .collect();
    if words.is_empty() { "as before".to_owned() } else { words.join(", ") }
}

/// How a line came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It was there before.
    Same,
    /// It is new.
    Added,
    /// It is declared otherwise.
    Changed,
    /// It is gone.
    Removed,
}

/// A flow that is drawn, and whether the change brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Drawn {
    from: NodeId,
    to: NodeId,
    edge: EdgeId,
    leg: Leg,
    state: State,
    /// Whether a path that the change opens takes it.
    is_on_path: bool,
}

impl Drawn {
    /// The side whose graph has it.
    fn side(&self) -> Side {
        if self.state == State::Removed { Side::Base } else { Side::Head }
    }
}

/// The zone that a box stands for, with the side that has it; nothing for what stands in none.
type Frame = Option<(Side, ZoneId)>;

/// What is drawn of a change.
#[derive(Debug)]
struct Focus<'r> {
    comparison: &'r Comparison,
    /// The lines of opening paths, those of the gravest findings first.
    lines: Vec<Drawn>,
    /// What changed beside them.
    others: Others,
    /// Who gains a path that is drawn.
    gaining: BTreeSet<NodeId>,
    /// What such a path leads to.
    opened: BTreeSet<NodeId>,
    /// Paths that are not drawn.
    left_out: usize,
    figures: Figures,
    states: States<'r>,
}

impl<'r> Focus<'r> {
    /// The opening paths and the changes, so many of them at most.
    fn of(review: &'r Review, most: Most) -> Self {
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
        self.left_out = pairs.len().saturating_sub(MAX_PAIRS);
        let mut seen = BTreeSet::new();
        let routes = routes(self.comparison, &pairs[..pairs.len().min(MAX_PAIRS)]);
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
                    self.lines.push(self.drawn(hop));
                }
            }
            if lead(pair).kind() == Kind::New {
                self.gaining.insert(pair.from);
                self.opened.insert(pair.to);
            }
        }
    }

    fn drawn(&self, hop: &RouteHop) -> Drawn {
        let edge = self.graph(Side::Head).edge(hop.hop.edge);
        let before = self.graph(Side::Base);
        let known = |id: EdgeId| (before.edge(id).verb, before.edge(id).to) == (edge.verb, edge.to);
        let state = match hop.is_changed {
            false => State::Same,
            true if before.edges_of(edge.from).any(known) => State::Changed,
            true => State::Added,
        };
        let (from, to) = (hop.hop.from, hop.hop.to);
        Drawn { from, to, edge: hop.hop.edge, leg: hop.hop.leg, state, is_on_path: true }
    }

    fn graph(&self, side: Side) -> &'r CapabilityGraph {
        self.comparison.graph(side)
    }

    /// All lines: those of paths, then the others.
    fn all_lines(&self) -> impl Iterator<Item = &Drawn> {
        self.lines.iter().chain(&self.others.lines)
    }

    /// The nodes that are drawn, in node order.
    fn nodes(&self) -> Vec<NodeId> {
        let ends = self.all_lines().flat_map(|line| [line.from, line.to]);
        let all: BTreeSet<NodeId> = ends.chain(self.others.nodes.iter().copied()).collect();
        all.into_iter().collect()
    }

    /// What is drawn, under no title.
    fn picture(&self, format: Format) -> Picture {
        let direction = match format {
            Format::Dot => Direction::Down,
            Format::Mermaid => Direction::Across,
        };
        Picture {
            legend: self.legend(),
            notes: self.not_drawn().map(|note| plain(self.comparison, &note)).collect(),
            direction,
            labels: Labels::WordsApart,
            groups: self.groups(),
            lines: self.all_lines().map(|line| self.line(line, format)).collect(),
            ..Picture::default()
        }
    }

    fn groups(&self) -> Vec<Group> {
        let joint = self.comparison.joint();
        let group = |(position, (frame, nodes)): (usize, (Frame, Vec<NodeId>))| Group {
            zone: frame.map(|(side, at)| zone(joint.spec(side), at, position)),
            nodes: nodes.into_iter().map(|node| self.node(node)).collect(),
        };
        self.zones().into_iter().enumerate().map(group).collect()
    }

    fn node(&self, id: NodeId) -> Node {
        let spec = self.comparison.joint().spec(self.side(id));
        let is_opened = self.opened.contains(&id);
        Node { is_opened, ..Node::new(spec, id, self.role(id), self.words(id)) }
    }

    /// What became of a node by itself, and if nothing did, whether a path that opens is about it.
    fn role(&self, node: NodeId) -> Role {
        match self.comparison.joint().presence(node) {
            Presence::New => Role::New,
            Presence::Gone => Role::Gone,
            Presence::Both if self.states.0.contains_key(&node) => Role::Changed,
            Presence::Both if self.opened.contains(&node) || self.gaining.contains(&node) => Role::Gaining,
            Presence::Both => Role::Unchanged,
        }
    }

    fn line(&self, line: &Drawn, format: Format) -> Line {
        let graph = self.graph(line.side());
        let (from, to, edge) = (line.from, line.to, graph.edge(line.edge));
        let link = Link { from, to, edges: vec![edge], back: None, leg: line.leg };
        let (sign, role) = match (line.state, line.is_on_path) {
            (State::Same, _) => ("", LineRole::Unchanged),
            (State::Added, true) => ("+", LineRole::Opening),
            (State::Added, false) => ("+", LineRole::Aside),
            (State::Changed, true) => ("±", LineRole::Opening),
            (State::Changed, false) => ("±", LineRole::Aside),
            (State::Removed, _) => ("−", LineRole::Removed),
        };
        let stroke = match (line.state, format) {
            (State::Removed, _) => Stroke::Dashed,
            // In DOT dashes say that a line is gone, and nothing else.
            (State::Same, Format::Mermaid) if link.is_derived() => Stroke::Dashed,
            (State::Same | State::Added | State::Changed, _) => Stroke::Solid,
        };
        let label = match format {
            Format::Dot => vec![link.words(graph.spec())],
            Format::Mermaid => link.words_of_flow(graph.spec()),
        };
        Line { stroke, sign, ..link.line(graph, role, label) }
    }

    fn legend(&self) -> Vec<Legend> {
        let has = |state: State| self.all_lines().any(|line| line.state == state);
        let is_new = self.nodes().iter().any(|node| self.role(*node) == Role::New);
        let on_path = self.lines.iter().any(|line| line.state == State::Same);
        let taint = |sign: &str, meaning: &str| Legend::sign(Ink::TaintText, sign, meaning);
        Legend::occurring([
            (has(State::Added), taint("+", "added")),
            (has(State::Changed), taint("±", "declared otherwise")),
            (has(State::Removed), Legend::sign(Ink::ClosedText, "− dashed", "removed")),
            (on_path, taint("thin", "unchanged, on a path that this change opens")),
            (!self.opened.is_empty(), taint("filled", "where such a path leads")),
            (is_new, taint("thick border", "new")),
            (self.all_lines().next().is_some(), Legend::words("arrows follow the content")),
        ])
    }

    /// The side that tells what a node is: the head, or the base where it is gone.
    fn side(&self, node: NodeId) -> Side {
        if self.comparison.joint().has(Side::Head, node) { Side::Head } else { Side::Base }
    }

    /// The boxes that the nodes stand in, the least trusted first, each with its side and its nodes; then what is in none. A node that
    /// is gone stands in the box of the same name; boxes that are gone come after those that are there.
    fn zones(&self) -> Vec<(Frame, Vec<NodeId>)> {
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
    fn words(&self, node: NodeId) -> Vec<String> {
        let mut words = self.states.words(self.comparison, node);
        let is_changed = !words.is_empty() || self.others.is_touched(node);
        words.extend(self.figures.reaches(self.comparison, node, self.gaining.contains(&node), is_changed));
        words.extend(self.figures.reached(self.comparison, node, self.opened.contains(&node)));
        words
    }

    /// Sentences about what is not drawn.
    fn not_drawn(&self) -> impl Iterator<Item = Text> {
        let hidden = self.comparison.joint().nodes().len() - self.nodes().len();
        let some = |many: usize, noun: &'static str, state: &'static str| {
            (many > 0).then(|| phrase![count(many, noun), state])
        };
        let sentences = [
            some(self.left_out, "more path", " not drawn"),
            some(self.others.left_out, "more change", " not drawn"),
            some(hidden, "other node", " hidden"),
        ];
        sentences.into_iter().flatten()
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

/// The paths of some pairs, in their order. Those of one attacker are looked for together, since they share a search.
fn routes<'p>(comparison: &Comparison, pairs: &[&'p Pair]) -> Vec<(&'p Pair, Vec<RouteHop>)> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|at| (pairs[*at].from, *at));
    let mut finder = Routes::new(comparison, Side::Head);
    let mut found: Vec<(usize, Vec<RouteHop>)> = Vec::with_capacity(pairs.len());
    for at in order {
        let delta = lead(pairs[at]);
        let Some(route) = finder.find(delta.from, delta.question, delta.to) else { continue };
        let act = route.act.map(|act| {
            let verb = comparison.graph(Side::Head).edge(act.hop.edge).verb;
            let (from, to) = ends(verb, act.hop.from, act.hop.to);
            RouteHop { hop: Hop { from, to, ..act.hop }, ..act }
        });
        found.push((at, route.hops.into_iter().chain(act).collect()));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(at, hops)| (pairs[at], hops)).collect()
}

/// What changed and is on no path that is drawn.
#[derive(Debug, Default)]
struct Others {
    /// Edges that came, went, or are declared otherwise.
    lines: Vec<Drawn>,
    /// Nodes that came, went, or have another attribute.
    nodes: BTreeSet<NodeId>,
    /// What of it is not drawn.
    left_out: usize,
}

impl Others {
    /// Whether an edge that a node acts by is among the changes.
    fn is_touched(&self, node: NodeId) -> bool {
        self.lines.iter().any(|line| line.from == node)
    }
}

/// What changed and is not among some lines, as much of it at most.
fn others(comparison: &Comparison, drawn: &[Drawn], most: usize) -> Others {
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

    fn add_line(&mut self, line: Option<Drawn>, known: &BTreeSet<EdgeId>, most: usize) {
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
fn line(comparison: &Comparison, declared: &Edge, side: Side, state: State) -> Option<Drawn> {
    let graph = comparison.graph(side);
    let same = |id: &EdgeId| {
        let edge = graph.edge(*id);
        edge.is_declared() && (edge.verb, edge.to) == (declared.verb, declared.to)
    };
    let edge = graph.edges_of(declared.from).find(same)?;
    let (from, to) = ends(declared.verb, declared.from, declared.to);
    Some(Drawn { from, to, edge, leg: Leg::Request, state, is_on_path: false })
}

/// By node: the changes that are about it alone.
#[derive(Debug, Default)]
struct States<'r>(BTreeMap<NodeId, Vec<&'r What>>);

impl<'r> States<'r> {
    fn of(comparison: &'r Comparison) -> Self {
        let mut states = Self::default();
        for what in comparison.changes().iter().map(|change| &change.what) {
            if let What::NodeRenamed(node) | What::NodeReplaced(node) | What::Attribute(node, _) = what {
                states.0.entry(*node).or_default().push(what);
            }
        }
        states
    }

    /// What became of a node, in a few words: that it is new or gone, and its attributes that changed.
    fn words(&self, comparison: &Comparison, node: NodeId) -> Vec<String> {
        let mut words = match comparison.joint().presence(node) {
            Presence::New => vec!["new".to_owned()],
            Presence::Gone => vec!["removed".to_owned()],
            Presence::Both => Vec::new(),
        };
        let mut attributes = Vec::new();
        for what in self.0.get(&node).into_iter().flatten() {
            match what {
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

/// By node: how many nodes gain, and lose, influence on it, and so for what they learn from it.
#[derive(Debug, Default)]
struct Figures(Vec<[[usize; 2]; 2]>);

impl Figures {
    /// Counts all differences, in one walk over them.
    fn of(comparison: &Comparison) -> Self {
        let mut by_node = vec![[[0; 2]; 2]; comparison.joint().nodes().len()];
        for delta in comparison.deltas() {
            let plane = match delta.question {
                Way::Influence => 0,
                Way::Exposure => 1,
                Way::Write | Way::Read | Way::Invoke | Way::Observe => continue,
            };
            match delta.kind() {
                Kind::New => by_node[delta.to.index()][plane][0] += 1,
                Kind::Closed => by_node[delta.to.index()][plane][1] += 1,
                Kind::Nearer | Kind::Farther => {}
            }
        }
        Self(by_node)
    }

    /// How much a node reaches: `reaches 9 → 10`. For a node that is new or gone, one figure. Of others only where it differs and
    /// something of it is drawn.
    fn reaches(&self, comparison: &Comparison, node: NodeId, gains: bool, changed: bool) -> Option<String> {
        let [before, after] = comparison.reach(node);
        match comparison.joint().presence(node) {
            Presence::New => Some(format!("reaches {}", after.influenced)),
            Presence::Gone => Some(format!("reached {}", before.influenced)),
            Presence::Both if !gains && !changed => None,
            Presence::Both if before.influenced != after.influenced => {
                Some(format!("reaches {} → {}", before.influenced, after.influenced))
            }
            Presence::Both if gains && before.exposed != after.exposed => {
                Some(format!("learns from {} → {}", before.exposed, after.exposed))
            }
            Presence::Both => None,
        }
    }

    /// By how many more a node is reached: `reachable from 2 more`.
    fn reached(&self, comparison: &Comparison, node: NodeId, opened: bool) -> Option<String> {
        let [[influence, lost], [exposure, _]] = self.0[node.index()];
        match comparison.joint().presence(node) {
            Presence::New => Some(format!("reachable from {influence}")),
            Presence::Gone => Some(format!("was reachable from {lost}")),
            Presence::Both if !opened => None,
            Presence::Both if influence > 0 => Some(format!("now reachable from {influence} more")),
            Presence::Both if exposure > 0 => Some(format!("now learned by {exposure} more")),
            Presence::Both => None,
        }
    }
}
