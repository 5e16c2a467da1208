//! Declarations of nodes → nodes, defaults filled in.

use crate::language::declaration::NodeDeclaration;
use crate::model::Declared;
use crate::model::Node;
use crate::model::Place;
use crate::model::stranger::is_untrusted_by_default;
use crate::model::{Isolation, NodeKind, Sensitivity};
use crate::model::{NodeId, ZoneId};

/// A node with its name.
pub(super) fn node(from: NodeDeclaration<'_>, zone: Option<ZoneId>, opens: Vec<NodeId>) -> (String, Node) {
    let NodeDeclaration { name, kind, declared_kind, declared, .. } = from;
    (
        name.text.to_owned(),
        filled(kind, declared_kind, zone, opens, Declared::from_iter(declared), name.place),
    )
}

/// The node that these attributes make, defaults filled in.
pub(crate) fn filled(
    kind: NodeKind,
    declared_kind: Option<&'static str>,
    zone: Option<ZoneId>,
    opens: Vec<NodeId>,
    declared: Declared,
    place: Place,
) -> Node {
    let flag = |key: &str, default: bool| declared.flag(key).unwrap_or(default);
    let general = flag("general", false);
    Node {
        kind,
        declared_kind,
        zone,
        critical: flag("critical", false),
        sensitivity: declared
            .text("sensitivity")
            .and_then(Sensitivity::from_text)
            .unwrap_or(Sensitivity::Internal),
        isolation: declared
            .text("isolation")
            .and_then(Isolation::from_text)
            .unwrap_or_else(|| default_isolation(kind, general)),
        relays: flag("relays", relays_by_default(kind, declared_kind)),
        persists: kind == NodeKind::Store && flag("persists", declared_kind != Some("sandbox")),
        untrusted: flag("untrusted", is_untrusted_by_default(kind)),
        egress: flag("egress", false),
        general,
        opens,
        place,
        declared,
    }
}

/// Tools start afresh for each caller, unless they are general: a shell or a browser keeps what was done in it.
fn default_isolation(kind: NodeKind, general: bool) -> Isolation {
    if kind == NodeKind::Tool && !general { Isolation::PerCall } else { Isolation::Shared }
}

/// Content goes on through everything but secrets and those principals that are not services.
fn relays_by_default(kind: NodeKind, declared_kind: Option<&str>) -> bool {
    match kind {
        NodeKind::Principal => declared_kind == Some("service"),
        NodeKind::Credential => false,
        _ => true,
    }
}
