//! A path that should not be there → the smallest fix, tried before it is proposed: a guard on one hop, where no other way remains that
//! is as bad.

use crate::analysis::{Hop, Path};
use crate::findings::context::RuleContext;
use crate::graph::EdgeId;
use crate::model::text::phrase;
use crate::model::{GuardId, Leg, Plane, Text};

/// On so many hops a guard is tried.
const MOST: usize = 12;

/// From which end of a path hops are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Start,
    End,
}

/// A guard on a hop of a path, if one alone leaves nothing as bad: `left` says how many guards stand before the worst if a leg moves
/// nothing. What nobody declared, and what may not be cut, is not proposed.
pub(super) fn guard_on(
    context: &RuleContext<'_>,
    (path, from): (&Path, From),
    now: u32,
    left: &mut dyn FnMut((EdgeId, Leg)) -> Option<u32>,
) -> Option<Text> {
    let mut hops: Vec<&Hop> = path.hops.iter().collect();
    if from == From::End {
        hops.reverse();
    }
    let found = hops
        .into_iter()
        .take(MOST)
        .filter(|hop| can_be_guarded(context, hop.edge))
        .find(|hop| left((hop.edge, hop.leg)).is_none_or(|left| left > now))?;
    Some(
        phrase!["put "]
            .then(a_guard(context, found.edge, found.leg, path.plane))
            .and(" where ")
            .then(hand_over(context, found.edge, found.leg)),
    )
}

fn can_be_guarded(context: &RuleContext<'_>, edge: EdgeId) -> bool {
    context.graph.declaration(context.graph.edge(edge)).is_some_and(|edge| !edge.uncuttable)
}

/// A guard that stops a plane; a second one where there is one already.
fn a_guard(context: &RuleContext<'_>, id: EdgeId, leg: Leg, plane: Plane) -> Text {
    let edge = context.graph.edge(id);
    let there: &[GuardId] = match (leg, &edge.returns) {
        (Leg::Result, crate::model::Returns::Content(guards)) => guards,
        _ => &edge.guards,
    };
    let is_second = there.iter().any(|guard| context.spec.guard(*guard).stops(plane));
    phrase![if is_second { "a second guard that stops " } else { "a guard that stops " }, plane.as_str()]
}

/// Where content is handed over: `clerk invokes mailer`, `mailer answers clerk`.
fn hand_over(context: &RuleContext<'_>, id: EdgeId, leg: Leg) -> Text {
    let edge = context.graph.edge(id);
    match leg {
        Leg::Result => phrase![edge.to, " answers ", edge.from],
        Leg::Request => phrase![edge.from, " ", edge.verb, " ", edge.to],
    }
}
