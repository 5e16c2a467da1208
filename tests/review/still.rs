//! Sides that declare the same, or differ in what moves no path: nothing is computed, and everything is said that was said before.

use std::collections::BTreeMap;

use crate::support::program::{crabwalk, folder};
use crate::support::review_pages::{context, judge, load, spec};
use crabwalk::compare::{Comparison, Overlay};
use crabwalk::findings::Review;
use crabwalk::model::{NodeId, Rule, Spec};
use crabwalk::reference::Reference;
use crabwalk::report::review::text;

fn moves_nothing(base: &Spec, head: &Spec) -> bool {
    Overlay::of(base, head).expect("no renames").moves_nothing()
}

/// All that a naive reading says of a spec, by names.
fn naive(spec: &Spec) -> BTreeMap<(String, String), String> {
    let reference = Reference::new(spec);
    let name = |id: NodeId| spec.node_name(id).to_owned();
    let cells =
        spec.node_ids().flat_map(|from| reference.row(from).cells.into_iter().map(move |cell| (from, cell)));
    cells
        .map(|(from, cell)| {
            ((name(from), name(cell.to)), format!("{:?} {:?} {:?}", cell.influence, cell.exposure, cell.acts))
        })
        .collect()
}

/// What a naive reading counts that a node influences, those of them that are more trusted, and what it learns from.
fn counted(spec: &Spec, from: NodeId) -> [usize; 3] {
    let cells = Reference::new(spec).row(from).cells;
    let influenced = || cells.iter().filter(|cell| cell.influence.is_some());
    [
        influenced().count(),
        influenced().filter(|cell| spec.is_escalation(from, cell.to)).count(),
        cells.iter().filter(|cell| cell.exposure.is_some()).count(),
    ]
}

const SHIPPED: [&str; 5] = [
    "specs/support-desk.yaml",
    "specs/magentic-one.yaml",
    "specs/travel-concierge.yaml",
    "specs/claude-code-team.yaml",
    "specs/confused-deputy.yaml",
];

#[test]
fn what_reports_ask_is_counted_as_a_closure_says_it() {
    let mut pairs = 0;
    for file in SHIPPED {
        let spec = load(file);
        let comparison = Comparison::of(&spec, &spec).expect("no renames");
        assert!(comparison.changes().is_empty() && comparison.deltas().is_empty(), "{file}");
        let mut sums = [0; 3];
        for node in spec.node_ids() {
            let expected = counted(&spec, node);
            for reach in comparison.reach(node) {
                assert_eq!([reach.influenced, reach.more_trusted, reach.exposed], expected, "{file}");
            }
            sums.iter_mut().zip(expected).for_each(|(sum, count)| *sum += count);
        }
        let [influence, exposure, ..] = comparison.counts();
        assert_eq!(influence.connected, Some([sums[0]; 2]), "{file}");
        assert_eq!(exposure.connected, Some([sums[2]; 2]), "{file}");
        assert!(comparison.moved().is_empty());
        let shown = anstream::adapter::strip_str(&text(&judge(&spec, &spec), &context())).to_string();
        assert!(!shown.starts_with("no change") || shown.contains("declare the same topology ("), "{shown}");
        pairs += sums[0];
    }
    assert!(pairs > 100, "there was something to count");
}

const DESK: &str = "version: 1
zones: {edge: , core: }
guards: {dlp: {stops: exposure}}
agents:
  desk: {zone: edge, read: [mail, books], invoke: [{target: pay, guards: [dlp, human-approval]}]}
  clerk: {zone: core, read: [books], tags: [staff, night]}
tools: {pay: {zone: core, write: [books]}}
sources: {mail: {kind: email}}
stores: {books: {sensitivity: secret}}
rules: [{why: people pay, deny: {from: mail, to: clerk, by: read}}]
accept:
  - {from: desk, to: pay, reason: refunds}
  - {from: mail, to: desk, reason: it is the desk}
";

