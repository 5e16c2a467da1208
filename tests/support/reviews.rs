//! Reviews that every format is tried on.

use crabwalk::compare::Comparison;
use crabwalk::findings::{AcceptFrom, Policy, Review};
use crabwalk::model::{Level, Spec};
use crabwalk::report::review::Context;

/// A review with a name for messages.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) review: Review,
}

/// The day of all reviews.
const TODAY: &str = "2026-11-25";

pub(crate) fn spec(name: &str, text: &str) -> Spec {
    Spec::from_text(name, text).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:#?}"))
}

pub(crate) fn review(base: &Spec, head: &Spec) -> Review {
    let comparison = Comparison::of(base, head).expect("what was renamed is in the base");
    Review::of(comparison, Policy { accept_from: AcceptFrom::Base, today: TODAY.parse().expect("a day") })
}

pub(crate) fn context() -> Context {
    Context {
        base: "main@4be10d2:crabwalk.yaml".to_owned(),
        head: "crabwalk.yaml".to_owned(),
        base_commit: Some("4be10d2".to_owned()),
        head_commit: None,
        command: "crabwalk diff 4be10d2:crabwalk.yaml crabwalk.yaml".to_owned(),
        link: None,
        fail_on: Some(Level::Error),
    }
}

fn case(name: &'static str, base: &Spec, head: &Spec) -> Case {
    Case { name, review: review(base, head) }
}

/// The worked example.
pub(crate) fn worked() -> Case {
    let base = spec("crabwalk.yaml", include_str!("../fixtures/review/base.yaml"));
    let head = spec("crabwalk.yaml", include_str!("../fixtures/review/head.yaml"));
    case("worked", &base, &head)
}

/// A text with some of its parts replaced, each of which is in it.
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (before, after)| {
        assert!(text.contains(before), "`{before}` is not in the spec");
        text.replacen(before, after, 1)
    })
}

/// The support desk: the approval before a refund goes, the vault moves down, the operator may use the token, and a new agent
/// comes with an acceptance of its own.
fn desk() -> Case {
    let text = include_str!("../../specs/support-desk.yaml");
    let accepted = "accept:\n  - {edge: {from: desk-operator, verb: invoke, to: payments-oauth}, reason: planned, expires: 2026-11-25}\n  - {from: ticket-hook, to: \
                    courier, reason: a pilot, owner: desk, ticket: D-7, expires: 2027-01-31}\n";
    let base = changed(text, &[("\nsources:", &format!("\n{accepted}\nsources:"))]);
    let head = changed(
        &base,
        &[
            ("        guards: [human-approval] # what", "        # what"),
            ("invoke: [intake, resolver]", "invoke: [intake, resolver, payments-oauth]"),
            (
                "  mentor: {zone: desk,",
                "  courier: {zone: vault, read: [case-memory], write: [customer-mail]}\n  mentor: {zone: desk,",
            ),
            ("revocation: archiving", "# archiving"),
        ],
    );
    case("desk", &spec("desk/crabwalk.yaml", &base), &spec("desk/crabwalk.yaml", &head))
}

/// The agent team: the reviewer gets a shell without a prompt, and its mailbox is renamed.
fn team() -> Case {
    let text = include_str!("../../specs/claude-code-team.yaml");
    let head = changed(
        text,
        &[
            ("    description: no Bash of its own", "    invoke: [bash]"),
            ("read: [task-list, reviewer-inbox,", "read: [task-list, critic-inbox,"),
            ("  reviewer-inbox: {kind: file,", "  critic-inbox: {was: reviewer-inbox, kind: file,"),
            ("critical: true}\n  agent-files", "critical: false}\n  agent-files"),
            ("workstation: {", "attic: {}\n  workstation: {"),
        ],
    );
    case("team", &spec("crabwalk.yaml", text), &spec("crabwalk.yaml", &head))
}

/// Names that try to be more than names.
pub(crate) const HOSTILE: [&str; 14] = [
    "::error file=x::pwned",
    "##[error]pwned",
    "%0A::warning::pwned",
    "a|b`c`*d*_e_",
    "<!-- --><script>alert(1)</script>",
    "]]><failure/>",
    "@everyone #1 [x](javascript:y)",
    "quote \" ' & ; \\",
    "{0} {{x}} ${y} %s %d",
    "\u{202e}turned\u{2066}",
    "\u{fffe}\u{ffff}",
    "title=x,line=1::",
    "שלום 🦀 é",
    "--flag",
];

/// All of them connected by the change, in a file whose name is no better, with an acceptance that is past its date.
fn hostile() -> Case {
    let quoted = |name: &str| {
        let text = serde_json::to_string(name).expect("a string");
        text.replace('\u{fffe}', "\\uFFFE").replace('\u{ffff}', "\\uFFFF")
    };
    let spec_of = |edges: bool| {
        let mut text = "version: 1\nzones: {\"::low::\": {}, \"]]>high\": {}}\n".to_owned();
        if edges {
            text.push_str("accept: [{from: \"::error::a\", to: \"]]>b\", reason: \"%0A::error::gone ]]>\", expires: 2020-01-01}]\n");
        }
        text.push_str("agents:\n");
        for (at, name) in HOSTILE.iter().enumerate() {
            let zone = if at * 2 < HOSTILE.len() { "::low::" } else { "]]>high" };
            let next = HOSTILE[(at + 1) % HOSTILE.len()];
            let edge = if edges { format!(", invoke: [{}]", quoted(next)) } else { String::new() };
            text.push_str(&format!("  {}: {{zone: {}{edge}}}\n", quoted(name), quoted(zone)));
        }
        spec("a dir/::error::,x=%0A é.yaml", &text)
    };
    case("hostile", &spec_of(false), &spec_of(true))
}

/// A closed path that the spec makes a warning of.
pub(crate) fn closed_as_warning() -> Review {
    let levels = "review: {levels: {closed-path: warning}}\nzones:";
    let of = |text: &str| spec("crabwalk.yaml", &changed(text, &[("zones:", levels)]));
    let base = include_str!("../fixtures/review/base.yaml");
    review(&of(base), &of(include_str!("../fixtures/review/head.yaml")))
}

/// Everything: a new spec, a deleted one, none changed.
pub(crate) fn cases() -> Vec<Case> {
    let text = include_str!("../../specs/support-desk.yaml");
    let (there, none) = (spec("crabwalk.yaml", text), Spec::default());
    let (new, gone) = (case("new", &none, &there), case("gone", &there, &none));
    vec![worked(), desk(), team(), hostile(), case("same", &there, &there), new, gone]
}
