//! Two topologies → the same two over one set of nodes, guards and files, so that everything about them can be compared by id.
//!
//! A node that one side does not have stands there without any edge: it reaches nothing and is reached by nothing.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::language::{Code, Diagnostic, Diagnostics, Label};
use crate::model::{
    Acceptance, Contract, Edge, GuardId, Node, NodeId, NodeKind, Place, SourceFile, Spec, Verb,
};

/// On which sides a node is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Presence {
    /// On both.
    Both,
    /// In the head alone: it is new.
    New,
    /// In the base alone: it is gone.
    Gone,
}

/// One of the two topologies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Before the change.
    Base,
    /// After it.
    Head,
}

impl Side {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::Base, Self::Head];

    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Head => "head",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Base => Self::Head,
            Self::Head => Self::Base,
        }
    }
}

/// An acceptance, by the side it stands on and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcceptanceId {
    /// The side.
    pub side: Side,
    /// The position among the side's acceptances.
    pub position: usize,
}

/// A contract, by the side it stands on and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractId {
    /// The side.
    pub side: Side,
    /// The position among the side's contracts.
    pub position: usize,
}

/// An entry of `accept` by which a spec may be deleted, with the file that it stands in.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AcceptedDeletion {
    /// The entry. Its place is one of `file`, whatever the number in it.
    pub acceptance: Acceptance,
    /// The file that holds it.
    pub file: SourceFile,
}

/// Base and head over one set of nodes: those of the head in its order, then those that are gone, in the order of the base.
#[derive(Debug, Clone)]
pub struct Joint {
    base: Spec,
    head: Spec,
    presence: Vec<Presence>,
    /// By node: its name in the base, where it had another.
    former: Vec<Option<String>>,
    /// How many of the files are those of the base, which come first.
    base_files: usize,
}

