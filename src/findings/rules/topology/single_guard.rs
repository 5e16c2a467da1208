//! A topology → the critical nodes where one guard alone stands before untrusted content.

use super::steering::{Steering, agent_on};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0053, ASI01, ASI07, ASI08, L7, LLM01, LLM06};
use crate::model::text::phrase;
use crate::model::{NodeId, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::SingleGuard, include_str!("single_guard.md")),
    references: &[ASI01, ASI07, ASI08, LLM01, LLM06, AML_T0051_001, AML_T0053, L7],
    surface: None,
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let critical = context.spec.node_ids().filter(|node| context.spec.node(*node).critical);
    critical.filter_map(|node| single(context, node)).collect()
}

fn single(context: &RuleContext<'_>, node: NodeId) -> Option<Draft> {
    let acts = context.spec.node(node).kind.acts();
    let steering = if acts { Steering::of_actor(context, node) } else { Steering::reaching(context, node) };
    let (_, from) = steering.lead().filter(|(cost, _)| cost.guards == 1)?;
    let path = steering.path_of(from)?;
    let hop = path.hops.iter().find(|hop| hop.cost.guards > 0)?;
    let edge = context.graph.edge(hop.edge);
    let agent = agent_on(context, &path).filter(|agent| *agent != node);
    let title = phrase!["one guard alone stands between ", from, " and ", node, ", which is critical"];
    let mut draft = Draft::new(Rule::SingleGuard, vec![node, from], title);
    draft = draft.between_all(steering.past(1).into_iter().map(|stranger| (stranger, node)));
    draft = draft.detail(phrase!["it stands where ", edge.from, " ", edge.verb, " ", edge.to]);
    if let Some(agent) = agent {
        draft = draft.detail(phrase![agent, " is steered on the way"]);
    }
    if let Some(others) = steering.others() {
        draft = draft.detail(others);
    }
    Some(
        draft.shown_by(phrase!["the path with one guard"], Some(path)).fix(phrase![
            "put a second guard of another kind on the path, so that one mistake is not enough"
        ]),
    )
}
