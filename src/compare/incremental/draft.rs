//! Two topologies → the arcs of all that lies between them, each with the changes it depends on.
//!
//! Vertices: the own and the call side of every node; in the influence plane also what can be had done to it, a vertex for each
//! verb; and, where a guard is defined otherwise, one behind it on each of its flows.

use super::authority::Authority;
use super::condition::{Conditions, Literal};
use super::conditional_arcs::{ConditionalArcs, Draft, Vertex};
use crate::compare::change::ChangeId;
use crate::compare::joint::Side;
use crate::compare::partial::Partials;
use crate::graph::{Cost, DoorSide, Edge, acts_from, is_split, loose_flows};
use crate::model::{GuardId, Node, NodeId, Plane, Verb};

/// Where an attacker's content starts, and where what it brings into a call.
pub(crate) fn own(node: NodeId) -> Vertex {
    vertex(2 * node.index())
}

/// Where a node is reached.
pub(crate) fn call(node: NodeId) -> Vertex {
    vertex(2 * node.index() + 1)
}

/// What can be had done to one of so many nodes.
pub(crate) fn act(nodes: usize, node: NodeId, verb: Verb) -> Vertex {
    vertex(2 * nodes + Verb::ALL.len() * node.index() + verb as usize)
}

fn door((node, side): (NodeId, DoorSide)) -> Vertex {
    match side {
        DoorSide::Own => own(node),
        DoorSide::Call => call(node),
    }
}

fn vertex(position: usize) -> Vertex {
    Vertex::try_from(position).unwrap_or(Vertex::MAX)
}

/// Both planes over one set of conditions. The exposure plane is turned round: attackers look backwards in it.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) conditions: Conditions,
    pub(crate) influence: ConditionalArcs,
    pub(crate) exposure: ConditionalArcs,
}

impl Ground {
    /// Of all that the partials can be, with what they derive; nothing where a cost may not fit.
    pub(crate) fn of(partials: &Partials<'_>, authority: &Authority<'_>) -> Option<Self> {
        let mut conditions = Conditions::new(authority.literals());
        let draw = |plane, conditions: &mut Conditions| {
            let mut drawing = Drawing::new(partials, plane, conditions);
            drawing.draw(authority);
            let Drawing { drafts, vertices, .. } = drawing;
            (drafts, vertices)
        };
        let (influence, influence_vertices) = draw(Plane::Influence, &mut conditions);
        let (mut exposure, exposure_vertices) = draw(Plane::Exposure, &mut conditions);
        for draft in &mut exposure {
            (draft.tail, draft.head) = (draft.head, draft.tail);
        }
        let influence = ConditionalArcs::new(influence, influence_vertices, conditions.len())?;
        let exposure = ConditionalArcs::new(exposure, exposure_vertices, conditions.len())?;
        Some(Self { conditions, influence, exposure })
    }
}

/// A node in one of the states that it can have, and when it has that one.
type State<'n> = (Vec<Literal>, &'n Node);

struct Drawing<'d, 'j> {
    partials: &'d Partials<'j>,
    plane: Plane,
    conditions: &'d mut Conditions,
    drafts: Vec<Draft>,
    vertices: usize,
}

impl<'d, 'j> Drawing<'d, 'j> {
    fn new(partials: &'d Partials<'j>, plane: Plane, conditions: &'d mut Conditions) -> Self {
        let nodes = partials.nodes();
        let acts = if plane == Plane::Influence { Verb::ALL.len() * nodes } else { 0 };
        Self { partials, plane, conditions, drafts: Vec::new(), vertices: 2 * nodes + acts }
    }

    fn draw(&mut self, authority: &Authority<'_>) {
        let partials = self.partials;
        let states = States::of(partials);
        for node in (0..partials.nodes()).map(NodeId::new) {
            self.sides(&states, node);
        }
        for (side, edge, by) in partials.edges() {
            let literals = by.map(|change| Literal { change, made: side == Side::Head }).collect();
            self.edge(&states, &Edge::from_declared(0, edge), literals, side);
        }
        // A node of one side alone is the same on both, so that the side does not matter.
        for edge in &authority.settled {
            self.edge(&states, edge, Vec::new(), Side::Head);
        }
        for (number, edge) in authority.contested.iter().enumerate() {
            self.edge(&states, edge, vec![Literal::made(authority.switch(number))], Side::Head);
        }
    }

    /// The free steps between the two sides of a node.
    fn sides(&mut self, states: &States, node: NodeId) {
        self.arc(own(node), call(node), Cost::ZERO, Vec::new());
        for side in Side::BOTH {
            for (literals, state) in states.of_node(self.partials, node, side) {
                let whole = self.partials.whole(node);
                if !is_split(state) && (whole.is_some() || side == Side::Head) {
                    let is_there = whole.map(|change| Literal { change, made: side == Side::Head });
                    let literals = literals.into_iter().chain(is_there).collect();
                    self.arc(call(node), own(node), Cost::ZERO, literals);
                }
            }
        }
    }

