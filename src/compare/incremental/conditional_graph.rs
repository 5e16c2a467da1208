//! Two topologies → the arcs of all that lies between them, each with the changes it depends on.
//!
//! Vertices: the four sides of every node, some of which are one in most; in the influence plane also what can be had done to it, a
//! vertex for each verb; and, where a guard is defined otherwise, one behind it on each of its flows.

use super::authority::Authority;
use super::conditions::{ALWAYS, ConditionId, Conditions, Literal};
use crate::compare::change::ChangeId;
use crate::compare::joint::Side;
use crate::compare::partial::Partials;
use crate::graph::{Cost, DoorSide, Edge, content_side, is_split, loose_flows, steps_into_call, used_from};
use crate::model::{GuardId, Node, NodeId, Plane, Verb};

/// Sides of a node.
const SIDES: usize = 4;

/// Where the ways of a plane start from a node.
pub(super) fn start(node: NodeId) -> Vertex {
    door((node, DoorSide::Start))
}

/// Where a node is reached.
pub(super) fn reached(node: NodeId) -> Vertex {
    door((node, DoorSide::Reached))
}

/// What can be had done to one of so many nodes.
pub(super) fn act(nodes: usize, node: NodeId, verb: Verb) -> Vertex {
    vertex(SIDES * nodes + Verb::ALL.len() * node.index() + verb as usize)
}

fn door((node, side): (NodeId, DoorSide)) -> Vertex {
    vertex(SIDES * node.index() + side as usize)
}

fn vertex(position: usize) -> Vertex {
    Vertex::try_from(position).unwrap_or(Vertex::MAX)
}

/// Both planes over one set of conditions. The exposure plane is turned round: attackers look backwards in it.
#[derive(Debug)]
pub(super) struct ConditionalGraph {
    pub(super) conditions: Conditions,
    pub(super) influence: ConditionalArcs,
    pub(super) exposure: ConditionalArcs,
}