#[test]
fn order_blanks_and_comments_change_nothing() {
    let shuffled = "# the same
version: 1
accept:
  - {reason: it is the desk, to: desk, from: mail}
  - reason: refunds
    from: desk
    to: pay
rules: [{deny: {by: [read], to: [clerk], from: [mail]}, why: people pay}]
stores: {books: {sensitivity: secret}}   # private

sources: {mail: {kind: email}}
tools: {pay: {write: books, zone: core}}
agents:
  clerk: {tags: [night, staff], read: books, zone: core}
  desk:
    invoke: {target: pay, guards: [human-approval, dlp]}
    read: [books, mail]
    zone: edge
guards: {dlp: {stops: [exposure]}}
zones: {edge: {}, core: {}}
";
    let (one, other) = (spec("a.yaml", DESK), spec("b.yaml", shuffled));
    for (base, head) in [(&one, &other), (&other, &one), (&one, &one)] {
        assert!(moves_nothing(base, head));
        let review = judge(base, head);
        assert!(
            review.comparison.changes().is_empty() && review.findings.is_empty(),
            "{:?}",
            review.findings
        );
        let shown = anstream::adapter::strip_str(&text(&review, &context())).to_string();
        let pairs = naive(&one).values().filter(|cell| !cell.starts_with("None")).count();
        assert!(shown.starts_with("no change: "), "{shown}");
        assert!(shown.contains(&format!("(5 nodes, 5 edges, {pairs} pairs connected)")), "{shown}");
    }
}

