//! A topology → the circles of agents, and the agents that start copies of themselves, in which an injection that copies itself can
//! live, and what breaks each. It has to come in: a circle that no untrusted content reaches is not found.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0061, ASI07, ASI08, ASI10, L7, LLM01};
use crate::graph::{Direction, FlowNode, Step, fullest_circle};
use crate::model::text::{count, phrase};
use crate::model::{NodeId, NodeKind, Piece, Plane, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::Loop, include_str!("loop.md")),
    references: &[ASI07, ASI08, ASI10, LLM01, AML_T0061, L7],
    surface: None,
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
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

/// A circle with more hand-overs than this is not taken apart one by one: each costs a walk over what is left of the circle.
const MOST: usize = 2_000;

/// What breaks a circle: the hand-over behind which the fewest agents are left in one, tried on all doors of its nodes.
fn broken(context: &RuleContext<'_>, nodes: &[NodeId], draft: Draft) -> Draft {
    let flows = context.graph.flows();
    let mut doors: Vec<FlowNode> = nodes.iter().flat_map(|node| flows.doors(*node)).collect();
    doors.sort_unstable();
    let place = |door: FlowNode| doors.binary_search(&door).ok();
    let agent = |door: &FlowNode| {
        let node = flows.node(*door);
        (context.spec.node(node).kind == NodeKind::Agent).then_some(node.index())
    };
    let agents: Vec<Option<usize>> = doors.iter().map(agent).collect();
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
        some => phrase!["no single guard breaks it; "].then(guard).and(phrase![
            " leaves ",
            Piece::Number(some),
            " of ",
            count(whole, "agent"),
            " in it"
        ]),
    })
}
