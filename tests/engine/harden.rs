//! Cuts, choke points and effects against brute force: over all sets of edges of small random specs, by the oracle's flows, and
//! with every change recomputed by the naive reference.

use std::collections::BTreeSet;

use crabwalk::graph::{CapabilityGraph, EdgeId, Strength};
use crabwalk::hardening::{By, ChokePoint, CutAnswer, Hardening, Question, stopping};
use crabwalk::model::{EdgeKey, Isolation, Leg, NodeId, NodeKind, Plane, Spec, WhatIf};
use crabwalk::reference::Reference;
use oracle::generate;
use oracle::naive::{Closed, Flow, Spot};
use oracle::topology::{self, Topology};
use proptest::prelude::*;
use proptest::sample::Index;

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

fn graph(text: &str) -> CapabilityGraph {
    CapabilityGraph::build(spec(text))
}

/// Something that can be taken away: an edge, or one leg of it.
type Element = (usize, Option<bool>);

/// A question in the oracle's terms.
struct Naive<'a> {
    flows: Vec<&'a Flow>,
    /// The doors of each start.
    starts: Vec<Vec<Spot>>,
    /// The doors at which each end is reached.
    ends: Vec<[Spot; 3]>,
}

impl<'a> Naive<'a> {
    fn new(closed: &'a Closed<'a>, question: &Question) -> Self {
        let plane = match question.plane {
            Plane::Influence => topology::Plane::Influence,
            Plane::Exposure => topology::Plane::Exposure,
        };
        let counts = |flow: &&Flow| question.strength() == Strength::Any || flow.cost.guards == 0;
        let (starts, ends) = question.ends();
        Self {
            flows: closed.flows(plane).iter().filter(counts).collect(),
            starts: starts.iter().map(|node| closed.topology.starts(node.index(), plane)).collect(),
            ends: ends.iter().map(|node| closed.topology.reached(node.index())).collect(),
        }
    }

    /// How many pairs are connected without some elements and doors.
    fn pairs(&self, gone: &[Element], doors: &[Spot]) -> usize {
        let is_gone = |flow: &Flow| {
            flow.step.is_some_and(|step| {
                gone.iter()
                    .any(|(edge, result)| *edge == step.edge && result.is_none_or(|one| one == step.result))
            })
        };
        let kept: Vec<&&Flow> = self.flows.iter().filter(|flow| !is_gone(flow)).collect();
        let reached = |starts: &[Spot]| {
            let mut reached: BTreeSet<Spot> = starts.iter().copied().collect();
            reached.retain(|spot| !doors.contains(spot));
            loop {
                let new: Vec<Spot> = kept
                    .iter()
                    .filter(|flow| reached.contains(&flow.from) && !reached.contains(&flow.to))
                    .map(|flow| flow.to)
                    .filter(|spot| !doors.contains(spot))
                    .collect();
                if new.is_empty() {
                    return reached;
                }
                reached.extend(new);
            }
        };
        let of = |start: &Vec<Spot>| {
            let reached = reached(start);
            self.ends.iter().filter(|end| end.iter().any(|door| reached.contains(door))).count()
        };
        self.starts.iter().map(of).sum()
    }
}

/// Pairs that a spec has, by the naive reference: closed and counted without a line of the engine.
fn reference_pairs(spec: &Spec, question: &Question) -> usize {
    let reference = Reference::new(spec);
    let counts = |guards: u32| question.strength() == Strength::Any || guards == 0;
    let of = |from: &NodeId| {
        let row = reference.row(*from);
        let cost = |to: &NodeId| {
            let cell = row.cells.iter().find(|cell| cell.to == *to)?;
            match question.plane {
                Plane::Influence => cell.influence.map(|cost| cost.guards),
                Plane::Exposure => cell.exposure.map(|cost| cost.guards),
            }
        };
        question.to.iter().filter(|to| cost(to).is_some_and(counts)).count()
    };
    question.from.iter().map(of).sum()
}

/// A spec with a question about it.
fn asked() -> impl Strategy<Value = (String, Vec<Index>, Vec<Index>, bool, bool)> {
    let text = prop_oneof![3 => generate::spec(), 1 => generate::secrets()];
    let nodes = || proptest::collection::vec(any::<Index>(), 1..4);
    (text, nodes(), nodes(), any::<bool>(), any::<bool>())
}

