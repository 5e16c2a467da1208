//! What several outputs share: zones, guards, nodes, edges, costs and paths as they stand in JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::analysis::{Hop, Leg, Path};
use crate::graph::{CapabilityGraph, Cost, Edge, Origin};
use crate::model::{Decider, Declared, Guard, GuardId, NodeId, Place, Plane, Returns, Role, Spec, Via};

/// A trust zone.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ZoneJson<'a> {
    id: &'a str,
    /// A larger number is more trusted.
    trust: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

/// A guard.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GuardJson<'a> {
    id: &'a str,
    /// `influence`, `exposure` or both.
    stops: Vec<&'static str>,
    /// There where it is only asked for in words, and never counts.
    #[serde(skip_serializing_if = "is_enforced")]
    enforced: bool,
    /// Who decides: `person`, `code` or `model`.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    /// The store that its configuration lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_in: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

/// A node: what it is, and every attribute that was declared, as it was declared.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NodeJson<'a> {
    id: &'a str,
    /// The section it stands in, in the singular.
    kind: &'static str,
    /// The declared kind.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    declared_kind: Option<&'static str>,
    #[serde(flatten)]
    #[schemars(with = "Map<String, Value>")]
    declared: &'a Declared,
    /// What a credential gives access to, selectors expanded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opens: Vec<&'a str>,
    #[serde(flatten)]
    at: At<'a>,
}

/// A declared or derived edge.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EdgeJson<'a> {
    from: &'a str,
    verb: &'static str,
    to: &'a str,
    /// Guards on the request.
    guards: Vec<&'a str>,
    /// The result leg: `false` where nothing comes back.
    returns: ReturnsJson<'a>,
    /// Guards that stood on the way the authority came; counted on both legs in both planes.
    extra: u32,
    /// `declared`, or the rule that derives the edge.
    origin: &'static str,
    /// The role, key or credential that a derived edge exists for.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    /// The general tool that presents the credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<&'a str>,
    /// The selector that took the target, or `members`.
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logged: Option<bool>,
    /// Whether the edge has to stay; left out where it need not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    uncuttable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

/// A result leg.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum ReturnsJson<'a> {
    /// Nothing comes back.
    Nothing(bool),
    /// A result comes back under these guards.
    Content {
        /// The guards.
        guards: Vec<&'a str>,
    },
}

/// Where something is declared.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct At<'a> {
    file: &'a str,
    /// From 1.
    line: usize,
}

/// The cost of a path.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CostJson {
    /// Guards that have to fail; 0 is open.
    guards: u32,
    /// Persistent stores that carry the payload into a later session.
    sessions: u32,
    /// Flows.
    hops: u32,
}

/// A path, start to end.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PathJson<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(flatten)]
    cost: CostJson,
    steps: Vec<HopJson<'a>>,
}

/// One flow of a path.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HopJson<'a> {
    /// Where content comes from.
    from: &'a str,
    /// Where it goes.
    to: &'a str,
    /// Who acts.
    actor: &'a str,
    verb: &'static str,
    /// On whom.
    target: &'a str,
    /// `request`, or `result` for what an invoke brings back.
    leg: &'static str,
    #[serde(flatten)]
    cost: CostJson,
    origin: &'static str,
    #[serde(flatten)]
    at: Option<At<'a>>,
}

/// The changes that were made to try them, in words.
pub(super) fn what_if(spec: &Spec) -> &[String] {
    &spec.what_if
}

pub(super) fn zones(spec: &Spec) -> Vec<ZoneJson<'_>> {
    spec.zones
        .iter()
        .map(|(id, zone)| ZoneJson {
            id,
            trust: zone.trust,
            description: zone.description.as_deref(),
            at: Some(at(spec, zone.place)),
        })
        .collect()
}

pub(super) fn guards(spec: &Spec) -> Vec<GuardJson<'_>> {
    spec.guards.iter().map(|(id, guard)| self::guard(spec, id, guard)).collect()
}

