//! Changes → the spec as it would be. The changes do not depend on their order: all of them are made at once.

use std::collections::{HashMap, HashSet};

use super::change::{EdgeKey, WhatIf};
use crate::model::ids::{GuardId, NodeId};
use crate::model::node::Node;
use crate::model::spec::{Edge, Leg, Spec};
use crate::model::vocabulary::{Isolation, NodeKind, Verb};

impl Spec {
    /// The spec with these changes made besides those that were made before; it remembers them all. A change that is named twice
    /// is made once.
    #[must_use]
    pub fn what_if(mut self, changes: &[WhatIf]) -> Self {
        let changed = Changed::of(changes);
        self.edges.retain(|edge| !changed.drops(edge));
        self.edges.iter_mut().for_each(|edge| changed.guard(edge));
        let mut said: HashSet<String> = self.what_if.iter().cloned().collect();
        for change in changes {
            self.change(*change);
            let words = change.words(&self);
            if said.insert(words.clone()) {
                self.what_if.push(words);
            }
        }
        if !changed.isolated.is_empty() {
            for (position, node) in self.nodes.values_mut().enumerate() {
                if changed.isolated.contains(&NodeId::new(position)) {
                    node.opens = Vec::new();
                }
                node.opens.retain(|target| !changed.isolated.contains(target));
            }
        }
        self
    }

    /// Changes that are not about an edge or a node that goes, or about guards.
    fn change(&mut self, change: WhatIf) {
        match change {
            WhatIf::Without(_) | WhatIf::Isolate(_) | WhatIf::WithGuard(..) => {}
            WhatIf::Fail(guard) => self.guards[guard.index()].enforced = false,
            WhatIf::PerCall(node) => per_call(&mut self.nodes[node.index()]),
            WhatIf::Revoke(node) => self.nodes[node.index()].opens = Vec::new(),
            WhatIf::Broker { holder, credential } => self.broker(holder, credential),
        }
    }

    /// Who may have a credential used already needs no second edge for it.
    fn broker(&mut self, holder: NodeId, credential: NodeId) {
        let read = EdgeKey { from: holder, verb: Verb::Read, to: credential };
        let used = EdgeKey { verb: Verb::Invoke, ..read };
        if self.edges.iter().any(|edge| EdgeKey::of(edge) == used) {
            self.edges.retain(|edge| EdgeKey::of(edge) != read);
        }
        for edge in self.edges.iter_mut().filter(|edge| EdgeKey::of(edge) == read) {
            edge.verb = Verb::Invoke;
        }
    }
}

/// A tool that starts afresh for each caller relays only if it says so or is general.
fn per_call(node: &mut Node) {
    node.isolation = Isolation::PerCall;
    if node.kind == NodeKind::Tool && !node.general && node.declared.flag("relays") != Some(true) {
        node.relays = false;
    }
}

/// The edges and nodes that go, and the guards that come. There may be as many of them as there are edges, so that each edge asks
/// what becomes of it.
struct Changed {
    without: HashSet<EdgeKey>,
    isolated: HashSet<NodeId>,
    guards: HashMap<EdgeKey, Vec<(Leg, GuardId)>>,
}

impl Changed {
    fn of(changes: &[WhatIf]) -> Self {
        let without = changes.iter().filter_map(|change| match change {
            WhatIf::Without(edge) => Some(*edge),
            _ => None,
        });
        let isolated = changes.iter().filter_map(|change| match change {
            WhatIf::Isolate(node) => Some(*node),
            _ => None,
        });
        let mut guards: HashMap<EdgeKey, Vec<(Leg, GuardId)>> = HashMap::new();
        for change in changes {
            if let WhatIf::WithGuard(key, leg, guard) = change {
                guards.entry(*key).or_default().push((*leg, *guard));
            }
        }
        Self { without: without.collect(), isolated: isolated.collect(), guards }
    }

    /// Puts the guards on an edge that come to it.
    fn guard(&self, edge: &mut Edge) {
        for (leg, guard) in self.guards.get(&EdgeKey::of(edge)).into_iter().flatten() {
            let guards = match leg {
                Leg::Request => Some(&mut edge.guards),
                Leg::Result => edge.result.as_mut(),
            };
            if let Some(guards) = guards.filter(|guards| !guards.contains(guard)) {
                *guards = guards.iter().copied().chain([*guard]).collect();
            }
        }
    }

    fn drops(&self, edge: &Edge) -> bool {
        self.isolated.contains(&edge.from)
            || self.isolated.contains(&edge.to)
            || self.without.contains(&EdgeKey::of(edge))
    }
}