    fn edge(&mut self, states: &States, edge: &Edge, literals: Vec<Literal>, side: Side) {
        let actors = states.of_node(self.partials, edge.from, side);
        let targets = states.of_node(self.partials, edge.to, side);
        for (of_actor, actor) in &actors {
            for (of_target, target) in &targets {
                let all = || literals.iter().chain(of_actor).chain(of_target).copied().collect();
                self.flows(edge, actor, target, all);
            }
            if self.plane == Plane::Influence {
                let all = || literals.iter().chain(of_actor).copied().collect();
                self.acts(edge, actor, all);
            }
        }
    }

    fn flows(&mut self, edge: &Edge, actor: &Node, target: &Node, literals: impl Fn() -> Vec<Literal>) {
        for flow in loose_flows(edge, actor, target, self.plane).into_iter().flatten() {
            let cost = Cost { guards: edge.extra, sessions: u32::from(flow.leaves_persistent), hops: 1 };
            self.guarded(door(flow.from), door(flow.to), cost, flow.guards, self.plane, literals());
        }
    }

    /// An edge as a means, from where its actor acts.
    fn acts(&mut self, edge: &Edge, actor: &Node, literals: impl Fn() -> Vec<Literal>) {
        let done = act(self.partials.nodes(), edge.to, edge.verb);
        let cost = Cost { guards: edge.extra, ..Cost::ZERO };
        let plane = edge.verb.plane();
        let door = door((edge.from, acts_from(actor)));
        self.guarded(door, done, cost, &edge.guards, plane, literals());
    }

    /// An arc past some guards. Each guard that is defined otherwise is passed by an arc of its own, at its price.
    fn guarded(
        &mut self,
        tail: Vertex,
        head: Vertex,
        cost: Cost,
        guards: &[GuardId],
        plane: Plane,
        literals: Vec<Literal>,
    ) {
        let mut cost = cost;
        let mut redefined = Vec::new();
        for guard in guards {
            let [before, after] = self.partials.stops(*guard, plane);
            match self.partials.redefined(*guard).filter(|_| before != after) {
                Some(change) => redefined.push(Literal { change, made: after }),
                None => cost.guards = cost.guards.saturating_add(u32::from(after)),
            }
        }
        let mut at = tail;
        if !redefined.is_empty() {
            at = self.new_vertex();
            self.arc(tail, at, cost, literals.clone());
        }
        for (position, literal) in redefined.iter().enumerate() {
            let next = if position + 1 == redefined.len() { head } else { self.new_vertex() };
            self.arc(at, next, Cost { guards: 1, ..Cost::ZERO }, vec![*literal]);
            self.arc(at, next, Cost::ZERO, vec![literal.not()]);
            at = next;
        }
        if redefined.is_empty() {
            self.arc(tail, head, cost, literals);
        }
    }

    fn new_vertex(&mut self) -> Vertex {
        self.vertices += 1;
        vertex(self.vertices - 1)
    }

    fn arc(&mut self, tail: Vertex, head: Vertex, cost: Cost, literals: Vec<Literal>) {
        if let Some(condition) = self.conditions.number(literals) {
            self.drafts.push(Draft { tail, head, cost, condition });
        }
    }
}

/// The states of nodes with attributes that a change sets otherwise and flows depend on.
struct States(std::collections::HashMap<NodeId, Vec<(Vec<Literal>, Node)>>);

impl States {
    fn of(partials: &Partials<'_>) -> Self {
        let moving = partials.moving();
        Self(moving.into_iter().map(|(node, changes)| (node, states(partials, node, &changes))).collect())
    }

    /// The states of a node that edges of a side can meet.
    fn of_node<'n>(&'n self, partials: &Partials<'n>, node: NodeId, side: Side) -> Vec<State<'n>> {
        match self.0.get(&node) {
            Some(states) => states.iter().map(|(literals, node)| (literals.clone(), node)).collect(),
            None => vec![(Vec::new(), partials.node_of(side, node))],
        }
    }
}

/// A node with each selection of some changes of it made.
fn states(partials: &Partials<'_>, node: NodeId, changes: &[ChangeId]) -> Vec<(Vec<Literal>, Node)> {
    let mut states = vec![(Vec::new(), partials.node_of(Side::Base, node).clone())];
    for change in changes {
        let before = states.len();
        for at in 0..before {
            let (mut literals, mut state): (Vec<Literal>, Node) = states[at].clone();
            literals.push(Literal::made(*change));
            partials.apply(*change, &mut state);
            states[at].0.push(Literal::made(*change).not());
            states.push((literals, state));
        }
    }
    states
}
