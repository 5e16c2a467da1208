//! Doors of nodes → flow nodes: where content can be in a node, and which of these places each door is.
//!
//! How many flow nodes a node has is its *form*. Most have one or two. A passive tool whose verbs matter has two that do not lead to
//! one another, and a tool that keeps secrets a place that nothing leaves; such nodes have two more flow nodes, so that every question
//! is asked at a single one: `start`, from which all doors that an attacker holds are reached freely, and `reached`, to which all
//! doors lead freely. A worked example (the test below): `mailer` is called by `clerk`, reads `inbox`, and writes `outbox`.
//!
//! ```text
//! inbox ──▶ own(mailer) ──▶ clerk        what it reads, it answers with
//! clerk ──▶ call(mailer) ──▶ outbox      what it is given, it sends on
//! start(mailer) ─free▶ own, call         own, call ─free▶ reached(mailer)
//! ```

use super::edge::Edge;
use super::rows::FlowNode;
use crate::model::{Isolation, Node, NodeId, NodeKind, Spec, Verb};

/// The ways in and out of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Door {
    /// What it brings along: where its results and a reader's copy come from.
    Own,
    /// Itself inside a call.
    Call,
    /// Where what it asked for or was given arrives.
    Into,
    /// Where it acts from, and where an observer looks.
    Act,
    /// Where the credentials that a tool reads arrive. Nothing leaves it.
    Keep,
}

/// A place in a node where content can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Where an attacker who holds the node stands: all its doors are reached freely from here.
    Start,
    /// What the node brings along.
    Own,
    /// The node inside a call; the same as own where it is not split.
    Call,
    /// Where "is it reached?" is asked: all its doors lead here freely.
    Reached,
}

/// Which flow nodes a node has, in this order, and the free steps between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One for all doors.
    Whole,
    /// own → call.
    Split,
    /// start → own → reached: a shared tool that keeps secrets.
    WholeAndKeeps,
    /// start → own → call → reached: a tool that starts afresh for each caller, relays, and keeps secrets.
    SplitAndKeeps,
    /// start → own → reached and start → call → reached.
    Passive,
}

/// Free steps between the flow nodes of one node, by how far they lead.
pub(super) const STEPS_ON: u8 = 2;
pub(super) const STEPPED_TO: u8 = 4;
pub(super) const STEPS_OVER: u8 = 64;
pub(super) const STEPPED_OVER_TO: u8 = 128;

impl Form {
    /// The form of a node. `acts` says whether it has any edge, declared or derived, and `keeps` whether it reads a credential by
    /// one and tells nobody.
    fn of(node: &Node, acts: bool, keeps: bool) -> Self {
        match (node.is_passive(), keeps, is_split(node)) {
            // Nothing that arrives in a call of it leaves, and nothing arrives at what it brings along: the free step is harmless.
            (true, ..) if !acts => Self::Split,
            (true, ..) => Self::Passive,
            (false, true, true) => Self::SplitAndKeeps,
            (false, true, false) => Self::WholeAndKeeps,
            (false, false, true) => Self::Split,
            (false, false, false) => Self::Whole,
        }
    }

    /// By flow node: which free steps lead from it and to it.
    fn steps(self) -> &'static [u8] {
        const ON: u8 = STEPS_ON;
        const TO: u8 = STEPPED_TO;
        match self {
            Self::Whole => &[0],
            Self::Split => &[ON, TO],
            Self::WholeAndKeeps => &[ON, TO | ON, TO],
            Self::SplitAndKeeps => &[ON, TO | ON, TO | ON, TO],
            Self::Passive => &[ON | STEPS_OVER, TO | STEPS_OVER, STEPPED_OVER_TO | ON, TO | STEPPED_OVER_TO],
        }
    }

    /// Which of them a side is.
    fn place(self, side: Side) -> usize {
        match (self, side) {
            (Self::Whole, _) | (_, Side::Start) | (Self::Split, Side::Own) => 0,
            (_, Side::Own)
            | (Self::Split | Self::WholeAndKeeps, Side::Call)
            | (Self::Split, Side::Reached) => 1,
            (_, Side::Call) | (Self::WholeAndKeeps, Side::Reached) => 2,
            (_, Side::Reached) => 3,
        }
    }
}

