//! What the spec language means: order, defaults, selectors, names, the forms of YAML, the JSON Schema.

use crabwalk::language::{Code, json_schema};
use crabwalk::model::{Isolation, Node, Returns, Role, Sensitivity, Spec, Via};

const CONFORMANCE: [&str; 4] = ["confused-deputy", "memory-worm", "secrets", "support-desk"];

fn conformance(name: &str) -> String {
    std::fs::read_to_string(format!("tests/conformance/{name}.yaml")).expect("it is there")
}

/// The spec that a text makes.
fn load(text: &str) -> Spec {
    Spec::from_text("spec.yaml", text).unwrap_or_else(|found| panic!("{:#?}", found.items))
}

/// The messages about a text, with their codes.
fn refused(text: &str) -> Vec<Code> {
    let found = Spec::from_text("spec.yaml", text).expect_err("it does not load");
    found.items.iter().map(|item| item.code).collect()
}

/// Edges as sentences, in their order.
fn edges(spec: &Spec) -> Vec<String> {
    let name = |id| spec.node_name(id);
    spec.edges.iter().map(|edge| format!("{} {} {}", name(edge.from), edge.verb, name(edge.to))).collect()
}

fn node<'a>(spec: &'a Spec, name: &str) -> &'a Node {
    spec.nodes.get(name).expect("it is declared")
}

#[test]
fn conformance_specs_load() {
    for name in CONFORMANCE {
        let spec = Spec::from_text(&format!("{name}.yaml"), &conformance(name)).expect("it loads");
        assert_eq!(spec.name, name);
    }
    let desk = load(&conformance("support-desk"));
    assert_eq!(desk.nodes.len(), 23);
    assert_eq!(desk.edges.len(), 25);
    assert_eq!(desk.zones.keys().collect::<Vec<_>>(), ["edge", "core", "money"]);
    let guards: Vec<&String> = desk.guards.keys().collect();
    assert_eq!(guards, ["human-approval", "quarantine", "typed-output", "redaction", "dlp"]);
    let advice = desk.edges.iter().find(|edge| edge.role == Some(Role::Advisor)).expect("sage advises");
    assert!(!advice.logged);
}

/// The independent program that computed the conformance matrices read the same nodes and the same edges.
#[test]
fn conformance_specs_declare_what_the_matrices_say() {
    for name in CONFORMANCE {
        let spec = load(&conformance(name));
        let text =
            std::fs::read_to_string(format!("tests/conformance/{name}.matrix.json")).expect("it is there");
        let matrix: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let items = |key: &str| matrix[key].as_array().cloned().unwrap_or_default();
        let word = |value: &serde_json::Value| value.as_str().expect("it is a word").to_owned();
        let mut nodes: Vec<String> = items("nodes")
            .iter()
            .map(|node| format!("{} {}", word(&node["id"]), word(&node["kind"])))
            .collect();
        let mut own: Vec<String> =
            spec.nodes.iter().map(|(name, node)| format!("{name} {}", node.kind)).collect();
        let mut direct = Vec::new();
        for cell in items("cells") {
            for verb in cell["direct"].as_array().into_iter().flatten() {
                direct.push(format!("{} {} {}", word(&cell["from"]), word(verb), word(&cell["to"])));
            }
        }
        let mut own_edges = edges(&spec);
        [&mut nodes, &mut own, &mut direct, &mut own_edges].into_iter().for_each(|list| list.sort());
        assert_eq!(own, nodes, "{name}");
        assert_eq!(own_edges, direct, "{name}");
    }
}

#[test]
fn nodes_and_edges_are_in_the_order_of_the_text() {
    let spec = load(
        "version: 1
stores: {s: }
sessions: {room: {members: [b, a]}}
agents:
  b: {write: s, invoke: a}
  a: {observe: b, read: [s, b]}
",
    );
    assert_eq!(spec.nodes.keys().collect::<Vec<_>>(), ["s", "room", "b", "a"]);
    let expected = [
        "b write room",
        "b read room",
        "a write room",
        "a read room",
        "b write s",
        "b invoke a",
        "a observe b",
        "a read s",
        "a read b",
    ];
    assert_eq!(edges(&spec), expected);
    assert_eq!(*spec.edges[0].via(), Via::Member);
    assert_eq!(spec.edges[4].returns(), Returns::Nothing);
    assert_eq!(spec.edges[5].returns(), Returns::Content(Vec::new()));
    assert_eq!(spec.location(spec.edges[4].place), "spec.yaml:5");
}

