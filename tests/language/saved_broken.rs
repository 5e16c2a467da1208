//! A saved matrix that somebody has cut off, edited or made up is refused, or gives a spec that can be worked with.

use crate::support::saved::{DESK, from_stdin, judged, parsed, restored, saved};
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::InputError;
use crabwalk::language::Code;
use crabwalk::report::wire::graph_json;
use oracle::generate;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Why a saved matrix is refused.
fn refused(text: &str) -> String {
    match from_stdin(text).err() {
        Some(InputError::Problem { message, help }) => {
            assert!(help.contains("crabwalk matrix -f json"), "{help}");
            message
        }
        other => panic!("refused as a saved matrix: {other:?}\n{text}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever one value is replaced by: it is refused, or it is a spec that can be worked with.
    #[test]
    fn one_value_more_or_less_never_breaks_anything(
        text in generate::spec(),
        at in any::<prop::sample::Index>(),
        with in replacement(),
    ) {
        let mut value: Value = serde_json::from_str(&saved(parsed(&text))).expect("JSON");
        value["cells"] = json!([]);
        let count = count(&value);
        replace(&mut value, &mut at.index(count), &with);
        if let Ok(topology) = from_stdin(&value.to_string()) {
            saved(topology.spec);
        }
    }
}

fn replacement() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(-1)),
        Just(json!(u64::MAX)),
        Just(json!("\u{1b}[31m\n`|")),
        Just(json!("declared")),
        Just(json!("members")),
        Just(json!("write")),
        Just(json!("sink")),
        Just(json!(true)),
        Just(json!([])),
        Just(json!(["a", "a"])),
        Just(json!({})),
    ]
}

/// How many values there are in a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the value that comes after `left` others.
fn replace(value: &mut Value, left: &mut usize, with: &Value) -> bool {
    if *left == 0 {
        *value = with.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, left, with)),
        Value::Object(map) => map.values_mut().any(|item| replace(item, left, with)),
        _ => false,
    }
}

#[test]
fn what_is_cut_off_is_refused() {
    let text = saved(judged());
    let known = text.find("\"name\"").expect("it has a name");
    let whole = text.trim_end().len();
    let mut refusals = 0;
    for end in (known..whole).filter(|end| text.is_char_boundary(*end)) {
        assert!(refused(&text[..end]).contains("cannot be used"), "cut at {end}");
        refusals += 1;
    }
    assert!(refusals > 1_000);
    assert!(from_stdin(&text[..10]).is_err_and(|problem| matches!(problem, InputError::Spec(_))));
}

