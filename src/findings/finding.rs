//! A finding: one rule, one cause, what proves it and the smallest fix; whether it is about a topology as it stands or about a
//! change of one. What only one of the two has is a part of what it is about.

use std::collections::HashSet;

use crate::analysis::Path;
use crate::compare::{AcceptanceId, CauseId, ChangeId, Comparison, ContractId, Delta};
use crate::graph::EdgeId;
use crate::model::{Level, NodeId, Place, Rule, Text, Verb};

/// An edge by its ends.
pub(super) type Ends = (NodeId, Verb, NodeId);

/// What is wrong with a topology, or with a change of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Its level. Of a topology that of its rule, a step milder for each guard that has to fail; of a change the stricter one of
    /// base and head.
    pub level: Level,
    /// What it is about.
    pub about: About,
    /// Ordered pairs that it concerns. Of a topology those whose acceptance covers it. Of a change in node order, those of nodes
    /// on both sides first; pairs that are accepted are not among them, unless all of them are.
    pub pairs: Vec<Pair>,
    /// How many further pairs are accepted.
    pub accepted_pairs: usize,
    /// Where to look; of a change in the files of both sides together.
    pub place: Option<Place>,
    /// What tells it from other findings of its rule, whatever the order of the file: 16 hexadecimal digits.
    pub fingerprint: String,
    /// The acceptance that silences it. A topology as it stands is a head.
    pub accepted: Option<AcceptanceId>,
}

impl Finding {
    /// `CW001:HASH`, as acceptances name it.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}:{}", self.rule.id(), self.fingerprint)
    }

    /// Whether it has this id.
    #[must_use]
    pub fn is(&self, rule: Rule, fingerprint: &str) -> bool {
        self.rule == rule && self.fingerprint == fingerprint
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.accepted.is_none()
    }

    /// What is said of it, where it is about something that is there. What a change does is told out of what it is about.
    #[must_use]
    pub fn said(&self) -> Option<&Statement> {
        match &self.about {
            About::Fact(fact) => Some(&fact.said),
            About::Contract { breach, .. } => Some(&breach.said),
            About::Paths { .. }
            | About::Loop { .. }
            | About::Closed
            | About::Lowered { .. }
            | About::Loosened { .. }
            | About::SpecGone(_)
            | About::MarkedNodeGone(_)
            | About::Acceptance(_) => None,
        }
    }

    /// What else there is to know of it.
    #[must_use]
    pub fn details(&self) -> &[Text] {
        self.said().map_or(&[], |said| &said.details)
    }

    /// The paths that prove it. What a change opens is proven by its pairs: their paths are searched for where they are shown.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        self.said().map_or(&[], |said| &said.evidence)
    }

    /// How many guards have to fail for it, where it is about something that is there.
    #[must_use]
    pub fn guards(&self) -> u32 {
        if let About::Fact(fact) = &self.about { fact.guards } else { 0 }
    }

    /// The nodes it is about, the chief one first; none where it is about pairs, or about no node at all.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        match &self.about {
            About::Fact(fact) => &fact.nodes,
            About::Contract { breach, .. } => &breach.worst,
            About::Loop { nodes, .. } => nodes,
            About::MarkedNodeGone(gone) => std::slice::from_ref(&gone.by),
            About::Paths { .. }
            | About::Closed
            | About::Lowered { .. }
            | About::Loosened { .. }
            | About::SpecGone(_)
            | About::Acceptance(_) => &[],
        }
    }

    /// The changes that it comes from, in declared order; none for a topology as it stands.
    #[must_use]
    pub fn changes<'f>(&'f self, comparison: &'f Comparison) -> &'f [ChangeId] {
        match &self.about {
            About::Paths { changes, .. } | About::Contract { changes, .. } => changes,
            About::Loop { cause, .. } => &comparison.cause(*cause).changes,
            About::Lowered { change, .. } => std::slice::from_ref(change),
            About::MarkedNodeGone(gone) => &gone.changes,
            About::Fact(_)
            | About::Closed
            | About::Acceptance(_)
            | About::Loosened { .. }
            | About::SpecGone(_) => &[],
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// Something is so in a topology as it stands.
    Fact(Box<Fact>),
    /// A contract of the spec is broken: by a topology as it stands, or by the head of a change alone.
    Contract {
        /// The contract.
        entry: ContractId,
        /// By what.
        breach: Box<Breach>,
        /// The changes that open the gravest pair, in declared order; none where paths are not what breaks it.
        changes: Vec<ChangeId>,
    },
    /// Some changes together open paths.
    Paths {
        /// The changes, in declared order; none where the topology itself is new, and all of it opens what it allows.
        changes: Vec<ChangeId>,
        /// The causes that name exactly these, or all.
        causes: Vec<CauseId>,
    },
    /// Nodes now steer one another.
    Loop {
        /// The nodes.
        nodes: Vec<NodeId>,
        /// Why.
        cause: CauseId,
    },
    /// Paths are closed.
    Closed,
    /// A change lowers or weakens something by itself.
    Lowered {
        /// The change.
        change: ChangeId,
        /// How many paths no longer count as leading into a more trusted zone, where that is what it does.
        disarms: usize,
    },
    /// A contract of the base is gone from the head, or says less there.
    Loosened {
        /// The contract.
        entry: ContractId,
        /// What has its name in the head.
        by: Option<ContractId>,
    },
    /// The spec is gone, or has no nodes any more.
    SpecGone(Box<GoneSpec>),
    /// A marked node is gone, and another one has some of its edges.
    MarkedNodeGone(Box<GoneNode>),
    /// An acceptance is new, unused or past its date.
    Acceptance(AcceptanceId),
}

/// What is said of something that is there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statement {
    /// What is wrong, in a line.
    pub title: Text,
    /// What else there is to know, a sentence each; of a contract why it must hold first.
    pub details: Vec<Text>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// The smallest fix, as an order.
    pub fix: Text,
}

