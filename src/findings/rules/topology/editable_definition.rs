//! A topology → the definitions of agents that somebody less trusted than the agent can edit.

use crate::analysis::WitnessInto;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0081, ASI04, ASI06, L3, LLM01};
use crate::graph::Cost;
use crate::model::text::phrase;
use crate::model::{Edge, NodeId, Plane, Role, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::EditableDefinition, include_str!("editable_definition.md")),
    references: &[ASI04, ASI06, LLM01, AML_T0081, L3],
    surface: Some(Surface::Memory),
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let reads = context.edges(Verb::Read).filter(|edge| edge.role == Some(Role::Definition));
    reads.filter_map(|edge| edited(context, edge)).collect()
}

fn edited(context: &RuleContext<'_>, read: &Edge) -> Option<Draft> {
    let into = WitnessInto::into_targets(context.graph, Plane::Influence, &[read.to]);
    let own = context.spec.trust(read.from);
    let is_lower = |node: NodeId| {
        let is_below = matches!((context.spec.trust(node), own), (Some(low), Some(own)) if low < own);
        is_below || context.untrusted.binary_search(&node).is_ok()
    };
    let others =
        context.spec.node_ids().filter(|node| *node != read.to && *node != read.from && is_lower(*node));
    let mut editors: Vec<(Cost, NodeId)> =
        others.filter_map(|node| Some((into.cost_from(node)?, node))).collect();
    editors.sort_unstable();
    let (cost, who) = *editors.first()?;
    let own_guards =
        read.guards.iter().filter(|guard| context.spec.guard(**guard).stops(Plane::Influence)).count();
    let guards = cost.guards.saturating_add(u32::try_from(own_guards).unwrap_or(u32::MAX));
    let title = phrase![who, " can edit what defines ", read.from, ": ", read.to];
    let mut draft = Draft::new(Rule::EditableDefinition, vec![read.to, read.from, who], title)
        .behind(guards)
        .at(read.place);
    draft =
        draft.between_all(editors.iter().flat_map(|(_, editor)| [(*editor, read.from), (*editor, read.to)]));
    let alike = editors[1..].iter().filter(|(other, _)| other.guards == cost.guards);
    let alike: Vec<NodeId> = alike.map(|(_, node)| *node).collect();
    if !alike.is_empty() {
        draft = draft.detail(phrase!["so can ", &alike]);
    }
    Some(draft.shown_by(phrase!["how ", who, " comes to it"], into.path_from(who)).fix(phrase![
        "let only those write ",
        read.to,
        " who are trusted as much as ",
        read.from,
        ", behind a review of each change"
    ]))
}