fn question(spec: &Spec, from: &[Index], to: &[Index], exposure: bool, guards: bool) -> Question {
    let nodes = |picks: &[Index]| -> Vec<NodeId> {
        picks.iter().map(|pick| NodeId::new(pick.index(spec.nodes.len()))).collect()
    };
    let plane = if exposure { Plane::Exposure } else { Plane::Influence };
    let by = if guards { By::Guards } else { By::Edges };
    Question::new(plane, by, &nodes(from), &nodes(to))
}

/// The place of an engine's edge among the oracle's: both number edges in the same order.
fn at(edge: EdgeId) -> usize {
    edge.index()
}

/// Whether a set of fewer elements would do, as far as there are not too many of them to try.
fn is_beaten(naive: &Naive<'_>, elements: &[Element], size: usize) -> bool {
    const MOST: usize = 3_000;
    fn tries(
        naive: &Naive<'_>,
        elements: &[Element],
        left: usize,
        chosen: &mut Vec<Element>,
        from: usize,
    ) -> bool {
        if naive.pairs(chosen, &[]) == 0 {
            return true;
        }
        left > 0
            && (from..elements.len()).any(|at| {
                chosen.push(elements[at]);
                let found = tries(naive, elements, left - 1, chosen, at + 1);
                chosen.pop();
                found
            })
    }
    let mut sets = 1_usize;
    let mut most = 0;
    while most + 1 < size {
        sets = sets.saturating_mul(elements.len() - most) / (most + 1);
        if sets > MOST {
            break;
        }
        most += 1;
    }
    tries(naive, elements, most, &mut Vec::new(), 0)
}