#[test]
fn defaults_are_those_of_the_reference() {
    let spec = load(
        "version: 1
agents: {a: }
principals: {p: , human: {kind: human}, service: {kind: service}, relay: {kind: human, relays: true}}
tools: {t: , g: {general: true}, gp: {general: true, isolation: per-call}}
stores: {m: , box: {kind: sandbox}, kept: {kind: sandbox, persists: true}}
sources: {src: , own: {untrusted: false}}
sinks: {out: }
credentials: {k: {sensitivity: public}}
",
    );
    let isolation = |name| node(&spec, name).isolation;
    assert_eq!(isolation("a"), Isolation::Shared);
    assert_eq!(isolation("t"), Isolation::PerCall);
    assert_eq!(isolation("g"), Isolation::Shared);
    assert_eq!(isolation("gp"), Isolation::PerCall);
    let relays: Vec<&str> =
        spec.nodes.iter().filter(|(_, node)| node.relays).map(|(name, _)| &**name).collect();
    let relaying = ["a", "service", "relay", "g", "gp", "m", "box", "kept", "src", "own", "out"];
    assert_eq!(relays, relaying);
    let persists: Vec<&str> =
        spec.nodes.iter().filter(|(_, node)| node.persists).map(|(name, _)| &**name).collect();
    assert_eq!(persists, ["m", "kept"]);
    assert!(node(&spec, "src").untrusted && !node(&spec, "own").untrusted && !node(&spec, "a").untrusted);
    assert_eq!(node(&spec, "m").declared_kind, Some("memory"));
    assert_eq!(node(&spec, "p").declared_kind, None);
    assert_eq!(node(&spec, "a").sensitivity, Sensitivity::Internal);
    assert!(node(&spec, "k").is_private());
    assert!(node(&spec, "a").declared.is_empty());
}

#[test]
fn what_was_declared_is_kept_as_json() {
    let spec = load(
        "version: 1
zones: {core: }
agents: {a: {zone: core, tags: brain, owner: 007, critical: true, model: m, read: src}}
sources: {src: {kind: webhook, controls: {signature: true, replay_window: 300, payload_limit: 1 MB, idempotency: 007}}}
credentials: {k: {allowed_hosts: [a.example, b.example], opens: t}}
tools: {t: }
",
    );
    let declared = |name| serde_json::to_value(&node(&spec, name).declared).expect("it is JSON");
    assert_eq!(
        declared("a"),
        serde_json::json!({"zone": "core", "tags": ["brain"], "owner": "007", "critical": true, "model": "m"})
    );
    assert_eq!(
        declared("src"),
        serde_json::json!({"controls":
            {"signature": true, "replay_window": 300, "payload_limit": "1 MB", "idempotency": "007"}})
    );
    assert_eq!(declared("k"), serde_json::json!({"allowed_hosts": ["a.example", "b.example"]}));
    assert_eq!(node(&spec, "k").opens, [spec.node_id("t").expect("it is declared")]);
    assert_eq!(node(&spec, "a").tags(), [Box::from("brain")]);
}

#[test]
fn names_keep_the_text_that_was_typed() {
    let names = [
        "007",
        "no",
        "1e3",
        "on",
        "null",
        "~",
        "a->b",
        "\"",
        "node",
        "🦀",
        "مرحبا",
        "a: b",
        "<<",
        "x:y",
        "1.0",
    ];
    for name in names {
        let quoted = serde_json::Value::from(name);
        let spec = load(&format!("version: 1\nagents: {{{quoted}: , reader: {{read: {quoted}}}}}\n"));
        assert_eq!(edges(&spec), [format!("reader read {name}")]);
    }
    for name in ["007", "no", "1e3", "on", "null", "~", "1.0", "2026-01-01", "0x1F", "yes", "a->b"] {
        let spec = load(&format!("version: 1\nagents:\n  {name}:\n  reader: {{read: [{name}]}}\n"));
        assert_eq!(edges(&spec), [format!("reader read {name}")]);
    }
    let longest = "x".repeat(200);
    assert_eq!(load(&format!("version: 1\nagents: {{{longest}: }}\n")).nodes.len(), 1);
    assert_eq!(refused(&format!("version: 1\nagents: {{{longest}x: }}\n")), [Code::BadName]);
}

