//! The tree of one file → its declarations: top-level keys, zones, guards, sections.

use serde_json::json;

use super::acceptances::{ACCEPTANCE, acceptances};
use super::body;
use super::code::Code;
use super::contracts::{RULE, contracts};
use super::declaration::{Document, GuardDeclaration, ZoneDeclaration};
use super::diagnostic::Diagnostic;
use super::fields::{entries, unique, unknown_value, visible, wrong_type};
use super::keys::{Key, Mapping};
use super::levels::{review, review_shape};
use super::schema::{section, shape};
use super::sink::Sink;
use super::tree::{Entry, Text, Tree, Value};
use super::values::{boolean, choice, name, text, texts};
use crate::model::{Decider, NodeKind, Place, Plane};

/// A section of nodes.
macro_rules! section {
    ($kind:ident) => {
        Key::new(
            NodeKind::$kind.section(),
            |all| section(all, NodeKind::$kind),
            NodeKind::$kind.row().section_doc,
        )
    };
}

/// The top of a spec.
pub(super) static TOP: Mapping = Mapping::new(
    "Spec",
    "A topology of agents: what there is, and who may write, read, invoke or observe what.",
    "at the top of the spec",
    TOP_KEYS,
);

const TOP_KEYS: &[Key] = &[
        Key::new("version", |_| json!({ "const": 1 }), "The version of the language: 1.")
            .holds("the number 1")
            .required(),
        Key::new("name", shape::text, "The spec's name in reports.").default("the file's name").more(
            "the file's name goes without its endings; `crabwalk.yaml` goes by its directory, and `-` by `stdin`",
        ),
        Key::new("description", shape::text, "What the topology is, in a sentence."),
        Key::new(
            "zones",
            |all| shape::named(&ZONE.refer(all)),
            "Trust zones, from least to most trusted.",
        )
        .holds("[zones](#zones) by name"),
        Key::new(
            "guards",
            |all| shape::named(&GUARD.refer(all)),
            "Controls on hand-overs, by name. Built in are human-approval, quarantine, typed-output and redaction.",
        )
        .holds("[guards](#guards) by name"),
        Key::new("review", review_shape, "How changes of the spec are judged.")
            .holds("[levels of rules](#review)"),
        Key::new(
            "accept",
            |all| shape::entries(&ACCEPTANCE.refer(all)),
            "Findings that somebody looked at and takes, each with its reason.",
        )
        .holds("[a list of entries](#accept)"),
        Key::new(
            "rules",
            |all| shape::entries(&RULE.refer(all)),
            "What must hold of the topology, each with why.",
        )
        .holds("[a list of rules](#rules)"),
        section!(Agent),
        section!(Principal),
        section!(Tool),
        section!(Store),
        section!(Session),
        section!(Source),
        section!(Sink),
        section!(Credential),
];

/// A zone.
static ZONE: Mapping = Mapping::new(
    "Zone",
    "A trust zone.",
    "in a zone",
    &[
        Key::new("description", shape::text, "What belongs in it."),
        Key::new(
            "trust",
            |_| json!({ "type": "integer", "format": "int64" }),
            "How trusted it is: a larger number is more. On all zones or none; without it their order ranks them.",
        ),
    ],
);

/// A guard.
static GUARD: Mapping = Mapping::new(
    "Guard",
    "A control on a hand-over.",
    "in a guard",
    &[
        Key::new("description", shape::text, "What it does."),
        Key::new("stops", |all| shape::one_or_more(&all.word(&Plane::VOCABULARY)), "What it stops.")
            .default("both; what a redefined built-in guard stops"),
        Key::new(
            "enforced",
            shape::boolean,
            "Whether it is more than asked for in words, such as a sentence in a prompt.",
        )
        .holds("`true` or `false`")
        .default("`true`")
        .after("A guard that is not enforced is shown and never counts."),
        Key::new("by", |all| all.word(&Decider::VOCABULARY), "Who decides. It changes no flow."),
        Key::new("kept_in", shape::text, "The store that its configuration lies in. It changes no flow.")
            .holds("name of a store"),
    ],
);

const PLANES: &[&str] = Plane::VOCABULARY.words;

/// Reads a file's declarations.
pub(super) fn document<'a>(tree: &Tree<'a>, sink: &mut Sink) -> Document<'a> {
    let mut document = Document::default();
    let Value::Map(all) = tree.value else {
        sink.push(
            Diagnostic::new(Code::WrongType, format!("a spec is a mapping, not {}", tree.in_words()))
                .at(tree.place, "the spec begins here")
                .help("a spec begins with `version: 1`; `crabwalk init` writes one to start from"),
        );
        sink.names_missing = true;
        return document;
    };
    let all = unique(all, sink);
    if !check_version(&all, tree.place, sink) {
        sink.names_missing = true;
        return document;
    }
    for entry in &*all {
        top_level(&mut document, entry, sink);
    }
    document
}

