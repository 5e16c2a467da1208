//! The reason that a derived edge gives holds, and never leads back to the edge itself.
//!
//! From the declared edges on, an edge is taken in once its own reason follows, to the same extra, from edges that are in already. So
//! do those that the rules make of these and that are not kept, because another one dominates them: that one may stand on them. In
//! the end all must be in.

use std::collections::{BTreeMap, BTreeSet};

use crabwalk::graph::{CapabilityGraph, Origin};
use crabwalk::model::Spec;
use oracle::authority::by_rule;
use oracle::flows::{Flow, Spot, flows};
use oracle::generate;
use oracle::naive::Closed;
use oracle::topology::{self, Edge, Kind, Plane, Topology, Verb};
use proptest::prelude::*;

/// Edges some of which have a reason by now.
struct Grounded<'a> {
    topology: &'a Topology,
    edges: &'a [Edge],
    origins: Vec<Origin>,
    is_in: Vec<bool>,
    /// What is in, and what follows from it and is not kept.
    known: Vec<Edge>,
    flows: Vec<Flow>,
}

impl Grounded<'_> {
    fn take_in(&mut self) {
        loop {
            self.know();
            let more: Vec<usize> =
                (0..self.edges.len()).filter(|at| !self.is_in[*at] && self.follows(*at)).collect();
            if more.is_empty() {
                return;
            }
            more.into_iter().for_each(|at| self.is_in[at] = true);
        }
    }

    /// Works out what follows from what is in, but for what waits for its own reason.
    fn know(&mut self) {
        let kept: BTreeSet<&Edge> = self.edges.iter().collect();
        let mut known: BTreeMap<Edge, u32> = BTreeMap::new();
        let put = |known: &mut BTreeMap<Edge, u32>, edge: Edge| {
            let extra = edge.extra;
            let least = known.entry(Edge { extra: 0, ..edge }).or_insert(u32::MAX);
            let is_less = extra < *least;
            *least = extra.min(*least);
            is_less
        };
        for (edge, _) in self.edges.iter().zip(&self.is_in).filter(|(_, is_in)| **is_in) {
            put(&mut known, edge.clone());
        }
        loop {
            let edges = known.iter().map(|(edge, extra)| Edge { extra: *extra, ..edge.clone() });
            self.known = edges.collect();
            let made = by_rule(self.topology, &self.known).concat();
            let made = made.into_iter().filter(|edge| edge.from != edge.to && !kept.contains(edge));
            if made.filter(|edge| put(&mut known, edge.clone())).count() == 0 {
                break;
            }
        }
        self.flows = flows(self.topology, &self.known, Plane::Exposure);
    }

    /// Edges from one node to another that are premises by now.
    fn premises(&self, from: usize, to: usize) -> impl Iterator<Item = &Edge> {
        self.known.iter().filter(move |edge| edge.from == from && edge.to == to && !edge.outsider)
    }

    /// Whether an edge's reason gives it, at its extra, by what is known.
    fn follows(&self, at: usize) -> bool {
        let (topology, edge) = (self.topology, &self.edges[at]);
        match self.origins[at] {
            Origin::Declared(_) | Origin::Key => true,
            Origin::Role(role) => {
                let role = role.index();
                self.premises(edge.from, role).filter(|one| one.verb == Verb::Invoke).any(|assumes| {
                    self.premises(role, edge.to).any(|right| {
                        right.verb == edge.verb
                            && right.returns == edge.returns
                            && union(&assumes.guards, &right.guards) == edge.guards
                            && assumes.extra + right.extra == edge.extra
                    })
                })
            }
            Origin::Holder(credential) => {
                self.premises(edge.from, credential.index()).any(|held| match held.verb {
                    Verb::Read => {
                        let hiding = topology.stopping(&held.guards, Plane::Exposure);
                        edge.guards.is_empty() && held.extra + hiding == edge.extra
                    }
                    _ => held.guards == edge.guards && held.extra == edge.extra,
                })
            }
            Origin::Outsider(credential) => {
                let is_outside = matches!(topology.nodes[edge.from].kind, Kind::Principal | Kind::Sink)
                    || topology.nodes[edge.from].untrusted;
                let all = topology.reached(edge.from);
                let doors = if is_outside { &all[..] } else { &[topology.call(edge.from)] };
                let learned = doors.iter().filter_map(|door| self.learns(credential.index(), *door));
                learned.min() == Some(edge.extra)
            }
            Origin::Insider { credential, through } if through.index() == edge.from => {
                self.learns(credential.index(), topology.own(edge.from)) == Some(edge.extra)
            }
            Origin::Insider { credential, through } => {
                let Some(learned) = self.learns(credential.index(), topology.call(edge.from)) else {
                    return false;
                };
                self.premises(edge.from, through.index()).any(|call| {
                    let returns = call.returns.as_ref().map(|guards| union(&call.guards, guards));
                    let legs = (&call.guards, &returns) == (&edge.guards, &edge.returns);
                    call.verb == Verb::Invoke && legs && call.extra + learned == edge.extra
                })
            }
            other => panic!("{other:?} is no rule of the semantics"),
        }
    }

    /// The guards on the best way from a credential to a door, over what is known.
    fn learns(&self, credential: usize, door: Spot) -> Option<u32> {
        let mut best: BTreeMap<Spot, u32> = [(self.topology.own(credential), 0)].into();
        loop {
            let mut any = false;
            for flow in &self.flows {
                let Some(cost) = best.get(&flow.from).map(|cost| cost + flow.cost.guards) else { continue };
                if best.get(&flow.to).is_none_or(|known| cost < *known) {
                    best.insert(flow.to, cost);
                    any = true;
                }
            }
            if !any {
                return best.get(&door).copied();
            }
        }
    }
}

