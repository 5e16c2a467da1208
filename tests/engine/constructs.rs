//! Random specs hold what the semantics are about: each of these constructs comes up often enough to be compared.

use std::collections::BTreeMap;

use oracle::flows::Spot;
use oracle::generate;
use oracle::naive::{self, Closed};
use oracle::topology::{self, Edge, Kind, Plane, Topology, Verb};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// How many specs are looked at.
const SPECS: usize = 1_000;

/// Whether a spec has something.
type Construct = (&'static str, fn(&Topology) -> bool);

fn any_edge(topology: &Topology, is_one: impl Fn(&Edge) -> bool) -> bool {
    topology.edges.iter().any(is_one)
}

fn verbs_on_partitions(topology: &Topology, verb: Verb, who: impl Fn(&topology::Node) -> bool) -> bool {
    any_edge(topology, |edge| {
        edge.verb == verb && topology.nodes[edge.to].partitioned && who(&topology.nodes[edge.from])
    })
}

fn is_joined(node: &topology::Node) -> bool {
    node.kind == Kind::Agent && node.per_call
}

fn reads_and_writes(topology: &Topology, node: usize) -> bool {
    let does = |verb| any_edge(topology, |edge| edge.from == node && edge.verb == verb);
    does(Verb::Read) && does(Verb::Write)
}

fn any_node(topology: &Topology, is_one: impl Fn(usize, &topology::Node) -> bool) -> bool {
    topology.nodes.iter().enumerate().any(|(at, node)| is_one(at, node))
}

const CONSTRUCTS: [Construct; 21] = [
    ("a job", |t| any_node(t, |_, node| node.kind == Kind::Tool && node.relays && node.per_call)),
    ("a passive tool that reads and writes", |t| {
        any_node(t, |at, node| node.is_passive() && reads_and_writes(t, at))
    }),
    ("a job that reads and writes", |t| {
        any_node(t, |at, node| node.kind == Kind::Tool && node.relays && reads_and_writes(t, at))
    }),
    ("a passive tool that is seen", |t| {
        any_edge(t, |edge| edge.verb == Verb::Observe && t.nodes[edge.to].is_passive())
    }),
    ("a passive tool that keeps a secret", |t| {
        any_edge(t, |edge| t.is_kept(edge) && t.nodes[edge.from].is_passive())
    }),
    ("a job that keeps a secret", |t| any_edge(t, |edge| t.is_kept(edge) && t.nodes[edge.from].relays)),
    ("a general tool that reads a secret", |t| {
        any_edge(t, |edge| {
            edge.verb == Verb::Read && t.nodes[edge.from].general && t.nodes[edge.to].kind == Kind::Credential
        })
    }),
    ("a caller writes its part", |t| verbs_on_partitions(t, Verb::Write, is_joined)),
    ("a caller reads its part", |t| verbs_on_partitions(t, Verb::Read, is_joined)),
    ("another writes for all", |t| verbs_on_partitions(t, Verb::Write, |node| !is_joined(node))),
    ("another reads a part", |t| verbs_on_partitions(t, Verb::Read, |node| !is_joined(node))),
    ("a tool reads a part", |t| verbs_on_partitions(t, Verb::Read, |node| node.kind == Kind::Tool)),
    ("a part is seen", |t| verbs_on_partitions(t, Verb::Observe, |_| true)),
    ("a key comes to the egress that it opens", |t| {
        learns(t, |k, n, node| k.opens.contains(&n) && node.egress)
    }),
    ("a key comes to an egress that it does not open", |t| {
        learns(t, |k, n, node| !k.opens.contains(&n) && node.egress)
    }),
    ("a key comes to a stranger that never lets out", |t| {
        learns(t, |_, _, node| node.untrusted && node.never_egress)
    }),
    ("a guard in words on an edge", |t| {
        any_edge(t, |edge| edge.guards.iter().any(|guard| !t.guards[*guard].enforced))
    }),
    ("a guard that is kept in a store", |t| t.guards.iter().any(|guard| guard.kept_in.is_some())),
    ("a built-in guard that is redefined", |t| !t.guards[2].influence || t.guards[2].exposure),
    ("tainted and not steered", |t| {
        naive::matrix(t).values().any(|cell| cell.influence.is_some() && cell.steered.is_none())
    }),
    ("steered behind more than tainted", |t| {
        naive::matrix(t).values().any(|cell| cell.steered.is_some() && cell.steered != cell.influence)
    }),
];

/// Whether some credential comes to a door of some node that is like this.
fn learns(t: &Topology, is_one: impl Fn(&topology::Node, usize, &topology::Node) -> bool) -> bool {
    let closed = Closed::new(t);
    any_node(t, |at, node| {
        node.kind == Kind::Credential
            && closed.from(at, Plane::Exposure).keys().any(|door| match *door {
                Spot::Own(n) | Spot::Call(n) | Spot::Keep(n) => n != at && is_one(node, n, &t.nodes[n]),
            })
    })
}

#[test]
fn random_specs_hold_every_construct() {
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..SPECS {
        let text = generate::spec().new_tree(&mut runner).expect("a spec").current();
        let topology = topology::read(&text);
        for (name, has) in CONSTRUCTS {
            *counts.entry(name).or_default() += usize::from(has(&topology));
        }
    }
    println!("{counts:#?}");
    for (name, count) in counts {
        assert!(count >= SPECS / 100, "{name}: in {count} specs of {SPECS}");
    }
}
