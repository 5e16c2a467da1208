//! What rules about a change share: the comparison, the stricter marks of both sides, and what is known of a head without nodes.

use crate::compare::{AcceptedDeletion, Change, ChangeId, Comparison, Delta, Side};
use crate::findings::acceptance::AcceptedPair;
use crate::findings::finding::{Ends, Pair};
use crate::findings::fingerprint;
use crate::findings::strictest::Strictest;

/// What only the caller knows of a head that has no nodes. The default is that nothing is known: then a head without nodes is a
/// spec that is gone, and nobody has accepted it.
#[derive(Debug, Clone, Default)]
pub struct HeadGone {
    /// The path of the base's spec from the root of its repository: an acceptance of the spec's own names it by that.
    pub path: Option<String>,
    /// Whether the user asked for an empty head by name.
    pub on_purpose: bool,
    /// The acceptance in another spec of the repository, as [`accepted_deletion`](crate::findings::accepted_deletion) finds it.
    pub accepted: Option<AcceptedDeletion>,
}

/// A comparison with what rules share.
pub(in crate::findings) struct ChangeContext<'c> {
    pub(in crate::findings) comparison: &'c Comparison,
    /// The stricter marks of both sides.
    pub(in crate::findings) strictest: Strictest<'c>,
    /// What is known of a head without nodes.
    pub(in crate::findings) gone: &'c HeadGone,
    /// The pairs that are accepted: contracts may count them out.
    pub(in crate::findings) accepted: Vec<AcceptedPair>,
}

impl<'c> ChangeContext<'c> {
    pub(in crate::findings) fn of(
        comparison: &'c Comparison,
        gone: &'c HeadGone,
        accepted: Vec<AcceptedPair>,
    ) -> Self {
        Self { comparison, strictest: Strictest::of(comparison.joint()), gone, accepted }
    }

    /// Whether the head has no nodes where the base has some, or where the user wants it so: then all that was declared went with
    /// the spec, and one finding tells of it, or none.
    pub(in crate::findings) fn is_head_empty(&self) -> bool {
        let joint = self.comparison.joint();
        joint.is_empty(Side::Head) && (!joint.is_empty(Side::Base) || self.gone.on_purpose)
    }

    /// What a change is known by.
    pub(super) fn subject(&self, change: &Change) -> String {
        fingerprint::change(self.comparison.joint(), change)
    }

    /// The edge that some changes are about, where they are one change of an edge.
    pub(super) fn edge(&self, changes: &[ChangeId]) -> Option<Ends> {
        let [change] = changes else { return None };
        let edge = self.comparison.edge_of(self.comparison.change(*change))?;
        Some((edge.from, edge.verb, edge.to))
    }

    /// The pairs of some deltas: those of nodes on both sides first, each in node order.
    pub(super) fn pairs(&self, mut deltas: Vec<Delta>) -> Vec<Pair> {
        deltas.sort_unstable_by_key(|delta| (delta.from, delta.to, delta.question));
        let mut pairs: Vec<Pair> = deltas
            .chunk_by(|one, other| (one.from, one.to) == (other.from, other.to))
            .map(|deltas| {
                let (from, to) = (deltas[0].from, deltas[0].to);
                let is_of_other_node = self.comparison.is_of_other_node(from, to);
                Pair { from, to, deltas: deltas.to_vec(), is_of_other_node }
            })
            .collect();
        pairs.sort_by_key(|pair| pair.is_of_other_node);
        pairs
    }
}
