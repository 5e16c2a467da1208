//! A what-if is the spec edited by hand and recomputed: on random specs against the oracle, whose lists are edited instead. And
//! what is typed names exactly one change, or says why not.

use std::collections::BTreeMap;

use crabwalk::analysis::Matrix;
use crabwalk::graph::{CapabilityGraph, Cost};
use crabwalk::model::{EdgeKey, GuardId, Leg, NodeId, Spec, Verb, WhatIf};
use oracle::generate;
use oracle::naive::{self, Cell};
use oracle::topology::{self, Topology};
use proptest::prelude::*;
use proptest::sample::Index;

/// Cells by (from, to).
type Cells = BTreeMap<(String, String), Cell>;

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

/// The engine's matrix in the oracle's terms.
fn engine_cells(spec: Spec) -> Cells {
    let graph = CapabilityGraph::build(spec);
    let spec = graph.spec();
    let name = |id| spec.node_name(id).to_owned();
    let cost = |cost: Cost| naive::Cost { guards: cost.guards, sessions: cost.sessions, hops: cost.hops };
    let cell = |cell: &crabwalk::analysis::Cell| Cell {
        direct: cell.direct.iter().map(|declared| declared.verb.as_str()).collect(),
        acts: cell.acts().map(|(verb, guards)| (verb.as_str(), guards)).collect(),
        influence: cell.influence.map(cost),
        steered: cell.steered.map(cost),
        exposure: cell.exposure.map(cost),
    };
    let matrix = Matrix::new(&graph);
    let rows: Vec<_> = matrix.rows().collect();
    rows.iter()
        .flat_map(|row| row.cells.iter().map(|found| ((name(row.from), name(found.to)), cell(found))))
        .collect()
}

/// A change of the spec, and the same change of the oracle's lists.
fn edited(spec: &Spec, oracle: &mut Topology, what: u8, which: Index, guard: Index) -> Option<WhatIf> {
    if what % 4 == 3 || spec.edges.is_empty() {
        let node = which.index(spec.nodes.len());
        oracle.edges.retain(|edge| edge.from != node && edge.to != node);
        oracle.nodes[node].opens.clear();
        oracle.nodes.iter_mut().for_each(|other| other.opens.retain(|target| *target != node));
        return Some(WhatIf::Isolate(NodeId::new(node)));
    }
    let position = which.index(spec.edges.len());
    let edge = &spec.edges[position];
    let key = EdgeKey::of(edge);
    let same = |other: &topology::Edge| {
        (other.from, other.verb.name(), other.to) == (key.from.index(), key.verb.as_str(), key.to.index())
    };
    let at = oracle.edges.iter().position(same).expect("the oracle reads the same edges");
    if what.is_multiple_of(4) {
        oracle.edges.remove(at);
        return Some(WhatIf::Without(key));
    }
    let guard = GuardId::new(guard.index(spec.guards.len()));
    let (leg, guards) = match (what % 4, &mut oracle.edges[at].returns) {
        (1, _) => (Leg::Request, &mut oracle.edges[at].guards),
        (_, Some(guards)) => (Leg::Result, guards),
        (_, None) => return None,
    };
    if guards.contains(&guard.index()) {
        return None;
    }
    guards.push(guard.index());
    guards.sort_unstable();
    Some(WhatIf::WithGuard(key, leg, guard))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// One to three changes at once.
    #[test]
    fn a_what_if_is_the_edited_spec(
        text in prop_oneof![generate::spec(), generate::secrets()],
        picks in proptest::collection::vec((any::<u8>(), any::<Index>(), any::<Index>()), 1..4),
    ) {
        let base = spec(&text);
        let mut oracle = topology::read(&text);
        let mut tried = base.clone();
        for (what, which, guard) in picks {
            if let Some(change) = edited(&tried, &mut oracle, what, which, guard) {
                tried = tried.what_if(&[change]);
                prop_assert!(tried.what_if.iter().any(|words| *words == change.words(&base)));
            }
        }
        prop_assert_eq!(engine_cells(tried), naive::matrix(&oracle));
    }

    /// What is said of a change is read back as the change.
    #[test]
    fn what_is_spelled_is_found_again(text in generate::spec(), which in any::<Index>()) {
        let base = spec(&text);
        if !base.edges.is_empty() {
            let key = EdgeKey::of(&base.edges[which.index(base.edges.len())]);
            match WhatIf::without(&base, &key.words(&base)) {
                Ok(found) => prop_assert_eq!(found, WhatIf::Without(key)),
                Err(problem) => prop_assert!(problem.message.contains("ways"), "{}", problem),
            }
        }
    }
}

