//! The comparison against its definition: differences against a naive second reading of both topologies, causes against every
//! counterfactual tried by hand.

use std::collections::{BTreeMap, BTreeSet};

use crabwalk::compare::{ChangeId, Comparison, Delta, Effect, Kind, Presence, Side, What};
use crabwalk::model::Way;
use crabwalk::model::{Spec, Verb};
use crabwalk::reference::Reference;
use oracle::generate;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

type Cost = (u32, u32, u32);
type Answers = BTreeMap<(String, String, Way), Cost>;
type Differences = BTreeMap<(String, String, Way), (Option<Cost>, Option<Cost>)>;

/// Everything that a naive reading says of a spec, names as they are in it.
fn naive(spec: &Spec) -> Answers {
    let reference = Reference::new(spec);
    let mut answers = Answers::new();
    for from in spec.node_ids() {
        for cell in reference.row(from).cells {
            let mut say = |question, cost| {
                let key = (spec.node_name(from).to_owned(), spec.node_name(cell.to).to_owned(), question);
                answers.insert(key, cost);
            };
            if let Some(cost) = cell.influence {
                say(Way::Influence, (cost.guards, cost.sessions, cost.hops));
            }
            if let Some(cost) = cell.exposure {
                say(Way::Exposure, (cost.guards, cost.sessions, cost.hops));
            }
            for (verb, guards) in Verb::ALL.iter().zip(cell.acts) {
                if let Some(guards) = guards {
                    say(Way::of_verb(*verb), (guards, 0, 0));
                }
            }
        }
    }
    answers
}

fn differences(base: &Answers, head: &Answers) -> Differences {
    let keys: BTreeSet<_> = base.keys().chain(head.keys()).cloned().collect();
    keys.into_iter()
        .map(|key| {
            let (before, after) = (base.get(&key).copied(), head.get(&key).copied());
            (key, (before, after))
        })
        .filter(|(_, (before, after))| before != after)
        .collect()
}

fn found(comparison: &Comparison) -> Differences {
    let name = |node| comparison.joint().name(node).to_owned();
    let cost = |cost: Option<crabwalk::graph::Cost>| cost.map(|cost| (cost.guards, cost.sessions, cost.hops));
    let deltas = comparison.deltas().iter();
    deltas
        .map(|delta| {
            ((name(delta.from), name(delta.to), delta.question), (cost(delta.before), cost(delta.after)))
        })
        .collect()
}

/// A spec and a change of it: some of its lines taken out, and some lines of another spec's edges put in by regenerating.
fn two_specs() -> impl Strategy<Value = (Spec, Spec)> {
    (generate::spec(), generate::spec(), any::<u64>()).prop_filter_map(
        "both are right",
        |(one, other, seed)| {
            let base = Spec::from_text("base.yaml", &one).ok()?;
            let mut head = if seed % 5 == 0 {
                Spec::from_text("head.yaml", &other).ok()?
            } else {
                Spec::from_text("head.yaml", &one).ok()?
            };
            mutate(&mut head, seed);
            Some((base, head))
        },
    )
}