#[test]
fn byte_order_marks_line_ends_empty_bodies_and_json_are_read() {
    let plain = "version: 1\nagents:\n  a:\n  b:\n    read: a\nstores:\nsinks: ~\n";
    for text in [plain.to_owned(), format!("\u{feff}{plain}"), plain.replace('\n', "\r\n")] {
        let spec = load(&text);
        assert_eq!(edges(&spec), ["b read a"]);
        let edge = spec.edges[0].place;
        assert_eq!(&text[edge.start as usize..(edge.start + edge.len) as usize], "a");
        assert_eq!(spec.location(edge), "spec.yaml:5");
    }
    let json = load(r#"{"version": 1, "name": "desk", "agents": {"a": null, "b": {"read": ["a"]}}}"#);
    assert_eq!((json.name.as_str(), edges(&json)), ("desk", vec!["b read a".to_owned()]));
    let tabs = load("{\n\t\"version\": 1,\n\t\"agents\": {\n\t\t\"\\ud83e\\udd80\\/\": {}\n\t}\n}\n");
    assert_eq!(tabs.nodes.keys().collect::<Vec<_>>(), ["🦀/"]);
    assert_eq!(load("version: 1\n").nodes.len(), 0);
}

#[test]
fn anchors_aliases_and_merge_keys_are_read() {
    let spec = load(
        "version: 1
zones: {core: , edge: }
agents:
  a: &defaults {zone: core, read: &sources [src, {target: m, note: n}], model: m1}
  b: *defaults
  c: {<<: *defaults, zone: edge}
  d: {model: m2, <<: [{zone: edge}, *defaults]}
  e: {read: *sources}
sources: {src: }
stores: {m: }
",
    );
    let zone = |name| node(&spec, name).zone.map(|zone| spec.zone_name(zone));
    assert_eq!(
        ["a", "b", "c", "d", "e"].map(zone),
        [Some("core"), Some("core"), Some("edge"), Some("edge"), None]
    );
    assert_eq!(node(&spec, "d").declared.text("model"), Some("m2"));
    assert_eq!(spec.edges.len(), 10);
    let mut many = String::from("version: 1\nagents:\n  first: &d {isolation: per-call, tags: [x, y]}\n");
    for agent in 0..150 {
        many.push_str(&format!("  agent-{agent}: {{<<: *d, owner: team}}\n"));
    }
    assert_eq!(load(&many).nodes.len(), 151);
}

#[test]
fn selectors_take_what_is_possible_and_left() {
    let spec = load(
        "version: 1
zones: {core: , edge: }
agents:
  a: {zone: core, tags: x, invoke: ['type:human', {target: t, note: n}, 'zone:core'], write: 'tag:x'}
  b: {zone: core, tags: [x, x], read: [m, 'kind:store', 'zone:core']}
  c: {tags: x, invoke: {target: 'kind:principal', returns: false}}
tools: {t: {zone: core}, u: {zone: core, tags: x}}
stores: {m: {zone: core, tags: x}, n: }
principals: {role: {kind: iam-role, zone: core}, person: {kind: human, zone: core}, nobody: {zone: core}}
",
    );
    let expected = [
        "a invoke person",
        "a invoke t",
        "a invoke b",
        "a invoke u",
        "a invoke role",
        "a write b",
        "a write c",
        "a write m",
        "b read m",
        "b read n",
        "b read a",
        "b read t",
        "b read u",
        "c invoke role",
        "c invoke person",
    ];
    assert_eq!(edges(&spec), expected);
    assert_eq!(*spec.edges[0].via(), Via::Selector("type:human".to_owned()));
    // `returns` applies to what answers: the person, not the role.
    assert!(
        spec.edges
            .iter()
            .filter(|edge| edge.from.index() == 2)
            .all(|edge| edge.returns() == Returns::Nothing)
    );
    let answers = |text: &str| load(text).edges.iter().map(|edge| edge.returns()).collect::<Vec<_>>();
    let mixed = "version: 1\nagents: {c: {invoke: {target: 'kind:principal', returns: true}}}
principals: {role: {kind: iam-role}, person: {kind: human}}\n";
    assert_eq!(answers(mixed), [Returns::Nothing, Returns::Content(Vec::new())]);
    let none = "version: 1\nagents: {c: {invoke: {target: 'kind:principal', returns: true}}}
principals: {role: {kind: iam-role}}\n";
    assert_eq!(refused(none), [Code::NothingReturns]);
}

#[test]
fn members_and_opens_take_selectors_too() {
    let spec = load(
        "version: 1
agents: {a: {tags: x, write: room}, b: {tags: x}}
tools: {t: {tags: x}}
stores: {s: {tags: x}}
sessions: {room: {members: [b, 'tag:x']}}
credentials: {k: {opens: [t, 'tag:x']}}
",
    );
    // What `a` names itself is not made again by the selector.
    assert_eq!(
        edges(&spec),
        ["a write room", "b write room", "b read room", "a read room", "t write room", "t read room"]
    );
    let opens: Vec<&str> = node(&spec, "k").opens.iter().map(|id| spec.node_name(*id)).collect();
    assert_eq!(opens, ["t", "a", "b"]);
    assert_eq!(
        refused("version: 1\nagents: {a: }\nsessions: {room: {members: [a, 'kind:agent']}}\n"),
        [Code::EmptySelector]
    );
}

#[test]
fn zones_are_ranked_and_guards_replaced() {
    let spec = load(
        "version: 1
zones: {high: {trust: 9}, low: {trust: -1}, mid: {trust: 3, description: d}, also: {trust: 3}}
guards: {redaction: {stops: influence}, dlp: , both: {stops: [exposure, influence]}}
",
    );
    assert_eq!(spec.zones.keys().collect::<Vec<_>>(), ["low", "mid", "also", "high"]);
    let stops: Vec<(&str, bool, bool)> = spec
        .guards
        .iter()
        .map(|(name, guard)| (&**name, guard.stops_influence, guard.stops_exposure))
        .collect();
    let expected = [
        ("human-approval", true, true),
        ("quarantine", true, true),
        ("typed-output", true, false),
        ("redaction", true, false),
        ("dlp", true, true),
        ("both", true, true),
    ];
    assert_eq!(stops, expected);
}

#[test]
fn the_schema_accepts_what_loads_and_refuses_unknown_keys() {
    let schema = json_schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let value = |text: &str| serde_yaml::from_str::<serde_json::Value>(text).expect("it is YAML");
    for name in CONFORMANCE {
        let spec = value(&conformance(name));
        let errors: Vec<String> = validator.iter_errors(&spec).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    let odd = "version: 1
name: 7
zones: {z: , y: {trust: 3}}
guards: {g: , h: {stops: exposure}, i: {stops: [influence]}}
agents: {a: {read: , write: [], invoke: {target: t, guards: g, returns: {guards: [g]}, as: grader, logged: true, uncuttable: true}, spawns: inherit}}
tools:
sources: {s: {controls: {signature: true, replay_window: 5}}}
credentials: {c: {refresh: none, opens: 7}}
sinks: ~
";
    assert!(validator.is_valid(&value(odd)));
    let wrong = [
        "name: x",
        "version: 2",
        "version: 1\nagnets: {}",
        "version: 1\nagents: {a: {isolaton: shared}}",
        "version: 1\nagents: {a: {persists: true}}",
        "version: 1\nagents: {a: {read: {guards: g}}}",
        "version: 1\nagents: {a: {read: {target: b, guard: g}}}",
        "version: 1\nagents: {a: {sensitivity: private}}",
        "version: 1\nagents: {a: {critical: null}}",
        "version: 1\nzones: {z: {rank: 1}}",
        "version: 1\nguards: {g: {stops: []}}",
        "version: 1\nagents: []",
    ];
    for text in wrong {
        assert!(!validator.is_valid(&value(text)), "{text}");
        assert!(Spec::from_text("spec.yaml", text).is_err(), "{text}");
    }
}
