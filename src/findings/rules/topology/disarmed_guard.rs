//! A topology → the guards that can be switched off by what they guard against: their configuration lies where strangers come to.

use super::steering::Steering;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0081, ASI02, ASI06, L6, LLM01};
use crate::model::text::{count, phrase};
use crate::model::{Edge, GuardId, NodeId, Rule, Text};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::DisarmedGuard, include_str!("disarmed_guard.md")),
    references: &[ASI02, ASI06, LLM01, AML_T0051_001, AML_T0081, L6],
    surface: None,
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let kept = (0..context.spec.guards.len()).map(GuardId::new);
    kept.filter_map(|guard| disarmed(context, guard, context.spec.guard(guard).kept_in?)).collect()
}

fn disarmed(context: &RuleContext<'_>, guard: GuardId, store: NodeId) -> Option<Draft> {
    let behind = behind(context, guard);
    let first = behind.first()?;
    // Nothing that has to pass the guard itself switches it off.
    let without = context.graph.avoiding(&[], &[guard]);
    let around = RuleContext::of(&without);
    let steering = Steering::reaching(&around, store);
    let (cost, from) = steering.lead()?;
    let title = phrase![
        "the guard ",
        guard,
        " can be switched off: untrusted content from ",
        from,
        " comes to ",
        store,
        ", where it is kept"
    ];
    let mut draft = Draft::new(Rule::DisarmedGuard, vec![store, from], title)
        .told_by(context.spec.guard_name(guard))
        .at(context.spec.guard(guard).place);
    // A warning however many guards stand before it, as long as what is guarded is not among what has to fail.
    draft = draft.behind(cost.guards.min(1));
    draft = draft.between_all(steering.by.iter().map(|(_, stranger)| (*stranger, store)));
    if !cost.is_open() {
        draft = draft.detail(phrase![count(cost.guards as usize, "other guard"), " stands before that"]);
    }
    if let Some(others) = steering.others() {
        draft = draft.detail(others);
    }
    let stands = hand_over(first);
    let stands = match behind.len() - 1 {
        0 => phrase!["it stands where "].then(stands),
        more => {
            phrase!["it stands where "].then(stands).and(phrase![", and on ", count(more, "other hand-over")])
        }
    };
    Some(draft.detail(stands).shown_by(phrase!["how it is switched off"], steering.path_of(from)).fix(
        phrase!["keep the configuration of ", guard, " where nobody writes who takes in untrusted content"],
    ))
}

/// The declared edges that a guard stands on, in their order.
fn behind<'g>(context: &RuleContext<'g>, guard: GuardId) -> Vec<&'g Edge> {
    let stands_on = |edge: &&Edge| {
        edge.guards.contains(&guard) || edge.result.as_ref().is_some_and(|guards| guards.contains(&guard))
    };
    context.spec.edges.iter().filter(stands_on).collect()
}

fn hand_over(edge: &Edge) -> Text {
    phrase![edge.from, " ", edge.verb, " ", edge.to]
}