/// The flow nodes of all nodes, numbered in node order.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// By node: its first flow node.
    first: Vec<FlowNode>,
    /// By node.
    forms: Vec<Form>,
    /// How many flow nodes there are.
    count: usize,
}

impl Layout {
    /// For some edges.
    pub(super) fn of<'e>(spec: &Spec, edges: impl Iterator<Item = &'e Edge>) -> Self {
        let mut acts = vec![false; spec.nodes.len()];
        let mut keeps = vec![false; spec.nodes.len()];
        for edge in edges {
            acts[edge.from.index()] = true;
            keeps[edge.from.index()] |= is_kept(edge.verb, spec.node(edge.from), spec.node(edge.to));
        }
        Self::with(spec, |node| (acts[node.index()], keeps[node.index()]))
    }

    /// For whatever edges may come: every passive tool may act, and keep what it reads.
    pub(super) fn for_any_edges<'e>(spec: &Spec, edges: impl Iterator<Item = &'e Edge>) -> Self {
        let mut keeps = vec![false; spec.nodes.len()];
        for edge in edges {
            keeps[edge.from.index()] |= is_kept(edge.verb, spec.node(edge.from), spec.node(edge.to));
        }
        Self::with(spec, |node| (true, keeps[node.index()]))
    }

    fn with(spec: &Spec, of: impl Fn(NodeId) -> (bool, bool)) -> Self {
        let mut layout = Self {
            first: Vec::with_capacity(spec.nodes.len()),
            forms: Vec::with_capacity(spec.nodes.len()),
            count: 0,
        };
        for id in spec.node_ids() {
            let (acts, keeps) = of(id);
            let form = Form::of(spec.node(id), acts, keeps);
            layout.first.push(FlowNode::new(layout.count));
            layout.forms.push(form);
            layout.count += form.steps().len();
        }
        layout
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.first.len()
    }

    /// How many flow nodes there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// A side of a node.
    pub(super) fn flow_node(&self, node: NodeId, side: Side) -> FlowNode {
        FlowNode::new(self.first[node.index()].index() + self.forms[node.index()].place(side))
    }

    /// By flow node of a node: which free steps lead from it and to it.
    pub(super) fn steps(&self, node: NodeId) -> &'static [u8] {
        self.forms[node.index()].steps()
    }

    /// The free steps inside of a node: tail and head.
    pub(super) fn free_steps(&self, node: NodeId) -> impl Iterator<Item = (FlowNode, FlowNode)> + use<> {
        let first = self.first[node.index()].index();
        let steps = self.steps(node).iter().enumerate();
        steps.flat_map(move |(at, bits)| {
            let ways = [(STEPS_ON, 1), (STEPS_OVER, 2)].into_iter().filter(move |(bit, _)| bits & bit != 0);
            ways.map(move |(_, over)| (FlowNode::new(first + at), FlowNode::new(first + at + over)))
        })
    }
}

/// Whether an edge reads a credential for a tool that keeps it.
pub(super) fn is_kept(verb: Verb, actor: &Node, target: &Node) -> bool {
    verb == Verb::Read && target.kind == NodeKind::Credential && actor.keeps_secrets()
}

/// Whether a node inside a call is another place than what it brings along: it starts afresh for each caller, keeps callers apart, or
/// does not carry on what it takes in.
pub fn is_split(node: &Node) -> bool {
    !node.relays || node.partitioned || node.isolation == Isolation::PerCall
}

/// Whether what a node brings along is there inside of every call.
pub fn steps_into_call(node: &Node) -> bool {
    is_split(node) && !node.is_passive()
}

/// Which side of a node a door is.
pub(super) fn side(node: &Node, door: Door) -> Side {
    // What it takes in stays where it arrives: a person, a role, a secret.
    let ends = !node.relays && !node.is_passive();
    match door {
        Door::Own => Side::Own,
        Door::Call => Side::Call,
        Door::Into if ends => Side::Call,
        Door::Into => Side::Own,
        Door::Act if ends => Side::Own,
        Door::Act => Side::Call,
        Door::Keep => Side::Reached,
    }
}

/// Where what a node has starts from when it comes to others.
pub fn content_side(node: &Node) -> Side {
    if node.partitioned { Side::Call } else { Side::Own }
}
