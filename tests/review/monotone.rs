//! A danger more never makes a finding weaker: whoever wants the gate open cannot get there by adding something bad.

use std::collections::BTreeMap;

use crabwalk::findings::{Assessment, Finding};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{Edge, Level, NodeId, NodeKind, Rule, Spec, Verb};
use jiff::civil::date;
use oracle::generate;
use proptest::prelude::*;
use proptest::sample::Index;

/// The rules that state a flow. What is found about a guard, and what is merely not said, is something else; and who reads a secret
/// by itself is no longer somebody to whom it comes.
const FLOWS: [Rule; 7] = [
    Rule::ToxicFlow,
    Rule::OpenToUntrusted,
    Rule::SteeredGeneral,
    Rule::PoisonedMemory,
    Rule::UnpurgeableStore,
    Rule::EditableDefinition,
    Rule::FedAdvisor,
];

/// By rule and ends, by name: how grave it is, told by itself or folded into another finding.
type Told = BTreeMap<(Rule, String, String), Level>;

fn told(spec: Spec) -> Told {
    let graph = CapabilityGraph::build(spec);
    let assessment = Assessment::of(&graph, date(2026, 12, 1));
    let name = |node: NodeId| graph.spec().node_name(node).to_owned();
    let mut told = Told::new();
    let is_flow = |finding: &&Finding| FLOWS.contains(&finding.rule) && finding.level >= Level::Warning;
    for finding in assessment.findings.iter().filter(is_flow) {
        for pair in &finding.pairs {
            let level = told.entry((finding.rule, name(pair.from), name(pair.to))).or_insert(finding.level);
            *level = finding.level.max(*level);
        }
    }
    told
}

/// Something bad, by number; `None` where there is no place for it.
fn danger(mut spec: Spec, kind: u8, one: &Index, other: &Index) -> Option<Spec> {
    let count = spec.nodes.len();
    let node = one.index(count);
    match kind {
        0 => {
            let guarded: Vec<usize> =
                (0..spec.edges.len()).filter(|at| !spec.edges[*at].guards.is_empty()).collect();
            let edge = &mut spec.edges[*guarded.get(one.index(guarded.len().max(1)))?];
            edge.guards = edge.guards.iter().copied().skip(1).collect();
        }
        1 => {
            let kinds = [NodeKind::Source, NodeKind::Tool, NodeKind::Agent, NodeKind::Principal];
            let node = &mut spec.nodes[node];
            node.untrusted |= kinds.contains(&node.kind).then_some(true)?;
        }
        2 => {
            let node = &mut spec.nodes[node];
            node.egress |= (node.kind == NodeKind::Tool).then_some(true)?;
        }
        3 => {
            let node = &mut spec.nodes[node];
            node.general |= (node.kind == NodeKind::Tool).then_some(true)?;
            node.relays = true;
        }
        _ => {
            let (from, to) = (NodeId::new(node), NodeId::new(other.index(count)));
            let verb = Verb::ALL[one.index(Verb::ALL.len())];
            let is_named = spec.edges.iter().any(|edge| (edge.from, edge.to) == (from, to));
            let target = spec.node(to);
            let is_nameless = target.kind == NodeKind::Principal && target.declared_kind.is_none();
            let fits = spec.node(from).kind.acts() && from != to && verb.applies_to(target.kind);
            if !fits || is_named || is_nameless {
                return None;
            }
            let place = spec.nodes[node].place;
            let result = (verb == Verb::Invoke && !target.is_authority()).then(Box::default);
            let mut edge = Edge::new(from, verb, to);
            (edge.result, edge.place) = (result, place);
            spec.edges.push(edge);
        }
    }
    Some(spec)
}

fn is_no_weaker(text: &str, kind: u8, one: &Index, other: &Index) -> Result<(), TestCaseError> {
    let spec = Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"));
    let Some(worse) = danger(spec.clone(), kind, one, other) else { return Ok(()) };
    let (before, after) = (told(spec), told(worse));
    for (flow, level) in before {
        let now = after.get(&flow).copied();
        prop_assert!(now >= Some(level), "{flow:?} was {level:?} and is {now:?}");
    }
    Ok(())
}

fn specs() -> impl Strategy<Value = String> {
    prop_oneof![3 => generate::spec(), 1 => generate::secrets()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_danger_makes_no_finding_weaker(text in specs(), kind in 0_u8..6, one in any::<Index>(), other in any::<Index>()) {
        is_no_weaker(&text, kind, &one, &other)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "minutes: cargo test --release --test review -- --ignored monotone"]
    fn a_danger_makes_no_finding_weaker_over_a_long_run(
        text in specs(),
        kind in 0_u8..6,
        one in any::<Index>(),
        other in any::<Index>(),
    ) {
        is_no_weaker(&text, kind, &one, &other)?;
    }
}
