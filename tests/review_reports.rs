//! What people read of a review: text, Markdown and pictures.

use crabwalk::report::Theme;
use crabwalk::report::review::{Context, dot, markdown, mermaid, text};
use crabwalk::review::{AcceptFrom, Comparison, Policy, Review};
use crabwalk::spec::{Level, Spec};

fn load(name: &str) -> Spec {
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the fixture is there");
    let file = name.rsplit('/').next().expect("a file name");
    Spec::from_text(file, &text).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:?}"))
}

fn judge(base: &Spec, head: &Spec) -> Review {
    let policy = Policy { accept_from: AcceptFrom::Base, today: jiff::civil::date(2026, 10, 1) };
    Review::of(Comparison::of(base, head).expect("names are carried over"), policy)
}

fn context(file: &str) -> Context {
    Context {
        base: format!("main@4be10d2:{file}"),
        head: file.to_owned(),
        base_commit: Some("4be10d2".to_owned()),
        head_commit: Some("9f3c2e1".to_owned()),
        command: format!("crabwalk diff origin/main:{file} {file}"),
        link: Some("https://github.com/acme/agents/blob/9f3c2e1".to_owned()),
        fail_on: Some(Level::Error),
    }
}

#[test]
fn dump() {
    for (name, base, head) in [
        ("refund", "tests/fixtures/review/base.yaml", "tests/fixtures/review/head.yaml"),
        ("desk", "specs/support-desk.yaml", "tests/fixtures/review/support-desk-head.yaml"),
        ("travel", "specs/travel-concierge.yaml", "tests/fixtures/review/travel-concierge-head.yaml"),
        ("new", "tests/fixtures/review/empty.yaml", "specs/support-desk.yaml"),
    ] {
        let review = judge(&load(base), &load(head));
        let context = context("crabwalk.yaml");
        std::fs::write(format!("/tmp/scratch/{name}.txt"), text(&review, &context)).unwrap();
        std::fs::write(format!("/tmp/scratch/{name}.md"), markdown(&review, &context)).unwrap();
        std::fs::write(format!("/tmp/scratch/{name}.mmd"), mermaid(&review, &context)).unwrap();
        std::fs::write(format!("/tmp/scratch/{name}.dot"), dot(&review, &context, Theme::Light).unwrap())
            .unwrap();
        std::fs::write(format!("/tmp/scratch/{name}-dark.dot"), dot(&review, &context, Theme::Dark).unwrap())
            .unwrap();
    }
}
