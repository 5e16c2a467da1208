//! The one table of what a node's body may hold: the loader reads by it, and the JSON Schema is tested against it.

use super::vocabulary::{Isolation, NodeKind, Sensitivity, Verb};

/// A key of a node's body.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// The key.
    pub name: &'static str,
    /// The kinds of node that have it.
    pub on: &'static [NodeKind],
    /// What stands under it.
    pub shape: Shape,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// One text.
    Text,
    /// A list of texts, or one.
    Texts,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The checks on a source.
    Controls,
    /// The declared kind.
    Kind,
    /// The name of a zone.
    Zone,
    /// The name that a node had before.
    FormerName,
    /// The targets of a verb.
    Verb(Verb),
    /// What a credential opens.
    Opens,
    /// The members of a session.
    Members,
}

const SENSITIVITIES: &[&str] = &[
    Sensitivity::Public.as_str(),
    Sensitivity::Internal.as_str(),
    Sensitivity::Confidential.as_str(),
    Sensitivity::Secret.as_str(),
];
const ISOLATIONS: &[&str] = &[Isolation::Shared.as_str(), Isolation::PerCall.as_str()];

const ALL: &[NodeKind] = NodeKind::ALL;
const ACTING: &[NodeKind] = &[NodeKind::Agent, NodeKind::Principal, NodeKind::Tool];
const AGENTS: &[NodeKind] = &[NodeKind::Agent];
const PRINCIPALS: &[NodeKind] = &[NodeKind::Principal];
const TOOLS: &[NodeKind] = &[NodeKind::Tool];
const STORES: &[NodeKind] = &[NodeKind::Store];
const SESSIONS: &[NodeKind] = &[NodeKind::Session];
const SOURCES: &[NodeKind] = &[NodeKind::Source];
const CREDENTIALS: &[NodeKind] = &[NodeKind::Credential];

const fn row(name: &'static str, on: &'static [NodeKind], shape: Shape) -> Attribute {
    Attribute { name, on, shape }
}

/// Every key of every body, in the order of the documentation.
pub(crate) const ATTRIBUTES: &[Attribute] = &[
    row("kind", &[NodeKind::Principal, NodeKind::Store, NodeKind::Source, NodeKind::Credential], Shape::Kind),
    row("description", ALL, Shape::Text),
    row("owner", ALL, Shape::Text),
    row("tags", ALL, Shape::Texts),
    row("zone", ALL, Shape::Zone),
    row("critical", ALL, Shape::Boolean),
    row("was", ALL, Shape::FormerName),
    row("sensitivity", ALL, Shape::Choice(SENSITIVITIES)),
    row("isolation", &[NodeKind::Agent, NodeKind::Tool], Shape::Choice(ISOLATIONS)),
    row("relays", PRINCIPALS, Shape::Boolean),
    row("persists", STORES, Shape::Boolean),
    row(
        "untrusted",
        &[NodeKind::Source, NodeKind::Tool, NodeKind::Agent, NodeKind::Principal],
        Shape::Boolean,
    ),
    row("egress", TOOLS, Shape::Boolean),
    row("general", TOOLS, Shape::Boolean),
    row("opens", CREDENTIALS, Shape::Opens),
    row("members", SESSIONS, Shape::Members),
    row("write", ACTING, Shape::Verb(Verb::Write)),
    row("read", ACTING, Shape::Verb(Verb::Read)),
    row("invoke", ACTING, Shape::Verb(Verb::Invoke)),
    row("observe", ACTING, Shape::Verb(Verb::Observe)),
    row("retention", STORES, Shape::Text),
    row("revocation", &[NodeKind::Store, NodeKind::Credential], Shape::Text),
    row("versioned", STORES, Shape::Boolean),
    row("controls", SOURCES, Shape::Controls),
    row("refresh", CREDENTIALS, Shape::Choice(&["none", "background"])),
    row("allowed_hosts", CREDENTIALS, Shape::Texts),
    row("lifetime", CREDENTIALS, Shape::Text),
    row("scope", PRINCIPALS, Shape::Text),
    row("actions", PRINCIPALS, Shape::Texts),
    row("model", AGENTS, Shape::Text),
    row("platform", AGENTS, Shape::Text),
    row("spawns", AGENTS, Shape::Choice(&["inherit"])),
    row("sandbox", SESSIONS, Shape::Boolean),
];

/// The attribute with this key.
pub(crate) fn attribute(name: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name)
}

/// The keys that a body of this kind may hold.
pub(crate) fn keys_of(kind: NodeKind) -> impl Iterator<Item = &'static str> + Clone {
    ATTRIBUTES.iter().filter(move |attribute| attribute.on.contains(&kind)).map(|attribute| attribute.name)
}
