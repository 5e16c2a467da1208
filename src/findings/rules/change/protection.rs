//! CW004 and CW008: what a change takes away from the protection of a topology by itself, whatever paths it opens. Contracts that it
//! takes away are found in `contracts`.

use super::context::ChangeContext;
use crate::analysis::CostSearch;
use crate::compare::{Attribute, Change, ChangeId, Joint, Side, What};
use crate::findings::finding::{About, Draft};
use crate::model::{Edge, GuardId, NodeId, Plane, Rule};

pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    let changes = context.comparison.changes().iter().enumerate();
    let told = changes.filter(|(_, change)| is_told(context, change));
    told.filter_map(|(id, change)| of_change(context, ChangeId::new(id), change)).collect()
}

/// Whether a change is found by itself: what is gone with a whole spec is not, what its file says instead is.
fn is_told(context: &ChangeContext<'_>, change: &Change) -> bool {
    !context.is_head_empty() || context.comparison.joint().side_of(change.place) == Side::Head
}

fn of_change(context: &ChangeContext<'_>, id: ChangeId, change: &Change) -> Option<Draft> {
    let (rule, disarms) = rule(context, change)?;
    let about = About::Lowered { change: id, disarms };
    let draft = Draft::about(rule, about, vec![context.subject(change)]);
    Some(draft.at(change.place).caused_by(context.edge(&[id])))
}

/// The rule that a change falls under, and how many paths no longer count as leading into a more trusted zone by it.
fn rule(context: &ChangeContext<'_>, change: &Change) -> Option<(Rule, usize)> {
    let joint = context.comparison.joint();
    let lowered = |is_so: bool| is_so.then_some((Rule::ProtectionLowered, 0));
    match &change.what {
        What::Edge { base: Some(base), head: Some(head) } => {
            let (before, after) =
                (&joint.spec(Side::Base).edges[*base], &joint.spec(Side::Head).edges[*head]);
            if loses_guard(before, after) {
                return Some((Rule::GuardWeakened, 0));
            }
            lowered(before.logged && !after.logged)
        }
        What::Guard(guard) => stops_less(joint, *guard).then_some((Rule::GuardWeakened, 0)),
        What::Attribute(node, attribute) if attribute.key == "zone" => of_zone(context, *node, attribute),
        What::Attribute(_, attribute) => lowered(attribute.lowers),
        What::Level { before, after, .. } => lowered(after < before),
        What::Zone { name, before, after } => of_trust(context, name, *before, *after),
        What::Edge { .. }
        | What::NodeAdded(_)
        | What::NodeRemoved(_)
        | What::NodeReplaced(_)
        | What::NodeRenamed(_) => None,
    }
}

/// Whether a guard that stood on the request or on the result does not stand there any more, or a result comes back that did
/// not.
fn loses_guard(before: &Edge, after: &Edge) -> bool {
    let loses = |before: &[GuardId], after: &[GuardId]| before.iter().any(|guard| !after.contains(guard));
    loses(&before.guards, &after.guards)
        || match (&before.result, &after.result) {
            (None, Some(_)) => true,
            (Some(before), Some(after)) => loses(before, after),
            (_, None) => false,
        }
}

fn stops_less(joint: &Joint, guard: GuardId) -> bool {
    let (before, after) = (joint.spec(Side::Base).guard(guard), joint.spec(Side::Head).guard(guard));
    Plane::ALL.iter().any(|plane| before.stops(*plane) && !after.stops(*plane))
}

/// A node that stands lower is less protected; one that stands higher may make paths from it count no more.
fn of_zone(context: &ChangeContext<'_>, node: NodeId, attribute: &Attribute) -> Option<(Rule, usize)> {
    let disarms = disarmed(context, |from, to| from == node || to == node);
    (attribute.lowers || disarms > 0).then_some((Rule::ProtectionLowered, disarms))
}

fn of_trust(
    context: &ChangeContext<'_>,
    name: &str,
    before: Option<i64>,
    after: Option<i64>,
) -> Option<(Rule, usize)> {
    // A zone without anybody in it on either side protects nobody.
    let joint = context.comparison.joint();
    let stands_in = |side: Side, node: NodeId| {
        let spec = joint.spec(side);
        spec.node(node).zone.is_some_and(|zone| spec.zone_name(zone) == name)
    };
    let is_in = |node: NodeId| stands_in(Side::Base, node) && stands_in(Side::Head, node);
    before.zip(after)?;
    let disarms = disarmed(context, |from, to| is_in(from) || is_in(to));
    (disarms > 0).then_some((Rule::ProtectionLowered, disarms))
}

/// How many pairs with a path in the head led into a more trusted zone in the base and, by the head's zones, do so no more.
fn disarmed(context: &ChangeContext<'_>, concerns: impl Fn(NodeId, NodeId) -> bool) -> usize {
    let comparison = context.comparison;
    let joint = comparison.joint();
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let both = |node: NodeId| joint.has(Side::Base, node) && joint.has(Side::Head, node);
    let mut search = CostSearch::new(comparison.graph(Side::Head));
    let mut count = 0;
    for from in joint.nodes().filter(|from| both(*from)) {
        let loses = |to: NodeId| {
            both(to) && concerns(from, to) && base.is_escalation(from, to) && !head.is_escalation(from, to)
        };
        let any = joint.nodes().any(loses);
        if any {
            count += search.influenced_by(from).iter().filter(|(to, _)| loses(*to)).count();
        }
    }
    count
}
