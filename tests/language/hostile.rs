//! Hostile texts are read, or refused, in memory and work that grow with their length and no faster. Results and peaks of memory are
//! asserted, never times: what is not linear would not end.
//!
//! Each test runs in a process of its own, as those of `scale.rs`.

use crate::support::bounded::in_megabytes;
use crabwalk::language::Code;
use crabwalk::model::{SourceFile, Spec};
use crabwalk::report::diagnostics::{render, to_json};

/// The code of a mistake that a text is full of, and how many of them are told: those that are kept, and how many more there are.
fn full_of(text: &str) -> (Code, usize) {
    let found = Spec::from_text("spec.yaml", text).expect_err("it is refused");
    let [kept @ .., rest] = found.items.as_slice() else { panic!("there is no mistake") };
    assert!(kept.iter().all(|item| item.code == kept[0].code), "{:?}", kept[0]);
    assert_eq!((rest.code, rest.labels.len()), (Code::TooMuch, 0), "{rest:?}");
    let beyond = rest.message.split(' ').next().and_then(|number| number.parse::<usize>().ok());
    let shown = render(&found, false);
    assert!(
        shown.contains("more than 10,000 mistakes, the last 9951 not shown"),
        "{}",
        &shown[shown.len() - 200..]
    );
    assert_eq!(to_json(&found)["diagnostics"].as_array().map(Vec::len), Some(10_001));
    (kept[0].code, kept.len() + beyond.expect("it begins with a number"))
}

fn refused(text: &str) -> Vec<Code> {
    let found = Spec::from_text("spec.yaml", text).expect_err("it is refused");
    found.items.iter().map(|item| item.code).collect()
}

/// `version: 1`, a line, and what is made of each number.
fn lines(first: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    format!("version: 1\n{first}\n{}", (0..count).map(line).collect::<String>())
}

/// One agent with a list of so many items under a key.
fn list(key: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..count).map(item).collect();
    format!("version: 1\nagents:\n  b: \n  a: {{{key}: [{}]}}\n", items.join(", "))
}

const MANY: usize = 60_000;

#[test]
fn texts_full_of_mistakes_keep_ten_thousand() {
    in_megabytes(150, "hostile::texts_full_of_mistakes_keep_ten_thousand", || {
        let agents = |body: &str| lines("agents:", MANY, |at| format!("  a{at}: {body}\n"));
        for (text, code, count) in [
            (list("read", MANY, |at| format!("x{at}")), Code::UnknownTarget, MANY),
            (list("read", MANY, |_| "b".to_owned()), Code::SameEdgeTwice, MANY - 1),
            (
                list("members", MANY, |at| format!("x{at}")).replace("agents", "sessions"),
                Code::UnknownTarget,
                MANY,
            ),
            (
                list("read: {target: b, guards", MANY, |_| "redaction".to_owned()).replace("]}", "]}}"),
                Code::GuardTwice,
                MANY - 1,
            ),
            (lines("agents:", MANY, |_| "  a: \n".to_owned()), Code::NameUsedTwice, MANY - 1),
            (lines("agents:\n  a:", MANY, |_| "    owner: x\n".to_owned()), Code::DuplicateKey, MANY - 1),
            (agents("{isolaton: shared}"), Code::UnknownKey, MANY),
            (agents("nonsense"), Code::WrongType, MANY),
            (agents("{zone: nowhere}"), Code::UnknownZone, MANY),
            (agents("{read: 'tag:none'}"), Code::EmptySelector, MANY),
            (agents("{was: b}"), Code::FormerName, MANY - 1),
            (lines("name: x", MANY, |at| format!("k{at}: x\n")), Code::UnknownKey, MANY),
            (
                lines("accept:", MANY, |_| "  - {from: a, to: b, reason: x}\n".to_owned()),
                Code::AcceptedTwice,
                MANY - 1,
            ),
        ] {
            assert_eq!(full_of(&text), (code, count));
        }
    });
}

#[test]
fn many_files_full_of_mistakes_keep_hardly_more() {
    in_megabytes(150, "hostile::many_files_full_of_mistakes_keep_hardly_more", || {
        let text = lines("agents:", 400, |_| "  a: {isolaton: shared}\n".to_owned());
        let files = (0..200).map(|file| SourceFile::new(&format!("{file:03}.yaml"), text.clone())).collect();
        let found = Spec::from_files(files).expect_err("it is refused");
        assert_eq!(found.items.len(), 10_001);
        // Each file has 400 keys, and all names but one are used again.
        assert!(
            found.items[10_000]
                .message
                .starts_with(&format!("{} more mistakes", 200 * 400 + 200 * 400 - 1 - 10_000))
        );
    });
}

