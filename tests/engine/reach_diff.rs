//! The difference of two closures is the set difference of their pairs: on random specs with every construct, side by side and
//! with a few edges taken out of one of them.

use std::collections::BTreeSet;

use crabwalk::analysis::{ReachDiff, Reachability, Strength};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{NodeId, Plane, Spec};
use oracle::generate;
use proptest::prelude::*;

/// Pairs by name.
type Pairs = BTreeSet<(String, String)>;

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

fn names(graph: &CapabilityGraph, pairs: impl IntoIterator<Item = (NodeId, NodeId)>) -> Pairs {
    let name = |id| graph.spec().node_name(id).to_owned();
    pairs.into_iter().map(|(from, to)| (name(from), name(to))).collect()
}

fn closure(graph: &CapabilityGraph, plane: Plane, strength: Strength) -> Pairs {
    let closure = Reachability::close(graph, plane, strength);
    let all = graph.spec().node_ids().flat_map(|from| graph.spec().node_ids().map(move |to| (from, to)));
    names(graph, all.filter(|(from, to)| closure.reaches(*from, *to)))
}

fn assert_difference(base: &CapabilityGraph, head: &CapabilityGraph) {
    for plane in [Plane::Influence, Plane::Exposure] {
        for strength in Strength::ALL {
            let (before, after) = (closure(base, plane, strength), closure(head, plane, strength));
            let diff = ReachDiff::between(base, head, plane, strength);
            let opened: Pairs = after.difference(&before).cloned().collect();
            let closed: Pairs = before.difference(&after).cloned().collect();
            assert_eq!(names(head, diff.opened_pairs()), opened, "{plane} {strength:?}");
            assert_eq!(names(base, diff.closed_pairs()), closed, "{plane} {strength:?}");
            assert_eq!((diff.opened(), diff.closed()), (opened.len(), closed.len()), "{plane} {strength:?}");
            let back = ReachDiff::between(head, base, plane, strength);
            assert_eq!((back.opened(), back.closed()), (closed.len(), opened.len()), "the mirror image");
            let nothing = ReachDiff::between(base, base, plane, strength);
            assert_eq!((nothing.opened(), nothing.closed()), (0, 0), "nothing changed");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_two_random_specs(base in generate::spec(), head in generate::spec()) {
        let graph = |text: &str| CapabilityGraph::build(spec(text));
        assert_difference(&graph(&base), &graph(&head));
    }

    #[test]
    fn of_a_spec_without_some_edges(text in generate::spec(), gone in proptest::collection::vec(any::<prop::sample::Index>(), 1..4)) {
        let base = spec(&text);
        let mut head = base.clone();
        for index in gone {
            if !head.edges.is_empty() {
                head.edges.remove(index.index(head.edges.len()));
            }
        }
        assert_difference(&CapabilityGraph::build(base), &CapabilityGraph::build(head));
    }
}

/// A grid of teams large enough for several blocks of columns, where one edge joins two halves.
#[test]
fn over_several_blocks() {
    const TEAMS: usize = 2_500;
    let fleet = |bridge: bool| {
        let mut text = String::from("version: 1\nagents:\n");
        for team in 0..TEAMS {
            let next = if team + 1 < TEAMS && (bridge || team != TEAMS / 2) { team + 1 } else { team };
            let write = if next == team { String::new() } else { format!(", write: [lead{next}]") };
            text += &format!("  lead{team}: {{invoke: [worker{team}]{write}}}\n  worker{team}: {{}}\n");
        }
        CapabilityGraph::build(spec(&text))
    };
    let (base, head) = (fleet(false), fleet(true));
    let diff = ReachDiff::between(&base, &head, Plane::Influence, Strength::Open);
    // Both nodes of each team up to the break come to both nodes of each team behind it.
    let (before, behind) = (TEAMS / 2 + 1, TEAMS - TEAMS / 2 - 1);
    assert_eq!((diff.opened(), diff.closed()), (2 * before * 2 * behind, 0));
    assert_eq!(ReachDiff::between(&head, &base, Plane::Influence, Strength::Open).closed(), diff.opened());
}
