//! What to change first, as a picture: the flows between the two groups, those of the smallest cuts with paths through them first;
//! what is cut is dashed, and what every path passes ringed.

use std::collections::BTreeSet;

use super::elements::{Link, in_plane};
use super::limits::{DrawError, Most};
use super::looks::Ink;
use super::model::{Direction, Format, Labels, Legend, Line, LineRole, Node, Picture, Role, Stroke};
use super::topology::groups;
use crate::analysis::Leg;
use crate::graph::{Edge, EdgeId};
use crate::hardening::{By, ChokePoint, Cut, CutAnswer, Flow, Hardening};
use crate::model::{NodeId, Text};
use crate::report::counts::counted;
use crate::report::pages::harden::{cut_titles, figures, title};
use crate::report::what_if::what_if_line;
use crate::report::write::{self, Plain};

/// What lies between the two groups of a question, so much of it at most.
pub(super) fn picture(hardening: &Hardening<'_>, most: Most, format: Format) -> Result<Picture, DrawError> {
    let focus = Focus::of(hardening, most.lines);
    if focus.lines.is_empty() {
        return Err(DrawError::NothingBetween);
    }
    let nodes = focus.nodes();
    let in_words = |text: &Text| focus.in_words(text);
    let (direction, subtitles) = match format {
        Format::Dot => (Direction::Down, figures(hardening).iter().take(1).map(in_words).collect()),
        Format::Mermaid => (Direction::Across, Vec::new()),
    };
    Ok(Picture {
        title: in_words(&title(hardening)),
        subtitles,
        what_if: what_if_line(hardening.graph.spec()).into_iter().collect(),
        legend: focus.legend(),
        notes: focus.notes(format),
        direction,
        labels: Labels::WordsApart,
        groups: groups(hardening.graph.spec(), &nodes, |node| focus.node(node)),
        lines: focus.lines.iter().map(|flow| focus.line(flow, format)).collect(),
        ..Picture::default()
    })
}

/// What becomes of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Nothing.
    Stays,
    /// The smallest cut that is shown first takes it away.
    Cut,
    /// The other one does.
    OtherCut,
}

/// A flow that is drawn.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    edge: EdgeId,
    leg: Leg,
    from: NodeId,
    to: NodeId,
    mark: Mark,
    /// Whether every path passes it.
    is_choke: bool,
}

/// What is drawn.
struct Focus<'h> {
    hardening: &'h Hardening<'h>,
    lines: Vec<Drawn>,
    /// Flows between the two groups that are not drawn.
    left_out: usize,
    /// The edges of the graph with the guards that count.
    edges: Vec<Edge>,
}

impl<'h> Focus<'h> {
    /// The flows between the two groups, so many of them at most.
    fn of(hardening: &'h Hardening<'h>, most: usize) -> Self {
        let ways = hardening.ways();
        let mut shown: Vec<Flow> = Vec::new();
        let mut seen: BTreeSet<Flow> = BTreeSet::new();
        let cuts = cuts(hardening).flat_map(|cut| &cut.edges).map(|edge| (edge.edge, edge.leg));
        for flow in cuts {
            let route = ways.route(flow);
            let new = route.iter().filter(|flow| !seen.contains(*flow)).count();
            if shown.len() + new <= most {
                shown.extend(route.into_iter().filter(|flow| seen.insert(*flow)));
            } else if shown.is_empty() {
                // Of a path that is too long by itself, what is around the cut.
                let at = route.iter().position(|one| *one == flow).unwrap_or_default();
                let around = route.into_iter().skip(at.saturating_sub(most / 2)).take(most);
                shown.extend(around.filter(|flow| seen.insert(*flow)));
            }
        }
        let rest = ways.flows().filter(|flow| !seen.contains(flow));
        let rest: Vec<Flow> = rest.take(most.saturating_sub(shown.len())).collect();
        shown.extend(rest);
        let left_out = ways.flows().len() - shown.len();
        let lines =
            shown.into_iter().filter_map(|flow| Some(drawn(hardening, flow, ways.ends(flow)?))).collect();
        Self { hardening, lines, left_out, edges: in_plane(hardening.graph, hardening.question.plane) }
    }

    /// The nodes that are drawn, in node order.
    fn nodes(&self) -> Vec<NodeId> {
        let ends: BTreeSet<NodeId> = self.lines.iter().flat_map(|line| [line.from, line.to]).collect();
        ends.into_iter().collect()
    }

    fn has(&self, mark: Mark) -> bool {
        self.lines.iter().any(|line| line.mark == mark)
    }

    /// Whether an attacker holds a node.
    fn is_held(&self, node: NodeId) -> bool {
        self.hardening.question.from.binary_search(&node).is_ok()
    }

    /// Whether a node is to be kept.
    fn is_kept(&self, node: NodeId) -> bool {
        self.hardening.question.to.binary_search(&node).is_ok()
    }

    /// Whether every path passes a node.
    fn is_choke(&self, node: NodeId) -> bool {
        self.hardening.chokes.common.contains(&ChokePoint::Node(node))
    }

    fn in_words(&self, text: &Text) -> String {
        write::text(&Plain, self.hardening.graph.spec(), text)
    }

