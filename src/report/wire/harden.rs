//! `harden -f json`: what to change first, with all changes that close something.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::changes::{ChangeJson, LegJson, change, changes, leg};
use super::each::Each;
use super::parts;
use super::parts::PathJson;
use crate::hardening::{ChokePoint, Cut, CutAnswer, CutEdge, Effect, EndChokes, Hardening, stopping};
use crate::model::NodeId;

/// What keeps two groups of nodes apart.
#[derive(Serialize, JsonSchema)]
pub(super) struct HardenJson<'b, 'a> {
    /// `crabwalk/harden/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// `influence`: `from` steers `to`. `exposure`: content of `to` comes to `from`.
    plane: &'static str,
    /// `edges`: what to remove, all paths count. `guards`: where to add one, open paths count.
    by: &'static str,
    /// What an attacker holds.
    from: Vec<&'a str>,
    /// What it is kept from.
    to: Vec<&'a str>,
    /// Named on both sides; they count as `from` alone.
    both: Vec<&'a str>,
    pairs: PairsJson,
    /// The best path that counts, in the direction in which content flows; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<PathJson<'a>>,
    cut: CutAnswerJson<'a>,
    chokes: ChokesJson<'a>,
    effects: EffectsJson<'b, 'a>,
}

/// Pairs of the two groups.
#[derive(Serialize, JsonSchema)]
struct PairsJson {
    possible: usize,
    /// Whatever guards stand between.
    connected: usize,
    /// With no guard between.
    open: usize,
}

/// The smallest cut.
#[derive(Serialize, JsonSchema)]
struct CutAnswerJson<'a> {
    /// `apart`: there is nothing to cut. `cut`. `uncuttable`: nothing on `path` may be cut. `no-guard`: no guard stops this plane.
    outcome: &'static str,
    /// How many edges (or guards) the smallest cut has, as the derived edges stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<usize>,
    /// The guards of the spec that stop this plane, where guards were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guards: Vec<&'a str>,
    /// The one nearest to where content should not arrive, and the one nearest to where it starts if that is another.
    cuts: Vec<CutJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathJson<'a>>,
}

/// A smallest cut.
#[derive(Serialize, JsonSchema)]
struct CutJson<'a> {
    edges: Vec<CutEdgeJson<'a>>,
    /// The changes of the spec that make it. With all of them made and everything derived anew no pair is left; each is needed.
    changes: Vec<ChangeJson<'a>>,
    /// Capabilities that go with them, those that they name not counted.
    lost: usize,
}

/// An edge of a cut.
#[derive(Serialize, JsonSchema)]
struct CutEdgeJson<'a> {
    #[serde(flatten)]
    edge: LegJson<'a>,
    /// What takes it away; empty where it goes with the changes of other edges.
    changes: Vec<ChangeJson<'a>>,
    /// Single changes that do as well, for a derived edge.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    instead: Vec<ChangeJson<'a>>,
}

/// What every path passes.
#[derive(Serialize, JsonSchema)]
struct ChokesJson<'a> {
    /// Every path of every pair, in the order in which it is passed.
    common: Vec<PointJson<'a>>,
    /// How many ends paths come to; where there are too many, `by_end` is empty.
    ends: usize,
    /// What every path to one end passes besides.
    by_end: Vec<EndJson<'a>>,
}

/// What every path to an end passes.
#[derive(Serialize, JsonSchema)]
struct EndJson<'a> {
    end: &'a str,
    points: Vec<PointJson<'a>>,
}

/// A node or an edge.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum PointJson<'a> {
    /// A node's name.
    Node(&'a str),
    /// An edge, by one of its flows.
    Edge(LegJson<'a>),
}

/// What single changes do.
#[derive(Serialize, JsonSchema)]
struct EffectsJson<'b, 'a> {
    /// How many were tried; those that are not listed close nothing.
    tried: usize,
    /// How many could touch a path and were not tried, because the spec is large.
    untried: usize,
    /// Those that close a pair: the most pairs first, then the fewest capabilities lost, then in declared order.
    closing: Each<'b, EffectJson<'a>>,
}

/// What one change does by itself.
#[derive(Serialize, JsonSchema)]
struct EffectJson<'a> {
    #[serde(flatten)]
    change: ChangeJson<'a>,
    /// Pairs that it closes.
    closed: usize,
    /// Pairs that are left.
    left: usize,
    /// Capabilities that go with it, the one that it names not counted.
    lost: usize,
    /// The best path that is left; absent where none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<PathJson<'static>>")]
    next: Option<Value>,
}