impl Joint {
    /// Lays one topology over the other. A node of the head that says `was` is the node of the base that has that name.
    ///
    /// # Errors
    /// If a `was` names what the base does not have, or what the head still has.
    pub fn of(base: &Spec, head: &Spec) -> Result<Self, Diagnostics> {
        let renamed = renamed(base, head)?;
        let mut names: Vec<&str> = head.nodes.keys().map(String::as_str).collect();
        let mut presence = vec![Presence::New; names.len()];
        let mut former = vec![None; names.len()];
        let mut of_base = Vec::with_capacity(base.nodes.len());
        for (position, name) in base.nodes.keys().enumerate() {
            let renamed = renamed.get(&NodeId::new(position)).copied();
            let place = match renamed.or_else(|| head.node_id(name)) {
                Some(node) => {
                    presence[node.index()] = Presence::Both;
                    former[node.index()] = renamed.map(|_| name.clone());
                    node.index()
                }
                None => {
                    names.push(name);
                    presence.push(Presence::Gone);
                    former.push(None);
                    names.len() - 1
                }
            };
            of_base.push(NodeId::new(place));
        }
        let of_head: Vec<NodeId> = head.node_ids().collect();
        let guards = guard_names(base, head);
        let files = || base.files.iter().chain(&head.files).cloned().collect();
        let base_files = base.files.len();
        let in_base = Translation::new(base, &of_base, &guards, 0);
        let in_head = Translation::new(head, &of_head, &guards, base_files);
        let (base_nodes, head_nodes) = (in_base.nodes(names.len()), in_head.nodes(names.len()));
        let laid =
            |own: &Translation<'_>, own_nodes: &[Option<Node>], other_nodes: &[Option<Node>], other| {
                let nodes =
                    names.iter().zip(own_nodes).zip(other_nodes).filter_map(|((name, own), other)| {
                        let node = own.clone().or_else(|| other.clone().map(isolated))?;
                        Some(((*name).to_owned(), node))
                    });
                Spec { nodes: nodes.collect(), files: files(), ..own.rest(other) }
            };
        let laid_base = laid(&in_base, &base_nodes, &head_nodes, &in_head);
        let laid_head = laid(&in_head, &head_nodes, &base_nodes, &in_base);
        Ok(Self { base: laid_base, head: laid_head, presence, former, base_files })
    }

    /// One side over the joint nodes.
    #[must_use]
    pub fn spec(&self, side: Side) -> &Spec {
        match side {
            Side::Base => &self.base,
            Side::Head => &self.head,
        }
    }

    /// Every node, those of the head first.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeId> + Clone + use<> {
        (0..self.presence.len()).map(NodeId::new)
    }

    /// The name of a node: the one in the head, or the last one it had.
    #[must_use]
    pub fn name(&self, node: NodeId) -> &str {
        self.head.node_name(node)
    }

    /// The name that a node had in the base, if that was another.
    #[must_use]
    pub fn former_name(&self, node: NodeId) -> Option<&str> {
        self.former[node.index()].as_deref()
    }

    /// On which sides a node is declared.
    #[must_use]
    pub fn presence(&self, node: NodeId) -> Presence {
        self.presence[node.index()]
    }

    /// Whether a side declares a node.
    #[must_use]
    pub fn has(&self, side: Side, node: NodeId) -> bool {
        match self.presence(node) {
            Presence::Both => true,
            Presence::New => side == Side::Head,
            Presence::Gone => side == Side::Base,
        }
    }

    /// Whether a side declares no node at all.
    pub(crate) fn is_empty(&self, side: Side) -> bool {
        self.nodes().all(|node| !self.has(side, node))
    }

    /// The beginning of the first file of a side; `None` where it has none.
    pub(crate) fn first_place(&self, side: Side) -> Option<Place> {
        let file = match side {
            Side::Base => 0,
            Side::Head => self.base_files,
        };
        let end = if side == Side::Base { self.base_files } else { self.head.files.len() };
        (file < end).then(|| Place { file: u32::try_from(file).unwrap_or(u32::MAX), start: 0, len: 0 })
    }

    /// Takes in an acceptance of another spec, with its file.
    pub(super) fn adopt(&mut self, entry: AcceptedDeletion) -> AcceptanceId {
        let file = u32::try_from(self.head.files.len()).unwrap_or(u32::MAX);
        self.base.files.push(entry.file.clone());
        self.head.files.push(entry.file);
        let place = Place { file, ..entry.acceptance.place };
        self.base.accept.push(Acceptance { place, ..entry.acceptance });
        AcceptanceId { side: Side::Base, position: self.base.accept.len() - 1 }
    }

    /// A node as a side declares it; as the other one does where this one has none.
    #[must_use]
    pub fn node(&self, side: Side, node: NodeId) -> &Node {
        self.spec(side).node(node)
    }

    /// An acceptance, as its side declares it.
    #[must_use]
    pub fn acceptance(&self, entry: AcceptanceId) -> &Acceptance {
        &self.spec(entry.side).accept[entry.position]
    }

    /// A contract, as its side declares it.
    #[must_use]
    pub fn contract(&self, entry: ContractId) -> &Contract {
        &self.spec(entry.side).rules[entry.position]
    }

    /// Which side a place stands in.
    #[must_use]
    pub fn side_of(&self, place: Place) -> Side {
        if (place.file as usize) < self.base_files { Side::Base } else { Side::Head }
    }
}

/// By node of the base: the node of the head that it became. A node whose new name the base has already was renamed by an
/// earlier change, and says nothing about this one.
///
/// # Errors
/// Every `was` that names what the base does not have, or what the head still has.
fn renamed(base: &Spec, head: &Spec) -> Result<HashMap<NodeId, NodeId>, Diagnostics> {
    let mut renamed = HashMap::new();
    let mut items = Vec::new();
    for (position, (name, node)) in head.nodes.iter().enumerate() {
        let Some(was) = node.declared.text("was") else { continue };
        if base.nodes.contains_key(name) || base.nodes.is_empty() {
            continue;
        }
        let (message, word) = match (base.node_id(was), head.nodes.contains_key(was)) {
            (Some(old), false) => {
                let Some(first) = renamed.insert(old, NodeId::new(position)) else { continue };
                let first = head.node_name(first);
                (format!("`{first}` and `{name}` both say that they were `{was}`"), "only one can be it")
            }
            (Some(_), true) => {
                (format!("`{name}` was `{was}`, but `{was}` is still there"), "the old name must be gone")
            }
            (None, _) => (
                format!("`{name}` was `{was}`, but the base has no `{was}`"),
                "the old name must be in the base",
            ),
        };
        let label = Label { place: node.place, text: word.to_owned() };
        let help = Some("correct `was`, or take it out: then the node counts as new".to_owned());
        items.push(Diagnostic { code: Code::UnknownTarget, message, labels: vec![label], help });
    }
    if items.is_empty() { Ok(renamed) } else { Err(Diagnostics { files: head.files.clone(), items }) }
}

/// Whether a node is not the same on both sides, so that its edges go with it.
pub(super) fn is_whole(joint: &Joint, node: NodeId) -> bool {
    joint.presence(node) != Presence::Both || is_replaced(joint, node)
}

