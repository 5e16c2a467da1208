//! The shape of the topology: circles, stores that lead nowhere, nodes that nothing flows into, callers that share a context.

use super::memory::{acting, readers};
use super::sessions::callers;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::phrase;
use crate::graph::{Direction, FlowNode, Step, fullest_circle};
use crate::model::{Isolation, NodeId, NodeKind, Plane, Rule, Verb};

/// Agents that steer one another, or copies of themselves, where untrusted content comes in.
pub(super) fn loops(context: &RuleContext<'_>) -> Vec<Draft> {
    let circles = crate::analysis::loops(context.graph);
    let is_told = |agent: NodeId| circles.iter().any(|nodes| nodes.binary_search(&agent).is_ok());
    let alone = context.nodes(NodeKind::Agent).filter(|agent| !is_told(*agent));
    let spawning = alone.filter_map(|agent| of_copies(context, agent)).collect::<Vec<Draft>>();
    circles.iter().filter_map(|nodes| of_loop(context, nodes)).chain(spawning).collect()
}

/// An agent that starts copies of itself is a circle of its own: what steers it, it hands on to the next one.
fn of_copies(context: &RuleContext<'_>, agent: NodeId) -> Option<Draft> {
    if !context.spec.node(agent).spawns_copies() {
        return None;
    }
    let path = context.untrusted_reach().path_to(agent)?;
    let title = phrase![
        "an injection that copies itself can live in ",
        agent,
        " and the copies of itself that it starts"
    ];
    Some(
        Draft::new(Rule::Loop, vec![agent], title)
            .behind(path.cost.guards)
            .told_by("copies")
            .detail(phrase!["a copy has all that it has, and stands in no file"])
            .shown_by(phrase!["it comes in"], Some(path))
            .fix(phrase![
                "switch off that ",
                agent,
                " starts copies of itself, or put a guard that stops influence before it"
            ]),
    )
}

fn of_loop(context: &RuleContext<'_>, nodes: &[NodeId]) -> Option<Draft> {
    let mut agents: Vec<NodeId> =
        nodes.iter().copied().filter(|node| context.spec.node(*node).kind == NodeKind::Agent).collect();
    let untrusted = context.untrusted_reach();
    let entry = *nodes
        .iter()
        .min_by_key(|node| (untrusted.cost_to(**node).is_none(), untrusted.cost_to(**node), **node))?;
    let cost = untrusted.cost_to(entry)?;
    if agents.len() < 2 {
        return None;
    }
    // By name, so that the id does not depend on the order of the file.
    agents.sort_by_key(|agent| context.spec.node_name(*agent));
    let kept: Vec<NodeId> =
        nodes.iter().copied().filter(|node| context.graph.flows().is_persistent(*node)).collect();
    let spawning: Vec<NodeId> =
        agents.iter().copied().filter(|agent| context.spec.node(*agent).spawns_copies()).collect();
    let title = phrase!["an injection that copies itself can live among ", &agents];
    let mut names: Vec<&str> = nodes.iter().map(|node| context.spec.node_name(*node)).collect();
    names.sort_unstable();
    let mut draft = Draft::new(Rule::Loop, agents, title)
        .behind(cost.guards)
        .told_by(&names.join("\u{1f}"))
        .shown_by(phrase!["it comes in"], untrusted.path_to(entry));
    if !spawning.is_empty() {
        draft = draft
            .detail(phrase![&spawning, " may start copies with all that they have, which stand in no file"]);
    }
    if kept.is_empty() {
        draft = draft.detail(phrase!["it ends with the session: nothing in the circle persists"]);
    } else {
        draft = draft.detail(phrase!["it outlives the session in ", &kept]);
    }
    Some(broken(context, nodes, draft))
}

/// A circle with more hand-overs than this is not taken apart one by one.
const MOST: usize = 2_000;

