//! Typed declarations: what one file declares, every value checked by itself, names not yet looked up.

use super::contracts::ContractDeclaration;
use super::tree::Text;
use crate::model::{
    Acceptance, Decider, DeclaredValue, NodeKind, Place, Review, Role, Verb, is_stranger,
    is_untrusted_by_default,
};

/// What one file declares.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    /// `name`.
    pub name: Option<Text<'a>>,
    /// `description`.
    pub description: Option<Text<'a>>,
    /// `zones`: the key's place and the zones in the order of the text.
    pub zones: Option<(Place, Vec<ZoneDeclaration<'a>>)>,
    /// `guards`: the key's place and the guards in the order of the text.
    pub guards: Option<(Place, Vec<GuardDeclaration<'a>>)>,
    /// `review`: the key's place and what it says.
    pub review: Option<(Place, Review)>,
    /// `accept`, in the order of the text.
    pub accept: Vec<Acceptance>,
    /// `rules`, in the order of the text.
    pub rules: Vec<ContractDeclaration<'a>>,
    /// The nodes of all sections in the order of the text.
    pub nodes: Vec<NodeDeclaration<'a>>,
}

/// A declared zone.
#[derive(Debug)]
pub(super) struct ZoneDeclaration<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// `trust`.
    pub trust: Option<i64>,
    /// `description`.
    pub description: Option<&'a str>,
}

/// A declared guard.
#[derive(Debug)]
pub(super) struct GuardDeclaration<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// `stops`: influence, exposure.
    pub stops: Option<[bool; 2]>,
    /// `enforced`.
    pub enforced: Option<bool>,
    /// `by`.
    pub by: Option<Decider>,
    /// `kept_in`.
    pub kept_in: Option<Text<'a>>,
    /// `description`.
    pub description: Option<&'a str>,
}

/// A declared node.
#[derive(Debug)]
pub(super) struct NodeDeclaration<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// The section it stands in.
    pub kind: NodeKind,
    /// `kind`, or the section's default.
    pub declared_kind: Option<&'static str>,
    /// `zone`.
    pub zone: Option<Text<'a>>,
    /// `was`.
    pub was: Option<Text<'a>>,
    /// All attributes but verbs, `kind`, `opens` and `members`.
    pub declared: Vec<(&'static str, DeclaredValue)>,
    /// The targets of its verbs, in the order of the text.
    pub targets: Vec<TargetDeclaration<'a>>,
    /// `opens`: names and selectors.
    pub opens: Vec<Text<'a>>,
    /// `members`: names and selectors.
    pub members: Vec<Text<'a>>,
}

/// One entry under a verb.
#[derive(Debug)]
pub(super) struct TargetDeclaration<'a> {
    /// The verb.
    pub verb: Verb,
    /// The name or the selector.
    pub target: Text<'a>,
    /// What the long form says besides.
    pub details: Option<Box<Details<'a>>>,
}

/// What the long form of an edge can say besides its target.
#[derive(Debug, Default)]
pub(super) struct Details<'a> {
    /// `guards`.
    pub guards: Vec<Text<'a>>,
    /// `returns`, with the place of its key.
    pub returns: Option<(Place, ReturnsDeclaration<'a>)>,
    /// `logged`.
    pub logged: Option<bool>,
    /// `uncuttable`.
    pub uncuttable: bool,
    /// `as`.
    pub role: Option<Role>,
    /// `note`.
    pub note: Option<&'a str>,
}

/// What `returns` says.
#[derive(Debug)]
pub(super) enum ReturnsDeclaration<'a> {
    /// `false`.
    Nothing,
    /// `true`, or a mapping with its guards.
    Content(Vec<Text<'a>>),
}

impl NodeDeclaration<'_> {
    /// Whether the node that is declared is a stranger.
    pub(crate) fn is_stranger(&self) -> bool {
        let value = |name: &str| self.declared.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let untrusted = match value("untrusted") {
            Some(DeclaredValue::Boolean(untrusted)) => *untrusted,
            _ => is_untrusted_by_default(self.kind),
        };
        let controls = match value("controls") {
            Some(DeclaredValue::Checks(checks)) => Some(&**checks),
            _ => None,
        };
        is_stranger(self.kind, self.declared_kind, untrusted, controls)
    }
}
