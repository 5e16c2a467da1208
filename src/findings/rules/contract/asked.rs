//! A contract and the graph that it is asked of → what all breaches have in common: which contract is broken and why it must hold,
//! the gravest pair that breaks it, who gets at whom, and where a path can be cut.

use crate::analysis::{Connection, Pairs};
use crate::findings::finding::{Breach, Evidence, Statement};
use crate::graph::{CapabilityGraph, Edge};
use crate::model::text::{count, phrase};
use crate::model::{Contract, NodeId, NodeKind, Piece, Selection, Spec, Text, Way, Within};

/// Which nodes count.
pub(super) type IsThere<'a> = dyn Fn(NodeId) -> bool + Sync + 'a;

/// A contract and the graph that it is asked of.
pub(super) struct Asked<'a> {
    pub(super) graph: &'a CapabilityGraph,
    pub(super) spec: &'a Spec,
    pub(super) contract: &'a Contract,
    /// Pairs that break nothing.
    pub(super) without: Vec<(NodeId, NodeId)>,
    pub(super) is_there: &'a IsThere<'a>,
}

impl Asked<'_> {
    /// The nodes that some words take, in node order.
    pub(super) fn nodes(&self, words: &[String]) -> Vec<NodeId> {
        let mut nodes = Selection::taken(self.spec, words);
        nodes.retain(|node| (self.is_there)(*node));
        nodes
    }

    /// The node with a name.
    pub(super) fn node(&self, name: &str) -> Option<NodeId> {
        self.spec.node_id(name).filter(|node| (self.is_there)(*node))
    }
}

/// What is said of any breach.
impl Asked<'_> {
    /// The contract, and by what it is broken.
    pub(super) fn title(&self, what: Text) -> Text {
        let key = self.contract.term.key();
        let rule = match &self.contract.name {
            Some(name) => phrase!["rule ", Piece::Quoted(name.clone()), " (", key, ") is broken: "],
            None => phrase!["a rule (", key, ") is broken: "],
        };
        rule.then(what)
    }

    /// Why the contract must hold.
    pub(super) fn why(&self) -> Text {
        phrase!["why it must hold: ", Piece::Quoted(self.contract.why.clone())]
    }

    /// What proves a connection, and what is to say of one without a path.
    pub(super) fn proof(&self, found: &Connection) -> (Vec<Evidence>, Option<Text>) {
        let act = found.act.map(|id| self.graph.edge(id));
        match (&found.path, act) {
            (Some(path), _) => {
                let label = how(found.row, found.way, found.column);
                (vec![Evidence { label, path: path.clone(), act: found.act }], None)
            }
            (None, Some(edge)) => (Vec::new(), Some(self.by_itself(edge))),
            (None, None) => (Vec::new(), None),
        }
    }

    /// An edge by which a node does something itself.
    fn by_itself(&self, edge: &Edge) -> Text {
        let does = phrase![edge.from, " itself ", edge.verb.third_person(), " ", edge.to];
        match (self.graph.declaration(edge), edge.because()) {
            (Some(declared), _) => does.and(" at ").and(Piece::Code(self.spec.location(declared.place))),
            (None, Some(cause)) => does.and(", by the authority of ").and(cause),
            (None, None) => does,
        }
    }

    /// Where a connection can be cut: its last hand-over, or what is done in the end.
    pub(super) fn cut(&self, found: &Connection) -> Text {
        let last = found.path.as_ref().and_then(|path| path.hops.last()).map(|hop| hop.edge);
        let Some(edge) = found.act.or(last).map(|id| self.graph.edge(id)) else { return Text::default() };
        let hand_over = phrase!["where ", edge.from, " ", edge.verb.third_person(), " ", edge.to];
        match edge.because() {
            Some(cause) => hand_over.and(" by the authority of ").and(cause),
            None => hand_over,
        }
    }
}

/// Contracts about pairs.
impl Asked<'_> {
    /// Pairs but for those that are accepted.
    pub(super) fn but_accepted<'g>(&self, pairs: Pairs<'g>) -> Pairs<'g> {
        pairs.without(self.without.clone())
    }

    /// A breach by the gravest of some pairs that is connected.
    pub(super) fn connected(&self, pairs: &Pairs<'_>, within: Within, beside: &Text) -> Option<Breach> {
        let found = pairs.gravest()?;
        let what =
            gets_at(found.row, found.way, found.column).then(past(found.cost.guards)).then(beside.clone());
        let fix = phrase![enough(within)].then(self.cut(&found));
        Some(self.by_pairs(pairs, &found, what, fix))
    }

    /// A breach by a connection, which is the gravest of its pairs.
    pub(super) fn by_pairs(&self, pairs: &Pairs<'_>, found: &Connection, what: Text, fix: Text) -> Breach {
        let count = pairs.count().iter().map(|row| row.count).sum();
        let (evidence, itself) = self.proof(found);
        let details = [Some(self.why()), itself, how_many(count)].into_iter().flatten().collect();
        let said = Statement { title: self.title(what), details, evidence, fix };
        Breach { said, count, worst: [found.row, found.column], accepted: None }
    }

    /// The same contract asked of another graph over the same nodes and edges.
    pub(super) fn of_graph<'b>(&'b self, graph: &'b CapabilityGraph) -> Asked<'b> {
        Asked {
            graph,
            spec: self.spec,
            contract: self.contract,
            without: self.without.clone(),
            is_there: self.is_there,
        }
    }
}

/// Who gets at whom.
pub(super) fn gets_at(row: NodeId, way: Way, column: NodeId) -> Text {
    match way.verb() {
        Some(verb) => phrase![row, " can have ", column, " ", verb.participle()],
        None if way == Way::Exposure => phrase![row, " learns what ", column, " holds"],
        None => phrase![row, " steers ", column],
    }
}

/// How that comes about.
fn how(row: NodeId, way: Way, column: NodeId) -> Text {
    match way.verb() {
        Some(verb) => phrase!["how ", column, " can be ", verb.participle()],
        None if way == Way::Exposure => phrase!["how it comes to ", row],
        None => phrase!["how ", row, " steers ", column],
    }
}

/// ` past 2 guards`; nothing where the way is open.
pub(super) fn past(guards: u32) -> Text {
    match guards {
        0 => Text::default(),
        some => phrase![" past ", count(some as usize, "guard")],
    }
}

/// How many pairs break a contract, if several do.
pub(super) fn how_many(pairs: usize) -> Option<Text> {
    (pairs > 1).then(|| phrase![count(pairs, "pair"), " break it, and this is the gravest"])
}

/// What a guard has to bring about: ` so that more than 1 guard has to fail`.
pub(super) fn enough(within: Within) -> &'static str {
    match within {
        Within::Guards(0) => "take away or guard a hop of every such path, first ",
        Within::Guards(_) => {
            "take away a hop of every such path or guard it once more than the rule counts, first "
        }
        Within::Any => "take away a hop of every such path, first ",
    }
}

/// Some words of a contract as they are written, joined by commas.
pub(super) fn written(words: &[String]) -> Text {
    let mut phrase = Text::default();
    for (position, word) in words.iter().enumerate() {
        let joint = match position {
            0 => "",
            last if last + 1 == words.len() => " or ",
            _ => ", ",
        };
        phrase = phrase.and(joint).and(Piece::Quoted(word.clone()));
    }
    phrase
}

/// `3 agents`, or `3 nodes`.
pub(super) fn noun(kind: Option<NodeKind>, many: usize) -> Piece {
    count(many, kind.map_or("node", NodeKind::as_str))
}
