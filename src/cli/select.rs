//! Names and selectors of the command line → the nodes that they take.

use crate::model::{NodeId, Selection, SelectionError, Spec};

/// The nodes that some words take together, in node order.
pub(super) fn select(spec: &Spec, words: &[String]) -> Result<Vec<NodeId>, SelectionError> {
    let mut nodes = Vec::new();
    for word in words {
        nodes.extend(Selection::parse(spec, word).nodes(spec)?);
    }
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

/// The nodes of some zones and of some kinds; all of them where neither is said.
pub(super) fn slice(spec: &Spec, zones: &[String], kinds: &[String]) -> Result<Vec<NodeId>, SelectionError> {
    let prefixed = |prefix: &str, words: &[String]| -> Vec<String> {
        words
            .iter()
            .map(|word| format!("{prefix}:{}", word.trim_start_matches(&format!("{prefix}:"))))
            .collect()
    };
    let in_zones = select(spec, &prefixed("zone", zones))?;
    let of_kinds = select(spec, &prefixed("kind", kinds))?;
    let taken = |id: &NodeId| {
        (zones.is_empty() || in_zones.binary_search(id).is_ok())
            && (kinds.is_empty() || of_kinds.binary_search(id).is_ok())
    };
    Ok(spec.node_ids().filter(taken).collect())
}
