//! Full costs of all pairs in one plane, kept.
//!
//! Targets are taken in blocks. In a block every flow node has a row of packed costs, one lane a target, and is computed from
//! the rows that its arcs lead to: components in the order in which they were emitted, so that what lies behind one is final;
//! inside a loop whatever fell is offered to those before it until nothing falls (Bellman's equations in Gauss and Seidel's
//! order). Blocks are independent and run in parallel.
//!
//! A worked example (the test below): `a` writes to `b`, `b` and `c` to each other, `c` to `d`. The column of `d`, in hops:
//!
//! ```text
//! component {d}       d is the target: 0
//! component {b, c}    from {d}, which is final: c 1.  Inside: c offers b 2, b offers c 3, which is no less: nothing falls any more
//! component {a}       from {b, c}, which is final: a 3
//! ```

use rayon::prelude::*;

use super::packed_costs::{Fields, LANES, Packed, Row, relax};
use crate::graph::{CapabilityGraph, Components, Cost, Direction, FlowNode, Search, Strength, Zeroed};
use crate::model::{NodeId, Plane};

/// Best costs of all pairs, from where ways of the plane start to where nodes are reached, in the narrowest number that holds every
/// one of them; in the influence plane also to where nodes act from, where that is another place.
#[derive(Debug)]
pub struct CostTable {
    nodes: usize,
    columns: usize,
    /// Nodes that are steered at another place than they are reached at, in node order: the columns behind those of all nodes.
    steered_apart: Vec<NodeId>,
    fields: Fields,
    cells: Cells,
}

/// By block of targets, then by node, then by lane: a packed cost; 0 where there is no path.
#[derive(Debug)]
enum Cells {
    One(Zeroed<u8>),
    Two(Zeroed<i16>),
    Four(Zeroed<i32>),
    Eight(Zeroed<i64>),
    Sixteen(Zeroed<i128>),
}

impl CostTable {
    /// Computes all costs of a plane. Takes one to sixteen bytes a pair, the fewest that its costs need.
    #[must_use]
    pub fn compute(graph: &CapabilityGraph, plane: Plane) -> Self {
        let flow = Flow::new(graph, plane);
        let mut most = flow.guess(graph, plane);
        loop {
            let fields = Fields::holding(most);
            // Where a guess was too low this says what was seen, and no cell of it is kept.
            match fill(&flow, fields) {
                Ok(cells) => {
                    let (nodes, columns) = (flow.sources.len(), flow.targets.len());
                    return Self { nodes, columns, steered_apart: flow.steered_apart, fields, cells };
                }
                Err(narrow) => most = std::array::from_fn(|part| most[part].max(2 * narrow[part])),
            }
        }
    }

    /// The cost of a pair: `None` where there is no path, and of a node to itself.
    #[must_use]
    pub fn cost(&self, from: NodeId, to: NodeId) -> Option<Cost> {
        self.cell(from, to.index())
    }

    /// What it costs a node to come to where another acts from, in the influence plane: `None` where there is no path.
    #[must_use]
    pub fn cost_to_act(&self, from: NodeId, actor: NodeId) -> Option<Cost> {
        match self.steered_apart.binary_search(&actor) {
            Ok(position) => self.cell(from, self.nodes + position),
            Err(_) => self.cost(from, actor),
        }
    }

