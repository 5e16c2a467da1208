//! The changes of a finding and its pairs → where a reviewer looks first.

use super::finding::Pair;
use crate::compare::Comparison;
use crate::compare::Routes;
use crate::compare::Side;
use crate::compare::{ChangeId, What};
use crate::model::Place;

/// The first change; of a node that is new with its edges, and of a topology that is new altogether, the edge on the best path.
pub(crate) fn place(comparison: &Comparison, changes: &[ChangeId], pairs: &[Pair]) -> Option<Place> {
    let first = changes.first().copied();
    let own = comparison.changes().get(first.map_or(0, ChangeId::index))?;
    if first.is_some() && !matches!(own.what, What::NodeAdded(_) | What::NodeReplaced(_)) {
        return Some(own.place);
    }
    Some(on_route(comparison, first, pairs).unwrap_or(own.place))
}

/// The first edge of the first pair's best path that goes with a change.
fn on_route(comparison: &Comparison, change: Option<ChangeId>, pairs: &[Pair]) -> Option<Place> {
    let delta = pairs.first()?.deltas.first()?;
    let route = Routes::new(comparison, Side::Head).find(delta.from, delta.question, delta.to)?;
    let graph = comparison.graph(Side::Head);
    let hops = route.hops.iter().chain(&route.act);
    let mut hops = hops.filter(|hop| hop.change.is_some() && (change.is_none() || hop.change == change));
    hops.find_map(|hop| Some(graph.declaration(graph.edge(hop.hop.edge))?.place))
}
