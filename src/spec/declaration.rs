//! Typed declarations: what one file declares, every value checked by itself, names not yet looked up.

use serde_json::{Map, Value};

use super::source::Place;
use super::tree::Text;
use super::vocabulary::{NodeKind, Role, Verb};

/// What one file declares.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// `name`.
    pub name: Option<Text>,
    /// `description`.
    pub description: Option<Text>,
    /// `zones`: the key's place and the zones in the order of the text.
    pub zones: Option<(Place, Vec<ZoneDeclaration>)>,
    /// `guards`: the key's place and the guards in the order of the text.
    pub guards: Option<(Place, Vec<GuardDeclaration>)>,
    /// The nodes of all sections in the order of the text.
    pub nodes: Vec<NodeDeclaration>,
}

/// A declared zone.
#[derive(Debug)]
pub(super) struct ZoneDeclaration {
    /// Its name.
    pub name: Text,
    /// `trust`.
    pub trust: Option<i64>,
    /// `description`.
    pub description: Option<String>,
}

/// A declared guard.
#[derive(Debug)]
pub(super) struct GuardDeclaration {
    /// Its name.
    pub name: Text,
    /// Whether it stops influence.
    pub stops_influence: bool,
    /// Whether it stops exposure.
    pub stops_exposure: bool,
    /// `description`.
    pub description: Option<String>,
}

/// A declared node.
#[derive(Debug)]
pub(super) struct NodeDeclaration {
    /// Its name.
    pub name: Text,
    /// The section it stands in.
    pub kind: NodeKind,
    /// `kind`, or the section's default.
    pub declared_kind: Option<&'static str>,
    /// `zone`.
    pub zone: Option<Text>,
    /// All attributes but verbs, `kind`, `opens` and `members`.
    pub declared: Map<String, Value>,
    /// The verbs with their targets, in the order of the text.
    pub verbs: Vec<(Verb, Vec<TargetDeclaration>)>,
    /// `opens`: names and selectors.
    pub opens: Vec<Text>,
    /// `members`: names and selectors.
    pub members: Vec<Text>,
}

/// One entry under a verb.
#[derive(Debug)]
pub(super) struct TargetDeclaration {
    /// The name or the selector.
    pub target: Text,
    /// What the long form says besides.
    pub details: Option<Box<Details>>,
}

/// What the long form of an edge can say besides its target.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// `guards`.
    pub guards: Vec<Text>,
    /// `returns`, with the place of its key.
    pub returns: Option<(Place, ReturnsDeclaration)>,
    /// `logged`.
    pub logged: Option<bool>,
    /// `as`.
    pub role: Option<Role>,
    /// `note`.
    pub note: Option<String>,
}

/// What `returns` says.
#[derive(Debug)]
pub(super) enum ReturnsDeclaration {
    /// `false`.
    Nothing,
    /// `true`, or a mapping with its guards.
    Content(Vec<Text>),
}
