//! Large and hostile texts: large ones load, hostile ones are refused after bounded work, and nothing panics.

use crabwalk::language::Code;
use crabwalk::model::{Edge, Node, Spec};
use crabwalk::report::diagnostics::{render, to_json};
use proptest::prelude::*;

/// The codes that a text is refused with.
fn refused(text: &str) -> Vec<Code> {
    let found = Spec::from_text("spec.yaml", text).expect_err("it does not load");
    found.items.iter().map(|item| item.code).collect()
}

#[test]
fn a_hundred_thousand_agents_load() {
    let mut text = String::from("version: 1\nstores: {s: }\nagents:\n");
    for agent in 0..100_000 {
        let next = (agent + 1) % 100_000;
        text.push_str(&format!(
            "  agent-{agent}: {{isolation: per-call, read: [s], invoke: [agent-{next}]}}\n"
        ));
    }
    let spec = Spec::from_text("spec.yaml", &text).expect("it loads");
    assert_eq!((spec.nodes.len(), spec.edges.len()), (100_001, 200_000));
}

/// A spec of a million nodes and five million edges is held in half a gigabyte.
#[cfg(target_pointer_width = "64")]
#[test]
fn nodes_and_edges_are_small() {
    assert!(size_of::<Edge>() <= 64, "{}", size_of::<Edge>());
    assert!(size_of::<Node>() <= 96, "{}", size_of::<Node>());
}

#[test]
fn deep_nesting_is_refused() {
    for text in ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000)] {
        let codes = refused(&text);
        assert!(codes == [Code::TooMuch] || codes == [Code::Syntax], "{codes:?}");
    }
    assert_eq!(refused(&"[".repeat(100_000)), [Code::TooMuch]);
}

