//! Everything that differs between two topologies, explained.

use std::sync::OnceLock;

use super::cause::{Cause, CauseId};
use super::change;
use super::change::{Change, ChangeId, ChangeIndex};
use super::closure::Closure;
use super::delta;
use super::delta::{Delta, Deltas, Kind, Reach};
use super::explain::explain;
use super::joint::{AcceptanceId, AcceptedDeletion, Joint, Presence, Side};
use super::overlay::{Overlay, Refusal, declare_the_same};
use super::reached::{Reached, Still};
use super::rebuild::{Gain, contains};
use crate::analysis::loops;
use crate::graph::{CapabilityGraph, most_derived};
use crate::model::{Edge, NodeId, Spec, Verb, Way};

/// A loop that the base does not have: nodes that now steer one another without any guard failing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewLoop {
    /// Its nodes, in node order.
    pub nodes: Vec<NodeId>,
    /// Why it is there.
    pub cause: CauseId,
}

impl Overlay {
    /// Compares the closures, as long as what differs takes no more bytes than that.
    ///
    /// # Errors
    /// If more differs.
    pub fn compare(self, bytes: usize) -> Result<Comparison, Refusal> {
        Comparison::of_overlay(self, bytes)
    }
}

/// A question in figures, over all ordered pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// The question.
    pub question: Way,
    /// Pairs with a way in the base and in the head; known for planes.
    pub connected: Option<[usize; 2]>,
    /// By kind: answers that differ so.
    kinds: [usize; 4],
}

impl Count {
    /// How many answers differ in one way.
    #[must_use]
    pub fn of(&self, kind: Kind) -> usize {
        self.kinds[kind as usize]
    }
}

/// Two topologies compared: exact over all ordered pairs, both planes and all verbs.
#[derive(Debug)]
pub struct Comparison {
    joint: Joint,
    /// Of base and head, built when they are asked for.
    graphs: [OnceLock<CapabilityGraph>; 2],
    changes: Vec<Change>,
    index: ChangeIndex,
    deltas: Vec<Delta>,
    reached: Reached,
    causes: Vec<Cause>,
    loops: Vec<NewLoop>,
    is_same: bool,
}

impl Comparison {
    /// Compares the closures of two specs and explains every gain by counterfactual.
    ///
    /// Takes a closure of all pairs on either side, and rows that follow the changes made and taken back for what pairs gain. What
    /// is derived on the way takes a closure of authority for each span of topologies that derive the same; where that is too much,
    /// and for loops, one topology is built for each set of changes that has to be tried. Four bytes or so a pair and plane are held
    /// at a time, and what differs. Where no change can move a path, none of this is done: see [`Overlay::moves_nothing`].
    ///
    /// # Errors
    /// If a `was` of the head names what the base does not have, or what the head still has.
    pub fn of(base: &Spec, head: &Spec) -> Result<Self, Refusal> {
        Self::within(base, head, usize::MAX)
    }

    /// As [`Self::of`], as long as what differs takes no more bytes than that.
    ///
    /// # Errors
    /// If a `was` is wrong, authority derives too much, or more differs.
    pub fn within(base: &Spec, head: &Spec, bytes: usize) -> Result<Self, Refusal> {
        Overlay::of(base, head)?.compare(bytes)
    }

    /// Compares what has been laid one over the other. Where no change can move a path, nothing is computed.
    fn of_overlay(overlay: Overlay, bytes: usize) -> Result<Self, Refusal> {
        let is_still = overlay.moves_nothing();
        let Overlay { joint, changes, index } = overlay;
        let is_same = declare_the_same(&joint, &changes);
        let mut comparison = Self {
            joint,
            graphs: [OnceLock::new(), OnceLock::new()],
            changes,
            index,
            deltas: Vec::new(),
            reached: Reached::Same(OnceLock::new()),
            causes: Vec::new(),
            loops: Vec::new(),
            is_same,
        };
        // Where nothing moves, both sides derive the same, and one of them says whether that is too much.
        comparison.build(Side::Head)?;
        if !is_still {
            comparison.build(Side::Base)?;
            comparison.compare_closures(bytes)?;
        }
        Ok(comparison)
    }

    /// Builds the graph of one side, if authority derives no more than a spec may.
    fn build(&self, side: Side) -> Result<(), Refusal> {
        let spec = self.joint.spec(side).clone();
        let most = most_derived(&spec);
        let graph =
            CapabilityGraph::within(spec, most).map_err(|refused| Refusal::Authority(refused.diagnostics))?;
        let _ = self.graphs[side as usize].set(graph);
        Ok(())
    }