fn assert_derived_alike(graph: &CapabilityGraph, closed: &Closed<'_>) {
    assert_eq!(graph.edges().len(), closed.edges.len());
    for (mine, theirs) in graph.edges().iter().zip(&closed.edges) {
        assert_eq!(
            (mine.from.index(), mine.verb.as_str(), mine.to.index(), mine.extra),
            (theirs.from, theirs.verb.name(), theirs.to, theirs.extra)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// No smaller set of edges (or legs) parts the groups, and this one does. Its changes make it, and each is needed.
    #[test]
    fn cuts_are_the_smallest((text, from, to, exposure, guards) in asked()) {
        let graph = graph(&text);
        let question = question(graph.spec(), &from, &to, exposure, guards);
        let found = Hardening::compute(&graph, question.clone(), &());
        let topology: Topology = topology::read(&text);
        let closed = Closed::new(&topology);
        assert_derived_alike(&graph, &closed);
        let naive = Naive::new(&closed, &question);
        prop_assert_eq!(found.pairs(), naive.pairs(&[], &[]));
        let may_go = |edge: usize| {
            guards || !graph.declaration(&graph.edges()[edge]).is_some_and(|edge| edge.uncuttable)
        };
        let leg = |result: bool| guards.then_some(result);
        let steps = naive.flows.iter().filter_map(|flow| flow.step).filter(|step| may_go(step.edge));
        let elements: Vec<Element> =
            steps.map(|step| (step.edge, leg(step.result))).collect::<BTreeSet<_>>().into_iter().collect();
        match &found.cut {
            CutAnswer::Apart => prop_assert_eq!(found.pairs(), 0),
            CutAnswer::Cut { near_ends, near_starts } => {
                for cut in std::iter::once(near_ends).chain(near_starts) {
                    let set: Vec<Element> =
                        cut.edges.iter().map(|edge| (at(edge.edge), leg(edge.leg == Leg::Result))).collect();
                    prop_assert_eq!(set.iter().collect::<BTreeSet<_>>().len(), set.len(), "no edge twice");
                    prop_assert_eq!(naive.pairs(&set, &[]), 0, "it parts them");
                    prop_assert_eq!(set.len(), near_ends.edges.len());
                    prop_assert!(set.iter().all(|(edge, _)| may_go(*edge)));
                    let left = |changes: &[WhatIf]| {
                        reference_pairs(&graph.spec().clone().what_if(changes), &question)
                    };
                    prop_assert_eq!(left(&cut.changes), 0, "{:?}", cut.changes);
                    for change in &cut.changes {
                        let others: Vec<WhatIf> =
                            cut.changes.iter().copied().filter(|other| other != change).collect();
                        prop_assert!(left(&others) > 0, "{change:?} is not needed: {cut:?} {question:?}");
                    }
                }
                // A derived edge that only uncuttable ones make cannot go, and the brute force does not know it.
                if graph.spec().edges.iter().all(|edge| !edge.uncuttable) || guards {
                    prop_assert!(!is_beaten(&naive, &elements, near_ends.edges.len()));
                }
            }
            CutAnswer::Uncuttable(path) => {
                prop_assert!(!path.hops.is_empty());
                for hop in &path.hops {
                    let edge = graph.edge(hop.edge);
                    prop_assert!(!edge.is_declared() || !may_go(at(hop.edge)));
                }
                let cuttable: Vec<Element> =
                    elements.iter().copied().filter(|(edge, _)| graph.edges()[*edge].is_declared()).collect();
                prop_assert!(naive.pairs(&cuttable, &[]) > 0, "nothing that is declared and may go parts them");
            }
            CutAnswer::NoGuard => {
                let stops = |guard: &crabwalk::model::Guard| guard.stops(question.plane);
                prop_assert!(!graph.spec().guards.values().any(stops));
            }
        }
    }

    /// A point is passed by every path if nothing is connected without it, and all such points are found.
    #[test]
    fn choke_points_are_what_nothing_goes_round((text, from, to, exposure, guards) in asked()) {
        let graph = graph(&text);
        let question = question(graph.spec(), &from, &to, exposure, guards);
        let found = Hardening::compute(&graph, question.clone(), &());
        let topology: Topology = topology::read(&text);
        let closed = Closed::new(&topology);
        let check = |question: &Question, points: &[ChokePoint]| -> Result<(), TestCaseError> {
            let naive = Naive::new(&closed, question);
            if naive.pairs(&[], &[]) == 0 {
                prop_assert!(points.is_empty());
                return Ok(());
            }
            for edge in 0..closed.edges.len() {
                let passed = points.iter().any(|point| matches!(point, ChokePoint::Edge(id, _) if at(*id) == edge));
                prop_assert_eq!(passed, naive.pairs(&[(edge, None)], &[]) == 0, "edge {}", edge);
            }
            let (starts, ends) = question.ends();
            for node in graph.spec().node_ids().filter(|node| starts != [*node] && ends != [*node]) {
                let doors = topology.reached(node.index());
                let passed = points.contains(&ChokePoint::Node(node));
                prop_assert_eq!(passed, naive.pairs(&[], &doors) == 0, "node {}", node.index());
            }
            Ok(())
        };
        check(&question, &found.chokes.common)?;
        let (_, ends) = question.ends();
        if found.chokes.ends > 1 {
            for end in ends {
                let mut one = question.clone();
                match question.plane {
                    Plane::Influence => one.to = vec![*end],
                    Plane::Exposure => one.from = vec![*end],
                }
                let own = found.chokes.by_end.iter().find(|chokes| chokes.end == *end);
                let mut points = found.chokes.common.clone();
                points.extend(own.iter().flat_map(|chokes| &chokes.points));
                // Asked about by itself the end is no point of its own.
                points.retain(|point| *point != ChokePoint::Node(*end));
                let reached = Naive::new(&closed, &one).pairs(&[], &[]) > 0;
                check(&one, if reached { &points } else { &[] })?;
            }
        }
    }

    /// Every single change does what recomputing the edited spec says, and none that closes a pair is missing.
    #[test]
    fn effects_are_what_recomputing_says((text, from, to, exposure, guards) in asked()) {
        let base = spec(&text);
        let graph = CapabilityGraph::build(base.clone());
        let question = question(&base, &from, &to, exposure, guards);
        let found = Hardening::compute(&graph, question.clone(), &());
        let pairs = reference_pairs(&base, &question);
        prop_assert_eq!(pairs, found.pairs());
        for effect in &found.effects.closing {
            let left = reference_pairs(&base.clone().what_if(&[effect.change]), &question);
            prop_assert_eq!((effect.left, effect.closed), (left, pairs - left), "{:?}", effect.change);
            prop_assert!(effect.closed > 0);
        }
        let key = |effect: &crabwalk::hardening::Effect| (std::cmp::Reverse(effect.closed), effect.lost);
        prop_assert!(found.effects.closing.is_sorted_by_key(key));
        prop_assert_eq!(found.effects.untried, 0);
        let may_go = base.edges.iter().filter(|edge| !edge.uncuttable).map(|edge| WhatIf::Without(EdgeKey::of(edge)));
        let per_call = base.node_ids().filter(|id| {
            let node = base.node(*id);
            matches!(node.kind, NodeKind::Agent | NodeKind::Tool) && node.isolation == Isolation::Shared
        });
        let revoked = base.node_ids().filter(|id| base.node(*id).kind == NodeKind::Credential);
        for change in may_go.chain(per_call.map(WhatIf::PerCall)).chain(revoked.map(WhatIf::Revoke)) {
            let closed = pairs - reference_pairs(&base.clone().what_if(&[change]), &question);
            let same = |effect: &&crabwalk::hardening::Effect| match (effect.change, change) {
                // A guard on the edge that closes as much stands for the removal.
                (WhatIf::WithGuard(key, ..), WhatIf::Without(of)) => key == of && effect.closed >= closed,
                (known, change) => known == change,
            };
            let known: Vec<usize> = found.effects.closing.iter().filter(same).map(|effect| effect.closed).collect();
            prop_assert!(known.iter().max().copied().unwrap_or(0) >= closed, "{change:?} closes {closed}");
            prop_assert!(guards || known == if closed > 0 { vec![closed] } else { Vec::new() }, "{:?}", change);
        }
        if guards {
            for change in one_guard_more(&base) {
                let closed = pairs - reference_pairs(&base.clone().what_if(&[change]), &question);
                let place = |change: WhatIf| match change {
                    WhatIf::WithGuard(key, leg, _) => Some((key, leg)),
                    _ => None,
                };
                // One guard that stops a plane is named for all that do.
                let same = found.effects.closing.iter().filter(|effect| place(effect.change) == place(change));
                let known = same.map(|effect| effect.closed).max().unwrap_or(0);
                prop_assert!(known >= closed, "{} closes {closed}, not {known}", change.words(&base));
            }
        }
        if let Some(effect) = found.effects.closing.first() {
            let survivor = found.survivor(&[effect.change]);
            prop_assert_eq!(survivor.is_some(), effect.left > 0);
        }
    }
}

/// Each leg of each declared edge with one more guard, for each plane the one that a proposal names.
fn one_guard_more(spec: &Spec) -> Vec<WhatIf> {
    let mut changes = Vec::new();
    for edge in &spec.edges {
        let legs = [(Leg::Request, Some(&edge.guards)), (Leg::Result, edge.result.as_ref())];
        for (leg, there) in legs.into_iter().filter_map(|(leg, there)| Some((leg, there?))) {
            for plane in [Plane::Influence, Plane::Exposure] {
                let new = stopping(spec, plane).into_iter().find(|guard| !there.contains(guard));
                changes.extend(new.map(|guard| WhatIf::WithGuard(EdgeKey::of(edge), leg, guard)));
            }
        }
    }
    changes
}

/// A chain with a detour: the two ways in share their last edge.
const DETOUR: &str = "version: 1
zones: {edge: {}, vault: {}}
sources: {mail: {}}
agents:
  triage: {read: [mail], invoke: [planner], write: [notes]}
  planner: {read: [notes], invoke: [{target: payments, guards: [human-approval]}]}
stores: {notes: {}}
tools: {payments: {zone: vault}}
";

#[test]
fn the_defaults_are_the_untrusted_and_the_precious() {
    let desk = spec(
        "version: 1\nzones: {low: , high: }\nsources: {mail: }\nagents: {a: {critical: true}, b: {zone: high}, c: {zone: low}, d: {untrusted: true}}\nstores: {s: {sensitivity: secret}}\ncredentials: {k: }\n",
    );
    let names = |nodes: Vec<NodeId>| -> Vec<String> {
        nodes.iter().map(|id| desk.node_name(*id).to_owned()).collect()
    };
    assert_eq!(names(Question::untrusted(&desk)), ["mail", "d"]);
    assert_eq!(names(Question::precious(&desk)), ["a", "b", "s", "k"]);
    let one_zone = spec("version: 1\nzones: {only: }\nagents: {a: {zone: only}}\n");
    assert!(Question::precious(&one_zone).is_empty(), "the only zone is not the most trusted of several");
}

fn asked_of(graph: &CapabilityGraph, by: By) -> Hardening<'_> {
    let spec = graph.spec();
    let question = Question::new(Plane::Influence, by, &Question::untrusted(spec), &Question::precious(spec));
    Hardening::compute(graph, question, &())
}

fn words(graph: &CapabilityGraph, changes: &[WhatIf]) -> Vec<String> {
    changes.iter().map(|change| change.words(graph.spec())).collect()
}

#[test]
fn a_cut_lies_nearest_to_what_is_kept() {
    let graph = graph(DETOUR);
    let found = asked_of(&graph, By::Edges);
    assert_eq!((found.connected, found.open), (1, 0));
    let CutAnswer::Cut { near_ends, near_starts } = &found.cut else { panic!("{:?}", found.cut) };
    assert_eq!(words(&graph, &near_ends.changes), ["without planner:invoke:payments"]);
    let other = near_starts.as_ref().expect("the mail can be cut off as well");
    assert_eq!(words(&graph, &other.changes), ["without triage:read:mail"]);
    let guards = asked_of(&graph, By::Guards);
    assert!(matches!(guards.cut, CutAnswer::Apart), "an approval stands on the only way");
}

#[test]
fn what_has_to_stay_is_never_cut() {
    let stays = DETOUR.replace("{target: payments, ", "{target: payments, uncuttable: true, ");
    let graph = graph(&stays);
    let CutAnswer::Cut { near_ends, .. } = asked_of(&graph, By::Edges).cut else { panic!("it can be cut") };
    assert_eq!(words(&graph, &near_ends.changes), ["without triage:read:mail"]);
    let all = stays
        .replace("read: [mail]", "read: [{target: mail, uncuttable: true}]")
        .replace("invoke: [planner]", "invoke: [{target: planner, uncuttable: true}]");
    let graph = CapabilityGraph::build(spec(&all));
    let found = asked_of(&graph, By::Edges);
    let CutAnswer::Uncuttable(path) = &found.cut else { panic!("{:?}", found.cut) };
    assert_eq!(path.hops.len(), 3);
    assert!(found.effects.closing.is_empty());
}

/// A guard is no removal: it may stand on an edge that has to stay.
#[test]
fn a_guard_may_stand_on_what_has_to_stay() {
    let text = "version: 1\nsources: {mail: }\nagents:\n  a: {critical: true, read: [{target: mail, uncuttable: true}]}\n";
    let graph = graph(text);
    let CutAnswer::Cut { near_ends, .. } = asked_of(&graph, By::Guards).cut else { panic!("one guard") };
    assert_eq!(words(&graph, &near_ends.changes), ["with typed-output on a:read:mail"]);
    assert!(matches!(asked_of(&graph, By::Edges).cut, CutAnswer::Uncuttable(_)));
}

/// A derived edge goes with what it is derived from: first the actor's own authority, else the credential.
#[test]
fn a_derived_edge_is_cut_by_what_it_stands_on() {
    let text = "version: 1
sources: {mail: }
agents:
  clerk: {read: [mail], invoke: [KEY]}
tools: {payments: {critical: true}}
credentials: {vault-key: {opens: payments}}
";
    let graph_of = |key: &str| graph(&text.replace("KEY", key));
    let local = graph_of("vault-key");
    let CutAnswer::Cut { near_ends, .. } = asked_of(&local, By::Edges).cut else { panic!("a cut") };
    // Reading mail is declared and the use of the key is not: of two cuts of one edge the declared one is taken.
    assert_eq!(words(&local, &near_ends.changes), ["without clerk:read:mail"]);
    let stays = graph(
        &text.replace("read: [mail]", "read: [{target: mail, uncuttable: true}]").replace("KEY", "vault-key"),
    );
    let CutAnswer::Cut { near_ends, .. } = asked_of(&stays, By::Edges).cut else { panic!("a cut") };
    assert_eq!(words(&stays, &near_ends.changes), ["without clerk:invoke:vault-key"]);
    assert_eq!(words(&stays, &near_ends.edges[0].instead), ["vault-key revoked"]);
    let fixed = graph(
        &text
            .replace("read: [mail]", "read: [{target: mail, uncuttable: true}]")
            .replace("KEY", "{target: vault-key, uncuttable: true}"),
    );
    let CutAnswer::Cut { near_ends, .. } = asked_of(&fixed, By::Edges).cut else { panic!("a cut") };
    assert_eq!(words(&fixed, &near_ends.changes), ["vault-key revoked"]);
}

/// Roles whose every premise has to stay leave nothing to take away, and the path says so.
#[test]
fn a_role_that_has_to_stay_is_in_no_cut() {
    let text = "version: 1
sources: {mail: }
agents:
  clerk: {read: [{target: mail, uncuttable: true}], invoke: [{target: operator, uncuttable: true}]}
principals:
  operator: {kind: iam-role, write: [{target: ledger, uncuttable: true}]}
stores: {ledger: {critical: true}}
";
    let graph = graph(text);
    let found = asked_of(&graph, By::Edges);
    let CutAnswer::Uncuttable(path) = &found.cut else { panic!("{:?}", found.cut) };
    assert_eq!(path.hops.len(), 2);
}

#[test]
fn what_is_on_both_sides_counts_as_held() {
    let graph = graph("version: 1\ntools: {web: {untrusted: true, critical: true}}\n");
    let found = asked_of(&graph, By::Edges);
    assert_eq!(found.question.both.len(), 1);
    assert!(found.question.to.is_empty());
    assert!(matches!(found.cut, CutAnswer::Apart));
}
