//! A fleet → a resolved spec, without going through text: for fleets whose text nobody wants to read.

use indexmap::IndexMap;

use super::draft::{Edge, GUARDS, GuardSet, Node, ZONES};
use super::order::Fleet;
use crate::model;
use crate::model::{
    Declared, DeclaredValue, Guard, GuardId, Isolation, NodeId, Place, SourceFile, Spec, Zone, ZoneId,
};

impl Fleet {
    /// The name of the spec.
    #[must_use]
    pub fn name(&self) -> String {
        let mixed = if self.plan.mixed { "-mixed" } else { "" };
        format!("{}-{}{mixed}", self.plan.shape.as_str(), self.plan.nodes)
    }

    /// The spec that its text would give, but for the places in the text.
    #[must_use]
    pub fn spec(&self) -> Spec {
        Spec {
            name: self.name(),
            description: None,
            zones: if self.plan.mixed { zones() } else { IndexMap::new() },
            guards: guards(self.plan.mixed),
            nodes: self.nodes.iter().map(|from| (from.name.to_string(), node(from))).collect(),
            edges: self.edges.iter().map(edge).collect(),
            files: vec![SourceFile::new("generated.yaml", String::new())],
            ..Spec::default()
        }
    }
}

fn zones() -> IndexMap<String, Zone> {
    (0..).zip(ZONES).map(|(trust, name)| (name.to_owned(), Zone::new(trust))).collect()
}

/// The built-in guards, and with `own` the one that a mixed fleet declares.
fn guards(own: bool) -> IndexMap<String, Guard> {
    let stops = [(true, true), (true, true), (true, false), (false, true), (true, false)];
    let taken = if own { GUARDS.len() } else { GUARDS.len() - 1 };
    let guards = GUARDS.iter().zip(stops).take(taken);
    guards.map(|(name, (one, other))| ((*name).to_owned(), Guard::new(one, other))).collect()
}

fn node(from: &Node) -> model::Node {
    let nowhere = Place { file: 0, start: 0, len: 0 };
    model::Node {
        zone: from.zone.map(|zone| ZoneId::new(usize::from(zone))),
        opens: from.opens.iter().map(|opened| NodeId::new(*opened as usize)).collect(),
        ..model::Node::declaring(from.kind, from.declared_kind, declared(from), nowhere)
    }
}

/// The attributes that the text declares, in its order.
fn declared(from: &Node) -> Declared {
    let zone = from.zone.map(|zone| ("zone", DeclaredValue::Text(ZONES[usize::from(zone)].into())));
    let isolation = from.per_call.then_some(("isolation", DeclaredValue::Word(Isolation::PerCall.as_str())));
    let persists = from.forgets.then_some(("persists", DeclaredValue::Boolean(false)));
    let general = from.general.then_some(("general", DeclaredValue::Boolean(true)));
    [zone, isolation, persists, general].into_iter().flatten().collect()
}

fn edge(from: &Edge) -> model::Edge {
    model::Edge {
        guards: guard_ids(from.guards),
        result: from.returns.map(guard_ids),
        ..model::Edge::new(NodeId::new(from.from as usize), from.verb, NodeId::new(from.to as usize))
    }
}

fn guard_ids(guards: GuardSet) -> Box<[GuardId]> {
    guards.members().map(GuardId::new).collect()
}
