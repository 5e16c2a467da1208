//! A topology → the guards that stand for show: what they stop comes another way on which nothing has to fail.
//!
//! Each leg of an edge is looked at by itself, the request and what comes back, and each plane: `worker` invokes `mailer` behind an
//! approval, and writes a file that `mailer` reads. Then the approval stops nothing.

use crate::analysis::{Path, Witness};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0053, ASI02, ASI09, L6, LLM06};
use crate::model::text::phrase;
use crate::model::{Edge, GuardId, NodeId, Plane, Rule, Text, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::DecorativeGuard, include_str!("decorative_guard.md")),
    references: &[ASI02, ASI09, LLM06, AML_T0053, L6],
    surface: None,
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    context.spec.edges.iter().filter_map(|edge| of_edge(context, edge)).collect()
}

/// One leg of an edge: from where content starts to where it arrives, and the guards on it.
struct Leg<'e> {
    from: NodeId,
    to: NodeId,
    guards: &'e [GuardId],
}

fn legs(edge: &Edge) -> impl Iterator<Item = Leg<'_>> {
    let pushes = matches!(edge.verb, Verb::Write | Verb::Invoke);
    let (from, to) = if pushes { (edge.from, edge.to) } else { (edge.to, edge.from) };
    let request = Leg { from, to, guards: &edge.guards };
    let result = edge.result.as_deref().map(|guards| Leg { from: edge.to, to: edge.from, guards });
    std::iter::once(request).chain(result)
}

fn of_edge(context: &RuleContext<'_>, edge: &Edge) -> Option<Draft> {
    let mut draft: Option<Draft> = None;
    for leg in legs(edge) {
        for plane in [Plane::Influence, Plane::Exposure] {
            let stopping: Vec<GuardId> =
                leg.guards.iter().copied().filter(|guard| context.spec.guard(*guard).stops(plane)).collect();
            if stopping.is_empty() || !context.open(plane).reaches(leg.from, leg.to) {
                continue;
            }
            let path = path(context, plane, leg.from, leg.to);
            let found = draft.take().unwrap_or_else(|| opened(edge, &leg, &stopping));
            let what = match plane {
                Plane::Influence => "what steers comes round it",
                Plane::Exposure => "what it holds back comes round it",
            };
            draft = Some(found.shown_by(phrase![what], path).between(leg.from, leg.to));
        }
    }
    draft
}

fn opened(edge: &Edge, leg: &Leg<'_>, guards: &[GuardId]) -> Draft {
    let mut names = Text::default();
    for (position, guard) in guards.iter().enumerate() {
        names = if position > 0 { names.and(" and ") } else { names }.and(*guard);
    }
    let hand_over = match leg.from == edge.to && edge.verb == Verb::Invoke {
        true => phrase![" where ", edge.to, " answers ", edge.from],
        false => phrase![" where ", edge.from, " ", edge.verb, " ", edge.to],
    };
    let title = phrase![""].then(names).then(hand_over).and(" can be walked round");
    Draft::new(Rule::DecorativeGuard, vec![edge.from, edge.to], title)
        .on_edge(edge)
        .fix(phrase!["put the same guard on the way round, or take that way away"])
}

/// The best path round a guard. Both planes are searched forwards from where content starts.
fn path(context: &RuleContext<'_>, plane: Plane, from: NodeId, to: NodeId) -> Option<Path> {
    Witness::from_starts(context.graph, plane, &[from]).path_to(to)
}