/// Changes a few things, chosen by the bits of a seed.
fn mutate(spec: &mut Spec, seed: u64) {
    let mut state = seed;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    };
    for _ in 0..=draw(6) {
        match draw(10) {
            0 if !spec.edges.is_empty() => {
                let at = draw(spec.edges.len());
                spec.edges.remove(at);
            }
            2 if !spec.edges.is_empty() => {
                let at = draw(spec.edges.len());
                spec.edges[at].guards = Box::new([]);
            }
            1 | 3 | 7 | 8 if !spec.edges.is_empty() => {
                // The same verb on another node of the target's kind.
                let at = draw(spec.edges.len());
                let edge = spec.edges[at].clone();
                let alike = |node: &crabwalk::model::Node, to: &crabwalk::model::Node| {
                    node.kind == to.kind && node.declared_kind == to.declared_kind
                };
                let targets: Vec<_> = spec
                    .node_ids()
                    .filter(|id| *id != edge.from && alike(spec.node(*id), spec.node(edge.to)))
                    .filter(|id| {
                        !spec
                            .edges
                            .iter()
                            .any(|one| (one.from, one.verb, one.to) == (edge.from, edge.verb, *id))
                    })
                    .collect();
                if !targets.is_empty() {
                    let to = targets[draw(targets.len())];
                    let mut edge = edge;
                    edge.to = to;
                    spec.edges.push(edge);
                }
            }
            4 => {
                let at = draw(spec.nodes.len());
                if let Some((_, node)) = spec.nodes.get_index_mut(at) {
                    match node.kind {
                        crabwalk::model::NodeKind::Agent => {
                            node.isolation = match node.isolation {
                                crabwalk::model::Isolation::Shared => crabwalk::model::Isolation::PerCall,
                                crabwalk::model::Isolation::PerCall => crabwalk::model::Isolation::Shared,
                            }
                        }
                        crabwalk::model::NodeKind::Store => node.persists = !node.persists,
                        crabwalk::model::NodeKind::Tool => node.general = !node.general,
                        crabwalk::model::NodeKind::Principal => node.relays = !node.relays,
                        crabwalk::model::NodeKind::Credential => {
                            node.opens.pop();
                        }
                        _ => {}
                    }
                }
            }
            5 => {
                let at = draw(spec.guards.len());
                // A built-in one that is defined otherwise has a place.
                if let Some((_, guard)) =
                    spec.guards.get_index_mut(at).filter(|(_, guard)| guard.place.is_some())
                {
                    guard.stops_influence = !guard.stops_influence;
                }
            }
            _ if !spec.edges.is_empty() => {
                let at = draw(spec.edges.len());
                if spec.edges[at].result.is_some() {
                    spec.edges[at].result = None;
                }
            }
            _ => {}
        }
    }
}

fn check(cases: u32, test: impl Fn((Spec, Spec)) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&two_specs(), test).unwrap_or_else(|problem| panic!("{problem}"));
}

#[test]
fn what_differs_is_the_set_difference_of_two_naive_matrices() {
    check(400, |(base, head)| {
        let comparison = Comparison::of(&base, &head).expect("no renames");
        prop_assert_eq!(found(&comparison), differences(&naive(&base), &naive(&head)));
        Ok(())
    });
}

#[test]
fn a_spec_does_not_differ_from_itself() {
    check(50, |(base, _)| {
        let comparison = Comparison::of(&base, &base).expect("no renames");
        prop_assert!(
            comparison.deltas().is_empty()
                && comparison.changes().is_empty()
                && comparison.loops().is_empty()
        );
        Ok(())
    });
}

#[test]
fn the_other_way_round_is_the_mirror_image() {
    check(150, |(base, head)| {
        let (there, back) =
            (Comparison::of(&base, &head).expect("there"), Comparison::of(&head, &base).expect("back"));
        let mirrored: BTreeMap<_, _> =
            found(&back).into_iter().map(|(key, (before, after))| (key, (after, before))).collect();
        prop_assert_eq!(found(&there), mirrored);
        let count = |comparison: &Comparison, kind| {
            comparison.deltas().iter().filter(|delta| delta.kind() == kind).count()
        };
        prop_assert_eq!(count(&there, Kind::New), count(&back, Kind::Closed));
        prop_assert_eq!(count(&there, Kind::Nearer), count(&back, Kind::Farther));
        Ok(())
    });
}

/// Costs of all pairs are worked out a block of targets at a time: more nodes than two blocks have, and one edge joins two halves.
#[test]
fn one_edge_connects_all_pairs_of_two_halves() {
    const TEAMS: usize = 150;
    let fleet = |bridge: bool| {
        let mut text = String::from("version: 1\nagents:\n");
        for team in 0..TEAMS {
            let next = if team + 1 < TEAMS && (bridge || team != TEAMS / 2) { team + 1 } else { team };
            let write = if next == team { String::new() } else { format!(", write: [lead{next}]") };
            text += &format!("  lead{team}: {{invoke: [worker{team}]{write}}}\n  worker{team}: {{}}\n");
        }
        Spec::from_text("fleet.yaml", &text).expect("a fleet")
    };
    // Both nodes of each team up to the break come to both nodes of each team behind it.
    let (before, behind) = (TEAMS / 2 + 1, TEAMS - TEAMS / 2 - 1);
    let of = |base: &Spec, head: &Spec, kind| {
        let comparison = Comparison::of(base, head).expect("no renames");
        let influence = comparison.deltas().iter().filter(|delta| delta.question == Way::Influence);
        influence
            .map(|delta| (delta.kind() == kind).then_some(()))
            .collect::<Option<Vec<()>>>()
            .map(|all| all.len())
    };
    let (apart, joined) = (fleet(false), fleet(true));
    assert_eq!(of(&apart, &joined, Kind::New), Some(2 * before * 2 * behind));
    assert_eq!(of(&joined, &apart, Kind::Closed), Some(2 * before * 2 * behind));
}

