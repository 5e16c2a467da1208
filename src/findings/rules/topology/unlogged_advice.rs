//! A topology → the advisors whose advice comes back and is not logged.

use super::shared::in_role;
use crate::analysis::{Path, Witness};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_001, AML_T0080_001, ASI01, ASI07, ASI09, L3, L5, LLM01};
use crate::model::text::phrase;
use crate::model::{Edge, Piece, Plane, Role, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UnloggedAdvice, include_str!("unlogged_advice.md")),
    references: &[ASI01, ASI07, ASI09, LLM01, AML_T0051_001, AML_T0080_001, L3, L5],
    surface: Some(Surface::Advisor),
    severity: Some("4.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let silent = in_role(context, Role::Advisor).filter(|edge| !edge.logged && edge.result.is_some());
    let found = silent.map(|edge| {
        let (executor, advisor) = (edge.from, edge.to);
        let title = phrase!["what ", advisor, " advises ", executor, " is not logged"];
        let draft = Draft::new(Rule::UnloggedAdvice, vec![executor, advisor], title)
            .on_edge(edge)
            .detail(phrase!["an attack that comes through it cannot be reconstructed afterwards"])
            .fix(phrase![
                "use an advisor whose answers are recorded, and say so: ",
                Piece::Code("logged: true".to_owned())
            ]);
        let draft =
            draft.shown_by(phrase!["untrusted content comes in"], context.untrusted_reach().path_to(advisor));
        draft.shown_by(phrase!["and goes on, unlogged"], beyond(context, edge))
    });
    found.collect()
}

/// Where what is advised can do most: the way to the nearest critical node, else to who is advised.
fn beyond(context: &RuleContext<'_>, edge: &Edge) -> Option<Path> {
    let advice = Witness::from_starts(context.graph, Plane::Influence, &[edge.to]);
    let critical =
        context.spec.node_ids().filter(|node| context.spec.node(*node).critical && *node != edge.to);
    let nearest = critical.filter_map(|node| Some((advice.cost_to(node)?, node))).min();
    advice.path_to(nearest.map_or(edge.from, |(_, node)| node))
}
