//! The table of all costs holds every cost, however wide: a first guess that is too narrow is seen, and made again.

use std::fmt::Write as _;

use crabwalk::analysis::CostTable;
use crabwalk::graph::{CapabilityGraph, Cost};
use crabwalk::model::{NodeId, Plane, Spec};

/// Agents that have nothing to do with anyone, and among them a chain that stands where a guess does not look: the searches
/// that it is made from start at every sixteenth part of the nodes. Every `guarded`th edge of the chain has a guard; 0 is none.
fn hidden_chain(length: usize, guarded: usize) -> CapabilityGraph {
    let step = length + 1;
    let mut text = String::from("version: 1\nagents:\n  idle-0: {}\n");
    for link in 1..=length {
        let guard = if guarded > 0 && link % guarded == 0 { ", guards: [human-approval]" } else { "" };
        let next = link + 1;
        let body =
            if link < length { format!("write: [{{target: link-{next}{guard}}}]") } else { String::new() };
        writeln!(text, "  link-{link}: {{{body}}}").expect("a string takes everything");
    }
    for idle in step..16 * step {
        writeln!(text, "  idle-{idle}: {{}}").expect("a string takes everything");
    }
    CapabilityGraph::build(Spec::from_text("chain.yaml", &text).expect("a valid spec"))
}

fn assert_chain(length: usize, guarded: usize, bytes: usize) {
    let graph = hidden_chain(length, guarded);
    let table = CostTable::compute(&graph, Plane::Influence);
    assert_eq!(table.bytes_a_cell(), bytes, "{length} links");
    let guards = |link: usize| link.saturating_sub(1).checked_div(guarded).unwrap_or(0);
    for from in 1..=length {
        for to in 1..=length {
            let cost = (from < to).then(|| Cost {
                guards: u32::try_from(guards(to) - guards(from)).expect("few"),
                sessions: 0,
                hops: u32::try_from(to - from).expect("few"),
            });
            assert_eq!(table.cost(NodeId::new(from), NodeId::new(to)), cost, "{from} to {to}");
        }
        assert_eq!(table.cost(NodeId::new(0), NodeId::new(from)), None, "who has nothing to do with it");
    }
}

#[test]
fn one_byte_a_pair() {
    assert_chain(60, 0, 1);
}

#[test]
fn two_bytes_a_pair() {
    assert_chain(300, 0, 2);
    assert_chain(60, 3, 2);
}

#[test]
fn four_bytes_a_pair() {
    assert_chain(500, 2, 4);
}