    fn node(&self, id: NodeId) -> Node {
        let role = match (self.is_held(id), self.is_kept(id)) {
            (true, _) => Role::Held,
            (false, true) => Role::Kept,
            (false, false) => Role::Between,
        };
        let words = [
            (self.is_held(id), "held"),
            (self.is_kept(id), "to be kept"),
            (self.is_choke(id), "every path passes"),
        ];
        let words = words.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned()).collect();
        Node { is_choke: self.is_choke(id), ..Node::new(self.hardening.graph.spec(), id, role, words) }
    }

    fn line(&self, flow: &Drawn, format: Format) -> Line {
        let (graph, spec) = (self.hardening.graph, self.hardening.graph.spec());
        let link = Link {
            from: flow.from,
            to: flow.to,
            edges: vec![&self.edges[flow.edge.index()]],
            back: None,
            leg: flow.leg,
        };
        let (role, stroke) = match flow.mark {
            Mark::Cut => (LineRole::Cut, Stroke::Dashed),
            Mark::OtherCut => (LineRole::OtherCut, Stroke::Dotted),
            Mark::Stays if flow.is_choke => (LineRole::Choke, Stroke::Solid),
            Mark::Stays => (LineRole::Unchanged, Stroke::Solid),
        };
        let label = match format {
            // With the words of what a credential opens, which Mermaid leaves out.
            Format::Dot => std::iter::once(link.words(spec)).chain(link.authority(spec)).collect(),
            Format::Mermaid => link.words_of_flow(spec),
        };
        let sign = sign(self.hardening.question.by, flow.mark);
        Line { stroke, sign, ..link.line(graph, role, label) }
    }

    fn legend(&self) -> Vec<Legend> {
        let by = self.hardening.question.by;
        let is = |test: &dyn Fn(NodeId) -> bool| self.nodes().iter().any(|node| test(*node));
        let [first, other] = cut_titles(self.hardening).map(|title| self.in_words(&title));
        let choke = |flow: &Drawn| flow.is_choke && flow.mark == Mark::Stays;
        let cut = |mark, style: &str, words: String| {
            Legend::sign(Ink::ClosedText, format!("{} {style}", sign(by, mark)), words)
        };
        Legend::occurring([
            (self.has(Mark::Cut), cut(Mark::Cut, "dashed", first)),
            (self.has(Mark::OtherCut), cut(Mark::OtherCut, "dotted", other)),
            (
                is(&|node| self.is_choke(node)) || self.lines.iter().any(choke),
                Legend::sign(Ink::Text, "ringed, thick", "every path passes"),
            ),
            (is(&|node| self.is_held(node)), Legend::sign(Ink::TaintText, "filled", "an attacker holds it")),
            (is(&|node| self.is_kept(node)), Legend::sign(Ink::ClosedText, "green border", "to be kept")),
            (true, Legend::words("arrows follow the content")),
        ])
    }

    /// What the picture cannot show. Mermaid has no legend, and Mermaid's renderers do not all show a title, so that the cuts and
    /// what is not as it stands are notes there.
    fn notes(&self, format: Format) -> Vec<String> {
        let hardening = self.hardening;
        let is_derived = |edge: EdgeId| !hardening.graph.edge(edge).is_declared();
        let cut = match &hardening.cut {
            CutAnswer::Uncuttable(_) => Some("no cut: on some path every edge has to stay"),
            CutAnswer::NoGuard => Some("no guard of the spec stops this"),
            CutAnswer::Cut { near_ends, .. } if near_ends.edges.iter().any(|edge| is_derived(edge.edge)) => {
                Some("a derived edge goes with what it is derived from: -f text says what that is")
            }
            CutAnswer::Cut { .. } | CutAnswer::Apart => None,
        };
        let instead_of_legend = match format {
            Format::Dot => Vec::new(),
            Format::Mermaid => {
                let [first, other] = cut_titles(hardening).map(|title| self.in_words(&title));
                let cuts =
                    [(Mark::Cut, format!("dashed: {first}")), (Mark::OtherCut, format!("dotted: {other}"))];
                let cuts = cuts.into_iter().filter(|(mark, _)| self.has(*mark)).map(|(_, words)| words);
                cuts.chain(what_if_line(hardening.graph.spec())).collect()
            }
        };
        instead_of_legend.into_iter().chain(cut.map(str::to_owned)).chain(self.not_drawn()).collect()
    }

    /// Sentences about what is not drawn.
    fn not_drawn(&self) -> Vec<String> {
        let hidden = self.hardening.graph.spec().nodes.len() - self.nodes().len();
        let flows = (self.left_out > 0)
            .then(|| format!("{} between them not drawn", counted(self.left_out, "more flow")));
        let nodes = (hidden > 0).then(|| format!("{} hidden", counted(hidden, "other node")));
        flows.into_iter().chain(nodes).collect()
    }
}

/// The sign of what is done to a flow that is cut.
const fn sign(by: By, mark: Mark) -> &'static str {
    match (by, mark) {
        (_, Mark::Stays) => "",
        (By::Edges, _) => "−",
        (By::Guards, _) => "+ guard:",
    }
}

fn drawn(hardening: &Hardening<'_>, (edge, leg): Flow, (from, to): (NodeId, NodeId)) -> Drawn {
    let is_of = |cut: &Cut| cut.edges.iter().any(|one| (one.edge, one.leg) == (edge, leg));
    let mark = match cuts(hardening).position(is_of) {
        Some(0) => Mark::Cut,
        Some(_) => Mark::OtherCut,
        None => Mark::Stays,
    };
    let is_choke = hardening.chokes.common.contains(&ChokePoint::Edge(edge, leg));
    Drawn { edge, leg, from, to, mark, is_choke }
}

/// The smallest cuts, the one that is shown first.
fn cuts<'h>(hardening: &'h Hardening<'_>) -> impl Iterator<Item = &'h Cut> {
    let (first, other) = match &hardening.cut {
        CutAnswer::Cut { near_ends, near_starts } => (Some(near_ends), near_starts.as_ref()),
        CutAnswer::Apart | CutAnswer::NoGuard | CutAnswer::Uncuttable(_) => (None, None),
    };
    first.into_iter().chain(other)
}
