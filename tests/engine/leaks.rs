//! What the engine says of toxic flows, of what leaves, and of guards that hold nothing back, against the oracle's brute force.

use std::collections::{BTreeMap, BTreeSet};

use crabwalk::analysis::{Leaks, way_round};
use crabwalk::graph::{CapabilityGraph, EdgeId};
use crabwalk::model::{Leg, NodeId, NodeKind, Plane, Spec};
use oracle::topology::{self, Topology};
use oracle::{generate, guards, strangers};
use proptest::prelude::*;

/// By content and way out: the least guards.
type Least = BTreeMap<(usize, usize), u32>;

fn graph(text: &str) -> CapabilityGraph {
    let spec = Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"));
    CapabilityGraph::build(spec)
}

fn least(found: impl IntoIterator<Item = ((usize, usize), u32)>) -> Least {
    let mut least = Least::new();
    for (pair, guards) in found {
        least.entry(pair).and_modify(|known| *known = guards.min(*known)).or_insert(guards);
    }
    least
}

/// Where both number the nodes alike: by name, as the oracle reads sections in its own order.
fn numbers(graph: &CapabilityGraph, topology: &Topology) -> Vec<usize> {
    graph.spec().nodes.keys().map(|name| topology.node(name)).collect()
}

fn of(leaks: &Leaks<'_>, contents: &[NodeId], numbers: &[usize]) -> Least {
    let found = leaks.of(contents).into_iter();
    least(found.map(|leak| ((numbers[leak.content.index()], numbers[leak.by.index()]), leak.cost.guards)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every private content leaves by every way out at the least guards of the definition, and its paths are as dear.
    #[test]
    fn toxic_flows_are_those_of_the_definition(text in prop_oneof![3 => generate::spec(), 1 => generate::secrets()]) {
        let (graph, topology) = (graph(&text), topology::read(&text));
        let (spec, numbers) = (graph.spec(), numbers(&graph, &topology));
        let strangers = spec.strangers();
        let leaks = Leaks::by_attackers(&graph, &strangers);
        let private: Vec<NodeId> = spec.node_ids().filter(|node| spec.node(*node).is_private()).collect();
        let wanted = least(strangers::toxic(&topology).into_iter().map(|((_, _, p, s), guards)| ((p, s), guards)));
        prop_assert_eq!(of(&leaks, &private, &numbers), wanted);
        for leak in leaks.of(&private) {
            let paths = leaks.paths(&leak).expect("what leaves has its paths");
            let all = [&paths.steers, &paths.tells, &paths.leaves];
            let guards: u32 = all.into_iter().flatten().map(|path| path.cost.guards).sum();
            prop_assert_eq!(guards, leak.cost.guards);
            prop_assert!(strangers.contains(&paths.attacker) && paths.attacker != leak.content);
        }
    }

    /// The same of what leaves when a node is held; and the cheapest of each content is the cheapest of all its ways.
    #[test]
    fn what_leaves_is_what_the_definition_says(text in prop_oneof![3 => generate::spec(), 1 => generate::secrets()]) {
        let (graph, topology) = (graph(&text), topology::read(&text));
        let (spec, numbers) = (graph.spec(), numbers(&graph, &topology));
        for held in spec.node_ids() {
            let leaks = Leaks::when_held(&graph, &[held]);
            let ways = strangers::leaving(&topology, numbers[held.index()]);
            let all = ways.iter().flat_map(|(p, ways)| ways.iter().map(|(guards, _, s)| ((*p, *s), *guards)));
            let others: Vec<NodeId> = spec.node_ids().filter(|node| *node != held).collect();
            prop_assert_eq!(of(&leaks, &others, &numbers), least(all), "{} is held", spec.node_name(held));
            let cheapest: BTreeMap<usize, u32> =
                leaks.cheapest().iter().map(|leak| (numbers[leak.content.index()], leak.cost.guards)).collect();
            let wanted: BTreeMap<usize, u32> = ways.iter().map(|(p, ways)| (*p, ways[0].0)).collect();
            prop_assert_eq!(cheapest, wanted, "{} is held", spec.node_name(held));
        }
    }

    /// A guard is decorative as the definition has it, where nothing is derived: taking it off derives nothing else then.
    #[test]
    fn decorative_guards_are_those_of_the_definition(text in generate::spec()) {
        let (graph, topology) = (graph(&text), topology::read(&text));
        let spec = graph.spec();
        prop_assume!(graph.derived_count() == 0 && !spec.nodes.values().any(|node| node.kind == NodeKind::Credential));
        let wanted = guards::decorative(&topology);
        let mut found: BTreeSet<(String, &'static str, String, bool, String)> = BTreeSet::new();
        for (position, edge) in spec.edges.iter().enumerate() {
            let legs = [(Leg::Request, Some(&edge.guards)), (Leg::Result, edge.result.as_ref())];
            for (leg, guards) in legs.into_iter().filter_map(|(leg, guards)| Some((leg, guards?))) {
                for guard in guards.iter().filter(|_| !spec.node(edge.to).is_authority()) {
                    let planes: Vec<Plane> =
                        Plane::ALL.iter().copied().filter(|plane| spec.guard(*guard).stops(*plane)).collect();
                    let is_round = |plane: &Plane| way_round(&graph, EdgeId::new(position), leg, *plane).is_some();
                    if !planes.is_empty() && planes.iter().all(is_round) {
                        let name = |node: NodeId| spec.node_name(node).to_owned();
                        let guard = spec.guard_name(*guard).to_owned();
                        found.insert((name(edge.from), edge.verb.as_str(), name(edge.to), leg == Leg::Result, guard));
                    }
                }
            }
        }
        let name = |node: usize| topology.nodes[node].name.clone();
        let wanted: BTreeSet<_> = wanted
            .into_iter()
            .map(|(at, is_result, guard)| (&topology.edges[at], is_result, topology.guards[guard].name.clone()))
            .filter(|(edge, ..)| !topology.nodes[edge.to].is_role())
            .map(|(edge, is_result, guard)| (name(edge.from), edge.verb.name(), name(edge.to), is_result, guard))
            .collect();
        prop_assert_eq!(found, wanted);
    }
}
