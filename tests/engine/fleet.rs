//! Made-up fleets: the text says what the spec in memory says, the seed alone decides, and each shape is what it is called.

use crabwalk::analysis::{Components, Reachability, Strength};
use crabwalk::fleet::{Fleet, FleetPlan, Secrets, Shape};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{NodeKind, Plane, Returns, SourceFile, Spec, Verb};

const SECRETS: Secrets = Secrets { credentials: 40, general_tools: 5, roles: 7 };

fn fleet(plan: FleetPlan) -> Fleet {
    Fleet::generate(plan).expect("there is such a fleet")
}

fn text(fleet: &Fleet, file: usize) -> String {
    let mut bytes = Vec::new();
    fleet.write_file(file, &mut bytes).expect("memory takes it");
    String::from_utf8(bytes).expect("text")
}

/// The spec that the text gives.
fn parsed(fleet: &Fleet) -> Spec {
    let files = (0..fleet.file_count())
        .map(|file| SourceFile::new(&format!("{file:04}.crabwalk.yaml"), text(fleet, file)))
        .collect();
    Spec::from_files(files).unwrap_or_else(|mistakes| panic!("{:#?}", mistakes.items))
}

/// All plans whose text is compared: every shape, plain and mixed, in one file and in several, with authority.
fn plans() -> Vec<FleetPlan> {
    let sizes = |shape| [0, 1, 2, 9, 600].map(|nodes| FleetPlan::new(shape, nodes, 7));
    let mut plans: Vec<FleetPlan> = Shape::ALL.into_iter().flat_map(sizes).collect();
    plans.extend(plans.clone().into_iter().map(FleetPlan::mixed));
    for shape in Shape::ALL {
        let plan = FleetPlan::new(shape, 600, 11).with_secrets(SECRETS);
        plans.push(FleetPlan { files: 7, ..plan.clone() });
        plans.push(FleetPlan { ordered: true, ..plan.mixed() });
    }
    plans
}

#[test]
fn the_text_says_what_the_spec_in_memory_says() {
    for plan in plans() {
        let fleet = fleet(plan.clone());
        let (made, read) = (fleet.spec(), parsed(&fleet));
        assert_eq!(made.name, read.name);
        assert_eq!(made.nodes.len(), fleet.node_count());
        assert_eq!(made.edges.len(), fleet.edge_count());
        let zones =
            |spec: &Spec| -> Vec<_> { spec.zones.iter().map(|(n, z)| (n.clone(), z.trust)).collect() };
        assert_eq!(zones(&made), zones(&read));
        let guards = |spec: &Spec| -> Vec<_> {
            let said = spec.guards.iter().map(|(n, g)| (n.clone(), g.stops_influence, g.stops_exposure));
            said.collect()
        };
        assert_eq!(guards(&made), guards(&read));
        assert_eq!(nodes(&made), nodes(&read), "{plan:?}");
        assert_eq!(edges(&made), edges(&read), "{plan:?}");
    }
}

/// Everything about the nodes but their places.
fn nodes(spec: &Spec) -> Vec<String> {
    let nowhere = spec.node_ids().next().map(|first| spec.node(first).place);
    let said = spec.nodes.iter().map(|(name, node)| {
        let mut node = node.clone();
        node.place = nowhere.expect("there is a first node");
        format!("{name}: {node:?}").replace(&format!("{:?}", node.place), "somewhere")
    });
    said.collect()
}

/// Everything about the edges but their places.
fn edges(spec: &Spec) -> Vec<String> {
    let said = spec.edges.iter().map(|edge| {
        let what = (edge.from, edge.verb, edge.to, &edge.guards, &edge.returns());
        format!("{what:?} {:?} {} {:?} {:?}", edge.role, edge.logged, edge.note(), edge.via())
    });
    said.collect()
}

#[test]
fn the_seed_alone_decides() {
    for shape in Shape::ALL {
        let of_seed = |seed| text(&fleet(FleetPlan::new(shape, 300, seed).mixed()), 0);
        assert_eq!(of_seed(1), of_seed(1), "{}", shape.as_str());
        assert_ne!(of_seed(1), of_seed(2), "{}", shape.as_str());
    }
}

/// The bytes of a fleet are part of what benches report, so they do not change by accident.
#[test]
fn a_small_fleet() {
    insta::assert_snapshot!(text(&fleet(FleetPlan::new(Shape::Org, 16, 7).mixed()), 0));
}

fn built(plan: FleetPlan) -> CapabilityGraph {
    CapabilityGraph::build(fleet(plan).spec())
}

/// How many nodes the largest component holds.
fn largest(graph: &CapabilityGraph) -> usize {
    let components = Components::find(graph.flows(), Plane::Influence, Strength::Any);
    (0..components.len()).map(|component| components.members(component).len()).max().unwrap_or(0)
}

