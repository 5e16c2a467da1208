//! A topology → the sessions whose members together have all three: untrusted content, private content, and a way to change or
//! send something. Two of the three are fine: Meta, "Agents Rule of Two" (2025).

use super::shared::members;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_001, AML_T0057, AML_T0086, ASI01, ASI02, L7, LLM01, LLM02, LLM06};
use crate::graph::Cost;
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::RuleOfTwo, include_str!("rule_of_two.md")),
    references: &[ASI01, ASI02, LLM01, LLM02, LLM06, AML_T0051_001, AML_T0057, AML_T0086, L7],
    surface: Some(Surface::Sessions),
    severity: Some("6.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    context.nodes(NodeKind::Session).filter_map(|session| of_session(context, session)).collect()
}

fn of_session(context: &RuleContext<'_>, session: NodeId) -> Option<Draft> {
    let members = members(context, session);
    let is_open = |cost: Option<Cost>| cost.is_some_and(Cost::is_open);
    let fed = *members.iter().find(|node| is_open(context.untrusted_reach().cost_to(**node)))?;
    let told = *members.iter().find(|node| is_open(context.private_reach().cost_to(**node)))?;
    let change = members.iter().find_map(|node| change(context, *node))?;
    let title = phrase![
        "session ",
        session,
        " has all three: untrusted content, private content, and a way to change or send something"
    ];
    let draft = Draft::new(Rule::RuleOfTwo, vec![session, fed, told, change.from], title)
        .shown_by(phrase!["untrusted content comes to ", fed], context.untrusted_reach().path_to(fed))
        .shown_by(phrase!["private content comes to ", told], context.private_reach().path_to(told))
        .detail(phrase![change.from, " ", change.verb, " ", change.to, " with no guard in between"])
        .fix(phrase![
            "split the session so that no part has all three, or put an approval before what ",
            change.from,
            " does"
        ]);
    Some(draft)
}

/// The first thing that a node does unguarded which changes something that lasts, or sends something out.
fn change<'g>(context: &RuleContext<'g>, node: NodeId) -> Option<&'g crate::graph::Edge> {
    let mut own: Vec<_> = context.graph.edges_of(node).collect();
    own.sort_unstable();
    let edges = own.into_iter().map(|id| context.graph.edge(id));
    edges.filter(|edge| edge.guards_to_act(context.spec) == 0).find(|edge| {
        let target = context.spec.node(edge.to);
        match edge.verb {
            Verb::Write => target.kind == NodeKind::Sink || context.graph.flows().is_persistent(edge.to),
            Verb::Invoke => target.egress || target.general || target.critical,
            Verb::Read | Verb::Observe => false,
        }
    })
}
