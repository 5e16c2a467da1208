//! The atomic changes between two topologies, and the causes that name them, as they stand in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::compare::{Cause, Change, Comparison, Effect, Joint, Side, What};
use crate::model::Role;
use crate::report::wire::parts::{At, ReturnsJson, at, guard_names, returns, stops};

/// One atomic change. What it names depends on its kind.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChangeJson<'a> {
    /// `node-added`, `node-removed`, `node-replaced` (it is of another kind, and counts with all its edges), `node-renamed`,
    /// `attribute`, `guard`, `zone`, `level`, `edge-added`, `edge-removed` or `edge-changed`.
    kind: &'static str,
    /// The node, by its name in the head; by the last one it had if it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<&'a str>,
    /// The attribute's key in a spec.
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    /// The id of the rule whose level is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    /// The actor of an edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verb: Option<&'static str>,
    /// The target of an edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// What it was in the base; absent where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<StateJson<'a>>,
    /// What it is in the head; absent where it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<StateJson<'a>>,
    /// What it can do to paths: `none`, `opens`, `closes` or `both`.
    effect: &'static str,
    /// The side whose files `file` and `line` speak of: `head`, or `base` for what is gone.
    side: &'static str,
    #[serde(flatten)]
    at: At<'a>,
}

/// The state of something on one side.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum StateJson<'a> {
    /// A name, a level, or the value of an attribute in words.
    Text(&'a str),
    /// The trust of a zone.
    Trust(i64),
    /// What a guard stops.
    Guard {
        /// `influence`, `exposure` or both.
        stops: Vec<&'static str>,
    },
    /// How an edge is declared.
    Edge {
        /// Guards on the request.
        guards: Vec<&'a str>,
        /// The result leg: `false` where nothing comes back.
        returns: ReturnsJson<'a>,
        #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
        role: Option<&'static str>,
        logged: bool,
        /// Whether the edge has to stay; left out where it need not.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        uncuttable: bool,
    },
}

/// Why something is gained.
#[derive(Serialize, JsonSchema)]
pub(super) struct CauseJson {
    /// Positions among `changes`, in declared order.
    changes: Vec<usize>,
    /// Whether each of them is necessary: without it the gain is lost. Otherwise together they are one irreducible set.
    necessary: bool,
    /// Whether they alone, made on the base, are enough.
    sufficient: bool,
}

pub(super) fn cause(cause: &Cause) -> CauseJson {
    CauseJson {
        changes: cause.changes.iter().map(|change| change.index()).collect(),
        necessary: cause.is_necessary,
        sufficient: cause.is_sufficient,
    }
}

pub(super) fn change<'a>(comparison: &'a Comparison, change: &'a Change) -> ChangeJson<'a> {
    let joint = comparison.joint();
    let blank = ChangeJson {
        kind: "",
        node: None,
        attribute: None,
        guard: None,
        zone: None,
        rule: None,
        from: None,
        verb: None,
        to: None,
        before: None,
        after: None,
        effect: effect(change.effect),
        side: joint.side_of(change.place).as_str(),
        at: at(joint.spec(Side::Head), change.place),
    };
    let section = |side, node| Some(StateJson::Text(joint.node(side, node).kind.as_str()));
    match &change.what {
        What::NodeAdded(node) => ChangeJson {
            kind: "node-added",
            node: Some(joint.name(*node)),
            after: section(Side::Head, *node),
            ..blank
        },
        What::NodeRemoved(node) => ChangeJson {
            kind: "node-removed",
            node: Some(joint.name(*node)),
            before: section(Side::Base, *node),
            ..blank
        },
        What::NodeReplaced(node) => ChangeJson {
            kind: "node-replaced",
            node: Some(joint.name(*node)),
            before: section(Side::Base, *node),
            after: section(Side::Head, *node),
            ..blank
        },
        What::NodeRenamed(node) => ChangeJson {
            kind: "node-renamed",
            node: Some(joint.name(*node)),
            before: joint.former_name(*node).map(StateJson::Text),
            after: Some(StateJson::Text(joint.name(*node))),
            ..blank
        },
        What::Attribute(node, attribute) => ChangeJson {
            kind: "attribute",
            node: Some(joint.name(*node)),
            attribute: Some(attribute.key),
            before: Some(StateJson::Text(&attribute.before)),
            after: Some(StateJson::Text(&attribute.after)),
            ..blank
        },
        What::Guard(guard) => ChangeJson {
            kind: "guard",
            guard: Some(joint.spec(Side::Head).guard_name(*guard)),
            before: Some(StateJson::Guard { stops: stops(joint.spec(Side::Base).guard(*guard)) }),
            after: Some(StateJson::Guard { stops: stops(joint.spec(Side::Head).guard(*guard)) }),
            ..blank
        },
        What::Zone { name, before, after } => ChangeJson {
            kind: "zone",
            zone: Some(name),
            before: before.map(StateJson::Trust),
            after: after.map(StateJson::Trust),
            ..blank
        },
        What::Level { rule, before, after } => ChangeJson {
            kind: "level",
            rule: Some(rule.id()),
            before: Some(StateJson::Text(before.as_str())),
            after: Some(StateJson::Text(after.as_str())),
            ..blank
        },
        What::Edge { base, head } => edge(comparison, change, *base, *head, blank),
    }
}

fn edge<'a>(
    comparison: &'a Comparison,
    change: &'a Change,
    base: Option<usize>,
    head: Option<usize>,
    blank: ChangeJson<'a>,
) -> ChangeJson<'a> {
    let joint = comparison.joint();
    let kind = match (base, head) {
        (None, _) => "edge-added",
        (_, None) => "edge-removed",
        _ => "edge-changed",
    };
    let ends = comparison.edge_of(change);
    ChangeJson {
        kind,
        from: ends.map(|edge| joint.name(edge.from)),
        verb: ends.map(|edge| edge.verb.as_str()),
        to: ends.map(|edge| joint.name(edge.to)),
        before: base.map(|position| declared(joint, Side::Base, position)),
        after: head.map(|position| declared(joint, Side::Head, position)),
        ..blank
    }
}

fn declared(joint: &Joint, side: Side, position: usize) -> StateJson<'_> {
    let spec = joint.spec(side);
    let edge = &spec.edges[position];
    StateJson::Edge {
        guards: guard_names(spec, &edge.guards),
        returns: returns(spec, edge.result.as_deref()),
        role: edge.role.map(Role::as_str),
        logged: edge.logged,
        uncuttable: edge.uncuttable,
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Opens => "opens",
        Effect::Closes => "closes",
        Effect::Both => "both",
    }
}