#[test]
fn a_rename_that_says_so_opens_and_closes_nothing() {
    check(100, |(base, _)| {
        let mut head = base.clone();
        let nodes = std::mem::take(&mut head.nodes);
        head.nodes =
            nodes.into_iter().map(|(name, node)| (format!("new {name}"), renamed(&name, node))).collect();
        let comparison = Comparison::of(&base, &head).expect("every old name is gone");
        prop_assert!(comparison.deltas().is_empty() && comparison.loops().is_empty());
        prop_assert_eq!(comparison.changes().len(), base.nodes.len());
        prop_assert!(comparison.changes().iter().all(|change| matches!(change.what, What::NodeRenamed(_))));
        Ok(())
    });
}

fn renamed(was: &str, mut node: crabwalk::model::Node) -> crabwalk::model::Node {
    let text = crabwalk::model::DeclaredValue::Text(was.into());
    let attributes = node.declared.iter().map(|(key, value)| (key, value.clone()));
    node.declared = attributes.filter(|(key, _)| *key != "was").chain([("was", text)]).collect();
    node
}

#[test]
fn the_order_and_the_style_of_a_file_change_nothing() {
    let config = Config { cases: 100, failure_persistence: None, ..Config::default() };
    let test = |text: String| {
        let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        let base = Spec::from_text("base.yaml", &text).expect("a right spec");
        let other =
            Spec::from_text("head.yaml", &reversed(&value).to_string()).expect("the same in another order");
        let comparison = Comparison::of(&base, &other).expect("no renames");
        prop_assert!(comparison.deltas().is_empty(), "{:?}", found(&comparison));
        prop_assert!(comparison.changes().is_empty(), "{:?}", comparison.changes());
        Ok(())
    };
    TestRunner::new(config).run(&generate::spec(), test).unwrap_or_else(|problem| panic!("{problem}"));
}

/// Mappings and lists the other way round, but for what has an order in the language: zones, and selectors, the first of which
/// takes a node.
fn reversed(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(all) => {
            let turned = |key: &str, value| {
                if key == "zones" { serde_json::Value::clone(value) } else { reversed(value) }
            };
            all.iter().rev().map(|(key, value)| (key.clone(), turned(key, value))).collect()
        }
        serde_json::Value::Array(all) if !value.to_string().contains(':') => {
            all.iter().rev().cloned().collect()
        }
        one => one.clone(),
    }
}

