//! A topology → the critical nodes where one guard alone stands before untrusted content.

use super::shared::critical;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0053, ASI01, ASI07, ASI08, L7, LLM01, LLM06};
use crate::model::Rule;
use crate::model::text::phrase;

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::SingleGuard, include_str!("single_guard.md")),
    references: &[ASI01, ASI07, ASI08, LLM01, LLM06, AML_T0051_001, AML_T0053, L7],
    surface: None,
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let reached = critical(context).filter(|(_, cost)| cost.guards == 1);
    let found = reached.filter_map(|(node, _)| {
        let path = context.untrusted_reach().path_to(node)?;
        let from = path.from;
        let hop = path.hops.iter().find(|hop| hop.cost.guards > 0)?;
        let edge = context.graph.edge(hop.edge);
        let title = phrase!["one guard alone stands between ", from, " and ", node, ", which is critical"];
        let draft = Draft::new(Rule::SingleGuard, vec![node, from], title)
            .between(from, node)
            .detail(phrase!["it stands where ", edge.from, " ", edge.verb, " ", edge.to])
            .fix(phrase![
                "put a second guard of another kind on the path, so that one mistake is not enough"
            ]);
        Some(draft.shown_by(phrase!["the path with one guard"], Some(path)))
    });
    found.collect()
}
