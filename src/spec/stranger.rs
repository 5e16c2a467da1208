//! Who strangers are: the one definition, asked by selectors, rules, findings and reports.
//!
//! Strangers are nodes that say `untrusted`, sources that do not say otherwise, and every webhook without a signature, whatever it
//! says: anybody can post to it.

use super::declaration::NodeDeclaration;
use super::declared::DeclaredValue;
use super::ids::NodeId;
use super::model::{Node, Spec};
use super::surfaces::{Checks, is_unsigned_webhook};
use super::vocabulary::NodeKind;

/// The definition.
fn is_stranger(
    kind: NodeKind,
    declared_kind: Option<&str>,
    untrusted: bool,
    controls: Option<&Checks>,
) -> bool {
    untrusted || is_unsigned_webhook(kind, declared_kind, controls)
}

/// Whether a node is untrusted where it does not say.
pub(super) fn is_untrusted_by_default(kind: NodeKind) -> bool {
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

impl NodeDeclaration<'_> {
    /// Whether the node that is declared is a stranger.
    pub(super) fn is_stranger(&self) -> bool {
        let value = |name: &str| self.declared.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let untrusted = match value("untrusted") {
            Some(DeclaredValue::Boolean(untrusted)) => *untrusted,
            _ => is_untrusted_by_default(self.kind),
        };
        let controls = match value("controls") {
            Some(DeclaredValue::Checks(checks)) => Some(&**checks),
            _ => None,
        };
        is_stranger(self.kind, self.declared_kind, untrusted, controls)
    }
}