    fn compare_closures(&mut self, bytes: usize) -> Result<(), Refusal> {
        let (base, head) = (self.graph(Side::Base), self.graph(Side::Head));
        // Each is held once more while its cause is looked for, and while the answers of a row are joined.
        let most = bytes / (2 * size_of::<Delta>() + size_of::<Gain<'_>>());
        let deltas = delta::deltas(&self.joint, &Closure::of(base), &Closure::of(head), most);
        let Deltas { all: mut deltas, reach } = deltas.ok_or(Refusal::TooMuch)?;
        let new_loops = new_loops(base, head);
        let (causes, of_gain) = explain(&self.joint, &self.changes, &self.index, &deltas, &new_loops);
        let mut of_gain = of_gain.into_iter();
        for delta in deltas.iter_mut().filter(|delta| delta.is_gain()) {
            delta.cause = of_gain.next();
        }
        let loops = new_loops.into_iter().zip(of_gain);
        self.loops = loops.map(|(nodes, cause)| NewLoop { nodes, cause }).collect();
        (self.deltas, self.causes, self.reached) = (deltas, causes, Reached::Compared(reach));
        Ok(())
    }

    /// The two topologies over one set of nodes.
    #[must_use]
    pub fn joint(&self) -> &Joint {
        &self.joint
    }

    /// Takes in an acceptance of another spec.
    pub(crate) fn adopt(&mut self, entry: AcceptedDeletion) -> AcceptanceId {
        self.joint.adopt(entry)
    }

    /// The graph of one side, over the joint nodes.
    #[must_use]
    pub fn graph(&self, side: Side) -> &CapabilityGraph {
        self.graphs[side as usize].get_or_init(|| CapabilityGraph::build(self.joint.spec(side).clone()))
    }

    /// Every atomic change, in declared order.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The changes that can close paths, in declared order.
    pub fn closing(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.effect.closes())
    }

    /// One change.
    #[must_use]
    pub fn change(&self, id: ChangeId) -> &Change {
        &self.changes[id.index()]
    }

    /// Every answer that differs: by pair in node order, then by question.
    #[must_use]
    pub fn deltas(&self) -> &[Delta] {
        &self.deltas
    }

    /// The counts of all questions, in their order.
    #[must_use]
    pub fn counts(&self) -> [Count; 6] {
        let none = |at: usize| Count { question: Way::ALL[at], connected: None, kinds: [0; 4] };
        let mut counts = std::array::from_fn(none);
        for (count, connected) in counts.iter_mut().zip(self.reached.connected(self.still())) {
            count.connected = Some(connected);
        }
        for delta in self.deltas() {
            let count = counts.iter_mut().find(|count| count.question == delta.question);
            if let Some(count) = count {
                count.kinds[delta.kind() as usize] += 1;
            }
        }
        counts
    }

    /// What a node reaches in the base and in the head.
    #[must_use]
    pub fn reach(&self, node: NodeId) -> [Reach; 2] {
        self.reached.of(self.still(), node)
    }

    /// The nodes that reach more or less than before, in node order.
    #[must_use]
    pub fn moved(&self) -> Vec<(NodeId, [Reach; 2])> {
        self.reached.moved(self.still())
    }

    fn still(&self) -> Still<'_> {
        Still { joint: &self.joint, head: self.graph(Side::Head) }
    }

    /// Whether base and head declare the same nodes and edges, whatever they say of rules and acceptances.
    pub(crate) fn is_same(&self) -> bool {
        self.is_same
    }

    /// The reasons that there are.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// One cause.
    #[must_use]
    pub fn cause(&self, id: CauseId) -> &Cause {
        &self.causes[id.index()]
    }

    /// Loops that the base does not have.
    #[must_use]
    pub fn loops(&self) -> &[NewLoop] {
        &self.loops
    }

    /// Whether the base has no node at all: the topology itself is what is new.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.joint.is_empty(Side::Base)
    }

    /// Whether a pair has a node that is new or gone.
    #[must_use]
    pub fn is_of_other_node(&self, from: NodeId, to: NodeId) -> bool {
        [from, to].iter().any(|node| self.joint.presence(*node) != Presence::Both)
    }

    /// The edge that a change is about: as the head has it, or the base where it is gone.
    #[must_use]
    pub fn edge_of(&self, change: &Change) -> Option<&Edge> {
        change::edge_of(&self.joint, change)
    }

    /// The change that an edge between two nodes goes with, if there is one: its own, or that of a node at its end.
    #[must_use]
    pub fn change_of_edge(&self, from: NodeId, verb: Verb, to: NodeId) -> Option<ChangeId> {
        self.index.around(from, verb, to).into_iter().flatten().min()
    }
}

/// The loops of the head that no loop of the base holds.
fn new_loops(base: &CapabilityGraph, head: &CapabilityGraph) -> Vec<Vec<NodeId>> {
    let before = loops(base);
    loops(head).into_iter().filter(|nodes| !before.iter().any(|all| contains(all, nodes))).collect()
}
