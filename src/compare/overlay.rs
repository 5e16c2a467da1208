//! Two specs → one laid over the other, with what changed between them: enough to know whether anything has to be computed.

use super::change;
use super::change::{Change, ChangeIndex};
use super::effect::Effect;
use super::joint::{Joint, Side};
use crate::language::Diagnostics;
use crate::model::{NodeId, Spec};

/// Why two topologies are not compared.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Refusal {
    /// A `was` of the head is wrong.
    Rename(Diagnostics),
    /// Authority derives too much on one side.
    Authority(Diagnostics),
    /// More answers differ than there is memory for.
    TooMuch,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rename(diagnostics) | Self::Authority(diagnostics) => diagnostics.fmt(formatter),
            Self::TooMuch => formatter.write_str("more answers differ than there is memory for"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Two topologies and their changes, before any path is looked at.
#[derive(Debug)]
pub struct Overlay {
    pub(super) joint: Joint,
    pub(super) changes: Vec<Change>,
    pub(super) index: ChangeIndex,
}

impl Overlay {
    /// Lays one spec over the other.
    ///
    /// # Errors
    /// If a `was` of the head names what the base does not have, or what the head still has.
    pub fn of(base: &Spec, head: &Spec) -> Result<Self, Refusal> {
        let joint = Joint::of(base, head).map_err(Refusal::Rename)?;
        let changes = change::changes(&joint);
        let index = ChangeIndex::of(&joint, &changes);
        Ok(Self { joint, changes, index })
    }

    /// Whether no change can move a path: then every answer is the same on both sides, and no closure is needed to know it.
    #[must_use]
    pub fn moves_nothing(&self) -> bool {
        self.changes.iter().all(|change| change.effect == Effect::None)
    }
}

/// Whether both sides declare the same nodes and edges in every respect that a rule of a spec's own can ask for: then what breaks
/// one on one side breaks it on the other.
pub(super) fn declare_the_same(joint: &Joint, changes: &[Change]) -> bool {
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let tags = |spec: &Spec, node: NodeId| {
        let mut tags: Vec<Box<str>> = spec.node(node).tags().to_vec();
        tags.sort_unstable();
        tags
    };
    changes.is_empty()
        && joint
            .nodes()
            .all(|node| base.trust(node) == head.trust(node) && tags(base, node) == tags(head, node))
}

/// Whether each node stands as high on one side as on the other.
pub(super) fn stand_the_same(joint: &Joint) -> bool {
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    joint.nodes().all(|node| base.trust(node) == head.trust(node))
}