impl ConditionalGraph {
    /// Of all that the partials can be, with what they derive; `None` where a cost may not fit.
    pub(super) fn of(partials: &Partials<'_>, authority: &Authority<'_>) -> Option<Self> {
        let mut conditions = Conditions::new(authority.literals());
        let draw = |plane, conditions: &mut Conditions| {
            let mut builder = Builder::new(partials, plane, conditions);
            builder.draw(authority);
            let Builder { drafts, vertices, .. } = builder;
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

struct Builder<'d, 'j> {
    partials: &'d Partials<'j>,
    plane: Plane,
    conditions: &'d mut Conditions,
    drafts: Vec<Draft>,
    vertices: usize,
}

impl<'d, 'j> Builder<'d, 'j> {
    fn new(partials: &'d Partials<'j>, plane: Plane, conditions: &'d mut Conditions) -> Self {
        let nodes = partials.nodes();
        let acts = if plane == Plane::Influence { Verb::ALL.len() * nodes } else { 0 };
        Self { partials, plane, conditions, drafts: Vec::new(), vertices: SIDES * nodes + acts }
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

    /// The free steps between the sides of a node.
    fn sides(&mut self, states: &States, node: NodeId) {
        let at = |side| door((node, side));
        let plane = self.plane;
        for side in [DoorSide::Own, DoorSide::Call] {
            self.arc(at(side), at(DoorSide::Reached), Cost::ZERO, Vec::new());
        }
        if plane == Plane::Influence {
            for side in [DoorSide::Own, DoorSide::Call] {
                self.arc(at(DoorSide::Start), at(side), Cost::ZERO, Vec::new());
            }
        }
        for side in Side::BOTH {
            for (literals, state) in states.of_node(self.partials, node, side) {
                let whole = self.partials.whole(node);
                if whole.is_none() && side == Side::Base {
                    continue;
                }
                let is_there = whole.map(|change| Literal { change, made: side == Side::Head });
                let literals: Vec<Literal> = literals.into_iter().chain(is_there).collect();
                let mut step = |from, to| self.arc(at(from), at(to), Cost::ZERO, literals.clone());
                if plane == Plane::Exposure {
                    step(DoorSide::Start, content_side(state));
                }
                if steps_into_call(state) || !is_split(state) {
                    step(DoorSide::Own, DoorSide::Call);
                }
                if !is_split(state) {
                    step(DoorSide::Call, DoorSide::Own);
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
                if self.plane == Plane::Influence {
                    self.acts(edge, actor, target, all);
                }
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
    fn acts(&mut self, edge: &Edge, actor: &Node, target: &Node, literals: impl Fn() -> Vec<Literal>) {
        let done = act(self.partials.nodes(), edge.to, edge.verb);
        let cost = Cost { guards: edge.extra, ..Cost::ZERO };
        let plane = edge.verb.plane();
        let door = door((edge.from, used_from(edge.verb, actor, target)));
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

/// A place that something comes to: a side of a node, something that can be had done to it, or a guard that is passed.
pub(super) type Vertex = u32;

/// No arc.
pub(super) const NO_ARC: u32 = u32::MAX;

/// An arc before rows are made of all.
#[derive(Debug, Clone, Copy)]
struct Draft {
    tail: Vertex,
    head: Vertex,
    cost: Cost,
    condition: ConditionId,
}

/// An arc, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    /// What it costs, packed.
    pub(super) price: u64,
    /// The vertex at its other end.
    pub(super) other: Vertex,
    pub(super) condition: ConditionId,
}

/// One plane: arcs by their tails, where their positions are their numbers, again by their heads, and by their conditions.
#[derive(Debug)]
pub(super) struct ConditionalArcs {
    from: Vec<Arc>,
    /// By arc: where it comes from.
    tails: Vec<Vertex>,
    /// Where each vertex's arcs start; length: vertices + 1.
    from_starts: Vec<u32>,
    into: Vec<(u32, Arc)>,
    into_starts: Vec<u32>,
    /// Number, tail and head of arcs with a condition, by that.
    under: Vec<(u32, Vertex, Vertex)>,
    under_starts: Vec<u32>,
    prices: Prices,
}

impl ConditionalArcs {
    /// Rows over so many vertices; `None` where a path's cost may not fit into 64 bits.
    fn new(mut drafts: Vec<Draft>, vertices: usize, conditions: usize) -> Option<Self> {
        let prices = Prices::holding(&drafts, vertices)?;
        drafts.sort_by_key(|draft| draft.tail);
        let seen = |draft: &Draft, other: Vertex| Arc {
            price: prices.pack(draft.cost),
            other,
            condition: draft.condition,
        };
        let from = drafts.iter().map(|draft| seen(draft, draft.head)).collect();
        let from_starts = starts(vertices, drafts.iter().map(|draft| draft.tail));
        let tails = drafts.iter().map(|draft| draft.tail).collect();
        let mut numbered: Vec<(u32, &Draft)> = (0..).zip(&drafts).collect();
        numbered.sort_by_key(|(_, draft)| draft.head);
        let into = numbered.iter().map(|(number, draft)| (*number, seen(draft, draft.tail))).collect();
        let into_starts = starts(vertices, drafts.iter().map(|draft| draft.head));
        numbered.retain(|(_, draft)| draft.condition != ALWAYS);
        numbered.sort_by_key(|(number, draft)| (draft.condition, *number));
        let under_starts = starts(conditions, numbered.iter().map(|(_, draft)| draft.condition));
        let under = numbered.iter().map(|(number, draft)| (*number, draft.tail, draft.head)).collect();
        Some(Self { from, tails, from_starts, into, into_starts, under, under_starts, prices })
    }

    pub(super) fn vertices(&self) -> usize {
        self.from_starts.len() - 1
    }

    /// The arcs from a vertex with their numbers.
    pub(super) fn from(&self, vertex: Vertex) -> impl Iterator<Item = (u32, &Arc)> {
        let (start, end) = (self.from_starts[vertex as usize], self.from_starts[vertex as usize + 1]);
        (start..).zip(&self.from[start as usize..end as usize])
    }

    /// The arcs to a vertex with their numbers.
    pub(super) fn into(&self, vertex: Vertex) -> &[(u32, Arc)] {
        &self.into[self.into_starts[vertex as usize] as usize..self.into_starts[vertex as usize + 1] as usize]
    }

    /// The arcs that are there if a condition holds: number, tail, head.
    pub(super) fn under(&self, condition: ConditionId) -> &[(u32, Vertex, Vertex)] {
        let at = condition as usize;
        &self.under[self.under_starts[at] as usize..self.under_starts[at + 1] as usize]
    }

    /// One arc.
    pub(super) fn arc(&self, number: u32) -> &Arc {
        &self.from[number as usize]
    }

    /// Where an arc comes from.
    pub(super) fn tail(&self, number: u32) -> Vertex {
        self.tails[number as usize]
    }

    /// A cost as the rows have it.
    pub(super) fn pack(&self, cost: Cost) -> u64 {
        self.prices.pack(cost)
    }
}

/// Where each key's items start, where they stand in the order of keys.
fn starts(keys: usize, items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; keys + 1];
    for key in items {
        starts[key as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

/// How costs are packed into one number so that the order of numbers is theirs: guards, sessions and hops side by side, each in
/// as many bits as any best path can need.
#[derive(Debug, Clone, Copy)]
struct Prices {
    sessions: u32,
    hops: u32,
}

impl Prices {
    fn holding(drafts: &[Draft], vertices: usize) -> Option<Self> {
        // A best path comes to no vertex twice, and one arc more is looked at from its end.
        let arcs = vertices as u64 + 1;
        let most = |part: fn(&Cost) -> u32| {
            let steepest = drafts.iter().map(|draft| part(&draft.cost)).max().unwrap_or(0);
            arcs.checked_mul(u64::from(steepest)).map(|most| u64::BITS - most.leading_zeros())
        };
        let guards = most(|cost| cost.guards)?;
        let (sessions, hops) = (most(|cost| cost.sessions)?, most(|cost| cost.hops)?);
        (guards + sessions + hops < u64::BITS).then_some(Self { sessions, hops })
    }

    fn pack(self, cost: Cost) -> u64 {
        let guards = u64::from(cost.guards) << (self.sessions + self.hops);
        guards | u64::from(cost.sessions) << self.hops | u64::from(cost.hops)
    }
}
