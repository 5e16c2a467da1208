//! CW013: the spec is gone, or declares no nodes any more, and what went with it.

use super::context::ChangeContext;
use crate::compare::{Joint, Side};
use crate::findings::finding::{About, Draft, GoneSpec};
use crate::findings::fingerprint;
use crate::model::{Acceptance, GuardId, Place, Rule};

pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    if context.gone.on_purpose || !context.is_head_empty() {
        return Vec::new();
    }
    let joint = context.comparison.joint();
    let path = context.gone.path.as_deref().map(|path| path.trim_end_matches('/').to_owned());
    let subject = fingerprint::of_spec(joint.spec(Side::Base));
    let about = About::SpecGone(Box::new(lost(joint, path)));
    let place = joint.first_place(Side::Head).or_else(|| joint.first_place(Side::Base));
    vec![Draft::about(Rule::SpecGone, about, vec![subject]).at(place)]
}

/// What of the base a head without nodes does not have.
fn lost(joint: &Joint, path: Option<String>) -> GoneSpec {
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let is_kept = |side: Side, place: Option<Place>| place.is_some_and(|place| joint.side_of(place) == side);
    let guards = (0..base.guards.len()).map(GuardId::new).filter(|id| {
        is_kept(Side::Base, base.guard(*id).place) && !is_kept(Side::Head, head.guard(*id).place)
    });
    let contracts = base.rules.iter().filter(|contract| {
        !head.rules.iter().any(|own| own.term == contract.term || own.term.is_at_least(&contract.term))
    });
    let accepted = |entry: &&Acceptance| !head.accept.iter().any(|own| own.what == entry.what);
    GoneSpec {
        path,
        nodes: base.nodes.len(),
        critical: base.nodes.values().filter(|node| node.critical).count(),
        private: base.nodes.values().filter(|node| node.is_private()).count(),
        zones: base.zones.keys().filter(|zone| !head.zones.contains_key(*zone)).count(),
        guards: guards.count(),
        levels: base.review.levels.keys().filter(|rule| !head.review.levels.contains_key(*rule)).count(),
        contracts: contracts.count(),
        acceptances: base.accept.iter().filter(accepted).count(),
    }
}
