//! Reviews that reports are tried on.

use crabwalk::compare::Comparison;
use crabwalk::findings::{AcceptFrom, Policy, Review};
use crabwalk::model::{Level, Spec};
use crabwalk::report::review::Context;

/// A spec of the repository.
pub(crate) fn load(name: &str) -> Spec {
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the fixture is there");
    spec("crabwalk.yaml", &text)
}

/// A spec from text.
pub(crate) fn spec(file: &str, text: &str) -> Spec {
    Spec::from_text(file, text).unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{text}"))
}

/// The judgement of a change, on a day between those of the tests.
pub(crate) fn judge(base: &Spec, head: &Spec) -> Review {
    let policy = Policy { accept_from: AcceptFrom::Base, today: jiff::civil::date(2026, 10, 1) };
    Review::of(Comparison::of(base, head).expect("names are carried over"), policy)
}

/// Where a change on a pull request comes from.
pub(crate) fn context() -> Context {
    Context {
        base: "main@4be10d2:crabwalk.yaml".to_owned(),
        head: "crabwalk.yaml".to_owned(),
        base_commit: Some("4be10d2".to_owned()),
        head_commit: Some("9f3c2e1".to_owned()),
        command: "crabwalk diff origin/main:crabwalk.yaml crabwalk.yaml".to_owned(),
        link: Some("https://github.com/acme/agents/blob/9f3c2e1".to_owned()),
        fail_on: Some(Level::Error),
    }
}

/// Names that are markup, mentions, addresses or commands elsewhere.
pub(crate) const HOSTILE: [&str; 22] = [
    "@everyone",
    "a|b|c",
    "a\\|b",
    "``` ` ````",
    "<!-- open",
    "--> closed",
    "<script>alert(1)</script>",
    "</details>",
    "#123",
    "GH-77",
    "deadbeefcafe",
    "https://evil.example",
    "www.evil.example",
    "[click](https://evil.example)",
    "x](https://evil.example)",
    ":::danger",
    "$math$",
    "**bold** _it_",
    "~~gone~~",
    "::error::x",
    "turn\u{202e}around\u{2066}",
    "end\"]; x --> y",
];

/// More names that are something else to Markdown, to a shell or to a host.
pub(crate) const MORE_HOSTILE: [&str; 32] = [
    "$(id)",
    "&lt;b&gt;",
    "&#64;everyone",
    "a\u{200b}b",
    "- [ ] task",
    "1. one",
    "# heading",
    "> quote",
    "    code",
    "---",
    "\\",
    "![x](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "user@evil.example",
    "${{ secrets.TOKEN }}",
    "%0A::error::x",
    "acme/agents#7",
    ":tada:",
    "</summary>",
    "</sub>",
    "</code>@everyone",
    "`` @everyone ``",
    "*",
    "_a_",
    "a__b__c",
    "~~~",
    "|",
    "\\|",
    "🦀",
    "שלום",
    "9f3c2e1",
];