    fn cell(&self, from: NodeId, column: usize) -> Option<Cost> {
        let (block, lane) = (column / LANES, column % LANES);
        let at = (block * self.nodes + from.index()) * LANES + lane;
        match &self.cells {
            Cells::One(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Two(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Four(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Eight(cells) => self.unpack(cells.as_slice()[at]),
            Cells::Sixteen(cells) => self.unpack(cells.as_slice()[at]),
        }
    }

    /// Bytes that the cells take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let cells = self.columns.div_ceil(LANES) * LANES * self.nodes;
        cells * self.bytes_a_cell()
    }

    /// Bytes that one pair takes.
    #[must_use]
    pub fn bytes_a_cell(&self) -> usize {
        match &self.cells {
            Cells::One(_) => 1,
            Cells::Two(_) => 2,
            Cells::Four(_) => 4,
            Cells::Eight(_) => 8,
            Cells::Sixteen(_) => 16,
        }
    }

    fn unpack<T: Packed>(&self, packed: T) -> Option<Cost> {
        (packed != T::zeroed()).then(|| self.fields.unpack(packed))
    }
}

/// The table in the narrowest type that the fields fit in; or, of the parts that turn out to be too narrow, what they should
/// hold at least.
fn fill(flow: &Flow, fields: Fields) -> Result<Cells, [u64; 3]> {
    Ok(match fields.all {
        0..=8 => Cells::One(table(flow, fields)?),
        9..=15 => Cells::Two(table(flow, fields)?),
        16..=30 => Cells::Four(table(flow, fields)?),
        31..=62 => Cells::Eight(table(flow, fields)?),
        _ => Cells::Sixteen(table(flow, fields)?),
    })
}

/// All cells as packed numbers of one type, unless a part may have run over; see [`fill`].
fn table<T: Packed>(flow: &Flow, fields: Fields) -> Result<Zeroed<T>, [u64; 3]> {
    let nodes = flow.sources.len();
    let blocks = flow.targets.len().div_ceil(LANES);
    let mut cells: Zeroed<T> = Zeroed::new(blocks * LANES * nodes);
    let costs = Costs::pack(flow, fields);
    let chunks = cells.as_mut_slice().par_chunks_mut((LANES * nodes).max(1)).enumerate();
    let seen = chunks
        .map_init(
            || Block::new(flow, fields),
            |work, (block, cells)| {
                work.close(flow, &costs, block * LANES);
                work.write(flow, block * LANES, cells);
                work.seen
            },
        )
        .reduce(Seen::nothing, Seen::and);
    let narrow = too_narrow::<T>(fields, flow.steepest, seen);
    if narrow == [0; 3] { Ok(cells) } else { Err(narrow) }
}

/// The parts that may have run over, each with what it should hold at least; zero for those that hold.
///
/// An arc adds one hop, at most one session, and some guards. So as long as no part of any row is filled to the brim and no sum
/// comes near "no path", no addition ever ran from one part into the next: the rows solve Bellman's equations part by part, and
/// there is one solution.
fn too_narrow<T: Packed>(fields: Fields, steepest: Cost, seen: Seen<T>) -> [u64; 3] {
    let largest = seen.cost.unpack() + fields.pack::<T>(steepest).unpack();
    let over = largest >= T::NONE.unpack();
    let most = seen.parts(fields);
    let brim = |bits: u32, most: u64| most + 1 >= 1_u64.checked_shl(bits).unwrap_or(u64::MAX);
    let has = [steepest.guards > 0, steepest.sessions > 0, steepest.hops > 0];
    let narrow = [
        has[0] && over,
        has[1] && (brim(fields.sessions, most[1]) || over && !has[0]),
        has[2] && (brim(fields.hops, most[2]) || over && !has[0] && !has[1]),
    ];
    std::array::from_fn(|part| if narrow[part] { most[part] + 1 } else { 0 })
}

/// The largest cost of any row, the largest sessions and the largest hops, each still in its place.
#[derive(Debug, Clone, Copy)]
struct Seen<T> {
    cost: T,
    sessions: T,
    hops: T,
}

impl<T: Packed> Seen<T> {
    fn nothing() -> Self {
        Self { cost: T::zeroed(), sessions: T::zeroed(), hops: T::zeroed() }
    }

    fn and(self, other: Self) -> Self {
        Self {
            cost: self.cost.max(other.cost),
            sessions: self.sessions.max(other.sessions),
            hops: self.hops.max(other.hops),
        }
    }

    fn parts(self, fields: Fields) -> [u64; 3] {
        let part = |packed: T| fields.unpack(packed);
        [part(self.cost).guards, part(self.sessions).sessions, part(self.hops).hops].map(u64::from)
    }
}

/// What the arcs cost, packed.
struct Costs<T> {
    onwards: Vec<T>,
    inside: Vec<T>,
}

impl<T: Packed> Costs<T> {
    fn pack(flow: &Flow, fields: Fields) -> Self {
        let pack = |arcs: &Arcs| arcs.costs.iter().map(|cost| fields.pack(*cost)).collect();
        Self { onwards: pack(&flow.onwards), inside: pack(&flow.inside) }
    }
}

/// The working memory of one thread.
struct Block<T> {
    fields: Fields,
    rows: Vec<Row<T>>,
    /// By flow node: whether its row has any path. The others are not to be looked at.
    active: Vec<bool>,
    /// By flow node: whether its row fell and was not offered yet to those before it in its component.
    fell: Vec<bool>,
    seen: Seen<T>,
}

impl<T: Packed> Block<T> {
    fn new(flow: &Flow, fields: Fields) -> Self {
        let flow_nodes = flow.flow_nodes();
        Self {
            fields,
            rows: vec![[T::NONE; LANES]; flow_nodes],
            active: vec![false; flow_nodes],
            fell: vec![false; flow_nodes],
            seen: Seen::nothing(),
        }
    }

    /// Closes the rows over the targets from `first` on.
    fn close(&mut self, flow: &Flow, costs: &Costs<T>, first: usize) {
        for (row, active) in self.rows.iter_mut().zip(&mut self.active) {
            if std::mem::take(active) {
                row.fill(T::NONE);
            }
        }
        for (lane, target) in flow.targets[first..].iter().take(LANES).enumerate() {
            self.rows[target.index()][lane] = T::zeroed();
            self.active[target.index()] = true;
        }
        for component in 0..flow.components.len() {
            let members = flow.components.members(component);
            for node in members {
                self.take_in(flow, costs, *node);
            }
            if members.len() > 1 {
                self.settle(flow, costs, members);
            }
        }
    }

    /// Takes in what lies behind the arcs to other components; that is final.
    fn take_in(&mut self, flow: &Flow, costs: &Costs<T>, node: FlowNode) {
        for arc in flow.onwards.of(node) {
            let head = flow.onwards.others[arc].index();
            if self.active[head] {
                self.offer(head, node.index(), costs.onwards[arc]);
            }
        }
    }

    /// Has the members of a component offer what they have to those before them, until nothing falls any more.
    fn settle(&mut self, flow: &Flow, costs: &Costs<T>, members: &[FlowNode]) {
        for node in members {
            self.fell[node.index()] = self.active[node.index()];
        }
        loop {
            let mut quiet = true;
            // The walk that found the component left its last members first: what they lead to is mostly done.
            for node in members.iter().rev() {
                if std::mem::take(&mut self.fell[node.index()]) {
                    quiet = false;
                    for arc in flow.inside.of(*node) {
                        let tail = flow.inside.others[arc].index();
                        self.fell[tail] |= self.offer(node.index(), tail, costs.inside[arc]);
                    }
                }
            }
            if quiet {
                return;
            }
        }
    }

    /// Offers the row of an arc's head to its tail. Says whether the tail's row fell.
    fn offer(&mut self, head: usize, tail: usize, cost: T) -> bool {
        let Ok([behind, row]) = self.rows.get_disjoint_mut([head, tail]) else { return false };
        let fell = relax(row, behind, cost);
        self.active[tail] |= fell;
        fell
    }

    /// Writes the rows of the sources, and notes how large the parts of any row are.
    fn write(&mut self, flow: &Flow, first: usize, cells: &mut [T]) {
        for (source, cells) in flow.sources.iter().zip(cells.as_chunks_mut::<LANES>().0) {
            if self.active[source.index()] {
                for (cell, cost) in cells.iter_mut().zip(&self.rows[source.index()]) {
                    *cell = if *cost >= T::NONE { T::zeroed() } else { *cost };
                }
            }
        }
        // A node does not reach itself, though its doors may reach one another.
        for node in first..flow.sources.len().min(first + LANES) {
            cells[node * LANES + node - first] = T::zeroed();
        }
        let (sessions, hops) = (self.fields.sessions_mask::<T>(), self.fields.hops_mask::<T>());
        for (row, _) in self.rows.iter().zip(&self.active).filter(|(_, active)| **active) {
            for cost in row {
                let cost = if *cost >= T::NONE { T::zeroed() } else { *cost };
                let parts = Seen { cost, sessions: cost.masked(sessions), hops: cost.masked(hops) };
                self.seen = self.seen.and(parts);
            }
        }
    }
}

/// The plane as the table needs it.
struct Flow {
    components: Components,
    /// By flow node: arcs to other components, seen from their tail.
    onwards: Arcs,
    /// By flow node: arcs inside its component, seen from their head.
    inside: Arcs,
    /// By node: where its content starts.
    sources: Vec<FlowNode>,
    /// By node: where it is reached; then where those act from that are steered at another place.
    targets: Vec<FlowNode>,
    steered_apart: Vec<NodeId>,
    /// The largest guards, sessions and hops of an arc.
    steepest: Cost,
}

/// Arcs in compressed rows, each with its other end.
#[derive(Default)]
struct Arcs {
    /// Where each flow node's arcs start; length: flow nodes + 1.
    starts: Vec<u32>,
    others: Vec<FlowNode>,
    costs: Vec<Cost>,
}

impl Arcs {
    /// The next flow node's arcs.
    fn push(&mut self, arcs: impl Iterator<Item = (FlowNode, Cost)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        for (other, cost) in arcs {
            self.others.push(other);
            self.costs.push(cost);
        }
        self.starts.push(u32::try_from(self.others.len()).unwrap_or(u32::MAX));
    }

    fn of(&self, node: FlowNode) -> std::ops::Range<usize> {
        self.starts[node.index()] as usize..self.starts[node.index() + 1] as usize
    }
}

impl Flow {
    fn new(graph: &CapabilityGraph, plane: Plane) -> Self {
        let flows = graph.flows();
        let components = Components::find(flows, plane, Strength::Any);
        let (mut onwards, mut inside) = (Arcs::default(), Arcs::default());
        let mut steepest = Cost::ZERO;
        for node in flows.flow_nodes() {
            let is_inside = |other: FlowNode| components.of(other) == components.of(node);
            let arcs = |direction| {
                let arcs = flows.arcs_at(plane, direction, node);
                arcs.map(|arc| (arc.other, arc.cost())).filter(move |(other, _)| *other != node)
            };
            onwards.push(arcs(Direction::Forward).filter(|(other, _)| !is_inside(*other)));
            inside.push(arcs(Direction::Reverse).filter(|(other, _)| is_inside(*other)));
            for (_, cost) in arcs(Direction::Forward) {
                steepest.guards = steepest.guards.max(cost.guards);
                steepest.sessions = steepest.sessions.max(cost.sessions);
                steepest.hops = steepest.hops.max(cost.hops);
            }
        }
        let sources = flows.nodes().map(|node| flows.start(plane, node)).collect();
        let is_apart = |node: &NodeId| {
            plane == Plane::Influence
                && flows.can_be_steered(*node)
                && flows.acts_from(*node) != flows.reached(*node)
        };
        let steered_apart: Vec<NodeId> = flows.nodes().filter(is_apart).collect();
        let targets = flows.nodes().map(|node| flows.reached(node));
        let targets = targets.chain(steered_apart.iter().map(|node| flows.acts_from(*node))).collect();
        Self { components, onwards, inside, sources, targets, steered_apart, steepest }
    }

    /// How many flow nodes there are.
    fn flow_nodes(&self) -> usize {
        // A graph without any node has no rows, and no end of the last one.
        self.onwards.starts.len().saturating_sub(1)
    }

    /// The largest guards, sessions and hops to expect, from a few searches. A part that no arc has is zero for certain.
    fn guess(&self, graph: &CapabilityGraph, plane: Plane) -> [u64; 3] {
        const SAMPLES: usize = 16;
        let mut search = Search::new(graph.flows());
        let mut most = [0_u64; 3];
        let step = (self.sources.len() / SAMPLES).max(1);
        for source in self.sources.iter().step_by(step) {
            search.run(graph.flows(), plane, Direction::Forward, [(*source, Cost::ZERO)]);
            for cost in search.reached().iter().filter_map(|node| search.cost(*node)) {
                let parts = [cost.guards, cost.sessions, cost.hops].map(u64::from);
                most = std::array::from_fn(|part| most[part].max(parts[part]));
            }
        }
        let steepest = [self.steepest.guards, self.steepest.sessions, self.steepest.hops].map(u64::from);
        std::array::from_fn(|part| match steepest[part] {
            0 => 0,
            step => most[part] + most[part] / 2 + step,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Spec;

    #[test]
    fn what_falls_inside_a_loop_is_offered_on() {
        let text = "
version: 1
agents:
  a: {write: [b]}
  b: {write: [c]}
  c: {write: [b, d]}
  d: {}
";
        let graph = CapabilityGraph::build(Spec::from_text("loop.yaml", text).expect("a valid spec"));
        let table = CostTable::compute(&graph, Plane::Influence);
        let node = |name| graph.spec().node_id(name).expect("a node");
        let hops = |from, to| table.cost(node(from), node(to)).map(|cost| cost.hops);
        assert_eq!(["c", "b", "a", "d"].map(|from| hops(from, "d")), [Some(1), Some(2), Some(3), None]);
        assert_eq!(["a", "b", "c"].map(|to| hops("d", to)), [None; 3]);
    }
}