const DESK: &str = "version: 1
guards: {\"a=b\": {}}
agents:
  intake: {write: [notes], invoke: [{target: clerk, guards: human-approval, returns: false}]}
  clerk: {read: [notes, vault-key], invoke: [payments]}
tools: {payments: {}}
stores: {notes: {}}
credentials: {vault-key: {opens: payments}}
";

fn message<T: std::fmt::Debug>(found: Result<T, crabwalk::model::WhatIfError>) -> (String, String) {
    let problem = found.expect_err("no change");
    (problem.message, problem.help)
}

#[test]
fn what_is_typed_names_an_edge() {
    let desk = spec(DESK);
    let id = |name: &str| desk.node_id(name).unwrap();
    let edge = |from: &str, verb, to: &str| EdgeKey { from: id(from), verb, to: id(to) };
    let notes = edge("intake", Verb::Write, "notes");
    assert_eq!(WhatIf::without(&desk, "intake:write:notes"), Ok(WhatIf::Without(notes)));
    let guard = |name: &str| GuardId::new(desk.guards.get_index_of(name).unwrap());
    assert_eq!(
        WhatIf::with_guard(&desk, "intake:write:notes=a=b"),
        Ok(WhatIf::WithGuard(notes, Leg::Request, guard("a=b")))
    );
    assert_eq!(
        WhatIf::with_guard(&desk, "clerk:invoke:payments:result=redaction"),
        Ok(WhatIf::WithGuard(edge("clerk", Verb::Invoke, "payments"), Leg::Result, guard("redaction")))
    );
}

#[test]
fn what_names_nothing_says_what_there_is() {
    let desk = spec(DESK);
    for (word, said, help) in [
        ("notes", "`notes` names no edge", "such as `intake:write:notes`"),
        ("intake:writes:notes", "names no edge", "write, read, invoke or observe"),
        ("intake:write:note", "there is no node `note`", "did you mean `notes`?"),
        ("in-take:write:notes", "there is no node `in-take`", "did you mean `intake`?"),
        ("intake:read:notes", "`intake` declares no `read` on `notes`", "declares `intake:write:notes`"),
        ("intake:invoke:payments", "declares no `invoke`", "`intake:invoke:clerk`"),
        ("notes:read:payments", "declares no `read`", "`notes` declares no edge"),
    ] {
        let (message, advice) = message(WhatIf::without(&desk, word));
        assert!(message.contains(said) && advice.contains(help), "{word}: {message} / {advice}");
    }
    for (word, said, help) in [
        ("intake:write:notes", "names no guard", "intake:write:notes=human-approval"),
        ("intake:write:notes=approval", "there is no guard `approval`", "`human-approval`"),
        ("intake:write:note=redaction", "there is no node `note`", "did you mean `notes`?"),
        ("intake:invoke:clerk=human-approval", "stands there already", "other leg"),
        ("intake:invoke:clerk:result=redaction", "nothing comes back", "leave `:result` out"),
    ] {
        let (message, advice) = message(WhatIf::with_guard(&desk, word));
        assert!(message.contains(said) && advice.contains(help), "{word}: {message} / {advice}");
    }
}

/// Names that hold what separates the parts of an edge.
#[test]
fn hostile_names_are_found_or_said_to_be_unclear() {
    let one = spec(
        "version: 1\nagents:\n  \"a:read:b\": {read: [\"c:write:d=e\"]}\nstores: {\"c:write:d=e\": {}}\n",
    );
    let key = EdgeKey::of(&one.edges[0]);
    assert_eq!(WhatIf::without(&one, "a:read:b:read:c:write:d=e"), Ok(WhatIf::Without(key)));
    assert!(WhatIf::with_guard(&one, "a:read:b:read:c:write:d=e=redaction").is_ok());
    let two = spec(
        "version: 1\nagents:\n  a: {read: [\"b:read:c\"]}\n  \"a:read:b\": {read: [c]}\nstores: {\"b:read:c\": {}, c: {}}\n",
    );
    let (message, help) = message(WhatIf::without(&two, "a:read:b:read:c"));
    assert_eq!(
        message,
        "`a:read:b:read:c` can be read in 2 ways: `a` reads `b:read:c` or `a:read:b` reads `c`"
    );
    assert!(help.contains("copy of the spec"));
}

#[test]
fn a_change_that_is_named_twice_is_made_once() {
    let desk = spec(DESK);
    let change = WhatIf::without(&desk, "intake:write:notes").unwrap();
    let tried = desk.clone().what_if(&[change, change]).what_if(&[change]);
    assert_eq!(tried.what_if, ["without intake:write:notes"]);
    assert_eq!(tried.edges.len(), desk.edges.len() - 1);
}

/// The changes that proposals are made of.
#[test]
fn credentials_are_revoked_and_read_through_a_broker() {
    let desk = spec(DESK);
    let id = |name: &str| desk.node_id(name).unwrap();
    let derived = |spec: Spec| {
        let graph = CapabilityGraph::build(spec);
        let edges = graph.edges().iter().filter(|edge| !edge.is_declared());
        edges
            .map(|edge| format!("{} {}", graph.spec().node_name(edge.from), edge.origin.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(derived(desk.clone()), ["clerk holder", "vault-key key"]);
    assert!(derived(desk.clone().what_if(&[WhatIf::Revoke(id("vault-key"))])).is_empty());
    let broker = WhatIf::Broker { holder: id("clerk"), credential: id("vault-key") };
    let brokered = desk.clone().what_if(&[broker]);
    assert_eq!(brokered.edges.len(), desk.edges.len());
    assert!(WhatIf::without(&brokered, "clerk:invoke:vault-key").is_ok(), "the read is an invoke now");
    let both = spec(&DESK.replace("invoke: [payments]", "invoke: [payments, vault-key]"));
    assert_eq!(both.clone().what_if(&[broker]).edges.len(), both.edges.len() - 1, "no edge twice");
}
