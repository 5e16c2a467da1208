//! `diff -f json` says all that differs and nothing else: valid under its schema, and the same whoever counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::reviews;
use crate::support::reviews::{cases, context, review, worked};
use crabwalk::compare::Kind;
use crabwalk::findings::Review;
use crabwalk::model::Way;
use crabwalk::model::{NodeKind, Spec, Verb};
use crabwalk::reference::Reference;
use crabwalk::report::wire::{OutputSchema, output_schema, write_diff_json};
use oracle::generate;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

fn text(review: &Review) -> String {
    let mut bytes = Vec::new();
    write_diff_json(review, &context(), &mut bytes).expect("memory");
    String::from_utf8(bytes).expect("UTF-8")
}

fn json(review: &Review) -> Value {
    serde_json::from_str(&text(review)).expect("JSON")
}

fn mistakes(value: &Value) -> Vec<String> {
    let validator = jsonschema::draft7::new(&output_schema(OutputSchema::Diff)).expect("a schema");
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path)).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no list `{key}` in {value}"))
}

/// Two random specs, of which the second is another one or has lost every third edge.
fn check(cases: u32, test: impl Fn(&Spec, &Spec) -> Result<(), TestCaseError>) {
    let pair = (generate::spec(), generate::spec(), any::<bool>());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let run = |(one, other, is_other): (String, String, bool)| {
        let base = reviews::spec("base.yaml", &one);
        let mut head = reviews::spec("head.yaml", if is_other { &other } else { &one });
        if !is_other {
            let mut count = 0;
            head.edges.retain(|_| {
                count += 1;
                count % 3 > 0
            });
            head.nodes
                .values_mut()
                .filter(|node| node.kind == NodeKind::Store)
                .for_each(|node| node.persists = !node.persists);
        }
        test(&base, &head)
    };
    TestRunner::new(config).run(&pair, run).unwrap_or_else(|problem| panic!("{problem}"));
}

#[test]
fn it_is_valid_under_its_schema() {
    for case in cases() {
        assert_eq!(mistakes(&json(&case.review)), [""; 0], "{}", case.name);
    }
    check(60, |base, head| {
        prop_assert_eq!(mistakes(&json(&review(base, head))), [""; 0]);
        Ok(())
    });
}

#[test]
fn a_schema_that_knows_every_part_refuses_what_lacks_one() {
    let good = json(&worked().review);
    for key in good.as_object().expect("an object").keys() {
        let mut broken = good.clone();
        broken.as_object_mut().expect("an object").remove(key);
        assert!(!mistakes(&broken).is_empty(), "without `{key}`");
    }
    for (at, wrong) in [("/pairs/0/changes/0/kind", Value::Null), ("/changes/0/line", "1".into())] {
        let mut broken = good.clone();
        *broken.pointer_mut(at).expect("is there") = wrong;
        assert!(!mistakes(&broken).is_empty(), "{at}");
    }
}

#[test]
fn the_worked_example() {
    insta::assert_snapshot!(text(&worked().review));
}

type Cost = (u64, u64, u64);

fn cost(value: &Value) -> Option<Cost> {
    let part = |key: &str| value[key].as_u64().expect("a number");
    (!value.is_null()).then(|| (part("guards"), part("sessions"), part("hops")))
}

/// From, to, question, kind, cost before and after.
type Told = (String, String, String, String, Option<Cost>, Option<Cost>);

/// All differences as the JSON has them.
fn told(value: &Value) -> Vec<Told> {
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let pairs = list(value, "pairs").iter();
    let all = pairs.flat_map(|pair| {
        list(pair, "changes").iter().map(move |delta| {
            let (before, after) = (cost(&delta["before"]), cost(&delta["after"]));
            (
                word(&pair["from"]),
                word(&pair["to"]),
                word(&delta["question"]),
                word(&delta["kind"]),
                before,
                after,
            )
        })
    });
    all.collect()
}

#[test]
fn every_difference_is_there_in_order_and_nothing_else() {
    let same = |review: &Review| {
        let joint = review.comparison.joint();
        let cost = |cost: Option<crabwalk::graph::Cost>| {
            cost.map(|cost| (cost.guards.into(), cost.sessions.into(), cost.hops.into()))
        };
        let wanted: Vec<_> = review
            .comparison
            .deltas()
            .iter()
            .map(|delta| {
                let name = |node| joint.name(node).to_owned();
                let (question, kind) = (delta.question.as_str().to_owned(), delta.kind().as_str().to_owned());
                (name(delta.from), name(delta.to), question, kind, cost(delta.before), cost(delta.after))
            })
            .collect();
        (told(&json(review)), wanted)
    };
    for case in cases() {
        let (told, wanted) = same(&case.review);
        assert_eq!(told, wanted, "{}", case.name);
    }
    check(60, |base, head| {
        let (told, wanted) = same(&review(base, head));
        prop_assert_eq!(told, wanted);
        Ok(())
    });
}