/// The topology with some of the changes made, by the definition: written anew from both specs, sharing nothing with the
/// product's own way to do so.
fn by_hand(comparison: &Comparison, made: &BTreeSet<ChangeId>) -> Spec {
    let joint = comparison.joint();
    let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
    let mut spec = base.clone();
    let mut swapped = BTreeSet::new();
    let mut there: BTreeMap<_, bool> =
        joint.nodes().map(|node| (node, joint.presence(node) != Presence::New)).collect();
    let mut edges: BTreeMap<_, _> =
        base.edges.iter().map(|edge| ((edge.from, edge.verb, edge.to), edge.clone())).collect();
    let of_head: BTreeMap<_, _> =
        head.edges.iter().map(|edge| ((edge.from, edge.verb, edge.to), edge.clone())).collect();
    for (position, change) in comparison.changes().iter().enumerate() {
        if !made.contains(&ChangeId::new(position)) {
            continue;
        }
        match &change.what {
            What::NodeAdded(node) => {
                there.insert(*node, true);
                swapped.insert(*node);
            }
            What::NodeRemoved(node) => {
                there.insert(*node, false);
            }
            What::NodeReplaced(node) => {
                swapped.insert(*node);
            }
            What::Attribute(node, attribute) => {
                let after = head.node(*node);
                let (_, now) = spec.nodes.get_index_mut(node.index()).expect("a node");
                match attribute.key {
                    "relays" => now.relays = after.relays,
                    "persists" => now.persists = after.persists,
                    "untrusted" => now.untrusted = after.untrusted,
                    "egress" => now.egress = after.egress,
                    "general" => now.general = after.general,
                    "isolation" => now.isolation = after.isolation,
                    "opens" => now.opens = after.opens.clone(),
                    _ => {}
                }
            }
            What::Guard(guard) => {
                let name = head.guard_name(*guard);
                spec.guards.insert(name.to_owned(), head.guards[name].clone());
            }
            What::Edge { base: before, head: after } => {
                let edge =
                    after.map(|at| &head.edges[at]).or(before.map(|at| &base.edges[at])).expect("an edge");
                let key = (edge.from, edge.verb, edge.to);
                match after {
                    Some(_) => edges.insert(key, of_head[&key].clone()),
                    None => edges.remove(&key),
                };
            }
            _ => {}
        }
    }
    // A node that is the head's brings its edges to all that is there, and has none of the base's.
    edges.retain(|(from, _, to), _| !swapped.contains(from) && !swapped.contains(to));
    let is_heads = |node| {
        swapped.contains(&node) || joint.presence(node) == Presence::Both && !is_replaced(comparison, node)
    };
    for (key, edge) in &of_head {
        if (swapped.contains(&key.0) || swapped.contains(&key.2)) && is_heads(key.0) && is_heads(key.2) {
            edges.insert(*key, edge.clone());
        }
    }
    edges.retain(|(from, _, to), _| there[from] && there[to]);
    for node in &swapped {
        spec.nodes[node.index()] = head.node(*node).clone();
        let now = &mut spec.nodes[node.index()].opens;
        *now = head.node(*node).opens.iter().copied().filter(|to| is_heads(*to)).collect();
    }
    // What opens a node of the head opens it once that is there, and what is as in the base opens no node of the head.
    for node in joint.nodes().filter(|node| !swapped.contains(node)) {
        let own = joint.presence(node) == Presence::Both && !is_replaced(comparison, node);
        let of_head = head.node(node).opens.iter().copied().filter(|to| own && swapped.contains(to));
        let (_, now) = spec.nodes.get_index_mut(node.index()).expect("a node");
        now.opens.retain(|to| !swapped.contains(to));
        now.opens.extend(of_head);
    }
    for node in joint.nodes() {
        let alive = there[&node];
        let (_, now) = spec.nodes.get_index_mut(node.index()).expect("a node");
        now.opens.retain(|to| alive && there[to]);
        now.opens.sort_unstable();
        now.opens.dedup();
    }
    spec.edges = edges.into_values().collect();
    spec
}

fn is_replaced(comparison: &Comparison, node: crabwalk::model::NodeId) -> bool {
    comparison.changes().iter().any(|change| change.what == What::NodeReplaced(node))
}