fn guard<'a>(spec: &'a Spec, id: &'a str, guard: &'a Guard) -> GuardJson<'a> {
    GuardJson {
        id,
        stops: stops(guard),
        enforced: guard.enforced,
        by: guard.by.map(Decider::as_str),
        kept_in: guard.kept_in.map(|store| spec.node_name(store)),
        description: guard.description.as_deref(),
        at: guard.place.map(|place| at(spec, place)),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_enforced(enforced: &bool) -> bool {
    *enforced
}

/// The planes that a guard is there to stop.
pub(super) fn stops(guard: &Guard) -> Vec<&'static str> {
    Plane::ALL.iter().filter(|plane| guard.is_for(**plane)).map(|plane| plane.as_str()).collect()
}

pub(super) fn node(spec: &Spec, id: NodeId) -> NodeJson<'_> {
    let node = spec.node(id);
    NodeJson {
        id: spec.node_name(id),
        kind: node.kind.as_str(),
        declared_kind: node.declared_kind,
        declared: &node.declared,
        opens: node.opens.iter().map(|target| spec.node_name(*target)).collect(),
        at: at(spec, node.place),
    }
}

pub(super) fn edge<'a>(graph: &'a CapabilityGraph, edge: &'a Edge) -> EdgeJson<'a> {
    let spec = graph.spec();
    let declaration = graph.declaration(edge);
    let through = match edge.origin {
        Origin::Insider { through, .. } => Some(through),
        _ => None,
    };
    EdgeJson {
        from: spec.node_name(edge.from),
        verb: edge.verb.as_str(),
        to: spec.node_name(edge.to),
        guards: guard_names(spec, &edge.guards),
        returns: match &edge.returns {
            Returns::Nothing => returns(spec, None),
            Returns::Content(guards) => returns(spec, Some(guards)),
        },
        extra: edge.extra,
        origin: edge.origin.as_str(),
        because: edge.because().map(|id| spec.node_name(id)),
        through: through.map(|id| spec.node_name(id)),
        via: declaration.and_then(|declared| match declared.via() {
            Via::Name => None,
            Via::Selector(selector) => Some(selector.as_str()),
            Via::Member => Some("members"),
        }),
        role: declaration.and_then(|declared| declared.role).map(Role::as_str),
        logged: declaration.map(|declared| declared.logged),
        uncuttable: declaration.is_some_and(|declared| declared.uncuttable),
        note: declaration.and_then(|declared| declared.note()),
        at: declaration.map(|declared| at(spec, declared.place)),
    }
}

/// A result leg by its guards; nothing where nothing comes back.
pub(super) fn returns<'a>(spec: &'a Spec, guards: Option<&[GuardId]>) -> ReturnsJson<'a> {
    guards.map_or(ReturnsJson::Nothing(false), |guards| ReturnsJson::Content {
        guards: guard_names(spec, guards),
    })
}

pub(super) fn guard_names<'a>(spec: &'a Spec, guards: &[GuardId]) -> Vec<&'a str> {
    guards.iter().map(|guard| spec.guard_name(*guard)).collect()
}

pub(super) fn cost(cost: Cost) -> CostJson {
    CostJson { guards: cost.guards, sessions: cost.sessions, hops: cost.hops }
}

pub(super) fn path<'a>(graph: &'a CapabilityGraph, path: &Path) -> PathJson<'a> {
    let spec = graph.spec();
    PathJson {
        from: spec.node_name(path.from),
        to: spec.node_name(path.to),
        cost: cost(path.cost),
        steps: path.hops.iter().map(|hop| step(graph, hop)).collect(),
    }
}

fn step<'a>(graph: &'a CapabilityGraph, hop: &Hop) -> HopJson<'a> {
    let spec = graph.spec();
    let edge = graph.edge(hop.edge);
    HopJson {
        from: spec.node_name(hop.from),
        to: spec.node_name(hop.to),
        actor: spec.node_name(edge.from),
        verb: edge.verb.as_str(),
        target: spec.node_name(edge.to),
        leg: leg(hop.leg),
        cost: cost(hop.cost),
        origin: edge.origin.as_str(),
        at: graph.declaration(edge).map(|declared| at(spec, declared.place)),
    }
}

pub(super) fn leg(leg: Leg) -> &'static str {
    match leg {
        Leg::Request => "request",
        Leg::Result => "result",
    }
}

pub(super) fn at(spec: &Spec, place: Place) -> At<'_> {
    let file = &spec.files[place.file as usize];
    let (line, _) = file.line_column(place.start as usize);
    At { file: file.path(), line }
}
