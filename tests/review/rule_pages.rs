//! The pages of the rules: their examples are found and not found as they say, and `docs/findings/` and the table of the rules in
//! `docs/spec-reference.md` are current. `UPDATE_DOCS=1 cargo test --test review rule_pages` writes that.

use std::path::{Path, PathBuf};

use crate::support::review_pages::{judge, spec};
use crabwalk::findings::{Assessment, references};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::Rule;
use crabwalk::report::rule_page;
use jiff::civil::date;

#[test]
fn a_change_is_found_as_its_page_says_and_another_is_not() {
    for rule in Rule::of_changes() {
        let example = rule.page().example;
        let before = example.before.unwrap_or_else(|| panic!("{rule:?} judges a change"));
        let found = |after: &str| {
            let review = judge(&spec("crabwalk.yaml", before), &spec("crabwalk.yaml", after));
            review.open().map(|finding| finding.rule).collect::<Vec<Rule>>()
        };
        assert_ne!(before, example.right, "{rule:?} shows a change");
        assert!(found(example.found).contains(&rule), "{rule:?}: {:?}", found(example.found));
        let near_miss = rule.page().near_miss.spec;
        assert!(![before, example.found, example.right].contains(&near_miss), "{rule:?} has a near miss");
        for close in [example.right, near_miss] {
            assert!(!found(close).contains(&rule), "{rule:?}: {:?}\n{close}", found(close));
        }
    }
}

#[test]
fn a_topology_is_found_as_its_page_says_and_not_when_it_is_fixed() {
    for rule in Rule::of_topologies() {
        let example = rule.page().example;
        assert_eq!(example.before, None, "{rule:?} judges what is there");
        let found = |text: &str| {
            let graph = CapabilityGraph::build(spec("crabwalk.yaml", text));
            let findings = Assessment::of(&graph, date(2026, 11, 25)).findings;
            findings.iter().map(|finding| finding.rule).collect::<Vec<Rule>>()
        };
        assert!(found(example.found).contains(&rule), "{rule:?}: {:?}", found(example.found));
        let near_miss = rule.page().near_miss.spec;
        assert!(![example.found, example.right].contains(&near_miss), "{rule:?} has a near miss");
        for close in [example.right, near_miss] {
            assert!(!found(close).contains(&rule), "{rule:?}: {:?}\n{close}", found(close));
        }
    }
}

#[test]
fn every_page_has_the_headings_that_others_have() {
    for rule in Rule::ALL {
        let page = rule_page(*rule);
        assert!(
            page.starts_with(&format!("# {} {}\n\n{}", rule.id(), rule.name(), rule.summary())),
            "{page}"
        );
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
        let all = [
            "## What it means",
            "## How it is attacked",
            "## How it is computed",
            "## How to fix it",
            "## Example",
            "## Not found",
            "## References",
        ];
        let entries = references(*rule);
        assert!(entries.is_sorted_by_key(|entry| (entry.taxonomy, entry.id)), "{rule:?}");
        // Who finds a weakness says how it is made use of.
        let expected =
            all.into_iter().filter(|heading| !heading.contains("attacked") || rule.severity().is_some());
        assert_eq!(headings, expected.collect::<Vec<_>>(), "{rule:?}");
        assert!(page.lines().all(|line| line.chars().count() <= 110), "{page}");
    }
}

#[test]
fn the_documentation_of_the_rules_is_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings");
    let mut pages: Vec<(PathBuf, String)> =
        Rule::ALL.iter().map(|rule| (folder.join(format!("{}.md", rule.id())), rule_page(*rule))).collect();
    let rows: String = Rule::ALL
        .iter()
        .map(|rule| {
            let (id, level) = (rule.id(), rule.default_level().as_str());
            format!("| [{id}]({id}.md) | `{}` | `{level}` | {} |\n", rule.name(), rule.summary())
        })
        .collect();
    let index = format!(
        "# Findings\n\nWhat `crabwalk diff` finds in a change (below 100), what `crabwalk check` finds in a topology (from 101), and what\n\
         breaks a spec's own rules (from 201). `crabwalk explain CW001` prints a page of these.\n\
         They are generated: `UPDATE_DOCS=1 cargo test --test review rule_pages` writes them.\n\n\
         | id | name | level | what is found |\n|---|---|---|---|\n{rows}\n\
         Levels are changed under [`review`](../spec-reference.md#review), and single findings taken under \
         [`accept`](../spec-reference.md#accept).\n"
    );
    pages.push((folder.join("README.md"), index));
    let count = pages.len();
    pages.push(spec_reference());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(&folder).expect("a writable checkout");
        for (path, text) in &pages {
            std::fs::write(path, text).expect("a writable checkout");
        }
    }
    for (path, text) in &pages {
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            &written == text,
            "{} is stale: UPDATE_DOCS=1 cargo test --test review rule_pages",
            path.display()
        );
    }
    let there = std::fs::read_dir(&folder).expect("it is there").count();
    assert_eq!(there, count, "a page is left of a rule that is gone");
}

/// The spec reference, with the rules as they are in its table of them.
fn spec_reference() -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/spec-reference.md");
    let text = std::fs::read_to_string(&path).expect("it is there");
    let head = "| id | name | level | finds |\n|---|---|---|---|\n";
    let (before, table) = text.split_once(head).expect("it has a table of the rules");
    let (_, after) = table.split_once("\n\n").expect("the table ends");
    let rows = Rule::ALL.iter().map(|rule| {
        let (first, rest) = rule.summary().split_at(1);
        let finds = first.to_lowercase() + rest.trim_end_matches('.');
        format!("| `{}` | `{}` | `{}` | {finds} |\n", rule.id(), rule.name(), rule.default_level().as_str())
    });
    let rows: String = rows.collect();
    let current = format!("{before}{head}{rows}\n{after}");
    (path, current)
}