/// The steps of a path.
fn steps<'v>(value: &'v Value, path: &Value) -> Result<Vec<&'v Value>, String> {
    let positions = path.as_array().ok_or("no path")?;
    let step = |at: &Value| list(value, "steps").get(at.as_u64()? as usize);
    positions.iter().map(|at| step(at).ok_or_else(|| format!("no step {at}"))).collect()
}

/// Whether a path leads where its pair says, hop by hop.
fn leads(pair: &Value, delta: &Value, steps: &[&Value], cost: Cost) -> Result<(), String> {
    let is_act = !["influence", "exposure"].contains(&delta["question"].as_str().unwrap_or_default());
    let (start, end) = if delta["question"] == "exposure" {
        (&pair["to"], &pair["from"])
    } else {
        (&pair["from"], &pair["to"])
    };
    let mut at = start;
    for step in steps {
        if step["from"] != *at {
            return Err(format!("{step} does not go on from {at}"));
        }
        at = &step["to"];
    }
    let acts = steps.iter().filter(|step| step["leg"] == "act").count();
    let ends_so =
        steps.last().is_some_and(|step| !is_act || step["leg"] == "act" && step["verb"] == delta["question"]);
    if at != end || acts != usize::from(is_act) || !ends_so {
        return Err(format!("{steps:?} ends wrongly"));
    }
    let hops = steps.len() as u64;
    if is_act || hops == cost.2 { Ok(()) } else { Err(format!("{hops} hops, not {}", cost.2)) }
}

#[test]
fn every_path_leads_from_end_to_end_and_what_is_gained_crosses_a_change() {
    let walk = |review: &Review| -> Result<usize, String> {
        let value = json(review);
        let mut seen = 0;
        let mut taken = BTreeSet::new();
        for pair in list(&value, "pairs") {
            for delta in list(pair, "changes") {
                for (cost_key, path_key, side) in
                    [("before", "before_path", "base"), ("after", "after_path", "head")]
                {
                    match cost(&delta[cost_key]) {
                        Some(cost) => {
                            let steps = steps(&value, &delta[path_key])?;
                            leads(pair, delta, &steps, cost)?;
                            if steps.iter().any(|step| step["side"] != side) {
                                return Err(format!("a path of the other side: {delta}"));
                            }
                            taken.extend(list(delta, path_key).iter().filter_map(Value::as_u64));
                        }
                        None if delta[path_key].is_null() => {}
                        None => return Err(format!("a path without a cost: {delta}")),
                    }
                }
                let gains = ["new", "nearer"].contains(&delta["kind"].as_str().unwrap_or_default());
                if gains != delta["cause"].is_u64() {
                    return Err(format!("a gain has a cause, and nothing else has: {delta}"));
                }
                seen += 1;
            }
        }
        // Two derived edges that differ in their guards alone are two steps that read alike.
        let listed = list(&value, "steps").len();
        if taken.len() != listed {
            return Err(format!("{listed} steps, {} taken", taken.len()));
        }
        Ok(seen)
    };
    let mut seen = 0;
    for case in cases() {
        seen += walk(&case.review).unwrap_or_else(|problem| panic!("{}: {problem}", case.name));
    }
    assert!(seen > 500, "{seen} differences");
    check(60, |base, head| {
        prop_assert_eq!(walk(&review(base, head)).err(), None);
        Ok(())
    });
}

