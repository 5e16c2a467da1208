//! A fleet → a resolved spec, without going through text: for fleets whose text nobody wants to read.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::draft::{Edge, GUARDS, GuardSet, Node, ZONES};
use super::order::Fleet;
use crate::spec::{
    self, Guard, GuardId, Isolation, NodeId, NodeKind, Place, Returns, Sensitivity, SourceFile, Spec, Via,
    Zone, ZoneId,
};

/// Nothing of it stands in a text.
const NOWHERE: Place = Place { file: 0, start: 0, len: 0 };

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
        }
    }
}

fn zones() -> IndexMap<String, Zone> {
    let zone = |trust| Zone { trust, description: None, place: NOWHERE };
    (0..).zip(ZONES).map(|(trust, name)| (name.to_owned(), zone(trust))).collect()
}

/// The built-in guards, and with `own` the one that a mixed fleet declares.
fn guards(own: bool) -> IndexMap<String, Guard> {
    let stops = [(true, true), (true, true), (true, false), (false, true), (true, false)];
    let taken = if own { GUARDS.len() } else { GUARDS.len() - 1 };
    let guards = GUARDS.iter().zip(stops).take(taken);
    guards
        .map(|(name, (stops_influence, stops_exposure))| {
            let guard = Guard { stops_influence, stops_exposure, description: None, place: None };
            ((*name).to_owned(), guard)
        })
        .collect()
}

fn node(from: &Node) -> spec::Node {
    let isolation = match from.kind {
        NodeKind::Tool if !from.general => Isolation::PerCall,
        _ if from.per_call => Isolation::PerCall,
        _ => Isolation::Shared,
    };
    let is_store = from.kind == NodeKind::Store;
    spec::Node {
        kind: from.kind,
        declared_kind: from.declared_kind.or(is_store.then_some("memory")),
        zone: from.zone.map(|zone| ZoneId::new(usize::from(zone))),
        description: None,
        tags: Vec::new(),
        critical: false,
        sensitivity: Sensitivity::Internal,
        isolation,
        relays: !matches!(from.kind, NodeKind::Credential | NodeKind::Principal),
        persists: is_store && !from.forgets && from.declared_kind != Some("sandbox"),
        untrusted: from.kind == NodeKind::Source,
        egress: false,
        general: from.general,
        opens: from.opens.iter().map(|opened| NodeId::new(*opened as usize)).collect(),
        declared: declared(from),
        place: NOWHERE,
    }
}

/// The attributes that the text declares, in its order.
fn declared(from: &Node) -> Map<String, Value> {
    let mut declared = Map::new();
    if let Some(zone) = from.zone {
        declared.insert("zone".to_owned(), ZONES[usize::from(zone)].into());
    }
    if from.per_call {
        declared.insert("isolation".to_owned(), Isolation::PerCall.as_str().into());
    }
    if from.forgets {
        declared.insert("persists".to_owned(), false.into());
    }
    if from.general {
        declared.insert("general".to_owned(), true.into());
    }
    declared
}

fn edge(from: &Edge) -> spec::Edge {
    spec::Edge {
        from: NodeId::new(from.from as usize),
        verb: from.verb,
        to: NodeId::new(from.to as usize),
        guards: guard_ids(from.guards),
        returns: from.returns.map_or(Returns::Nothing, |guards| Returns::Content(guard_ids(guards))),
        role: None,
        logged: true,
        note: None,
        via: Via::Name,
        place: NOWHERE,
    }
}

fn guard_ids(guards: GuardSet) -> Vec<GuardId> {
    guards.members().map(GuardId::new).collect()
}
