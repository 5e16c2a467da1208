//! Edges of a spec → what pictures show of them: those between two nodes as one line that points where the taint goes.

use indexmap::IndexMap;

use super::model::{Arrow, LabelLine, Line, LineRole, Pull, Stroke, Tip};
use crate::analysis::{Hop, Leg};
use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::model::{GuardId, NodeId, Plane, Returns, Spec, Verb};
use crate::report::counts::counted;
use crate::report::sentence::{along, reason};
use crate::report::write::{self, Plain};

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

    /// The guards that stand on the flow which it is drawn for.
    pub(super) fn flow_guards(&self) -> Vec<GuardId> {
        match self.leg {
            Leg::Request => self.guards(),
            Leg::Result => self.result_guards(),
        }
    }

    /// A line in its role, with the looks of its verb.
    pub(super) fn line(&self, graph: &CapabilityGraph, role: LineRole, label: Vec<LabelLine>) -> Line {
        Line {
            from: self.from.index(),
            to: self.to.index(),
            role,
            stroke: if self.is_derived() { Stroke::Dashed } else { stroke(self.leading()) },
            sign: "",
            label,
            hint: self.description(graph),
            head: None,
            tail: None,
            pull: Pull::default(),
        }
    }

    pub(super) fn head(&self, spec: &Spec) -> Arrow {
        let tip = match (self.leg, self.leading()) {
            (Leg::Result, _) => Tip::Command,
            (Leg::Request, _) if self.is_authority(spec) => Tip::Authority,
            (Leg::Request, Verb::Write | Verb::Read) => Tip::Content,
            (Leg::Request, Verb::Invoke) => Tip::Command,
            (Leg::Request, Verb::Observe) => Tip::Observation,
        };
        Arrow { tip, guards: self.flow_guards().len() }
    }

    /// The other end: an arrowhead of the link against it, or a ring where a result comes back.
    pub(super) fn tail(&self) -> Option<Arrow> {
        if let Some(back) = &self.back {
            let tip = if back.leading() == Verb::Invoke { Tip::Command } else { Tip::Content };
            return Some(Arrow { tip, guards: 0 });
        }
        (self.has_result() && !self.is_opening())
            .then(|| Arrow { tip: Tip::Result, guards: self.result_guards().len() })
    }

    /// Whether line style and arrowheads say everything about it.
    pub(super) fn says_all(&self) -> bool {
        let verbs = self.verbs();
        let alike = verbs.len() == 1 || verbs == [Verb::Write, Verb::Read];
        alike && !self.is_opening() && !self.edges.iter().any(|edge| is_guarded(edge))
    }

    /// The sentences of all its edges.
    fn description(&self, graph: &CapabilityGraph) -> String {
        let back = self.back.iter().flat_map(|back| back.edges.iter());
        let sentences: Vec<String> =
            self.edges.iter().chain(back).map(|edge| sentence(graph, edge)).collect();
        sentences.join("; ")
    }

    /// Where the right to it comes from.
    pub(super) fn authority(&self, spec: &Spec) -> Option<LabelLine> {
        self.edges.first().and_then(|edge| authority(spec, edge)).map(LabelLine::small)
    }

    /// Letters, with guards by name; then what comes back.
    pub(super) fn letters_and_results(&self, spec: &Spec) -> Vec<LabelLine> {
        if self.is_opening() {
            return vec![LabelLine::small("opens")];
        }
        let mut lines = self.request_letters(spec);
        for guards in self.edges.iter().filter_map(|edge| result_guards(edge)) {
            lines.push(LabelLine::new("", with("result", behind(spec, guards))));
        }
        lines
    }

    /// Letters, with guards by name; then where the right to it comes from.
    pub(super) fn letters_and_authority(&self, spec: &Spec) -> Vec<LabelLine> {
        if self.is_opening() {
            return vec![LabelLine::small("opens")];
        }
        let mut lines = match self.leg {
            Leg::Request => self.request_letters(spec),
            Leg::Result => {
                vec![LabelLine::new("", with("answers", behind(spec, &self.result_guards())))]
            }
        };
        lines.extend(self.authority(spec));
        lines
    }

    /// The letters of the edges, those behind the same guards on one line.
    fn request_letters(&self, spec: &Spec) -> Vec<LabelLine> {
        let mut groups: IndexMap<&[GuardId], Vec<Verb>> = IndexMap::new();
        for edge in &self.edges {
            groups.entry(&edge.guards).or_default().push(edge.verb);
        }
        if groups.len() == 1 && groups.contains_key(&[][..]) {
            return vec![LabelLine::new(letters(self.verbs()), Vec::new())];
        }
        let line =
            |(guards, verbs): (&[GuardId], Vec<Verb>)| LabelLine::new(letters(verbs), behind(spec, guards));
        groups.into_iter().map(line).collect()
    }

    /// What it does, in words, with the guards before it.
    pub(super) fn words(&self, spec: &Spec) -> LabelLine {
        let mut verbs: Vec<&str> = self.verbs().into_iter().map(|verb| along(self.leg, verb)).collect();
        verbs.dedup();
        let words = if self.is_opening() { "opens".to_owned() } else { verbs.join(", ") };
        LabelLine::new(words, behind(spec, &self.flow_guards()))
    }

    /// One flow in words that need no legend, then where the right to it comes from.
    pub(super) fn words_of_flow(&self, spec: &Spec) -> Vec<LabelLine> {
        if self.is_opening() {
            return vec![LabelLine::new("opens", Vec::new())];
        }
        std::iter::once(self.words(spec)).chain(self.authority(spec)).collect()
    }

    /// Its edges in words that need no legend, then the guards before what they bring back.
    pub(super) fn words_of_edges(&self, spec: &Spec) -> Vec<LabelLine> {
        if self.is_opening() {
            return vec![LabelLine::new("opens", Vec::new())];
        }
        let result = behind(spec, &self.result_guards());
        let result = (!result.is_empty()).then(|| LabelLine::new("result", result));
        std::iter::once(self.words(spec)).chain(result).collect()
    }
}

/// The line style of a verb.
pub(super) const fn stroke(verb: Verb) -> Stroke {
    match verb {
        Verb::Write | Verb::Invoke => Stroke::Solid,
        Verb::Read => Stroke::Dashed,
        Verb::Observe => Stroke::Dotted,
    }
}

/// ` ‖ human-approval`, or nothing.
fn behind(spec: &Spec, guards: &[GuardId]) -> Vec<String> {
    if guards.is_empty() { Vec::new() } else { vec![" ‖ ".to_owned(), guard_names(spec, guards)] }
}

fn with(word: &str, rest: Vec<String>) -> Vec<String> {
    std::iter::once(word.to_owned()).chain(rest).collect()
}

fn result_guards(edge: &Edge) -> Option<&[GuardId]> {
    match &edge.returns {
        Returns::Content(guards) if !guards.is_empty() => Some(guards),
        Returns::Content(_) | Returns::Nothing => None,
    }
}

/// Whether a guard stands on the request or the result of an edge.
pub(super) fn is_guarded(edge: &Edge) -> bool {
    !edge.guards.is_empty() || result_guards(edge).is_some()
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
    text.extend(reason(edge).map(|reason| format!(", {}", write::text(&Plain, spec, &reason))));
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
