//! Edges → the lines of a picture: one for each pair of nodes and direction, pointing where the taint goes.

use indexmap::IndexMap;

use crate::analysis::{Hop, Leg};
use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::model::{GuardId, NodeId, Plane, Returns, Spec, Verb};
use crate::report::counts::counted;
use crate::report::page::PageStyle;
use crate::report::sentence::reason;

/// Everything that carries taint from one node straight to another, as one line.
#[derive(Debug, Clone)]
pub(super) struct Link<'g> {
    /// Where the taint comes from.
    pub(super) from: NodeId,
    /// Where it goes.
    pub(super) to: NodeId,
    /// The edges, in edge order; never empty.
    pub(super) edges: Vec<&'g Edge>,
    /// The link against it, where the two are drawn as one line.
    pub(super) back: Option<Box<Link<'g>>>,
    /// Which flow of the edges it is. A request is drawn with the result that it brings back.
    pub(super) leg: Leg,
}

impl<'g> Link<'g> {
    /// The one flow that a hop takes. A result is drawn as a link of its own.
    pub(super) fn of_hop(edges: &'g [Edge], hop: &Hop) -> Self {
        let edge = &edges[hop.edge.index()];
        Self { from: hop.from, to: hop.to, edges: vec![edge], back: None, leg: hop.leg }
    }
}

impl Link<'_> {
    /// The verbs in their order, each once.
    pub(super) fn verbs(&self) -> Vec<Verb> {
        let back = self.back.iter().flat_map(|back| &back.edges);
        let mut verbs: Vec<Verb> = self.edges.iter().chain(back).map(|edge| edge.verb).collect();
        verbs.sort_unstable();
        verbs.dedup();
        verbs
    }

    /// `I+R`.
    pub(super) fn letters(&self) -> String {
        letters(self.verbs())
    }

    /// The verb whose looks the line has: the one that says most about who is in command.
    pub(super) fn leading(&self) -> Verb {
        let verbs = self.verbs();
        let order = [Verb::Invoke, Verb::Write, Verb::Read, Verb::Observe];
        order.into_iter().find(|verb| verbs.contains(verb)).unwrap_or(Verb::Invoke)
    }

    /// Whether all of it is derived.
    pub(super) fn is_derived(&self) -> bool {
        self.edges.iter().all(|edge| !edge.is_declared())
    }

    /// Whether it stands for what a credential opens.
    pub(super) fn is_opening(&self) -> bool {
        self.edges.iter().all(|edge| edge.origin == Origin::Key)
    }

    /// Whether it moves no content: using a credential, assuming a role.
    pub(super) fn is_authority(&self, spec: &Spec) -> bool {
        self.edges.iter().all(|edge| is_authority(spec, edge))
    }

    /// Whether a result comes back over it.
    pub(super) fn has_result(&self) -> bool {
        self.edges.iter().any(|edge| matches!(edge.returns, Returns::Content(_)))
    }

    /// The guards that stand on all of its requests; nothing if one of them is free.
    pub(super) fn guards(&self) -> Vec<GuardId> {
        least(self.edges.iter().map(|edge| &edge.guards))
    }

    /// The guards that stand on its result.
    pub(super) fn result_guards(&self) -> Vec<GuardId> {
        least(self.edges.iter().filter_map(|edge| match &edge.returns {
            Returns::Content(guards) => Some(guards),
            Returns::Nothing => None,
        }))
    }
}

/// The letters of some verbs in their order, each once.
pub(super) fn letters(mut verbs: Vec<Verb>) -> String {
    verbs.sort_unstable();
    verbs.dedup();
    let letters: Vec<String> = verbs.iter().map(|verb| verb.letter().to_string()).collect();
    letters.join("+")
}

/// The smallest of some sets of guards; of equally large ones the first.
fn least<'g>(sets: impl Iterator<Item = &'g Vec<GuardId>>) -> Vec<GuardId> {
    sets.min_by_key(|guards| guards.len()).cloned().unwrap_or_default()
}

/// Whether invoking the target of an edge moves no content.
pub(super) fn is_authority(spec: &Spec, edge: &Edge) -> bool {
    let target = spec.node(edge.to);
    edge.verb == Verb::Invoke && target.is_authority()
}

