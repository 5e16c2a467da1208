//! The names in a saved matrix → what they name in the spec that is restored.

use crate::language::restore::Wrong;
use crate::model::{NodeId, Spec, quoted};

/// The node with this name.
pub(super) fn node_id(spec: &Spec, name: &str) -> Result<NodeId, Wrong> {
    spec.node_id(name).ok_or_else(|| format!("the node `{}` is not declared", quoted(name)))
}
