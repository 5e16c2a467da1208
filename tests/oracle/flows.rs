//! Sections 2, 3 and 5 of `docs/semantics.md`, word by word: doors, the flows that edges make, and best
//! paths.

use std::collections::BTreeMap;

use super::topology::{Edge, Kind, Plane, Topology, Verb};

/// A node of the flow graph. `Call(n)` exists only where it differs from `Own(n)`, and `Keep(n)` in tools that are not general.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Own(usize),
    Call(usize),
    Keep(usize),
}

impl Spot {
    /// Whose door it is.
    pub fn node(self) -> usize {
        let (Spot::Own(node) | Spot::Call(node) | Spot::Keep(node)) = self;
        node
    }
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

/// The columns of the table of doors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Shared,
    PerCall,
    Silent,
    Passive,
}

/// The table of doors in section 2.
impl Topology {
    fn column(&self, n: usize) -> Column {
        let node = &self.nodes[n];
        match node.kind {
            _ if node.is_passive() => Column::Passive,
            // Of what does not relay, only principals and credentials are left.
            _ if !node.relays => Column::Silent,
            _ if node.per_call || node.partitioned => Column::PerCall,
            _ => Column::Shared,
        }
    }

    /// What n brings along; where its results and a reader's copy come from.
    pub fn own(&self, n: usize) -> Spot {
        Spot::Own(n)
    }

    /// n inside a call.
    pub fn call(&self, n: usize) -> Spot {
        if self.column(n) == Column::Shared { Spot::Own(n) } else { Spot::Call(n) }
    }

    /// Where what n asked for or was given arrives.
    pub fn into(&self, n: usize) -> Spot {
        if self.column(n) == Column::Silent { Spot::Call(n) } else { Spot::Own(n) }
    }

    /// Where n acts from.
    pub fn act(&self, n: usize) -> Spot {
        match self.column(n) {
            Column::PerCall | Column::Passive => Spot::Call(n),
            Column::Shared | Column::Silent => Spot::Own(n),
        }
    }

    /// Is what n brings along in each of its calls?
    fn steps_freely(&self, n: usize) -> bool {
        self.call(n) != self.own(n) && self.column(n) != Column::Passive
    }

    /// Where an attacker who holds n starts (section 6).
    pub fn held(&self, n: usize) -> [Spot; 2] {
        [self.own(n), self.call(n)]
    }

    /// Where n can be reached (section 6).
    pub fn reached(&self, n: usize) -> [Spot; 3] {
        [self.own(n), self.call(n), Spot::Keep(n)]
    }

    /// Where lies what n has (section 6).
    pub fn has(&self, n: usize) -> Spot {
        if self.nodes[n].partitioned { self.call(n) } else { self.own(n) }
    }

    /// Where content of n starts in a plane: from all doors of what is held, and from what a victim has.
    pub fn starts(&self, n: usize, plane: Plane) -> Vec<Spot> {
        match plane {
            Plane::Influence => self.held(n).to_vec(),
            Plane::Exposure => vec![self.has(n)],
        }
    }
}

/// All flows of these edges in one plane, with the free steps.
pub fn flows(topology: &Topology, edges: &[Edge], plane: Plane) -> Vec<Flow> {
    let nodes = 0..topology.nodes.len();
    let free = nodes.filter(|n| topology.steps_freely(*n)).map(|n| Flow {
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
    let joined = t.nodes[a].kind == Kind::Agent && t.nodes[a].per_call;
    match edge.verb {
        // Door by door: what one caller's call writes is there for that caller's calls.
        Verb::Write if t.nodes[b].partitioned && joined => {
            vec![(t.own(a), t.own(b), g, false), (t.call(a), t.call(b), g, false)]
        }
        Verb::Write => vec![(t.act(a), t.into(b), g, false)],
        Verb::Read if t.nodes[b].partitioned && joined => {
            vec![(t.own(b), t.own(a), g, false), (t.call(b), t.call(a), g, false)]
        }
        Verb::Read if t.nodes[b].partitioned => vec![(t.call(b), t.into(a), g, false)],
        Verb::Read if t.is_kept(edge) => vec![(t.own(b), Spot::Keep(a), g, false)],
        Verb::Read => vec![(t.own(b), t.into(a), g, false)],
        Verb::Observe => vec![(t.act(b), t.into(a), g, false), (t.own(b), t.into(a), g, false)],
        // Using a secret or assuming a role moves no content: it has derived edges instead.
        Verb::Invoke if !t.nodes[b].answers() => vec![],
        // An outsider's request has no content of the spec's to give away. What it learns goes to call(A); what a
        // passive tool learns comes out in its answers.
        Verb::Invoke if edge.outsider => match (plane, &edge.returns) {
            (Plane::Influence, _) => vec![(t.act(a), t.call(b), g, false)],
            (Plane::Exposure, Some(r)) => {
                let learns = if t.nodes[a].is_passive() { t.own(a) } else { t.call(a) };
                vec![(t.own(b), learns, r, true)]
            }
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
    Cost {
        guards: topology.stopping(guards, plane) + edge.extra,
        sessions: u32::from(topology.nodes[from.node()].persists),
        hops: 1,
    }
}

/// The best way to a spot: the least cost, and of equal costs the edges that come first, compared one by one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub cost: Cost,
    pub path: Vec<Step>,
}

/// The best label of every spot that any of `starts` reaches, they included, by trying all flows until none improves
/// any.
///
/// To keep one label for each spot is enough: labels of equal cost have equally many hops, so appending the
/// same flows to two of them keeps their order.
pub fn best(flows: &[Flow], starts: &[Spot]) -> BTreeMap<Spot, Label> {
    let nothing = Label { cost: Cost::default(), path: Vec::new() };
    let mut labels: BTreeMap<Spot, Label> = starts.iter().map(|start| (*start, nothing.clone())).collect();
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

/// The best label among some spots.
pub fn least<'l>(labels: &'l BTreeMap<Spot, Label>, spots: &[Spot]) -> Option<&'l Label> {
    spots.iter().filter_map(|spot| labels.get(spot)).min()
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
