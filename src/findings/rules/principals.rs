//! Roles and keys: how far one authority goes.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{Piece, phrase};
use crate::model::{NodeId, NodeKind, Rule, Verb};

/// Roles and keys, in node order.
fn assumed<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = NodeId> + 'a {
    context.nodes(NodeKind::Principal).filter(|node| context.spec.node(*node).is_assumable())
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

/// A role or key whose scope is a workspace with more than one agent in it: its platform cannot tell them apart.
pub(super) fn shared_scope(context: &RuleContext<'_>) -> Vec<Draft> {
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

/// A role or key with a wildcard among its actions.
pub(super) fn wildcard(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = assumed(context).filter_map(|role| {
        let actions = context.spec.node(role).actions().iter();
        let wild: Vec<&str> = actions.map(|action| &**action).filter(|action| action.contains('*')).collect();
        let first = *wild.first()?;
        let title = phrase![role, " may do whatever matches ", Piece::Quoted(first.to_owned())];
        let mut draft = Draft::new(Rule::WildcardActions, vec![role], title);
        if wild.len() > 1 {
            draft = draft.detail(phrase!["and whatever matches ", Piece::Quoted(wild[1..].join(", "))]);
        }
        Some(draft.fix(phrase!["list the actions that it needs, one by one"]))
    });
    found.collect()
}

/// A role or key that can change nothing, and reads memory.
pub(super) fn read_only(context: &RuleContext<'_>) -> Vec<Draft> {
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