/// What breaks a circle: the hand-over behind which the fewest agents are left in one. An agent counts by what it brings into every
/// call.
fn broken(context: &RuleContext<'_>, nodes: &[NodeId], draft: Draft) -> Draft {
    let flows = context.graph.flows();
    let mut doors: Vec<FlowNode> =
        nodes.iter().flat_map(|node| [flows.own(*node), flows.call(*node)]).collect();
    doors.sort_unstable();
    doors.dedup();
    let place = |door: FlowNode| doors.binary_search(&door).ok();
    let is_agent = |door: &FlowNode| {
        let node = flows.node(*door);
        context.spec.node(node).kind == NodeKind::Agent && flows.own(node) == *door
    };
    let agents: Vec<bool> = doors.iter().map(is_agent).collect();
    let mut arcs: Vec<(usize, usize, Step)> = Vec::new();
    for (tail, door) in doors.iter().enumerate() {
        for arc in flows.arcs_at(Plane::Influence, Direction::Forward, *door) {
            if let Some(head) = place(arc.other).filter(|_| arc.cost().is_open()) {
                arcs.push((tail, head, arc.step));
            }
        }
    }
    let taken_away = |at: usize| {
        let (tail, head, _) = arcs[at];
        let left = arcs.iter().filter(|arc| (arc.0, arc.1) != (tail, head)).map(|arc| (arc.0, arc.1));
        fullest_circle(&agents, left)
    };
    let steps: Vec<usize> = (0..arcs.len()).filter(|at| matches!(arcs[*at].2, Step::Edge(_))).collect();
    if steps.len() > MOST {
        return draft
            .fix(phrase!["put guards that stop influence on what comes back to those who hand out work"]);
    }
    let whole = fullest_circle(&agents, arcs.iter().map(|arc| (arc.0, arc.1)));
    let best = steps.into_iter().map(|at| (taken_away(at), at)).min();
    let Some((left, at)) = best.filter(|(left, _)| *left < whole) else {
        return draft.fix(phrase![
            "no single guard breaks it: every hand-over in it has a way round; start where most lead through"
        ]);
    };
    let (tail, head) = (flows.node(doors[arcs[at].0]), flows.node(doors[arcs[at].1]));
    let guard = phrase!["a guard that stops influence on what goes from ", tail, " to ", head];
    draft.fix(match left {
        0 | 1 => guard.and(" breaks it"),
        some => phrase!["no single guard breaks it; "]
            .then(guard)
            .and(format!(" leaves {some} of {whole} agents in it")),
    })
}

/// A store that is read and never written, or written and never read.
pub(super) fn orphan_store(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = context.nodes(NodeKind::Store).filter_map(|store| {
        let (written, read) = (acting(context, store, &[Verb::Write]), readers(context, store));
        let (title, fix) = match (written.first(), read.first()) {
            (None, Some(edge)) => (
                phrase![store, " is read by ", edge.from, " and written by nobody"],
                phrase!["declare who fills it: whoever does steers all its readers"],
            ),
            (Some(edge), None) => (
                phrase![store, " is written by ", edge.from, " and read by nobody"],
                phrase!["declare who reads it, or take it away"],
            ),
            _ => return None,
        };
        Some(Draft::new(Rule::OrphanStore, vec![store], title).fix(fix))
    });
    found.collect()
}

/// An agent, tool or sink that nothing flows into.
pub(super) fn unused(context: &RuleContext<'_>) -> Vec<Draft> {
    let flows = context.graph.flows();
    let is_fed = |node: NodeId| {
        let doors = [flows.own(node), flows.call(node)];
        doors.into_iter().any(|door| {
            let mut arcs = flows.arcs_at(Plane::Influence, Direction::Reverse, door);
            arcs.any(|arc| arc.step != Step::Free)
        })
    };
    let kinds = [NodeKind::Agent, NodeKind::Tool, NodeKind::Sink];
    let found = context
        .spec
        .node_ids()
        .filter(|node| kinds.contains(&context.spec.node(*node).kind) && !is_fed(*node));
    let drafts = found.map(|node| {
        let title = phrase!["nothing flows into ", node];
        Draft::new(Rule::UnusedNode, vec![node], title)
            .fix(phrase!["declare who invokes or writes it and what it reads, or take it away"])
    });
    drafts.collect()
}

/// An agent with several callers that does not say whether they share its context.
pub(super) fn undeclared_isolation(context: &RuleContext<'_>) -> Vec<Draft> {
    let agents = context.nodes(NodeKind::Agent).filter(|agent| {
        let node = context.spec.node(*agent);
        node.isolation == Isolation::Shared && node.declared.get("isolation").is_none()
    });
    let found = agents.filter_map(|agent| {
        let callers = callers(context, agent);
        if callers.len() < 2 {
            return None;
        }
        let title =
            phrase![agent, " is called by ", &callers, " and does not say whether they share its context"];
        Some(
            Draft::new(Rule::UndeclaredIsolation, vec![agent], title)
                .detail(phrase!["it is taken as shared: what one caller sends can come back to the others"])
                .fix(phrase![
                    "say ",
                    crate::findings::Piece::Code("isolation: per-call".to_owned()),
                    " if it starts afresh for each of them, else ",
                    crate::findings::Piece::Code("isolation: shared".to_owned())
                ]),
        )
    });
    found.collect()
}

/// A spec without nodes.
pub(super) fn no_nodes(context: &RuleContext<'_>) -> Vec<Draft> {
    if !context.spec.nodes.is_empty() {
        return Vec::new();
    }
    let draft = Draft::new(Rule::NoNodes, Vec::new(), phrase!["the spec declares no nodes"])
        .told_by("no nodes")
        .fix(phrase!["declare them, or name the file or directory that does"]);
    let first = (!context.spec.files.is_empty()).then_some(crate::model::Place { file: 0, start: 0, len: 0 });
    vec![match first {
        Some(place) => draft.at(place),
        None => draft,
    }]
}
