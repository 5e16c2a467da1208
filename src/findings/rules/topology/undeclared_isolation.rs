//! A topology → the agents with several callers that do not say whether these share their context.

use super::shared::callers;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0080_001, ASI07, L3};
use crate::model::text::phrase;
use crate::model::{Isolation, NodeKind, Piece, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UndeclaredIsolation, include_str!("undeclared_isolation.md")),
    references: &[ASI07, AML_T0080_001, L3],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
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
                    Piece::Code("isolation: per-call".to_owned()),
                    " if it starts afresh for each of them, else ",
                    Piece::Code("isolation: shared".to_owned())
                ]),
        )
    });
    found.collect()
}