#[test]
fn causes_are_what_every_counterfactual_tried_by_hand_says() {
    let counts = std::cell::Cell::new((0_usize, 0_usize));
    check(800, |(base, head)| {
        let comparison = Comparison::of(&base, &head).expect("no renames");
        let moving: Vec<ChangeId> = (0..comparison.changes().len())
            .map(ChangeId::new)
            .filter(|id| comparison.change(*id).effect != Effect::None)
            .collect();
        if moving.len() > 9 {
            return Ok(());
        }
        let answers = Counterfactuals::new(&comparison);
        for delta in comparison.deltas().iter().filter(|delta| delta.is_gain()) {
            let holds = |made: &BTreeSet<ChangeId>| answers.holds(delta, made);
            let all: BTreeSet<ChangeId> = moving.iter().copied().collect();
            prop_assert!(holds(&all), "all changes made are the head");
            let without = |set: &BTreeSet<ChangeId>, change: &ChangeId| {
                let mut set = set.clone();
                set.remove(change);
                set
            };
            let necessary: Vec<ChangeId> =
                moving.iter().copied().filter(|change| !holds(&without(&all, change))).collect();
            let cause = comparison.cause(delta.cause.expect("a gain has a cause"));
            let set: BTreeSet<ChangeId> = cause.changes.iter().copied().collect();
            prop_assert_eq!(cause.is_sufficient, holds(&set));
            if necessary.is_empty() {
                prop_assert!(!cause.is_necessary && cause.is_sufficient);
                prop_assert!(set.iter().all(|change| !holds(&without(&set, change))), "irreducible");
                let explained: Vec<_> =
                    comparison.changes().iter().map(|change| (&change.what, change.effect)).collect();
                prop_assert_eq!(
                    &cause.changes,
                    &greedy(&comparison, &moving, holds),
                    "{:?} {:?}",
                    delta,
                    explained
                );
                counts.set((counts.get().0, counts.get().1 + 1));
            } else {
                let explained: Vec<_> =
                    comparison.changes().iter().map(|change| (&change.what, change.effect)).collect();
                prop_assert_eq!(
                    &cause.changes,
                    &necessary,
                    "{:?} {:?} {:?}",
                    delta,
                    explained,
                    comparison.joint().nodes().map(|node| comparison.joint().name(node)).collect::<Vec<_>>()
                );
                prop_assert!(cause.is_necessary);
                counts.set((counts.get().0 + 1, counts.get().1));
            }
        }
        Ok(())
    });
    let (necessary, together) = counts.get();
    assert!(necessary > 100 && together > 20, "both kinds of cause are met: {necessary}, {together}");
}

/// Takes changes back one by one, in declared order, those that only close first, until none can be.
fn greedy(
    comparison: &Comparison,
    moving: &[ChangeId],
    holds: impl Fn(&BTreeSet<ChangeId>) -> bool,
) -> Vec<ChangeId> {
    let closes = |id: &ChangeId| comparison.change(*id).effect == Effect::Closes;
    let mut left: BTreeSet<ChangeId> = moving.iter().copied().collect();
    let opening: BTreeSet<ChangeId> = moving.iter().copied().filter(|id| !closes(id)).collect();
    if holds(&opening) {
        left = opening;
    }
    loop {
        let before = left.clone();
        for change in before.iter() {
            let mut without = left.clone();
            without.remove(change);
            if holds(&without) {
                left = without;
            }
        }
        if left == before {
            return left.into_iter().collect();
        }
    }
}

/// What is asked again and again.
struct Counterfactuals<'c> {
    comparison: &'c Comparison,
    known: std::cell::RefCell<BTreeMap<BTreeSet<ChangeId>, Answers>>,
}

impl<'c> Counterfactuals<'c> {
    fn new(comparison: &'c Comparison) -> Self {
        Self { comparison, known: std::cell::RefCell::default() }
    }

    fn holds(&self, delta: &Delta, made: &BTreeSet<ChangeId>) -> bool {
        let mut known = self.known.borrow_mut();
        let answers = known.entry(made.clone()).or_insert_with(|| naive(&by_hand(self.comparison, made)));
        let name = |node| self.comparison.joint().name(node).to_owned();
        let after = answers.get(&(name(delta.from), name(delta.to), delta.question)).copied();
        after.is_some_and(|after| is_still_gained(delta, after))
    }
}

/// Whether a topology with a way at this cost still has what the head gains: any way where there was none. Where the way passes
/// fewer guards, it does so there; where it takes fewer sessions past as many guards, it does one or the other there; where it only
/// has fewer hops, any part of the cost may be less.
fn is_still_gained(delta: &Delta, (guards, sessions, hops): Cost) -> bool {
    let (Some(before), Some(after)) = (delta.before, delta.after) else { return true };
    let fewer_guards = guards < before.guards;
    let fewer_sessions = guards == before.guards && sessions < before.sessions;
    let fewer_hops = (guards, sessions) == (before.guards, before.sessions) && hops < before.hops;
    if after.guards < before.guards {
        fewer_guards
    } else if after.sessions < before.sessions {
        fewer_guards || fewer_sessions
    } else {
        fewer_guards || fewer_sessions || fewer_hops
    }
}