#[test]
fn another_output_is_refused_by_name() {
    let mut bytes = Vec::new();
    graph_json(&CapabilityGraph::build(parsed(DESK)), &mut bytes).expect("memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(refused(&text), "`stdin` is the output `crabwalk/graph/1`, and not `crabwalk/matrix/2`");
    let next = saved(parsed(DESK)).replace("crabwalk/matrix/2", "crabwalk/matrix/3");
    assert!(refused(&next).contains("`crabwalk/matrix/2`"));
}

#[test]
fn what_no_spec_can_hold_is_refused_with_a_reason() {
    let cases: [(&str, Value, &str); 39] = [
        ("/nodes/0/id", json!("zone:core"), "reads like a selector"),
        ("/nodes/0/id", json!("a\nb"), "control character"),
        ("/nodes/0/id", json!(""), "needs a name"),
        ("/nodes/1/id", json!("hook"), "the node `hook` stands twice"),
        ("/nodes/0/kind", json!("wizard"), "no node is a `wizard`"),
        ("/nodes/0/type", json!("owl"), "a source is no `owl`"),
        ("/nodes/0/zone", json!("moon"), "the zone `moon` is not declared"),
        ("/nodes/0/zone", json!(1), "`zone` has a value"),
        ("/nodes/0/controls", json!({"shell": true}), "`controls` has a value"),
        ("/nodes/1/egress", json!(true), "an agent has no `egress`"),
        ("/nodes/1/tags", json!(["", "x"]), "`tags` has a value"),
        ("/nodes/1/line", json!(0), "nonzero"),
        ("/nodes/1/opens", json!(["refund"]), "an agent opens nothing"),
        ("/nodes/5/opens", json!(["refund", "refund"]), "`refund` is opened twice"),
        ("/nodes/5/opens", json!(["hook"]), "opens tools and agents"),
        ("/zones/1/id", json!("outer"), "the zone `outer` stands twice"),
        ("/guards/0/stops", json!([]), "stops neither"),
        ("/guards/0/stops", json!(["influence", "rain"]), "stops neither"),
        ("/edges/1/from", json!("hook"), "a source cannot act"),
        ("/edges/1/from", json!("refund"), "it names itself"),
        ("/edges/1/verb", json!("write"), "a tool cannot be written"),
        ("/edges/1/verb", json!("eat"), "no such verb"),
        ("/edges/0/to", json!("nobody"), "the node `nobody` is not declared"),
        ("/edges/0/returns", json!({"guards": []}), "nothing returns"),
        ("/edges/0/as", json!("advisor"), "`as` says nothing about `read`"),
        ("/edges/1/guards", json!(["dlp", "dlp"]), "`dlp` stands twice"),
        ("/edges/1/guards", json!(["nothing"]), "the guard `nothing` is not declared"),
        ("/edges/1/via", json!("somewhere"), "is no selector"),
        ("/review/0/rule", json!("CW999"), "there is no rule"),
        ("/accept/0/verb", json!("fly"), "is no verb"),
        ("/accept/2/expires", json!("soon"), "is no date"),
        ("/accept/3/spec", json!("../crabwalk.yaml"), "is not a path"),
        ("/accept/2/spec", json!("crabwalk.yaml"), "names neither"),
        ("/rules/0/why", json!(" "), "does not say `why`"),
        ("/rules/0/limit", json!({"of": "hook", "to": 1}), "says both"),
        ("/rules/0/deny", json!({"from": "nobody", "to": "hook"}), "names `nobody`"),
        ("/rules/1/only-through/guard", json!(["nothing"]), "the guard `nothing` is not declared"),
        ("/rules/7/limit/to", json!(-1), "must be a number of nodes"),
        ("/rules/8/expect/row", json!({}), "must be a name"),
    ];
    for (at, with, why) in cases {
        let mut value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
        let (parent, key) = at.rsplit_once('/').expect("a pointer");
        value.pointer_mut(parent).expect("it is there")[key] = with;
        let message = refused(&value.to_string());
        assert!(message.contains(why), "{at}: {message}");
    }
}

#[test]
fn what_stands_twice_is_not_taken_once() {
    let text = saved(judged());
    let twice = |part: &str, again: &str| {
        assert!(text.contains(part), "{part}");
        refused(&text.replacen(part, &format!("{part},{again}"), 1))
    };
    let zone = "\"zone\":\"outer\"";
    assert!(twice(zone, "\"zone\":\"core\"").contains("`zone` stands twice"));
    assert!(twice("\"trust\":0", "\"trust\":1").contains("duplicate field"));
    let edge = text.lines().find(|line| line.contains("\"origin\":\"declared\"")).expect("an edge");
    assert!(twice(edge.trim_end_matches(','), edge.trim_end_matches(',')).contains("it stands twice"));
}

/// The number of a line is a word of the file's author, and costs no memory.
#[test]
fn a_line_may_have_any_number() {
    let mut value: Value = serde_json::from_str(&saved(judged())).expect("JSON");
    value["nodes"][1]["line"] = json!(u64::from(u32::MAX) * 1000);
    let spec = restored(&value.to_string());
    assert_eq!(spec.location(spec.nodes[1].place), "desk/crabwalk.yaml:4294967295000");
}

#[test]
fn mistakes_in_a_spec_are_the_loaders() {
    let problem = from_stdin("version: 1\nagents: {a: {read: b}}\n").expect_err("a mistake");
    let InputError::Spec(mistakes) = problem else { panic!("{problem:?}") };
    assert_eq!(mistakes.items[0].code, Code::UnknownTarget);
    assert_eq!(mistakes.files[0].name(), "stdin");
}