/// Writes what to change first as JSON, one change after the other.
///
/// # Errors
/// If the writer fails.
pub fn write_harden_json(hardening: &Hardening<'_>, out: &mut dyn Write) -> io::Result<()> {
    whole(hardening).serialize(&mut serde_json::Serializer::pretty(&mut *out))?;
    out.write_all(b"\n")
}

fn whole<'b, 'a>(hardening: &'b Hardening<'a>) -> HardenJson<'b, 'a> {
    let (graph, question) = (hardening.graph, &hardening.question);
    let spec = graph.spec();
    let names = |ids: &[NodeId]| ids.iter().map(|id| spec.node_name(*id)).collect();
    let chokes = &hardening.chokes;
    HardenJson {
        schema: "crabwalk/harden/1",
        name: &spec.name,
        what_if: parts::what_if(spec),
        plane: question.plane.as_str(),
        by: question.by.as_str(),
        from: names(&question.from),
        to: names(&question.to),
        both: names(&question.both),
        pairs: PairsJson {
            possible: question.possible(),
            connected: hardening.connected,
            open: hardening.open,
        },
        best: hardening.best.as_ref().map(|path| parts::path(graph, path)),
        cut: answer(hardening),
        chokes: ChokesJson {
            common: points(hardening, &chokes.common),
            ends: chokes.ends,
            by_end: chokes.by_end.iter().map(|end| self::end(hardening, end)).collect(),
        },
        effects: EffectsJson {
            tried: hardening.effects.tried,
            untried: hardening.effects.untried,
            closing: Each::at_once(&hardening.effects.closing, |effect| self::effect(hardening, effect)),
        },
    }
}

fn answer<'a>(hardening: &Hardening<'a>) -> CutAnswerJson<'a> {
    let graph = hardening.graph;
    let spec = graph.spec();
    let blank =
        CutAnswerJson { outcome: "apart", size: None, guards: Vec::new(), cuts: Vec::new(), path: None };
    match &hardening.cut {
        CutAnswer::Apart => blank,
        CutAnswer::NoGuard => CutAnswerJson { outcome: "no-guard", ..blank },
        CutAnswer::Uncuttable(path) => {
            CutAnswerJson { outcome: "uncuttable", path: Some(parts::path(graph, path)), ..blank }
        }
        CutAnswer::Cut { near_ends, near_starts } => {
            let by_guards = hardening.question.by == crate::hardening::By::Guards;
            let guards = if by_guards { stopping(spec, hardening.question.plane) } else { Vec::new() };
            CutAnswerJson {
                outcome: "cut",
                size: Some(near_ends.edges.len()),
                guards: parts::guard_names(spec, &guards),
                cuts: std::iter::once(near_ends).chain(near_starts).map(|one| cut(hardening, one)).collect(),
                path: None,
            }
        }
    }
}

fn cut<'a>(hardening: &Hardening<'a>, cut: &Cut) -> CutJson<'a> {
    let graph = hardening.graph;
    let edge = |edge: &CutEdge| CutEdgeJson {
        edge: leg(graph, edge.edge, edge.leg),
        changes: changes(graph, &edge.changes),
        instead: changes(graph, &edge.instead),
    };
    CutJson {
        edges: cut.edges.iter().map(edge).collect(),
        changes: changes(graph, &cut.changes),
        lost: cut.lost,
    }
}

fn points<'a>(hardening: &Hardening<'a>, points: &[ChokePoint]) -> Vec<PointJson<'a>> {
    let point = |point: &ChokePoint| match *point {
        ChokePoint::Node(node) => PointJson::Node(hardening.graph.spec().node_name(node)),
        ChokePoint::Edge(edge, on) => PointJson::Edge(leg(hardening.graph, edge, on)),
    };
    points.iter().map(point).collect()
}

fn end<'a>(hardening: &Hardening<'a>, end: &EndChokes) -> EndJson<'a> {
    EndJson { end: hardening.graph.spec().node_name(end.end), points: points(hardening, &end.points) }
}

fn effect<'a>(hardening: &Hardening<'a>, effect: &Effect) -> EffectJson<'a> {
    let next = hardening.survivor(&[effect.change]);
    EffectJson {
        change: change(hardening.graph, effect.change),
        closed: effect.closed,
        left: effect.left,
        lost: effect.lost,
        next: next.and_then(|(graph, path)| serde_json::to_value(parts::path(&graph, &path)).ok()),
    }
}
