//! Sections 2, 3 and 5 of `docs/semantics.md`, word by word: doors, the flows that edges make, and best
//! paths.

use std::collections::BTreeMap;

use super::topology::{Edge, Plane, Topology, Verb};

/// A node of the flow graph. `Call(n)` exists only where it differs from `Own(n)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Own(usize),
    Call(usize),
}

/// What a path costs; smaller is better, compared in the order of the fields (section 5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    pub guards: u32,
    pub sessions: u32,
    pub hops: u32,
}

impl Cost {
    pub fn plus(self, other: Cost) -> Cost {
        Cost {
            guards: self.guards + other.guards,
            sessions: self.sessions + other.sessions,
            hops: self.hops + other.hops,
        }
    }
}

/// The edge that a flow belongs to, and whether it is the edge's result rather than its first flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    pub edge: usize,
    pub result: bool,
}

/// One flow in one plane; the free step own → call belongs to no edge.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    pub from: Spot,
    pub to: Spot,
    pub cost: Cost,
    pub step: Option<Step>,
}

/// The table of doors in section 2.
impl Topology {
    /// What n brings along; where its results and a reader's copy come from.
    pub fn own(&self, n: usize) -> Spot {
        Spot::Own(n)
    }

    /// n inside a call; where "is it reached?" is asked.
    pub fn call(&self, n: usize) -> Spot {
        let node = &self.nodes[n];
        if node.relays && !node.per_call { Spot::Own(n) } else { Spot::Call(n) }
    }

    /// Where what n asked for or was given arrives.
    pub fn into(&self, n: usize) -> Spot {
        if self.nodes[n].relays { Spot::Own(n) } else { Spot::Call(n) }
    }

    /// Where n acts from; where an observer looks.
    pub fn act(&self, n: usize) -> Spot {
        let node = &self.nodes[n];
        if node.relays && node.per_call { Spot::Call(n) } else { Spot::Own(n) }
    }
}

/// All flows of these edges in one plane, with the free steps.
pub fn flows(topology: &Topology, edges: &[Edge], plane: Plane) -> Vec<Flow> {
    let nodes = 0..topology.nodes.len();
    let free = nodes.filter(|n| topology.call(*n) != topology.own(*n)).map(|n| Flow {
        from: topology.own(n),
        to: topology.call(n),
        cost: Cost::default(),
        step: None,
    });
    let made = edges.iter().enumerate().flat_map(|(number, edge)| {
        edge_flows(topology, edge, plane).into_iter().map(move |(from, to, guards, result)| {
            let cost = flow_cost(topology, edge, from, guards, plane);
            Flow { from, to, cost, step: Some(Step { edge: number, result }) }
        })
    });
    free.chain(made).collect()
}

/// From where, to where, under which guards, and is it a result?
type Made<'e> = (Spot, Spot, &'e [usize], bool);

/// The table of verbs in section 3. A acts, on B.
fn edge_flows<'e>(t: &Topology, edge: &'e Edge, plane: Plane) -> Vec<Made<'e>> {
    let (a, b, g) = (edge.from, edge.to, edge.guards.as_slice());
    match edge.verb {
        Verb::Write => vec![(t.act(a), t.into(b), g, false)],
        Verb::Read => vec![(t.own(b), t.into(a), g, false)],
        Verb::Observe => vec![(t.act(b), t.into(a), g, false)],
        // Using a secret or assuming a role moves no content: it has derived edges instead.
        Verb::Invoke if !t.nodes[b].answers() => vec![],
        // An outsider's request has no content of the spec's to give away, and what it learns goes to
        // call(A).
        Verb::Invoke if edge.outsider => match (plane, &edge.returns) {
            (Plane::Influence, _) => vec![(t.act(a), t.call(b), g, false)],
            (Plane::Exposure, Some(r)) => vec![(t.own(b), t.call(a), r, true)],
            (Plane::Exposure, None) => vec![],
        },
        Verb::Invoke => {
            let request = (t.act(a), t.call(b), g, false);
            let result = edge.returns.as_ref().map(|r| (t.own(b), t.into(a), r.as_slice(), true));
            [Some(request), result].into_iter().flatten().collect()
        }
    }
}

/// Section 5: guards that stop this plane and the edge's extra; one session more out of a persistent store;
/// one hop.
fn flow_cost(topology: &Topology, edge: &Edge, from: Spot, guards: &[usize], plane: Plane) -> Cost {
    let (Spot::Own(node) | Spot::Call(node)) = from;
    Cost {
        guards: topology.stopping(guards, plane) + edge.extra,
        sessions: u32::from(topology.nodes[node].persists),
        hops: 1,
    }
}

/// The best way to a spot: the least cost, and of equal costs the edges that come first, compared one by one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub cost: Cost,
    pub path: Vec<Step>,
}

/// The best label of every spot that `from` reaches, itself included, by trying all flows until none improves
/// any.
///
/// To keep one label for each spot is enough: labels of equal cost have equally many hops, so appending the
/// same flows to two of them keeps their order.
pub fn best(flows: &[Flow], from: Spot) -> BTreeMap<Spot, Label> {
    let mut labels = BTreeMap::from([(from, Label { cost: Cost::default(), path: Vec::new() })]);
    let mut changed = true;
    while changed {
        changed = false;
        for flow in flows {
            let Some(so_far) = labels.get(&flow.from) else { continue };
            let known = labels.get(&flow.to);
            let cost = so_far.cost.plus(flow.cost);
            if known.is_some_and(|label| label.cost < cost) {
                continue;
            }
            let path = so_far.path.iter().copied().chain(flow.step).collect();
            let label = Label { cost, path };
            if known.is_none_or(|old| label < *old) {
                labels.insert(flow.to, label);
                changed = true;
            }
        }
    }
    labels
}

/// The flows that touch none of some nodes and pass none of some guards: what is left of a graph once they are taken out.
pub fn left(all: &[Flow], edges: &[Edge], nodes: &[usize], guards: &[usize]) -> Vec<Flow> {
    let is_left = |flow: &&Flow| {
        let Some(step) = flow.step else { return true };
        let edge = &edges[step.edge];
        let on_leg = if step.result { edge.returns.as_deref().unwrap_or_default() } else { &edge.guards };
        !nodes.contains(&edge.from)
            && !nodes.contains(&edge.to)
            && !on_leg.iter().any(|guard| guards.contains(guard))
    };
    all.iter().filter(is_left).copied().collect()
}
