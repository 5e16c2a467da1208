//! Who strangers are, where content gets out, and what that comes to: toxic flows, and what leaves when a node is held (section 6
//! of `docs/semantics.md`). By trying everything.

use std::collections::BTreeMap;

use super::flows::{Flow, Label, Spot, best, least};
use super::naive::Closed;
use super::topology::{Kind, Plane, Topology, Verb};

impl Topology {
    /// What strangers control: what is untrusted, and a webhook that anybody can post to.
    pub fn strangers(&self) -> Vec<usize> {
        let is_one = |n: &usize| {
            let node = &self.nodes[*n];
            node.untrusted || node.declared.as_deref() == Some("webhook") && !node.signed
        };
        (0..self.nodes.len()).filter(is_one).collect()
    }

    /// The doors at which content that comes to S is out; none if S lets nothing out.
    pub fn ways_out(&self, s: usize) -> Vec<Spot> {
        let node = &self.nodes[s];
        match node.kind {
            Kind::Sink => vec![self.own(s)],
            // A tool that says that it lets nothing out is taken at its word.
            _ if node.untrusted && !node.never_egress => self.reached(s).to_vec(),
            _ if node.egress => vec![self.call(s)],
            _ => vec![],
        }
    }

    /// The nodes by which what P has can leave: a credential does not by a tool that it opens.
    fn ways_out_of(&self, p: usize) -> Vec<usize> {
        let is_used = |s: usize| self.nodes[s].kind == Kind::Tool && self.nodes[p].opens.contains(&s);
        let nodes = 0..self.nodes.len();
        nodes.filter(|s| *s != p && !self.ways_out(*s).is_empty() && !is_used(*s)).collect()
    }
}

/// The exposure flows along which what P has is carried: a key that is sent to a tool that it opens is used there.
fn carrying(closed: &Closed, p: usize) -> Vec<Flow> {
    let topology = closed.topology;
    let is_use = |flow: &&Flow| {
        flow.step.is_some_and(|step| {
            let edge = &closed.edges[step.edge];
            edge.verb == Verb::Invoke
                && !step.result
                && topology.nodes[edge.to].kind == Kind::Tool
                && topology.nodes[p].opens.contains(&edge.to)
        })
    };
    closed.flows(Plane::Exposure).iter().filter(|flow| !is_use(flow)).copied().collect()
}

type Labels = BTreeMap<Spot, Label>;

fn guards(labels: &Labels, doors: &[Spot]) -> Option<u32> {
    least(labels, doors).map(|label| label.cost.guards)
}

/// Where what P has comes to, and from where in each Z it comes to which S.
struct Carried<'c, 't> {
    closed: &'c Closed<'t>,
    p: usize,
    flows: Vec<Flow>,
    labels: Labels,
}

impl<'c, 't> Carried<'c, 't> {
    fn new(closed: &'c Closed<'t>, p: usize) -> Self {
        let flows = carrying(closed, p);
        let labels = best(&flows, &[closed.topology.has(p)]);
        Self { closed, p, flows, labels }
    }

    /// By S: the least guards on the way out from these doors.
    fn out(&self, from: &[Spot]) -> BTreeMap<usize, u32> {
        let topology = self.closed.topology;
        let labels = best(&self.flows, from);
        let ways = topology.ways_out_of(self.p).into_iter();
        ways.filter_map(|s| Some((s, guards(&labels, &topology.ways_out(s))?))).collect()
    }

    /// By S: the least guards where U, which comes to doors like this, meets P in Z, and what they meet in comes out.
    fn met(&self, u: &Labels, z: usize) -> BTreeMap<usize, u32> {
        let topology = self.closed.topology;
        let (own, call) = ([topology.own(z)], [topology.call(z)]);
        let mut met = BTreeMap::new();
        // P in what Z brings along and U in a call, or the other way round: two callers do not meet.
        for (of_p, of_u) in [(own, call), (call, own)] {
            let Some(both) = guards(&self.labels, &of_p).zip(guards(u, &of_u)) else { continue };
            for (s, out) in self.out(&of_p) {
                let sum = both.0 + both.1 + out;
                met.entry(s).and_modify(|known: &mut u32| *known = sum.min(*known)).or_insert(sum);
            }
        }
        met
    }
}

/// A toxic flow: stranger, where it meets, private, way out.
pub type Toxic = (usize, usize, usize, usize);

/// All toxic flows, each with the least guards.
pub fn toxic(topology: &Topology) -> BTreeMap<Toxic, u32> {
    let closed = Closed::new(topology);
    let mut found = BTreeMap::new();
    let strangers: Vec<(usize, Labels)> =
        topology.strangers().into_iter().map(|u| (u, closed.from(u, Plane::Influence))).collect();
    let nodes = || 0..topology.nodes.len();
    for p in nodes().filter(|p| topology.nodes[*p].is_private()) {
        let carried = Carried::new(&closed, p);
        for z in nodes().filter(|z| meets(topology, *z)) {
            for (u, labels) in strangers.iter().filter(|(u, _)| *u != p) {
                let met = carried.met(labels, z).into_iter();
                found.extend(met.map(|(s, guards)| ((*u, z, p, s), guards)));
            }
        }
    }
    found
}

/// Content of two meets only in what acts and relays.
fn meets(topology: &Topology, z: usize) -> bool {
    topology.nodes[z].kind.acts() && topology.nodes[z].relays
}

/// What leaves when A is held: by P, all ways (guards, Z, S), the best first.
pub fn leaving(topology: &Topology, a: usize) -> BTreeMap<usize, Vec<(u32, usize, usize)>> {
    let closed = Closed::new(topology);
    let held = closed.from(a, Plane::Influence);
    let mut found = BTreeMap::new();
    for p in (0..topology.nodes.len()).filter(|p| *p != a) {
        let carried = Carried::new(&closed, p);
        let mut ways: Vec<(u32, usize, usize)> = Vec::new();
        for z in (0..topology.nodes.len()).filter(|z| topology.nodes[*z].kind.acts()) {
            let out = match () {
                _ if z == a => held_out(&carried, a),
                _ if meets(topology, z) => carried.met(&held, z),
                _ => continue,
            };
            ways.extend(out.into_iter().map(|(s, guards)| (guards, z, s)));
        }
        ways.sort_unstable();
        if !ways.is_empty() {
            found.insert(p, ways);
        }
    }
    found
}

/// Who holds A has what comes to any of its doors, and sends it on from any.
fn held_out(carried: &Carried, a: usize) -> BTreeMap<usize, u32> {
    let topology = carried.closed.topology;
    let Some(came) = guards(&carried.labels, &topology.reached(a)) else { return BTreeMap::new() };
    carried.out(&topology.held(a)).into_iter().map(|(s, out)| (s, came + out)).collect()
}