/// Every attribute of every section, with other values: what is said to move nothing moves nothing for a naive reader either.
#[test]
fn what_moves_nothing_is_so_for_a_naive_reader() {
    let attributes = [
        ("agents", "one", "isolation: per-call"),
        ("agents", "one", "untrusted: true"),
        ("agents", "one", "critical: true, sensitivity: secret, zone: core, model: m, owner: o, tags: t"),
        ("agents", "one", "spawns: inherit"),
        ("principals", "boss", "relays: true"),
        ("principals", "boss", "untrusted: true"),
        ("tools", "pay", "egress: true"),
        ("tools", "pay", "general: true"),
        ("tools", "pay", "isolation: shared"),
        ("tools", "pay", "untrusted: true"),
        ("stores", "books", "persists: false"),
        ("stores", "books", "kind: sandbox"),
        ("stores", "books", "kind: file, retention: 3d, revocation: by hand, versioned: true"),
        ("sources", "mail", "kind: webhook, controls: {signature: true}"),
        ("sources", "mail", "untrusted: false"),
        (
            "credentials",
            "key",
            "kind: api_key, lifetime: 1h, refresh: background, allowed_hosts: [x.example]",
        ),
        ("credentials", "key", "opens: [one]"),
    ];
    let topology = |section: &str, name: &str, more: &str| {
        let of = |own: &str, attributes: &str| {
            let more = if own == name { more } else { "" };
            let both =
                [attributes, more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            format!("{own}: {{{both}}}")
        };
        assert!(["agents", "principals", "tools", "stores", "sources", "credentials"].contains(&section));
        let text = format!(
            "version: 1\nzones: {{edge: , core: }}\nagents: {{{}, {}}}\nprincipals: {{{}}}\ntools: {{{}}}\nstores: {{{}}}\nsources: {{{}}}\ncredentials: {{{}}}\n",
            of("one", "read: [mail, books], write: books, invoke: [two, boss]"),
            of("two", "read: [books, key], write: books, invoke: pay"),
            of("boss", "kind: human, invoke: one"),
            of("pay", "read: books"),
            of("books", ""),
            of("mail", ""),
            of("key", if name == "key" && more.contains("opens") { "" } else { "opens: pay" }),
        );
        spec("crabwalk.yaml", &text)
    };
    let plain = topology("agents", "", "");
    let (mut still, mut moving) = (0, 0);
    for (section, name, attribute) in attributes {
        let other = topology(section, name, attribute);
        for (base, head) in [(&plain, &other), (&other, &plain)] {
            let says = moves_nothing(base, head);
            let differs = naive(base) != naive(head);
            assert!(!(says && differs), "{attribute} is said to move nothing");
            let comparison = Comparison::of(base, head).expect("no renames");
            assert_eq!(comparison.deltas().is_empty(), !differs, "{attribute}");
            still += usize::from(says);
            moving += usize::from(differs);
        }
    }
    assert!(still >= 8 && moving >= 8, "{still} and {moving}");
}

fn found(review: &Review) -> Vec<Rule> {
    review.findings.iter().map(|finding| finding.rule).collect()
}

/// What is found without any path is found as ever.
#[test]
fn findings_that_need_no_path_stay() {
    let desk = |from: &str, to: &str| {
        assert!(DESK.contains(from), "{from}");
        DESK.replace(from, to)
    };
    let of = |base: &str, head: &str| {
        let (base, head) = (spec("a.yaml", base), spec("b.yaml", head));
        assert!(moves_nothing(&base, &head));
        found(&judge(&base, &head))
    };
    let expired = desk("reason: refunds", "reason: refunds, expires: 2020-01-01");
    assert_eq!(of(&expired, &expired), [Rule::AcceptanceExpired]);
    let unused = desk("from: desk, to: pay", "from: desk, to: nobody");
    assert_eq!(of(&unused, &unused), [Rule::AcceptanceUnused]);
    let entry = "  - {from: mail, to: desk, reason: it is the desk}\n";
    assert_eq!(of(&desk(entry, ""), DESK), [Rule::AcceptanceNew]);
    assert_eq!(of(DESK, &desk("sensitivity: secret", "sensitivity: internal")), [Rule::ProtectionLowered]);
    assert_eq!(
        of(DESK, &desk("rules: [{why: people pay, deny: {from: mail, to: clerk, by: read}}]\n", "")),
        [Rule::ProtectionLowered]
    );
    assert_eq!(
        of(DESK, &desk("version: 1\n", "version: 1\nreview: {levels: {CW001: note}}\n")),
        [Rule::ProtectionLowered]
    );
    // Zones that change places: the paths that no longer count as leading up are told of, and who reaches more trusted nodes.
    let turned = desk("{edge: , core: }", "{core: , edge: }");
    let review = judge(&spec("a.yaml", DESK), &spec("b.yaml", &turned));
    assert!(found(&review).contains(&Rule::ProtectionLowered));
    let names: Vec<&str> =
        review.comparison.moved().iter().map(|(node, _)| review.comparison.joint().name(*node)).collect();
    assert!(names.contains(&"desk"), "{names:?}");
    for (node, reach) in review.comparison.moved() {
        for (spec, reach) in [DESK, &turned].into_iter().zip(reach) {
            let spec = spec_of(spec);
            let id = spec.node_id(review.comparison.joint().name(node)).expect("it is there");
            assert_eq!([reach.influenced, reach.more_trusted, reach.exposed], counted(&spec, id));
        }
    }
}

fn spec_of(text: &str) -> Spec {
    spec("crabwalk.yaml", text)
}

/// A rule can be broken by what is no change of the topology: a tag that it names.
#[test]
fn a_tag_can_break_a_rule() {
    let rule = "{why: people pay, deny: {from: mail, to: 'tag:night', by: influence}}";
    let base = DESK
        .replace("{why: people pay, deny: {from: mail, to: clerk, by: read}}", rule)
        .replace(", books], invoke", "], invoke")
        .replace(", write: [books]", "");
    let head = base.replace("books: {", "books: {tags: quiet, ").replace("desk: {", "desk: {tags: night, ");
    let (base, head) = (spec_of(&base), spec_of(&head));
    assert!(moves_nothing(&base, &head));
    assert_eq!(found(&judge(&base, &head)), [Rule::DenyBroken]);
    assert_eq!(found(&judge(&head, &head)), []);
    assert_eq!(found(&judge(&base, &base)), []);
}

/// Nothing is computed, so that there is nothing to refuse: in memory where no closure fits, equals are compared.
#[test]
fn equals_are_compared_where_no_closure_fits() {
    let root = folder();
    let path = |name: &str| root.path().join(name);
    let made = crabwalk(&["gen", "org", "--nodes", "3000"]).output().expect("it runs");
    let text = String::from_utf8(made.stdout).expect("UTF-8");
    let write = |name: &str, text: &str| std::fs::write(path(name), text).expect("it can be written");
    write("a.yaml", &text);
    write("b.yaml", &format!("# a comment\n{text}"));
    let diff = |head: &str| {
        let mut command = crabwalk(&["diff", "--memory-limit", "48M"]);
        command.arg(path("a.yaml")).arg(path(head)).output().expect("it runs")
    };
    let same = diff("b.yaml");
    let said = String::from_utf8_lossy(&same.stdout).into_owned();
    assert!(
        same.status.success() && said.starts_with("no change: "),
        "{said}{}",
        String::from_utf8_lossy(&same.stderr)
    );
    let other = crabwalk(&["gen", "org", "--nodes", "3000", "--seed", "2"]).output().expect("it runs");
    write("c.yaml", &String::from_utf8(other.stdout).expect("UTF-8"));
    let refused = diff("c.yaml");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("memory"), "{refused:?}");
}
