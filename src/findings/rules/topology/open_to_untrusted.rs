//! A topology → the critical nodes that untrusted content steers with no guard in between.

use super::proposed::{From, guard_on};
use super::steering::{Steering, agent_on, disjoint_ways};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0053, ASI01, ASI07, ASI08, L7, LLM01, LLM06};
use crate::graph::{Direction, EdgeId, FewestGuards, FlowNode, Tried};
use crate::model::text::{count, phrase};
use crate::model::{Leg, NodeId, Plane, Rule, Text};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::OpenToUntrusted, include_str!("open_to_untrusted.md")),
    references: &[ASI01, ASI07, ASI08, LLM01, LLM06, AML_T0051_001, AML_T0053, L7],
    surface: None,
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let critical = context.spec.node_ids().filter(|node| context.spec.node(*node).critical);
    critical.filter_map(|node| open(context, Rule::OpenToUntrusted, node)).collect()
}

/// What steers a node with nothing in between, or else comes to it so: the second is a step milder.
pub(super) fn open(context: &RuleContext<'_>, rule: Rule, node: NodeId) -> Option<Draft> {
    let is_open = |steering: &Steering<'_>| steering.lead().is_some_and(|(cost, _)| cost.is_open());
    let acts = context.spec.node(node).kind.acts();
    let steering = if acts { Steering::of_actor(context, node) } else { Steering::reaching(context, node) };
    if is_open(&steering) {
        let door = match acts {
            true => context.graph.flows().acts_from(node),
            false => context.graph.flows().reached(node),
        };
        return Some(draft(context, rule, node, &steering, door, true));
    }
    let reaching = Steering::reaching(context, node);
    let door = context.graph.flows().reached(node);
    is_open(&reaching).then(|| draft(context, rule, node, &reaching, door, false).milder())
}

fn draft(
    context: &RuleContext<'_>,
    rule: Rule,
    node: NodeId,
    steering: &Steering<'_>,
    door: FlowNode,
    is_steered: bool,
) -> Draft {
    let from = steering.lead().map_or(node, |(_, stranger)| stranger);
    let path = steering.path_of(from);
    let agent = path.as_ref().and_then(|path| agent_on(context, path)).filter(|agent| *agent != node);
    let what = what(context, node);
    let title = match agent.filter(|_| is_steered) {
        Some(agent) => {
            phrase!["untrusted content from ", from, " steers ", agent, ", and so ", node, ", "].then(what)
        }
        None if is_steered => phrase!["untrusted content from ", from, " steers ", node, ", "].then(what),
        None => phrase!["untrusted content from ", from, " comes to ", node, ", "].then(what),
    };
    let mut draft = Draft::new(rule, vec![node, from], title);
    draft = draft.between_all(steering.past(0).into_iter().map(|stranger| (stranger, node)));
    if let Some(others) = steering.others() {
        draft = draft.detail(others);
    }
    // Whom it steers past nothing is told first; others come to it all the same.
    if is_steered {
        let coming = Steering::reaching(context, node).past(0);
        let others: Vec<NodeId> =
            coming.into_iter().filter(|stranger| !steering.past(0).contains(stranger)).collect();
        if !others.is_empty() {
            draft = draft.between_all(others.iter().map(|stranger| (*stranger, node)));
            draft = draft.detail(phrase!["content of ", &others, " comes there too, without steering it"]);
        }
    }
    if rule == Rule::SteeredGeneral {
        draft = draft.between_all(steering.by.iter().map(|(_, stranger)| (*stranger, node)));
        if let Some(guarded) = steering.guarded() {
            draft = draft.detail(guarded);
        }
    }
    let ways = disjoint_ways(context, &[door], node);
    if ways > 1 {
        draft = draft.detail(phrase![count(ways, "way"), " lead there that share no hand-over"]);
    }
    let label =
        if is_steered { phrase!["how ", from, " steers ", node] } else { phrase!["how it comes there"] };
    let fix = path.as_ref().and_then(|path| {
        let mut into = FewestGuards::new(context.graph);
        guard_on(context, (path, From::End), 0, &mut |leg| least(context, &mut into, (node, door), leg))
    });
    let fix = fix.unwrap_or_else(|| {
        phrase!["put a guard that stops influence on each of these ways: no single one closes them all"]
    });
    draft.shown_by(label, path).fix(fix)
}

fn what(context: &RuleContext<'_>, node: NodeId) -> Text {
    let node = context.spec.node(node);
    match (node.critical, node.general) {
        (true, _) => phrase!["which is critical"],
        (false, true) => phrase!["which can be made to do anything"],
        (false, false) => phrase!["which is not theirs"],
    }
}

/// How many guards stand before the nearest stranger at a flow node, where a leg moves nothing.
fn least(
    context: &RuleContext<'_>,
    into: &mut FewestGuards<'_>,
    (node, door): (NodeId, FlowNode),
    without: (EdgeId, Leg),
) -> Option<u32> {
    into.run(Plane::Influence, Direction::Reverse, [(door, 0)], Tried::without(without));
    let others = context.untrusted.iter().filter(|stranger| **stranger != node);
    others.filter_map(|stranger| into.to(context.graph.flows().start(Plane::Influence, *stranger))).min()
}