/// Two sets of guards as one.
fn union(one: &[usize], other: &[usize]) -> Vec<usize> {
    let mut all = [one, other].concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// The edges whose reasons lead nowhere.
fn groundless(text: &str) -> Vec<String> {
    let spec = Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"));
    let graph = CapabilityGraph::build(spec);
    let topology: Topology = topology::read(text);
    let closed = Closed::new(&topology);
    assert_eq!(graph.edges().len(), closed.edges.len());
    let mut grounded = Grounded {
        topology: &topology,
        edges: &closed.edges,
        origins: graph.edges().iter().map(|edge| edge.origin).collect(),
        is_in: vec![false; closed.edges.len()],
        known: Vec::new(),
        flows: Vec::new(),
    };
    grounded.take_in();
    let name = |node| graph.spec().node_name(node);
    let left = graph.edges().iter().zip(&grounded.is_in).filter(|(_, is_in)| !**is_in);
    left.map(|(edge, _)| format!("{} to {}: {:?}", name(edge.from), name(edge.to), edge.origin)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn reasons_never_lead_back((text, secret) in (generate::spec(), generate::secrets())) {
        prop_assert_eq!(groundless(&text), Vec::<String>::new());
        prop_assert_eq!(groundless(&secret), Vec::<String>::new(), "{}", secret);
    }
}

/// Each role assumes the other, one of them holds a key.
#[test]
fn two_roles_that_assume_each_other() {
    let text = "version: 1
tools: {vault: }
principals:
  reader: {kind: iam-role, invoke: [writer]}
  writer: {kind: iam-role, invoke: [reader], read: [key]}
credentials: {key: {opens: [vault]}}
agents: {a: {invoke: [reader]}}
";
    assert_eq!(groundless(text), Vec::<String>::new());
}

/// A shell behind a key that the agent learns: the shell it has already is the reason that it can have the key presented, not the
/// one that the key opens.
#[test]
fn a_general_tool_behind_a_key() {
    let text = "version: 1
agents:
  helper: {invoke: [jump, clerk]}
  clerk: {read: [key]}
tools:
  bastion: {general: true, isolation: per-call}
  jump: {general: true, isolation: per-call}
credentials: {key: {opens: [bastion]}}
";
    assert_eq!(groundless(text), Vec::<String>::new());
}

/// A shell that has a key presented behind an approval learns it from what the answer brings, and needs no approval then: that edge
/// dominates the one that it stands on.
#[test]
fn an_edge_that_dominates_what_it_stands_on() {
    let text = "version: 1
agents: {advisor: , holder: {read: [key]}}
tools: {shell: {general: true, invoke: [{target: key, guards: [human-approval]}]}}
credentials: {key: {opens: [advisor]}}
";
    assert_eq!(groundless(text), Vec::<String>::new());
}
