//! The comment on a pull request: whatever names and texts hold, they stay text (checked by a parser of somebody else's), and
//! whatever the size of a change, the comment can be posted and the picture drawn.

use std::collections::BTreeSet;

use crate::support::inert_markdown;
use crate::support::inert_markdown::Page;
use crate::support::review_pages::{HOSTILE, MORE_HOSTILE, context, judge, spec};
use crabwalk::findings::Review;
use crabwalk::model::Level;
use crabwalk::report::review::{Context, markdown, mermaid};

/// What hosts take is 65,536 characters.
const MOST: usize = 60_000;

/// A comment that can be posted, marked as ours by its first line, and inert.
fn assert_inert(comment: &str, context: &Context) -> Page {
    assert!(comment.len() <= MOST && comment.chars().count() <= MOST, "{} bytes", comment.len());
    let (marker, rest) = comment.split_once('\n').expect("the marker has a line of its own");
    assert!(marker.starts_with("<!-- crabwalk:") && marker.ends_with(" -->"), "{marker}");
    assert_eq!(marker.matches("--").count(), 2, "{marker}");
    let page = inert_markdown::assert_inert(rest, context.link.as_deref().unwrap_or("none"));
    assert_eq!(page.tasks, 0);
    page
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is a string")
}

/// Every name and every free text of both specs is hostile: nodes, zones, guards, attributes, acceptances, files.
fn hostile(names: &[&str]) -> Review {
    let text = |is_head: bool| {
        let (one, other) = (quoted("low|`@x` --> </details>"), quoted("<b>high</b> | #1"));
        let guard = quoted("</code>|@guard");
        let mut text =
            format!("version: 1\nzones: {{{one}: {{}}, {other}: {{}}}}\nguards: {{{guard}: {{}}}}\n");
        text += "accept:\n";
        for (at, name) in names.iter().enumerate().take(names.len() / 2) {
            let reason =
                quoted(&format!("line one\nline two {name} @everyone #1 https://evil.example </details>"));
            let (to, owner, ticket) = (quoted(name), quoted(&format!("@{name}")), quoted(&format!("#{at}")));
            text +=
                &format!("  - {{from: hub, to: {to}, reason: {reason}, owner: {owner}, ticket: {ticket}}}\n");
        }
        text += &format!(
            "agents:\n  hub:\n    zone: {one}\n    model: {}\n",
            quoted(names[usize::from(is_head)])
        );
        if is_head {
            text += "    write:\n";
            for name in names {
                text += &format!("      - {{target: {}, guards: {guard}}}\n", quoted(name));
            }
        }
        for name in names {
            let sensitivity = if is_head { "internal" } else { "secret" };
            text += &format!("  {}: {{zone: {other}, sensitivity: {sensitivity}}}\n", quoted(name));
        }
        text
    };
    let file = "a dir/--> `x`|@everyone [x](y).yaml";
    judge(&spec(file, &text(false)), &spec(file, &text(true)))
}

fn hostile_context() -> Context {
    Context {
        base: "main|@x:--> `a`.yaml".to_owned(),
        head: "<b>|`@everyone` --> x.yaml".to_owned(),
        base_commit: None,
        head_commit: None,
        command: "crabwalk diff '@everyone | `x` </sub> -->'".to_owned(),
        link: Some("https://github.com/acme/agents/blob/a) [x](https://evil.example".to_owned()),
        ..context()
    }
}

#[test]
fn hostile_names_and_texts_stay_text() {
    let long = [
        "x".repeat(200),
        "a\u{301}".repeat(100),
        "`|".repeat(100),
        "<!--".repeat(50),
        "@a ".repeat(60) + "x",
    ];
    let all: Vec<&str> =
        HOSTILE.into_iter().chain(MORE_HOSTILE).chain(long.iter().map(String::as_str)).collect();
    for names in all.chunks(7) {
        let review = hostile(names);
        let page = assert_inert(&markdown(&review, &context()), &context());
        assert!(page.tables >= 1 && page.blocks.contains(&"mermaid".to_owned()), "{:?}", page.blocks);
        // It is still there to be read, also where it is not acted on.
        for name in names.iter().filter(|name| name.chars().count() < 40) {
            let visible: String = name
                .chars()
                .map(|c| if matches!(c, '\u{200b}' | '\u{202e}' | '\u{2066}') { '\u{fffd}' } else { c })
                .collect();
            assert!(page.all.contains(visible.trim()), "{name} is not in {}", page.all);
        }
        let hostile = hostile_context();
        let link = Context {
            link: Some(
                "https://github.com/acme/agents/blob/a%29%20%5Bx%5D%28https://evil.example".to_owned(),
            ),
            ..hostile.clone()
        };
        assert_inert(&markdown(&review, &hostile), &link);
    }
}

