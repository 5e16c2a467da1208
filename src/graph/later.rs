//! What a layer of a search leaves for later ones → buckets by layer, whose memory is used again within bounds.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::rows::FlowNode;

/// What waits for a layer: (hops, flow node).
pub(super) type Bucket = Vec<(u32, FlowNode)>;

/// How many empty buckets are kept for the next layer: what one layer fills at once, and the one that is worked on.
pub(super) const SPARE: usize = 9;

/// What one layer leaves for later ones. Nearly all of it crosses no more than a few guards, so a few lists serve without a
/// look into the map of all layers.
pub(super) struct Later {
    /// By guards (0 to 3) and sessions crossed.
    near: [Bucket; 8],
    /// Everything else: (guards, sessions, hops, flow node).
    far: Vec<(u32, u32, u32, FlowNode)>,
}

impl Later {
    pub(super) fn new(spare: &mut Vec<Bucket>) -> Self {
        Self { near: std::array::from_fn(|_| spare.pop().unwrap_or_default()), far: Vec::new() }
    }

    pub(super) fn push(&mut self, guards: u32, sessions: u32, hops: u32, node: FlowNode) {
        match self.near.get_mut((guards as usize) << 1 | sessions as usize) {
            Some(bucket) => bucket.push((hops, node)),
            None => self.far.push((guards, sessions, hops, node)),
        }
    }

    /// Files everything under the layer that it belongs to, counted from the layer that it leaves.
    pub(super) fn file(
        self,
        waiting: &mut BTreeMap<(u32, u32), Bucket>,
        spare: &mut Vec<Bucket>,
        (guards, sessions): (u32, u32),
    ) {
        for (kind, mut bucket) in (0_u32..).zip(self.near) {
            if !bucket.is_empty() {
                let layer = (guards.saturating_add(kind >> 1), sessions.saturating_add(kind & 1));
                match waiting.entry(layer) {
                    Entry::Vacant(free) => {
                        free.insert(std::mem::take(&mut bucket));
                    }
                    Entry::Occupied(mut waits) => waits.get_mut().append(&mut bucket),
                }
            }
            keep(spare, bucket);
        }
        for (more_guards, more_sessions, hops, node) in self.far {
            let layer = (guards.saturating_add(more_guards), sessions.saturating_add(more_sessions));
            waiting.entry(layer).or_default().push((hops, node));
        }
    }
}

/// Keeps a bucket to use again, unless it never grew or there are enough of them.
pub(super) fn keep(spare: &mut Vec<Bucket>, mut bucket: Bucket) {
    if bucket.capacity() > 0 && spare.len() < SPARE {
        bucket.clear();
        spare.push(bucket);
    }
}
