//! `was`: which node of the base a renamed node of the head is.

use std::collections::HashMap;

use crate::language::{Code, Diagnostic, Diagnostics, Label};
use crate::model::{NodeId, Spec};

/// By node of the base: the node of the head that it became. A node whose new name the base has already was renamed by an
/// earlier change, and says nothing about this one.
///
/// # Errors
/// Every `was` that names what the base does not have, or what the head still has.
pub(crate) fn resolve(base: &Spec, head: &Spec) -> Result<HashMap<NodeId, NodeId>, Diagnostics> {
    let mut renamed = HashMap::new();
    let mut items = Vec::new();
    for (position, (name, node)) in head.nodes.iter().enumerate() {
        let Some(was) = node.declared.text("was") else { continue };
        if base.nodes.contains_key(name) || base.nodes.is_empty() {
            continue;
        }
        let (message, word) = match (base.node_id(was), head.nodes.contains_key(was)) {
            (Some(old), false) => {
                let Some(first) = renamed.insert(old, NodeId::new(position)) else { continue };
                let first = head.node_name(first);
                (format!("`{first}` and `{name}` both say that they were `{was}`"), "only one can be it")
            }
            (Some(_), true) => {
                (format!("`{name}` was `{was}`, but `{was}` is still there"), "the old name must be gone")
            }
            (None, _) => (
                format!("`{name}` was `{was}`, but the base has no `{was}`"),
                "the old name must be in the base",
            ),
        };
        let label = Label { place: node.place, text: word.to_owned() };
        let help = Some("correct `was`, or take it out: then the node counts as new".to_owned());
        items.push(Diagnostic { code: Code::UnknownTarget, message, labels: vec![label], help });
    }
    if items.is_empty() { Ok(renamed) } else { Err(Diagnostics { files: head.files.clone(), items }) }
}