/// What selectors take again and again is counted, whoever takes it.
#[test]
fn selectors_times_nodes_are_bounded() {
    in_megabytes(150, "hostile::selectors_times_nodes_are_bounded", || {
        let nodes =
            |section: &str| lines(&format!("{section}:"), 20_000, |at| format!("  n{at}: {{tags: t}}\n"));
        let more = |nodes: String, section: &str, line: &str| {
            let lines: String =
                (0..20_000).map(|at| format!("{}\n", line.replace('#', &at.to_string()))).collect();
            nodes + section + "\n" + &lines
        };
        let opens = more(nodes("tools"), "credentials:", "  k#: {opens: 'kind:tool'}");
        assert_eq!(refused(&opens), [Code::TooMuch]);
        let rules = more(nodes("agents"), "rules:", "  - {why: x#, deny: {from: 'kind:agent', to: n#}}");
        assert_eq!(refused(&rules), [Code::TooMuch]);
        let untrusted = more(nodes("agents"), "rules:", "  - {why: x#, deny: {from: untrusted, to: n#}}");
        assert!(refused(&untrusted).contains(&Code::TooMuch));
    });
}

/// The same of what an actor names again and again, which is told of each time.
#[test]
fn selectors_that_take_what_is_taken_are_bounded() {
    let nodes = lines("agents:", 20_000, |at| format!("  n{at}: {{tags: t}}\n"));
    let text = nodes + "  z:\n    read:\n" + &"    - 'tag:t'\n".repeat(20_000);
    assert!(refused(&text).contains(&Code::TooMuch));
}

/// What is large and right is read, whatever it is written like.
#[test]
fn long_scalars_lines_and_lists_are_read() {
    in_megabytes(220, "hostile::long_scalars_lines_and_lists_are_read", || {
        let load = |text: &str| Spec::from_text("spec.yaml", text).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(load(&format!("version: 1\nname: {}\n", "x".repeat(5_000_000))).name.len(), 5_000_000);
        assert_eq!(
            load(&format!("version: 1\nname: \"{}\"\n", "\\u0041".repeat(500_000))).name.len(),
            500_000
        );
        for style in ["|", ">", "a"] {
            let text = lines(&format!("description: {style}"), MANY, |_| "  line of text\n".to_owned());
            assert!(load(&text).description.is_some_and(|text| text.len() > 600_000));
        }
        assert!(load(&format!("version: 1\n{}", "# comment\n".repeat(500_000))).nodes.is_empty());
        assert_eq!(load(&list("tags", MANY, |at| format!("t{at}"))).nodes.len(), 2);
        assert_eq!(
            load(&lines("agents:", 50_000, |at| format!("  a{at}: &a{at} {{tags: [x, t{at}]}}\n")))
                .nodes
                .len(),
            50_000
        );
        let merged =
            lines("agents:\n  a: &a {owner: x}", 50_000, |at| format!("  a{at}: {{<<: *a, model: m}}\n"));
        assert_eq!(load(&merged).nodes.len(), 50_001);
    });
}

/// In a text of one line every place is found without counting from its start.
#[test]
fn places_in_one_long_line_are_found() {
    in_megabytes(150, "hostile::places_in_one_long_line_are_found", || {
        let agents: Vec<String> =
            (0..60_000).map(|at| format!("\"é{at}\": {{\"read\": [\"é{}\"]}}", (at + 1) % 60_000)).collect();
        let text = format!("{{\"version\": 1, \"agents\": {{{}}}}}", agents.join(", "));
        let spec = Spec::from_text("spec.json", &text).expect("it loads");
        let file = &spec.files[0];
        let columns: Vec<usize> =
            spec.nodes.values().map(|node| file.line_column(node.place.start as usize).1).collect();
        assert!(columns.is_sorted());
        let last = text.rfind("\"é59999\": ").expect("it is there");
        assert_eq!(columns[59_999], text[..last].chars().count() + 1);
        assert_eq!(file.line_column(text.len()), (1, text.chars().count() + 1));
    });
}

/// What stands for more than it says.
#[test]
fn aliases_and_merges_that_grow_are_refused() {
    in_megabytes(150, "hostile::aliases_and_merges_that_grow_are_refused", || {
        let growing = lines("k: &a0 {k0: x}", 5_000, |at| {
            format!("x{at}: &a{} {{<<: *a{at}, k{}: m}}\n", at + 1, at + 1)
        });
        assert_eq!(refused(&growing), [Code::TooMuch]);
        let wide = vec!["*x"; 1_000].join(", ");
        let wide = lines("x: &x {owner: x}", 500, |at| format!("y{at}: {{<<: [{wide}]}}\n"));
        assert!(refused(&wide).iter().all(|code| [Code::TooMuch, Code::UnknownKey].contains(code)));
        for open in ["[", "{a: ", "- ", "? "] {
            assert!(matches!(refused(&open.repeat(200_000))[..], [Code::TooMuch | Code::Syntax]));
        }
        let deep: String = (0..1_900).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        assert_eq!(refused(&deep), [Code::TooMuch]);
        assert_eq!(
            refused(&format!("version: 1\nagents: {{a: {{read: [{}", "b, ".repeat(500_000))),
            [Code::Syntax]
        );
    });
}
