//! The resolved spec: names are ids, selectors are expanded, defaults are filled in, and everything a later answer cites
//! still knows its place in the text.

use std::sync::Arc;

use indexmap::IndexMap;

use super::contract::Contract;
use super::ids::{GuardId, NodeId, ZoneId};
use super::node::Node;
use super::review::{Acceptance, Review};
use super::source::{Place, SourceFile};
use super::vocabulary::{Decider, Plane, Role, Verb};

/// A declared topology that passed every check.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Spec {
    /// `name`, or the file's or directory's name where none is given.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// Trust zones from least to most trusted.
    pub zones: IndexMap<String, Zone>,
    /// Guards: the four built-in ones, then the spec's own in document order. A redefinition keeps its place.
    pub guards: IndexMap<String, Guard>,
    /// Nodes by name, in document order.
    pub nodes: IndexMap<String, Node>,
    /// Declared edges in document order, selectors and session members expanded.
    pub edges: Vec<Edge>,
    /// `review`.
    pub review: Review,
    /// `accept`, in document order.
    pub accept: Vec<Acceptance>,
    /// `rules`, in document order.
    pub rules: Vec<Contract>,
    /// The files that were read, sorted by path.
    pub files: Vec<SourceFile>,
    /// The changes that were made to try them, in words: empty for the spec as it stands.
    pub what_if: Vec<String>,
}

/// A trust zone.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Zone {
    /// How trusted it is: the position in the spec, or `trust:` where all zones give one. Larger is more trusted.
    pub trust: i64,
    /// `description`.
    pub description: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A control on a hand-over.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Guard {
    /// Whether it is there to stop influence.
    pub stops_influence: bool,
    /// Whether it is there to stop exposure.
    pub stops_exposure: bool,
    /// `enforced`: whether it is more than asked for in words. One that is not is shown, and never counts.
    pub enforced: bool,
    /// `by`: who decides.
    pub by: Option<Decider>,
    /// `kept_in`: the store that its configuration lies in.
    pub kept_in: Option<NodeId>,
    /// `description`.
    pub description: Option<String>,
    /// Where it is declared; nothing for a built-in one.
    pub place: Option<Place>,
}

impl Guard {
    /// Whether the guard stops content in this plane: it is there for that, and is enforced.
    #[must_use]
    pub fn stops(&self, plane: Plane) -> bool {
        self.enforced && self.is_for(plane)
    }

    /// Whether the guard is there to stop content in this plane, enforced or not.
    #[must_use]
    pub fn is_for(&self, plane: Plane) -> bool {
        match plane {
            Plane::Influence => self.stops_influence,
            Plane::Exposure => self.stops_exposure,
        }
    }
}

/// A declared edge: one actor, one verb, one target. There are millions of them in a large spec, so that an edge is 64 bytes
/// and what few have lies elsewhere.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Edge {
    /// The actor.
    pub from: NodeId,
    /// What it may do.
    pub verb: Verb,
    /// To whom.
    pub to: NodeId,
    /// Guards on the request (for a read or observe: on the hand-over), as declared.
    pub guards: Box<[GuardId]>,
    /// Guards on what comes back; nothing where nothing does, because the verb has no result or for `returns: false`.
    pub result: Option<Box<[GuardId]>>,
    /// `as`.
    pub role: Option<Role>,
    /// `logged`: true unless the spec says otherwise or the callee is an advisor.
    pub logged: bool,
    /// `uncuttable`: nobody may propose to remove it.
    pub uncuttable: bool,
    /// What else there is to say. The edges that one selector makes share it.
    pub more: Option<Arc<More>>,
    /// Where the entry stands.
    pub place: Place,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Edge>() == 64);

/// What few edges have.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct More {
    /// `note`.
    pub note: Option<String>,
    /// How the spec names the target.
    pub via: Via,
}

impl Edge {
    /// The result leg.
    #[must_use]
    pub fn returns(&self) -> Returns {
        match &self.result {
            Some(guards) => Returns::Content(guards.to_vec()),
            None => Returns::Nothing,
        }
    }

    /// `note`.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.more.as_ref()?.note.as_deref()
    }

    /// How the spec names the target.
    #[must_use]
    pub fn via(&self) -> &Via {
        self.more.as_ref().map_or(&Via::Name, |more| &more.via)
    }
}

/// One of the two flows that an edge can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// What the actor does to its target (or pulls from it).
    Request,
    /// What an invoke brings back.
    Result,
}

/// The result leg of an edge.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Returns {
    /// Nothing comes back: the verb has no result, or `returns: false`.
    Nothing,
    /// A result comes back under these guards.
    Content(Vec<GuardId>),
}

/// How an edge came to be declared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Via {
    /// The target is named.
    #[default]
    Name,
    /// The target was taken by this selector.
    Selector(String),
    /// The actor is a member of a session.
    Member,
}

impl Spec {
    /// The node with this id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The name of the node with this id.
    #[must_use]
    pub fn node_name(&self, id: NodeId) -> &str {
        self.nodes.get_index(id.index()).map_or("", |(name, _)| name)
    }

    /// The id of the node with this name.
    #[must_use]
    pub fn node_id(&self, name: &str) -> Option<NodeId> {
        self.nodes.get_index_of(name).map(NodeId::new)
    }

    /// All node ids in document order.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId::new)
    }

    /// The guard with this id.
    #[must_use]
    pub fn guard(&self, id: GuardId) -> &Guard {
        &self.guards[id.index()]
    }

    /// The name of the guard with this id.
    #[must_use]
    pub fn guard_name(&self, id: GuardId) -> &str {
        self.guards.get_index(id.index()).map_or("", |(name, _)| name)
    }

    /// The name of the zone with this id.
    #[must_use]
    pub fn zone_name(&self, id: ZoneId) -> &str {
        self.zones.get_index(id.index()).map_or("", |(name, _)| name)
    }

    /// The trust of a node's zone; nothing for an unranked node.
    #[must_use]
    pub fn trust(&self, id: NodeId) -> Option<i64> {
        self.node(id).zone.map(|zone| self.zones[zone.index()].trust)
    }

    /// Whether `to` stands in a zone that is more trusted than that of `from`. Never so for unranked nodes.
    #[must_use]
    pub fn is_escalation(&self, from: NodeId, to: NodeId) -> bool {
        matches!((self.trust(from), self.trust(to)), (Some(low), Some(high)) if high > low)
    }

    /// `file:line` of a place.
    #[must_use]
    pub fn location(&self, place: Place) -> String {
        let file = &self.files[place.file as usize];
        let (line, _) = file.line_column(place.start as usize);
        format!("{}:{line}", file.name())
    }
}