#[test]
fn aliases_that_blow_up_are_refused() {
    let mut text = String::from("version: 1\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
    for level in 1..20 {
        let before = level - 1;
        text.push_str(&format!("x{level}: &x{level} [{}]\n", vec![format!("*x{before}"); 10].join(", ")));
    }
    assert_eq!(refused(&text), [Code::TooMuch]);
    // Flat: a long list under many nodes.
    let list = vec!["a"; 10_000].join(", ");
    let mut text = format!("version: 1\nagents:\n  first: &x {{tags: [{list}]}}\n");
    (0..10_000).for_each(|agent| text.push_str(&format!("  a{agent}: *x\n")));
    assert_eq!(refused(&text), [Code::TooMuch]);
}

/// Readers of YAML take the first, the last or neither: one file, three meanings.
#[test]
fn a_merge_key_that_stands_twice_is_a_key_that_stands_twice() {
    let spec = |body: &str| {
        format!("version: 1\nagents:\n  a: &a {{owner: x}}\n  b: &b {{owner: y}}\n  c: {body}\n")
    };
    for (body, again) in [("{<<: *a, <<: *b}", 1), ("{<<: *a, <<: [*b], <<: *a}", 2), ("{<<: *a, <<: *a}", 1)]
    {
        let text = spec(body);
        let found = Spec::from_text("spec.yaml", &text).expect_err("one of them would be dropped");
        assert_eq!(found.items.len(), again, "{body}");
        for item in &found.items {
            assert_eq!(
                (item.code, item.message.as_str()),
                (Code::DuplicateKey, "the key `<<` stands twice here")
            );
            assert!(item.help.as_deref().is_some_and(|help| help.contains("<<: [*one, *other]")));
            let places: Vec<usize> = item.labels.iter().map(|label| label.place.start as usize).collect();
            assert_eq!(places[1], text.find("<<").expect("the first one"));
            assert!(places[0] > places[1] && text[places[0]..].starts_with("<<"));
        }
    }
    let owner = |body: &str| {
        let spec = Spec::from_text("spec.yaml", &spec(body)).expect("it loads");
        spec.nodes["c"].declared.text("owner").map(str::to_owned)
    };
    assert_eq!(owner("{<<: [*b, *a]}").as_deref(), Some("y"));
    // In quotes it is a name like any other, and here one that does not exist.
    assert_eq!(refused(&spec("{'<<': *a, '<<': *b}")), [Code::UnknownKey, Code::DuplicateKey]);
}

#[test]
fn selectors_that_make_too_many_edges_are_refused() {
    let mut text = String::from("version: 1\nagents:\n");
    (0..3_000).for_each(|agent| text.push_str(&format!("  a{agent}: {{read: 'kind:agent'}}\n")));
    assert_eq!(refused(&text), [Code::TooMuch]);
}

#[test]
fn ten_thousand_unknown_names_are_all_reported_and_some_get_a_suggestion() {
    let mut text = String::from("version: 1\nagents:\n");
    for agent in 0..10_000 {
        text.push_str(&format!("  agent-number-{agent}: {{read: agent-numbr-{agent}}}\n"));
    }
    let found = Spec::from_text("spec.yaml", &text).expect_err("nothing is found");
    assert_eq!(found.items.len(), 10_000);
    assert_eq!(found.items[0].help.as_deref(), Some("did you mean `agent-number-1`?"));
    let suggested =
        found.items.iter().filter(|item| item.help.as_deref().is_some_and(|help| help.contains("mean")));
    assert!((1..1_000).contains(&suggested.count()));
    assert!(render(&found, false).contains("10,000 mistakes, the last 9950 not shown"));
}

/// A mistake in a text of one long line shows a piece of it.
#[test]
fn excerpts_of_long_lines_are_short() {
    let agents: Vec<String> = (0..50_000).map(|agent| format!("\"a{agent}\": null")).collect();
    let text = format!(
        "{{\"version\": 1, \"agents\": {{{}, \"a7\": null, \"b\": {{\"x\": 1}}}}}}",
        agents.join(", ")
    );
    let found = Spec::from_text("spec.json", &text).expect_err("there are mistakes");
    assert!(render(&found, false).len() < 5_000);
    let long = format!("version: 1\nagents: {{{}: }}\n", "x".repeat(100_000));
    assert!(render(&Spec::from_text("spec.yaml", &long).expect_err("too long"), false).len() < 2_000);
}

/// What a terminal would obey does not reach it.
#[test]
fn excerpts_hold_no_escape_sequences() {
    let found = Spec::from_text(
        "\u{1b}[31m.yaml",
        "version: 1 # \u{1b}[2J \u{202e}\nagents: {\"\\e[31mx\": {x: 1}}\n",
    )
    .expect_err("there are mistakes");
    assert!(!render(&found, false).contains(['\u{1b}', '\u{202e}']));
}

/// Reads a text, and renders what is wrong with it: neither may panic.
fn survives(text: &str) {
    if let Err(found) = Spec::from_text("spec.yaml", text) {
        assert!(!found.items.is_empty());
        assert!(!render(&found, false).is_empty());
        assert!(to_json(&found).is_object());
    }
}

fn conformance() -> String {
    std::fs::read_to_string("tests/conformance/support-desk.yaml").expect("it is there")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_does_not_panic(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn yaml_like_text_does_not_panic(text in "[-a-c:{}\\[\\]&*!|>'\"%@?#, \n\t\r~1é🦀\u{feff}]{0,60}") {
        survives(&text);
        survives(&format!("version: 1\nagents:\n  a: {text}\n"));
        survives(&format!("version: 1\nagents: {{a: {{read: {text}"));
    }

    #[test]
    fn mutated_specs_do_not_panic(cuts in prop::collection::vec((0usize..2_600, 0usize..12, ".{0,6}"), 1..4)) {
        let mut text: Vec<char> = conformance().chars().collect();
        for (at, len, new) in cuts {
            let start = at.min(text.len());
            let end = (start + len).min(text.len());
            text.splice(start..end, new.chars());
        }
        survives(&text.into_iter().collect::<String>());
    }

    #[test]
    fn shuffled_words_do_not_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "version: 1", "agents:", "tools:", "zones:", "guards:", "  a:", "  b:", "    read: a", "    read: [a, b]",
            "    write: {target: b, returns: true}", "    invoke: 'tag:x'", "    tags: x", "    zone: z", "  z:",
            "    members: [a]", "sessions:", "    opens: a", "credentials:", "    kind: human", "principals:",
            "    <<: *d", "  c: &d {tags: x}", "    observe: 'kind:agent'", "stores:", "    stops: []",
        ]), 0..20)
    ) {
        survives(&words.join("\n"));
    }
}
