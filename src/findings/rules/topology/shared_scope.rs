//! A topology → the roles and keys whose scope is a workspace with several agents in it: their platform cannot tell these apart.

use super::shared::assumed;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0012, AML_T0081, ASI03, L4, L6, LLM06};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Piece, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::SharedScope, include_str!("shared_scope.md")),
    references: &[ASI03, LLM06, AML_T0012, AML_T0081, L4, L6],
    surface: Some(Surface::Principals),
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = assumed(context).filter_map(|role| {
        let workspace = context.spec.node(role).workspace()?;
        let sharing: Vec<NodeId> = assumed(context)
            .filter(|other| context.spec.node(*other).workspace() == Some(workspace))
            .collect();
        let within = agents(context, &sharing);
        if within.len() < 2 {
            return None;
        }
        let own = agents(context, &[role]);
        let undeclared: Vec<NodeId> = within.iter().copied().filter(|agent| !own.contains(agent)).collect();
        let title = phrase![
            role,
            " is scoped to a workspace, ",
            Piece::Quoted(workspace.to_owned()),
            ", and cannot tell its agents apart: ",
            &within
        ];
        let mut draft = Draft::new(Rule::SharedScope, vec![role, within[0]], title);
        if !undeclared.is_empty() {
            draft = draft.detail(phrase![
                "the spec declares no edge from it to ",
                &undeclared,
                ", but nothing keeps it from them"
            ]);
        }
        Some(
            draft
                .fix(phrase!["give each agent a workspace of its own, and each workspace a role of its own"]),
        )
    });
    found.collect()
}

/// The agents that the declared edges of some nodes lead to, in node order.
fn agents(context: &RuleContext<'_>, of: &[NodeId]) -> Vec<NodeId> {
    let edges = of.iter().flat_map(|node| context.declared_of(*node));
    let mut agents: Vec<NodeId> =
        edges.map(|edge| edge.to).filter(|to| context.spec.node(*to).kind == NodeKind::Agent).collect();
    agents.sort_unstable();
    agents.dedup();
    agents
}
