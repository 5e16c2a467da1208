//! Which guards of a spec can stand in the way of a plane.

use crate::model::{GuardId, Plane, Spec};

/// The guards that stop a plane: first those that stop nothing else, each group in the order of the spec.
#[must_use]
pub fn stopping(spec: &Spec, plane: Plane) -> Vec<GuardId> {
    let all = (0..spec.guards.len()).map(GuardId::new).filter(|guard| spec.guard(*guard).stops(plane));
    let stops_both =
        |guard: &GuardId| spec.guard(*guard).stops_influence && spec.guard(*guard).stops_exposure;
    let (both, alone): (Vec<GuardId>, Vec<GuardId>) = all.partition(stops_both);
    alone.into_iter().chain(both).collect()
}

/// The guard that a proposal names: the first that stops a plane and does not stand there yet.
pub(super) fn another(spec: &Spec, plane: Plane, there: &[GuardId]) -> Option<GuardId> {
    stopping(spec, plane).into_iter().find(|guard| !there.contains(guard))
}
