//! Specs, and the matrices that are saved of them.

use std::ffi::OsStr;
use std::path::Path;

use crabwalk::analysis::Matrix;
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::{InputError, Topology, read};
use crabwalk::model::{Acceptance, Accepted, Level, Rule, Setting, SourceFile, Spec, Verb};
use crabwalk::report::wire::matrix_json;

pub(crate) fn saved(spec: Spec) -> String {
    let graph = CapabilityGraph::build(spec);
    let mut bytes = Vec::new();
    matrix_json(&Matrix::new(&graph), &mut bytes).expect("memory");
    String::from_utf8(bytes).expect("UTF-8")
}

pub(crate) fn from_stdin(text: &str) -> Result<Topology, InputError> {
    read(OsStr::new("-"), Path::new("."), &mut text.as_bytes())
}

pub(crate) fn restored(text: &str) -> Spec {
    from_stdin(text).unwrap_or_else(|problem| panic!("{problem}\n{text}")).spec
}

pub(crate) fn parsed(text: &str) -> Spec {
    let files = vec![SourceFile::new("desk/crabwalk.yaml", text.to_owned())];
    Spec::from_files(files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

pub(crate) const DESK: &str = "version: 1
description: \"two\\nlines\"
zones: {outer: {description: far}, core: }
guards: {dlp: {stops: exposure, description: d}}
sources:
  hook: {kind: webhook, zone: outer, controls: {payload_limit: 1.1, signature: true, replay_window: 5m}}
agents:
  triage: {zone: core, tags: [x], read: hook, invoke: [{target: refund, guards: [dlp], returns: {guards: [dlp]}, as: delegate, note: n}]}
  \"a `|<!-- @everyone\": {was: old, invoke: [{target: refund, returns: false, logged: false}], read: [tag:x]}
sessions: {room: {members: triage}}
tools: {refund: {critical: true, general: true}}
credentials: {key: {opens: [refund], lifetime: 1h}}
";

/// A spec with everything, review and acceptances as the model has them.
pub(crate) fn judged() -> Spec {
    let mut spec = parsed(DESK);
    let place = spec.nodes["triage"].place;
    spec.review.levels.insert(Rule::NewPath, Setting { level: Level::Error, place });
    spec.review.levels.insert(Rule::NewPathUp, Setting { level: Level::Off, place: spec.nodes["key"].place });
    let entry = |what| Acceptance::new(what, "seen", place);
    let mut whole = entry(Accepted::Finding { rule: Rule::NewWayOut, hash: "0a1b2c3d".into() });
    whole.owner = Some("me".into());
    whole.ticket = Some("T-1".into());
    whole.expires = Some("2026-12-31".parse().expect("a date"));
    spec.accept = vec![
        entry(Accepted::Pair { from: "gone".into(), to: "refund".into() }),
        entry(Accepted::Edge { from: "triage".into(), verb: Verb::Invoke, to: "refund".into() }),
        whole,
        entry(Accepted::spec("agents/crabwalk.yaml").expect("a path")),
    ];
    spec.rules = rules().rules;
    spec.rules.iter_mut().for_each(|rule| rule.place = place);
    spec
}

/// Rules of every kind.
fn rules() -> Spec {
    let text = format!(
        "version: 1\nrules: [{}]\n{}",
        [
            "{name: money, why: \"it's so\\n\\x7f\", deny: {from: untrusted, to: [refund, zone:core], by: [invoke, exposure], guards: 2}}",
            "{why: x, only-through: {from: hook, to: refund, through: triage, guard: dlp, by: exposure}}",
            "{why: x, only-through: {from: hook, to: refund, guard: human-approval, guards: 0}}",
            "{why: x, independent: [hook, [triage, room]]}",
            "{why: x, layers: {flow: up, by: exposure, guards: any}}",
            "{why: x, layers: {order: [hook, triage], flow: down}}",
            "{why: x, limit: {of: \"kind:agent\", to: 25%, kind: store}}",
            "{why: x, limit: {of: hook, to: 7}}",
            "{why: x, expect: {row: hook, influence: [triage, {refund: 1}], read: []}}",
            "{why: x, expect: {column: refund, invoke: untrusted}}",
            "{why: x, expect: {influence: {hook: [\"kind:agent\"]}, write: {}}}",
        ]
        .join(", "),
        DESK.trim_start_matches("version: 1\n"),
    );
    parsed(&text)
}