/// Checks `version`. False if the file speaks another version of the language: nothing else in it can be judged then.
fn check_version(all: &[Entry<'_>], top: Place, sink: &mut Sink) -> bool {
    const HELP: &str = "the language has one version so far: write `version: 1`";
    let Some(entry) = all.iter().find(|entry| entry.key.text == "version") else {
        let place = all.first().map_or(top, |entry| entry.key.place);
        sink.push(
            Diagnostic::new(Code::Version, "the spec does not say its `version`")
                .at(place, "`version` is missing")
                .help("begin the file with `version: 1`"),
        );
        return true;
    };
    if entry.value.plain() == Some("1") {
        return true;
    }
    let message = format!("`version` must be the number 1, not {}", entry.value.in_words());
    sink.push(Diagnostic::new(Code::Version, message).at(visible(&entry.key, &entry.value), "").help(HELP));
    entry.value.plain().is_none_or(|text| text.parse::<u64>().is_err())
}

/// Reads one top-level entry.
fn top_level<'a>(document: &mut Document<'a>, entry: &Entry<'a>, sink: &mut Sink) {
    let Entry { key, value } = entry;
    match key.text {
        "version" => {}
        "name" => document.name = text(key, value, sink),
        "description" => document.description = text(key, value, sink),
        "zones" => document.zones = Some((key.place, zones(key, value, sink))),
        "guards" => document.guards = Some((key.place, guards(key, value, sink))),
        "review" => document.review = Some((key.place, review(key, value, sink))),
        "accept" => document.accept = acceptances(key, value, sink),
        "rules" => document.rules = contracts(key, value, sink),
        section => match NodeKind::from_section(section) {
            Some(kind) => nodes(document, kind, entry, sink),
            None => {
                // It may be a section with a slip in it, and then its nodes are missed wherever they are named.
                sink.names_missing |= matches!(value.value, Value::Map(_));
                TOP.unknown(key, sink);
            }
        },
    }
}

/// Reads a section. A name that stands twice in it is kept twice: the names of all sections are compared later.
fn nodes<'a>(document: &mut Document<'a>, kind: NodeKind, entry: &Entry<'a>, sink: &mut Sink) {
    match entries(&entry.key, &entry.value, "a mapping from names to bodies", sink) {
        Some(all) => {
            let mut lists = body::Lists::default();
            document.nodes.extend(all.iter().map(|entry| body::node(kind, entry, &mut lists, sink)));
        }
        None => sink.names_missing = true,
    }
}

/// Reads `zones`.
fn zones<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Vec<ZoneDeclaration<'a>> {
    let Some(all) = entries(key, value, "a mapping from names to bodies", sink) else {
        sink.names_missing = true;
        return Vec::new();
    };
    unique(all, sink).iter().map(|entry| zone(entry, sink)).collect()
}

fn zone<'a>(entry: &Entry<'a>, sink: &mut Sink) -> ZoneDeclaration<'a> {
    let mut zone = ZoneDeclaration { name: entry.key, trust: None, description: None };
    let body = entries(&entry.key, &entry.value, "a mapping, or nothing", sink).unwrap_or_default();
    for Entry { key, value } in &*unique(body, sink) {
        match key.text {
            "description" => zone.description = text(key, value, sink).map(|found| found.text),
            "trust" => {
                zone.trust = value.plain().and_then(|text| text.parse().ok());
                if zone.trust.is_none() {
                    wrong_type(key, value, "a whole number", sink);
                    // So that the zone does not also count as one without.
                    zone.trust = Some(0);
                }
            }
            _ => ZONE.unknown(key, sink),
        }
    }
    zone
}

/// Reads `guards`.
fn guards<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Vec<GuardDeclaration<'a>> {
    let Some(all) = entries(key, value, "a mapping from names to bodies", sink) else {
        sink.names_missing = true;
        return Vec::new();
    };
    unique(all, sink).iter().map(|entry| guard(entry, sink)).collect()
}

fn guard<'a>(entry: &Entry<'a>, sink: &mut Sink) -> GuardDeclaration<'a> {
    let mut guard = GuardDeclaration {
        name: entry.key,
        stops: None,
        enforced: None,
        by: None,
        kept_in: None,
        description: None,
    };
    let body = entries(&entry.key, &entry.value, "a mapping, or nothing", sink).unwrap_or_default();
    for Entry { key, value } in &*unique(body, sink) {
        match key.text {
            "description" => guard.description = text(key, value, sink).map(|found| found.text),
            "stops" => guard.stops = Some(stops(key, value, sink)),
            "enforced" => guard.enforced = boolean(key, value, sink),
            "by" => {
                let word = choice(key, value, Decider::VOCABULARY.words, sink);
                guard.by = word.and_then(Decider::from_text);
            }
            "kept_in" => guard.kept_in = name(key, value, sink),
            _ => GUARD.unknown(key, sink),
        }
    }
    guard
}

/// Reads `stops`: one plane or a list of them.
fn stops(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> [bool; 2] {
    let words = texts(key, value, sink);
    for word in &words {
        if !PLANES.contains(&word.text) {
            unknown_value(key.text, word, PLANES, sink);
        }
    }
    let empty = matches!(&value.value, Value::List(items) if items.is_empty());
    if value.is_null() || empty {
        wrong_type(key, value, "`influence`, `exposure` or both", sink);
    }
    let names = |plane: Plane| words.iter().any(|word| word.text == plane.as_str());
    [names(Plane::Influence), names(Plane::Exposure)]
}
