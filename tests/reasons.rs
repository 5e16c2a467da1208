//! The reason that a derived edge gives holds, and never leads back to the edge itself.
//!
//! From the declared edges on, an edge is taken in once its own reason follows, to the same extra, from edges that are in already.
//! In the end all must be in.

#[expect(dead_code, reason = "the oracle answers more than is asked here")]
mod oracle;

use std::collections::BTreeMap;

use crabwalk::graph::{CapabilityGraph, Edge, Origin};
use crabwalk::spec::{GuardId, NodeId, Plane, Returns, Spec, Verb};
use oracle::generate;
use oracle::naive::{Closed, Flow, Spot};
use oracle::topology::{self, Topology};
use proptest::prelude::*;

/// Edges some of which have a reason by now.
struct Grounded<'a> {
    spec: &'a Spec,
    edges: &'a [Edge],
    topology: &'a Topology,
    flows: &'a [Flow],
    is_in: Vec<bool>,
}

impl Grounded<'_> {
    fn take_in(&mut self) {
        loop {
            let more: Vec<usize> = (0..self.edges.len())
                .filter(|at| !self.is_in[*at] && self.follows(&self.edges[*at]))
                .collect();
            if more.is_empty() {
                return;
            }
            more.into_iter().for_each(|at| self.is_in[at] = true);
        }
    }

    /// Edges from one node to another that are premises by now.
    fn known(&self, from: NodeId, to: NodeId) -> impl Iterator<Item = &Edge> {
        let edges = self.edges.iter().zip(&self.is_in).filter(|(_, is_in)| **is_in).map(|(edge, _)| edge);
        edges.filter(move |edge| edge.from == from && edge.to == to && !edge.origin.is_outsider())
    }

    /// Whether an edge's reason gives it, at its extra, by what is known.
    fn follows(&self, edge: &Edge) -> bool {
        let topology = self.topology;
        match edge.origin {
            Origin::Declared(_) | Origin::Key => true,
            Origin::Role(role) => {
                self.known(edge.from, role).filter(|one| one.verb == Verb::Invoke).any(|assumes| {
                    self.known(role, edge.to).any(|right| {
                        right.verb == edge.verb
                            && right.returns == edge.returns
                            && union(&assumes.guards, &right.guards) == edge.guards
                            && assumes.extra + right.extra == edge.extra
                    })
                })
            }
            Origin::Holder(credential) => self.known(edge.from, credential).any(|held| match held.verb {
                Verb::Read => edge.guards.is_empty() && held.extra + self.hiding(&held.guards) == edge.extra,
                _ => held.guards == edge.guards && held.extra == edge.extra,
            }),
            Origin::Outsider(credential) => {
                self.learns(credential, topology.call(edge.from.index())) == Some(edge.extra)
            }
            Origin::Insider { credential, through } if through == edge.from => {
                self.learns(credential, topology.own(through.index())) == Some(edge.extra)
            }
            Origin::Insider { credential, through } => {
                let Some(learned) = self.learns(credential, topology.call(edge.from.index())) else {
                    return false;
                };
                self.known(edge.from, through).any(|call| {
                    let returns = match &call.returns {
                        Returns::Nothing => Returns::Nothing,
                        Returns::Content(guards) => Returns::Content(union(&call.guards, guards)),
                    };
                    let legs = (&call.guards, &returns) == (&edge.guards, &edge.returns);
                    call.verb == Verb::Invoke && legs && call.extra + learned == edge.extra
                })
            }
        }
    }

    fn hiding(&self, guards: &[GuardId]) -> u32 {
        let stops = guards.iter().filter(|guard| self.spec.guard(**guard).stops(Plane::Exposure));
        u32::try_from(stops.count()).expect("few")
    }

    /// The guards on the best way from a credential to a door, over edges that are in.
    fn learns(&self, credential: NodeId, door: Spot) -> Option<u32> {
        let mut best: BTreeMap<Spot, u32> = [(self.topology.own(credential.index()), 0)].into();
        loop {
            let mut any = false;
            for flow in self.flows.iter().filter(|flow| flow.step.is_none_or(|step| self.is_in[step.edge])) {
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
fn union(one: &[GuardId], other: &[GuardId]) -> Vec<GuardId> {
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
        spec: graph.spec(),
        edges: graph.edges(),
        topology: &topology,
        flows: closed.flows(topology::Plane::Exposure),
        is_in: vec![false; graph.edges().len()],
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