/// A path with what it shows.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// What it shows.
    pub label: Text,
    /// The path.
    pub path: Path,
    /// The edge that the last node of the path uses then, where something is had done.
    pub act: Option<EdgeId>,
}

/// Something that is so in a topology as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The nodes it is about, the chief one first.
    pub nodes: Vec<NodeId>,
    /// The edge it is about, where it is about one.
    pub edge: Option<(NodeId, Verb, NodeId)>,
    /// How many guards have to fail for it.
    pub guards: u32,
    /// What is said of it.
    pub said: Statement,
}

/// How a contract is broken.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Breach {
    /// What breaks it, what else there is to know, what proves it, and what would satisfy it.
    pub said: Statement,
    /// How many pairs break it; of a limit, how many nodes; of an expectation, how many cells.
    pub count: usize,
    /// The gravest pair that breaks it.
    pub worst: [NodeId; 2],
    /// An acceptance, where everything that breaks it is accepted.
    pub accepted: Option<AcceptanceId>,
}

/// What of the base a head without nodes does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoneSpec {
    /// The path of the spec from the root of the repository, where it is known.
    pub path: Option<String>,
    /// Nodes: all that there were.
    pub nodes: usize,
    /// Critical ones among them.
    pub critical: usize,
    /// Private ones among them.
    pub private: usize,
    /// Zones.
    pub zones: usize,
    /// Guards, the built-in ones left out.
    pub guards: usize,
    /// Levels of `review`.
    pub levels: usize,
    /// Contracts.
    pub contracts: usize,
    /// Acceptances.
    pub acceptances: usize,
}

/// A marked node that is gone, and the one that has most of its edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneNode {
    /// What is gone.
    pub gone: NodeId,
    /// Whether it was critical.
    pub critical: bool,
    /// Whether its content was private.
    pub private: bool,
    /// The zone that it stood in.
    pub zone: Option<String>,
    /// The new node.
    pub by: NodeId,
    /// How many of its edges that one has.
    pub kept: usize,
    /// How many it had.
    pub edges: usize,
    /// How many further new nodes have some.
    pub others: usize,
    /// The changes by which one came and the other went.
    pub changes: Vec<ChangeId>,
}

/// An ordered pair: what is compromised, and what it reaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What is compromised.
    pub from: NodeId,
    /// What it reaches.
    pub to: NodeId,
    /// What changed between the two, in the order of the questions; nothing in a topology as it stands.
    pub deltas: Vec<Delta>,
    /// Whether one of the two is new or gone.
    pub is_of_other_node: bool,
}