/// Whether a node is of another kind in a way that allows other edges.
pub(super) fn is_replaced(joint: &Joint, node: NodeId) -> bool {
    let (before, after) = (joint.node(Side::Base, node), joint.node(Side::Head, node));
    let acts_otherwise =
        before.declared_kind != after.declared_kind && matches!(after.kind, NodeKind::Principal);
    before.kind != after.kind || acts_otherwise
}

/// The guards of both sides by name, those of the head first.
fn guard_names(base: &Spec, head: &Spec) -> IndexMap<String, ()> {
    head.guards.keys().chain(base.guards.keys()).map(|name| (name.clone(), ())).collect()
}

/// A node that a side does not have.
fn isolated(node: Node) -> Node {
    Node { zone: None, opens: Vec::new(), ..node }
}

/// How a spec's ids are those of the joint topology.
struct Translation<'s> {
    spec: &'s Spec,
    nodes: &'s [NodeId],
    guards: Vec<GuardId>,
    guard_names: &'s IndexMap<String, ()>,
    first_file: usize,
}

impl<'s> Translation<'s> {
    fn new(
        spec: &'s Spec,
        nodes: &'s [NodeId],
        guard_names: &'s IndexMap<String, ()>,
        first_file: usize,
    ) -> Self {
        let place = |name: &String| GuardId::new(guard_names.get_index_of(name).unwrap_or_default());
        Self { spec, nodes, guards: spec.guards.keys().map(place).collect(), guard_names, first_file }
    }

    fn place(&self, place: Place) -> Place {
        let first = u32::try_from(self.first_file).unwrap_or(u32::MAX);
        Place { file: place.file.saturating_add(first), ..place }
    }

    /// By joint node: what the spec declares.
    fn nodes(&self, count: usize) -> Vec<Option<Node>> {
        let mut nodes = vec![None; count];
        for (node, place) in self.spec.nodes.values().zip(self.nodes) {
            let opens = node.opens.iter().map(|target| self.nodes[target.index()]).collect();
            nodes[place.index()] = Some(Node { opens, place: self.place(node.place), ..node.clone() });
        }
        nodes
    }

    fn edge(&self, edge: &Edge) -> Edge {
        let guards = |guards: &[GuardId]| guards.iter().map(|guard| self.guards[guard.index()]).collect();
        Edge {
            from: self.nodes[edge.from.index()],
            to: self.nodes[edge.to.index()],
            guards: guards(&edge.guards),
            result: edge.result.as_deref().map(guards),
            place: self.place(edge.place),
            ..edge.clone()
        }
    }

    /// Everything but nodes and files. A guard that this side does not have is as the other side declares it.
    fn rest(&self, other: &Translation<'_>) -> Spec {
        let of = |side: &Translation<'_>, name: &str| {
            let guard = side.spec.guards.get(name)?;
            Some(crate::model::Guard {
                place: guard.place.map(|place| side.place(place)),
                kept_in: guard.kept_in.map(|store| side.nodes[store.index()]),
                ..guard.clone()
            })
        };
        let guards = self.guard_names.keys();
        let guards =
            guards.filter_map(|name| Some((name.clone(), of(self, name).or_else(|| of(other, name))?)));
        let zones = self.spec.zones.iter().map(|(name, zone)| {
            let place = self.place(zone.place);
            (name.clone(), crate::model::Zone { place, ..zone.clone() })
        });
        let mut review = self.spec.review.clone();
        review.levels.values_mut().for_each(|setting| setting.place = self.place(setting.place));
        let mut accept = self.spec.accept.clone();
        accept.iter_mut().for_each(|entry| entry.place = self.place(entry.place));
        let mut rules = self.spec.rules.clone();
        rules.iter_mut().for_each(|rule| rule.place = self.place(rule.place));
        Spec {
            name: self.spec.name.clone(),
            description: self.spec.description.clone(),
            zones: zones.collect(),
            guards: guards.collect(),
            edges: self.spec.edges.iter().map(|edge| self.edge(edge)).collect(),
            review,
            accept,
            rules,
            what_if: self.spec.what_if.clone(),
            ..Spec::default()
        }
    }
}

/// By (actor, verb, target): the position of the edge.
pub(super) fn edge_index(spec: &Spec) -> HashMap<(NodeId, Verb, NodeId), usize> {
    spec.edges.iter().enumerate().map(|(at, edge)| ((edge.from, edge.verb, edge.to), at)).collect()
}