/// All edges with the guards that stop a plane alone: what a picture of that plane shows.
pub(super) fn in_plane(graph: &CapabilityGraph, plane: Plane) -> Vec<Edge> {
    let spec = graph.spec();
    let mut edges = graph.edges().to_vec();
    for edge in &mut edges {
        edge.guards.retain(|guard| spec.guard(*guard).stops(plane));
        if let Returns::Content(guards) = &mut edge.returns {
            guards.retain(|guard| spec.guard(*guard).stops(plane));
        }
    }
    edges
}

/// From where to where content goes by what an actor does to a target.
pub(super) fn ends(verb: Verb, actor: NodeId, target: NodeId) -> (NodeId, NodeId) {
    match verb {
        Verb::Write | Verb::Invoke => (actor, target),
        Verb::Read | Verb::Observe => (target, actor),
    }
}

/// The links of some edges, in the order in which their first edges come.
pub(super) fn links<'g>(edges: impl Iterator<Item = &'g Edge>) -> Vec<Link<'g>> {
    let mut links: IndexMap<(NodeId, NodeId), Link<'g>> = IndexMap::new();
    for edge in edges {
        let (from, to) = ends(edge.verb, edge.from, edge.to);
        let link = links.entry((from, to));
        link.or_insert_with(|| Link { from, to, edges: Vec::new(), back: None, leg: Leg::Request })
            .edges
            .push(edge);
    }
    links.into_values().collect()
}

/// Draws two opposite links as one line with two arrowheads, where they look alike and no guard has to be told apart.
pub(super) fn join_opposite(links: Vec<Link<'_>>) -> Vec<Link<'_>> {
    let mut joined: IndexMap<(NodeId, NodeId), Link<'_>> = IndexMap::new();
    for link in links {
        let opposite = joined.get_mut(&(link.to, link.from));
        match opposite.filter(|other| look_alike(other, &link)) {
            Some(other) => other.back = Some(Box::new(link)),
            None => {
                joined.insert((link.from, link.to), link);
            }
        }
    }
    joined.into_values().collect()
}

fn look_alike(one: &Link<'_>, other: &Link<'_>) -> bool {
    let free = |link: &Link<'_>| link.guards().is_empty() && link.result_guards().is_empty();
    let family = |link: &Link<'_>| match link.leading() {
        Verb::Write | Verb::Read => 0,
        Verb::Invoke => 1,
        Verb::Observe => 2,
    };
    let declared = !one.is_derived() && !other.is_derived();
    declared && free(one) && free(other) && family(one) == family(other)
}

/// An edge as a sentence, with its place: `planner reads notes behind quarantine (team.yaml:7)`.
pub(super) fn sentence(graph: &CapabilityGraph, edge: &Edge) -> String {
    let spec = graph.spec();
    let name = |node| spec.node_name(node);
    let mut text = format!("{} {} {}", name(edge.from), edge.verb.third_person(), name(edge.to));
    if !edge.guards.is_empty() {
        text.push_str(&format!(" behind {}", guard_names(spec, &edge.guards)));
    }
    match &edge.returns {
        Returns::Content(guards) if !guards.is_empty() => {
            text.push_str(&format!(", its result behind {}", guard_names(spec, guards)));
        }
        Returns::Nothing if edge.verb == Verb::Invoke && !is_authority(spec, edge) => {
            text.push_str(", nothing comes back");
        }
        _ => {}
    }
    text.extend(reason(edge).map(|reason| format!(", {}", PageStyle::Text.text(spec, &reason))));
    if let Some(declared) = graph.declaration(edge) {
        text.push_str(&format!(" ({})", spec.location(declared.place)));
    }
    text
}

/// Where the right to a derived edge comes from, in a few words.
pub(super) fn authority(spec: &Spec, edge: &Edge) -> Option<String> {
    let right = match edge.origin {
        Origin::Declared(_) => return None,
        Origin::Key => "which it opens".to_owned(),
        Origin::Role(by) => format!("as {}", spec.node_name(by)),
        Origin::Holder(by) | Origin::Outsider(by) => format!("with {}", spec.node_name(by)),
        Origin::Insider { credential, through } => {
            format!("with {} through {}", spec.node_name(credential), spec.node_name(through))
        }
    };
    match edge.extra {
        0 => Some(right),
        extra => Some(format!("{right}, {} before", counted(extra as usize, "guard"))),
    }
}

/// The names of some guards.
pub(super) fn guard_names(spec: &Spec, guards: &[GuardId]) -> String {
    let names: Vec<&str> = guards.iter().map(|guard| spec.guard_name(*guard)).collect();
    names.join(" and ")
}