#[test]
fn shapes_are_what_they_are_called() {
    const NODES: u32 = 5_000;
    let graph = |shape| built(FleetPlan::new(shape, NODES, 7));
    let chain = graph(Shape::Chain);
    let closure = Reachability::close(&chain, Plane::Influence, Strength::Any);
    assert_eq!(closure.pairs(), 5_000 * 4_999 / 2);
    assert_eq!(largest(&graph(Shape::Layered)), 1, "layers hold no loop");
    assert_eq!(largest(&graph(Shape::Hub)), 5_000, "a hub is one loop");
    let (sparse, dense) = (largest(&graph(Shape::Org)), largest(&graph(Shape::OrgDense)));
    assert!(sparse < 50, "loops of a sparse organisation stay in a few teams: {sparse}");
    assert!((250..1_500).contains(&dense), "a dense one has a giant loop: {dense}");
    assert!((2_500..4_000).contains(&largest(&graph(Shape::Random))), "two edges a node make a giant loop");
    assert!((250..2_000).contains(&largest(&graph(Shape::ScaleFree))));
}

#[test]
fn a_mixed_fleet_has_everything() {
    for shape in Shape::ALL {
        let spec = fleet(FleetPlan::new(shape, 2_000, 7).mixed()).spec();
        let count = |kind| spec.nodes.values().filter(|node| node.kind == kind).count();
        for kind in
            [NodeKind::Credential, NodeKind::Source, NodeKind::Sink, NodeKind::Tool, NodeKind::Principal]
        {
            assert!(count(kind) > 0, "{} has a {kind}", shape.as_str());
        }
        let guarded = spec.edges.iter().filter(|edge| !edge.guards.is_empty()).count();
        let share = guarded * 100 / spec.edges.len();
        assert!((28..39).contains(&share), "{}: {share} % of the edges are guarded", shape.as_str());
        for guard in 0..spec.guards.len() {
            assert!(spec.edges.iter().any(|edge| edge.guards.iter().any(|id| id.index() == guard)));
        }
    }
}

#[test]
fn mixing_keeps_the_shape() {
    let named = |spec: &Spec| {
        let names = |edge: &crabwalk::model::Edge| {
            (spec.node_name(edge.from).to_owned(), edge.verb, spec.node_name(edge.to).to_owned())
        };
        spec.edges.iter().map(names).collect::<std::collections::BTreeSet<_>>()
    };
    for (shape, nodes) in [(Shape::Org, 9), (Shape::OrgDense, 3_000), (Shape::Hub, 100)] {
        let plain = fleet(FleetPlan::new(shape, nodes, 7)).spec();
        let mixed = fleet(FleetPlan::new(shape, nodes, 7).mixed()).spec();
        assert!(named(&plain).is_subset(&named(&mixed)), "{}", shape.as_str());
    }
    // Where agents became stores, the same content flows on other verbs.
    for shape in [Shape::Random, Shape::Layered, Shape::ScaleFree, Shape::Chain] {
        let pairs = |plan| Reachability::close(&built(plan), Plane::Influence, Strength::Any).pairs();
        let plan = FleetPlan { secrets: Some(Secrets::default()), ..FleetPlan::new(shape, 99, 7) };
        assert_eq!(pairs(plan.clone()), pairs(plan.mixed()), "{}", shape.as_str());
    }
}

#[test]
fn authority_is_as_much_as_was_asked_for() {
    let spec = fleet(FleetPlan::new(Shape::OrgDense, 2_000, 7).with_secrets(SECRETS)).spec();
    let count = |kind| spec.nodes.values().filter(|node| node.kind == kind).count();
    assert_eq!(count(NodeKind::Credential), 40);
    assert_eq!(count(NodeKind::Principal), 7);
    assert_eq!(spec.nodes.values().filter(|node| node.general).count(), 5);
    for id in spec.node_ids().filter(|id| spec.node(*id).kind == NodeKind::Credential) {
        let holders = spec.edges.iter().filter(|edge| edge.to == id && edge.verb == Verb::Read).count();
        assert_eq!(holders, 1, "one agent reads a credential");
        assert!((1..=3).contains(&spec.node(id).opens.len()));
    }
    let assumed = spec.edges.iter().filter(|edge| spec.node(edge.to).is_assumable());
    assert!(assumed.clone().count() > 7);
    assert!(assumed.into_iter().all(|edge| edge.returns() == Returns::Nothing));
    assert!(CapabilityGraph::build(spec).derived_count() > 100);
}

#[test]
fn impossible_fleets_are_refused() {
    let plan = FleetPlan::new(Shape::Chain, 10, 7);
    let refused = [
        plan.clone().with_edges_per_node(3),
        FleetPlan { files: 0, ..plan.clone() },
        FleetPlan { files: 11, ..plan.clone() },
        FleetPlan { nodes: u32::MAX, ..plan.clone() },
        FleetPlan { nodes: 1, ..plan.with_secrets(SECRETS) },
        FleetPlan::new(Shape::Random, 50_000_000, 7).with_edges_per_node(100),
    ];
    for plan in refused {
        let problem = Fleet::generate(plan).expect_err("there is no such fleet");
        assert!(!problem.help.is_empty(), "{problem}");
    }
}