impl Pair {
    /// A pair of a topology as it stands.
    #[must_use]
    pub fn between(from: NodeId, to: NodeId) -> Self {
        Self { from, to, deltas: Vec::new(), is_of_other_node: false }
    }
}

/// A finding before it is judged: what a rule writes. Its level, its fingerprint and its acceptance are still to come.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) rule: Rule,
    pub(super) about: About,
    pub(super) pairs: Vec<Pair>,
    pub(super) place: Option<Place>,
    /// The edge that it is about, or that alone causes it: who accepts the edge accepts the finding.
    pub(super) edge: Option<Ends>,
    /// What it is known by. Of a fact these are words beside its edge or its chief node.
    pub(super) subjects: Vec<String>,
    /// Steps by which it is milder than its rule, beside one for each guard.
    pub(super) milder: u32,
}

/// What every rule may say.
impl Draft {
    /// A finding that is known by some subjects, whatever their order.
    pub(super) fn about(rule: Rule, about: About, subjects: Vec<String>) -> Self {
        Self { rule, about, pairs: Vec::new(), place: None, edge: None, subjects, milder: 0 }
    }

    /// It stands here. A fact stands otherwise where its chief node is declared.
    pub(super) fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// One edge alone causes it, if there is one.
    pub(super) fn caused_by(mut self, edge: Option<Ends>) -> Self {
        self.edge = edge;
        self
    }

    /// It concerns an ordered pair of a topology as it stands.
    pub(super) fn between(self, from: NodeId, to: NodeId) -> Self {
        self.between_all([(from, to)])
    }

    /// It concerns ordered pairs of a topology as it stands, each once.
    pub(super) fn between_all(mut self, pairs: impl IntoIterator<Item = (NodeId, NodeId)>) -> Self {
        let mut known: HashSet<(NodeId, NodeId)> =
            self.pairs.iter().map(|pair| (pair.from, pair.to)).collect();
        let new = pairs.into_iter().filter(|(from, to)| from != to && known.insert((*from, *to)));
        self.pairs.extend(new.map(|(from, to)| Pair::between(from, to)));
        self
    }
}

/// What rules about a topology as it stands say.
impl Draft {
    /// A fact about some nodes, the chief one first.
    pub(super) fn new(rule: Rule, nodes: Vec<NodeId>, title: Text) -> Self {
        let said = Statement { title, ..Statement::default() };
        let fact = Fact { nodes, edge: None, guards: 0, said };
        Self::about(rule, About::Fact(Box::new(fact)), Vec::new())
    }

    /// So many guards have to fail for it.
    pub(super) fn behind(self, guards: u32) -> Self {
        self.with(|fact| fact.guards = guards)
    }

    /// It is a step milder than its rule.
    pub(super) fn milder(mut self) -> Self {
        self.milder += 1;
        self
    }

    /// It is about this edge, and stands where the edge does.
    pub(super) fn on_edge(mut self, edge: &crate::model::Edge) -> Self {
        self.edge = Some((edge.from, edge.verb, edge.to));
        self.place = Some(edge.place);
        self.with(|fact| fact.edge = Some((edge.from, edge.verb, edge.to)))
    }

    /// One more thing to know.
    pub(super) fn detail(self, detail: Text) -> Self {
        self.with(|fact| fact.said.details.push(detail))
    }

    /// A path that proves it; nothing where there is none.
    pub(super) fn shown_by(self, label: Text, path: Option<Path>) -> Self {
        self.with(|fact| fact.said.evidence.extend(path.map(|path| Evidence { label, path, act: None })))
    }

    /// A path to whoever acts, and the edge by which it does.
    pub(super) fn shown_by_act(self, label: Text, path: Option<Path>, act: EdgeId) -> Self {
        let act = Some(act);
        self.with(|fact| fact.said.evidence.extend(path.map(|path| Evidence { label, path, act })))
    }

    /// The smallest fix.
    pub(super) fn fix(self, fix: Text) -> Self {
        self.with(|fact| fact.said.fix = fix)
    }

    /// A word that tells it from other findings about the same nodes.
    pub(super) fn told_by(mut self, word: &str) -> Self {
        self.subjects.push(word.to_owned());
        self
    }

    fn with(mut self, say: impl FnOnce(&mut Fact)) -> Self {
        if let About::Fact(fact) = &mut self.about {
            say(fact);
        }
        self
    }
}
