//! A topology → the roles and keys that can change nothing, and read memory.

use super::shared::assumed;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0012, AML_T0085_000, ASI03, L4, L6, LLM02};
use crate::model::text::phrase;
use crate::model::{NodeId, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::ReadOnlyMemory, include_str!("read_only_memory.md")),
    references: &[ASI03, LLM02, AML_T0012, AML_T0085_000, L4, L6],
    surface: Some(Surface::Principals),
    severity: Some("4.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = assumed(context).filter(|role| is_read_only(context, *role)).filter_map(|role| {
        let mut reads = context.declared_of(role);
        reads.retain(|edge| matches!(edge.verb, Verb::Read | Verb::Observe) && is_memory(context, edge.to));
        let first = *reads.first()?;
        let mut stores: Vec<NodeId> = reads.iter().map(|edge| edge.to).collect();
        stores.sort_unstable();
        stores.dedup();
        let title = phrase![role, " can change nothing, and reads memory: ", &stores];
        Some(
            Draft::new(Rule::ReadOnlyMemory, vec![role, first.to], title)
                .at(first.place)
                .between(role, first.to)
                .detail(phrase![
                    "what is called read-only on a platform often includes what agents remember and said"
                ])
                .fix(phrase![
                    "leave reading memory out of the role, or give it to nobody who need not read it"
                ]),
        )
    });
    found.collect()
}

fn is_memory(context: &RuleContext<'_>, node: NodeId) -> bool {
    context.spec.node(node).declared_kind == Some("memory") && context.graph.flows().is_persistent(node)
}

/// Whether a role does nothing but read, by its edges and by the names of its actions.
fn is_read_only(context: &RuleContext<'_>, role: NodeId) -> bool {
    let is_reading = |verb: Verb| matches!(verb, Verb::Read | Verb::Observe);
    let harmless = |action: &str| {
        let name = action.rsplit(':').next().unwrap_or(action);
        ["Get", "List", "Describe", "Read", "View"].iter().any(|start| name.starts_with(start))
    };
    context.declared_of(role).iter().map(|edge| edge.verb).all(is_reading)
        && context.spec.node(role).actions().iter().all(|action| harmless(action))
}
