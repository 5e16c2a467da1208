//! A topology → the credentials that open something which none of their holders uses, while they use something
//! else that it opens.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0055, AML_T0091_000, AML_T0098, ASI03, L6, LLM02, LLM06};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::BroadCredential, include_str!("broad_credential.md")),
    references: &[ASI03, LLM02, LLM06, AML_T0055, AML_T0091_000, AML_T0098, L6],
    surface: Some(Surface::Credentials),
    severity: Some("4.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = context.nodes(NodeKind::Credential).filter_map(|key| {
        let holders: Vec<NodeId> = context
            .declared_on(key)
            .iter()
            .filter(|edge| matches!(edge.verb, Verb::Read | Verb::Invoke))
            .map(|edge| edge.from)
            .collect();
        let is_used =
            |target: &NodeId| context.declared_on(*target).iter().any(|edge| holders.contains(&edge.from));
        let (used, idle): (Vec<NodeId>, Vec<NodeId>) =
            context.spec.node(key).opens.iter().partition(|target| is_used(target));
        let first = *idle.first()?;
        if used.is_empty() {
            return None;
        }
        let title = phrase![key, " also opens ", &idle, ", which none of its holders uses"];
        Some(
            Draft::new(Rule::BroadCredential, vec![key, first], title)
                .detail(phrase!["they use ", &used])
                .fix(phrase!["issue one that opens only ", &used]),
        )
    });
    found.collect()
}
