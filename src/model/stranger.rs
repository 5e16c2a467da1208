//! Who strangers are: the one definition, asked by selectors, rules, findings and reports.
//!
//! Strangers are nodes that say `untrusted`, sources that do not say otherwise, and every webhook without a signature, whatever it
//! says: anybody can post to it.

use super::ids::NodeId;
use super::node::Node;
use super::spec::Spec;
use super::surfaces::{Checks, is_unsigned_webhook};
use super::vocabulary::NodeKind;

/// The definition.
pub(crate) fn is_stranger(
    kind: NodeKind,
    declared_kind: Option<&str>,
    untrusted: bool,
    controls: Option<&Checks>,
) -> bool {
    untrusted || is_unsigned_webhook(kind, declared_kind, controls)
}

/// Whether a node is untrusted where it does not say.
pub(crate) fn is_untrusted_by_default(kind: NodeKind) -> bool {
    kind == NodeKind::Source
}

impl Node {
    /// Whether strangers control what it says: it is `untrusted`, or a webhook that anybody can post to.
    #[must_use]
    pub fn is_stranger(&self) -> bool {
        is_stranger(self.kind, self.declared_kind, self.untrusted, self.controls())
    }
}

impl Spec {
    /// The nodes that strangers control, in node order.
    #[must_use]
    pub fn strangers(&self) -> Vec<NodeId> {
        self.node_ids().filter(|id| self.node(*id).is_stranger()).collect()
    }
}
