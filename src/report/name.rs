//! Names as they can be shown: nothing in them may reorder, hide or break the text around them.

use crate::model::Spec;

/// A name with what nobody could see made visible.
pub(crate) use crate::model::printable as visible;

/// How many bytes a node's name has on average, rounded up.
pub(super) fn average_length(spec: &Spec) -> usize {
    let names: usize = spec.nodes.keys().map(String::len).sum();
    names.div_ceil(spec.nodes.len().max(1))
}
