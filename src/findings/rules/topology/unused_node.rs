//! A topology → the agents, tools and sinks that nothing flows into.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::graph::{Direction, Step};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Plane, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UnusedNode, include_str!("unused_node.md")),
    references: &[],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let flows = context.graph.flows();
    let is_fed = |node: NodeId| {
        flows.doors(node).any(|door| {
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