#[test]
fn positions_point_at_what_is_there() {
    let points = |value: &Value| {
        let below =
            |key: &str, at: &Value| at.as_u64().is_some_and(|at| (at as usize) < list(value, key).len());
        let all = |of: &Value, key: &str, into: &str| list(of, key).iter().all(|at| below(into, at));
        let causes = list(value, "causes")
            .iter()
            .all(|cause| all(cause, "changes", "changes") && !list(cause, "changes").is_empty());
        let loops = list(value, "loops").iter().all(|new| below("causes", &new["cause"]));
        let findings = list(value, "findings").iter().all(|finding| {
            let of_loop = finding["loop"].is_null() || below("loops", &finding["loop"]);
            all(finding, "changes", "changes") && all(finding, "causes", "causes") && of_loop
        });
        let deltas = list(value, "pairs").iter().flat_map(|pair| list(pair, "changes"));
        let pairs = deltas.into_iter().all(|delta| {
            let mut steps =
                ["before_path", "after_path"].iter().filter_map(|key| delta[*key].as_array()).flatten();
            steps.all(|step| below("steps", step))
                && (delta["cause"].is_null() || below("causes", &delta["cause"]))
        });
        let steps = list(value, "steps").iter();
        let mut steps = steps.map(|step| step["change"].is_null() || below("changes", &step["change"]));
        [causes, loops, findings, steps.all(|points| points), pairs]
    };
    for case in cases() {
        assert_eq!(points(&json(&case.review)), [true; 5], "{}", case.name);
    }
    check(60, |base, head| {
        prop_assert_eq!(points(&json(&review(base, head))), [true; 5]);
        Ok(())
    });
}

#[test]
fn figures_are_those_of_what_is_listed() {
    for case in cases() {
        let value = json(&case.review);
        let summary = &value["summary"];
        let findings = list(&value, "findings");
        for (key, level) in [("errors", "error"), ("warnings", "warning"), ("notes", "note")] {
            let count = findings
                .iter()
                .filter(|finding| finding["level"] == level && finding["accepted"].is_null())
                .count();
            assert_eq!(summary[key], count, "{}: {key}", case.name);
        }
        assert_eq!(summary["fails"], summary["errors"].as_u64() > Some(0), "{}", case.name);
        let told = told(&value);
        for (question, counts) in Way::ALL.iter().zip(list(summary, "pairs")) {
            let count = |kind: Kind| {
                told.iter().filter(|one| one.2 == question.as_str() && one.3 == kind.as_str()).count()
            };
            for kind in [Kind::New, Kind::Nearer, Kind::Farther, Kind::Closed] {
                assert_eq!(counts[kind.as_str()], count(kind), "{}: {counts}", case.name);
            }
            if let (Some(before), Some(after)) = (counts["before"].as_i64(), counts["after"].as_i64()) {
                let more = count(Kind::New) as i64 - count(Kind::Closed) as i64;
                assert_eq!(after - before, more, "{}: {counts}", case.name);
            }
        }
    }
}

type Gained = BTreeMap<String, [BTreeSet<String>; 3]>;

/// What each node has within its reach, by a naive reading: footholds, sinks, credentials.
fn within_reach(spec: &Spec) -> Gained {
    let reference = Reference::new(spec);
    let row = |from| {
        let mut all: [BTreeSet<String>; 3] = Default::default();
        for cell in reference.row(from).cells {
            let (node, name) = (spec.node(cell.to), spec.node_name(cell.to).to_owned());
            let acts = |verb: Verb| cell.acts[verb as usize].is_some();
            match node.kind {
                NodeKind::Store if node.persists && cell.influence.is_some() => _ = all[0].insert(name),
                NodeKind::Sink if cell.influence.is_some() => _ = all[1].insert(name),
                NodeKind::Credential if cell.exposure.is_some() || acts(Verb::Invoke) || acts(Verb::Read) => {
                    all[2].insert(name);
                }
                _ => {}
            }
        }
        (spec.node_name(from).to_owned(), all)
    };
    spec.node_ids().map(row).collect()
}

#[test]
fn what_a_node_gains_is_what_a_naive_reading_finds_in_the_head_alone() {
    check(150, |base, head| {
        let (before, mut wanted) = (within_reach(base), within_reach(head));
        for (node, all) in &mut wanted {
            for (gained, had) in all.iter_mut().zip(before.get(node).into_iter().flatten()) {
                gained.retain(|name| !had.contains(name));
            }
        }
        wanted.retain(|_, all| all.iter().any(|gained| !gained.is_empty()));
        let value = json(&review(base, head));
        let names = |list: &Value| -> BTreeSet<String> {
            list.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect()
        };
        let found = list(&value, "reach").iter().map(|row| {
            let gained = &row["gained"];
            let all = ["footholds", "sinks", "credentials"].map(|key| names(&gained[key]));
            (row["node"].as_str().expect("a name").to_owned(), all)
        });
        let found: Gained = found.filter(|(_, all)| all.iter().any(|gained| !gained.is_empty())).collect();
        prop_assert_eq!(found, wanted);
        Ok(())
    });
}

#[test]
fn threads_change_nothing() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    for case in cases() {
        let one = pool(1).install(|| text(&case.review));
        assert!(pool(5).install(|| text(&case.review)) == one, "{}", case.name);
    }
}