/// Chains into a more trusted zone of so many hops, the first of which are new, and of nodes with such names.
fn chains(chains: usize, hops: usize, new: usize, name: impl Fn(usize) -> String) -> Review {
    let text = |is_head: bool| {
        let mut text = "version: 1\nzones: {low: {}, high: {}}\nagents:\n".to_owned();
        for chain in 0..chains {
            for hop in 0..=hops {
                let node = |hop: usize| quoted(&name(chain * (hops + 1) + hop));
                let zone = if hop == hops { "high" } else { "low" };
                let edge = if hop == hops || hop < new && !is_head {
                    String::new()
                } else {
                    format!(", write: [{}]", node(hop + 1))
                };
                text += &format!("  {}: {{zone: {zone}{edge}}}\n", node(hop));
            }
        }
        text
    };
    judge(&spec("crabwalk.yaml", &text(false)), &spec("crabwalk.yaml", &text(true)))
}

/// Rows of the first table with errors, and with warnings.
fn rows(comment: &str) -> [usize; 2] {
    let table: Vec<&str> = comment
        .lines()
        .skip_while(|line| !line.starts_with("| |"))
        .take_while(|line| line.starts_with('|'))
        .collect();
    ["| ❌", "| ⚠️"].map(|sign| table.iter().filter(|row| row.starts_with(sign)).count())
}

#[test]
fn the_longer_the_names_the_fewer_rows_and_every_rung_is_whole() {
    let mut seen = BTreeSet::new();
    // Marks that take no column are the longest that a name can be: nine bytes each as an entity.
    let fillings = ["x", "|", "\u{e0100}"];
    for filling in fillings {
        for (changes, hops, new) in [(1, 1, 1), (22, 1, 1), (22, 6, 1), (22, 12, 1), (2, 24, 24)] {
            let review = chains(changes, hops, new, |at| format!("n{at}{}", filling.repeat(190)));
            let comment = markdown(&review, &context());
            assert_inert(&comment, &context());
            let [errors, warnings] = rows(&comment);
            seen.insert(errors);
            assert!((1..=20).contains(&errors) && warnings <= 10, "{errors} {warnings}");
            let found = review.count(Level::Error);
            if found > errors {
                let left = format!("{} errors", found - errors);
                let sentence =
                    comment.lines().find(|line| line.starts_with("There are ")).expect("it is said");
                assert!(sentence.contains(&left) && sentence.contains("the command below"), "{sentence}");
            }
            assert!(comment.contains("reproduce: "), "{comment}");
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [1, 2, 5, 10, 20]);
}

#[test]
fn a_change_of_six_hundred_edges_and_one_of_two_thousand_nodes_can_be_posted() {
    // The first names are short, the others as long as names get.
    let name =
        |at: usize| if at < 40 { format!("agent-{at}") } else { format!("n{at}-{}", "\"".repeat(190)) };
    let many = chains(600, 1, 1, name);
    let comment = markdown(&many, &context());
    assert_inert(&comment, &context());
    assert_eq!(rows(&comment)[0], 20);
    assert!(
        comment.contains("580 errors") && comment.contains("the command below shows all of them"),
        "{comment}"
    );
    let chart = mermaid(&many, &context());
    assert!(lines_of(&chart) >= 10, "{chart}");
    assert!(chart.contains("more paths not drawn"), "{chart}");

    let large = chains(20, 99, 1, |at| format!("agent-{at}"));
    let comment = markdown(&large, &context());
    assert_inert(&comment, &context());
    assert!(!comment.contains("Matrix after this change"), "{comment}");
}

/// What does not fit is left out by itself, and that is said.
#[test]
fn a_section_that_is_too_long_does_not_take_the_others_with_it() {
    let long = chains(26, 1, 1, |at| format!("n{at}-{}", "\u{e0100}".repeat(190)));
    let comment = markdown(&long, &context());
    assert_inert(&comment, &context());
    assert!(comment.contains("some sections are left out, as they are too long for a comment"), "{comment}");
    assert!(comment.contains("**To clear this check**"), "{comment}");
}

/// Lines of a chart, and that its parts are whole.
fn lines_of(chart: &str) -> usize {
    assert!(chart.chars().count() <= 50_000, "{} characters", chart.chars().count());
    assert!(chart.starts_with("flowchart LR\n"));
    let is_line = |line: &&str| ["-->|", "==>|", ".->|"].iter().any(|arrow| line.contains(arrow));
    let lines = chart.lines().filter(is_line).count();
    assert!(lines <= 500, "{lines} lines");
    let opened = chart.lines().filter(|line| line.starts_with("  subgraph ")).count();
    assert_eq!(opened, chart.lines().filter(|line| *line == "  end").count());
    // Styles are given to lines by number.
    for style in chart.lines().filter_map(|line| line.trim_start().strip_prefix("linkStyle ")) {
        let numbers = style.split(' ').next().expect("numbers").split(',');
        assert!(
            numbers.map(|number| number.parse::<usize>().expect("a number")).all(|number| number < lines)
        );
    }
    lines
}

#[test]
fn a_picture_of_no_edge_one_or_forty_has_them_all() {
    let chart = |review: &Review| mermaid(review, &context());
    let same = spec("crabwalk.yaml", "version: 1\nagents: {a: {}}\n");
    let none = judge(&same, &same);
    assert_eq!(lines_of(&chart(&none)), 0);
    for edges in [1, 40] {
        let review = chains(edges, 1, 1, |at| format!("agent-{at}"));
        assert_eq!(lines_of(&chart(&review)), edges);
        assert!(!chart(&review).contains("not drawn"));
    }
}
