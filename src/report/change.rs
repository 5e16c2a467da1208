//! A change of a spec in words: what to do, to what, and where that stands.

use super::command_line::option;
use super::name::visible;
use crate::graph::CapabilityGraph;
use crate::model::text::phrase;
use crate::model::{EdgeKey, Leg, NodeKind, Place, Spec, Text, Verb, WhatIf};

/// A change in words.
pub(super) struct ChangeWords {
    /// What to do: `remove`, `read-only`, `guard`, `guard result`, `per-call`, `revoke`, `broker`, `isolate`.
    pub(super) action: &'static str,
    /// To what.
    pub(super) what: Text,
    /// Where that is declared.
    pub(super) place: Option<Place>,
}

impl ChangeWords {
    /// The change on one line.
    pub(super) fn line(self) -> Text {
        phrase![self.action, " ", self.what]
    }
}

/// A change in words.
pub(super) fn change(graph: &CapabilityGraph, change: WhatIf) -> ChangeWords {
    let spec = graph.spec();
    let of_node = |id| Some(spec.node(id).place);
    match change {
        WhatIf::Without(key) if is_only_read(graph, key) => ChangeWords {
            action: "read-only",
            what: phrase![key.from, " on ", key.to, ": drop its write"],
            place: place(graph, key),
        },
        WhatIf::Without(key) => ChangeWords { action: "remove", what: edge(key), place: place(graph, key) },
        WhatIf::WithGuard(key, leg, _) => ChangeWords {
            action: match leg {
                Leg::Request => "guard",
                Leg::Result => "guard result",
            },
            what: edge(key),
            place: place(graph, key),
        },
        WhatIf::Fail(guard) => {
            ChangeWords { action: "fail", what: phrase![guard], place: spec.guard(guard).place }
        }
        WhatIf::Isolate(node) => ChangeWords { action: "isolate", what: phrase![node], place: of_node(node) },
        WhatIf::PerCall(node) => {
            ChangeWords { action: "per-call", what: phrase![node], place: of_node(node) }
        }
        WhatIf::Revoke(node) => ChangeWords { action: "revoke", what: phrase![node], place: of_node(node) },
        WhatIf::Broker { holder, credential } => {
            let read = EdgeKey { from: holder, verb: Verb::Read, to: credential };
            ChangeWords {
                action: "broker",
                what: phrase![holder, " uses ", credential, " and reads it no more"],
                place: place(graph, read),
            }
        }
    }
}

/// `planner invokes billing`.
pub(super) fn edge(key: EdgeKey) -> Text {
    phrase![key.from, " ", key.verb, " ", key.to]
}

/// Whether an actor that writes a store or session reads it too: without the write it is left with reading.
fn is_only_read(graph: &CapabilityGraph, key: EdgeKey) -> bool {
    let read = EdgeKey { verb: Verb::Read, ..key };
    key.verb == Verb::Write
        && matches!(graph.spec().node(key.to).kind, NodeKind::Store | NodeKind::Session)
        && graph.declared(read).is_some()
}

fn place(graph: &CapabilityGraph, key: EdgeKey) -> Option<Place> {
    graph.declaration(graph.edge(graph.declared(key)?)).map(|edge| edge.place)
}

/// The flags with which a command tries some changes; nothing if there is no flag for one of them, or if a name in them would turn
/// the text around it.
pub(super) fn flags(spec: &Spec, changes: &[WhatIf]) -> Option<String> {
    let flag = |change: &WhatIf| match *change {
        WhatIf::Without(key) => Some(option("--without", &key.words(spec))),
        WhatIf::WithGuard(key, leg, guard) => {
            let leg = if leg == Leg::Result { ":result" } else { "" };
            let word = format!("{}{leg}={}", key.words(spec), spec.guard_name(guard));
            Some(option("--with-guard", &word))
        }
        WhatIf::Fail(guard) => Some(option("--fail", spec.guard_name(guard))),
        WhatIf::Isolate(node) => Some(option("--isolate", spec.node_name(node))),
        _ => None,
    };
    let flags: Option<Vec<String>> = changes.iter().map(flag).collect();
    // What cannot be shown cannot be pasted.
    flags.map(|flags| flags.join(" ")).filter(|flags| visible(flags) == *flags)
}
