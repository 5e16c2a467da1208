//! A self-check for the terminal: what was compared, and what differs in words.

use super::counts::{counted, thousands};
use super::name::visible;
use super::style::{DIM, ESCALATION, STRONG, paint};
use super::what_if::closing_text;
use crate::analysis::Strength;
use crate::graph::Cost;
use crate::model::{GuardId, NodeId, Plane, Spec};
use crate::verification::{Answer, Counted, Derived, Difference, SelfCheck, Subject};

/// Names in the list of rows.
const NAMES: usize = 40;

/// What a self-check proves, in a line.
const MEANING: &str = "checks the engine against a second reading of the same semantics, not the spec";

/// The self-check as text.
#[must_use]
pub fn self_check_text(check: &SelfCheck<'_>) -> String {
    let spec = check.graph.spec();
    let name = paint(STRONG, &visible(&spec.name));
    let rows = thousands(check.sample.rows.len());
    let of = counted(spec.nodes.len(), "row");
    let verdict = if check.is_equal() {
        format!("{name}: {rows} of {of} recomputed by the naive reference: all equal\n")
    } else {
        let differing = thousands(check.differing.len());
        let differ = paint(ESCALATION, &format!("{differing} of {rows} rows differ"));
        format!("{name}: {rows} of {of} recomputed by the naive reference: {differ}\n{}", differences(check))
    };
    format!("{verdict}{}{}\n{}\n", compared(check), paint(DIM, MEANING), paint(DIM, &closing_text(spec)))
}

/// What was compared, question by question, and how the rows were chosen.
fn compared(check: &SelfCheck<'_>) -> String {
    let (cells, filled) = (counted(check.cells, "cell"), thousands(check.filled));
    let derived = counted(check.derived, "derived edge");
    let (pairs, sizes) = (counted(check.pairs, "pair"), counted(check.sizes, "size"));
    format!(
        "  {cells}: direct, acts, influence and exposure; {filled} not blank\n  {derived} with guards and extra\n  \
         {pairs} in the closures and {sizes} of reach: influence and exposure, open and any\n{}{}",
        unkept(check),
        rows(check)
    )
}

/// What was left out, and why.
fn unkept(check: &SelfCheck<'_>) -> String {
    let line = |(plane, strength): &(Plane, Strength)| {
        format!(
            "  the closure of {} is too large to keep: its sizes alone were compared\n",
            reach(*plane, *strength)
        )
    };
    check.unkept.iter().map(line).collect()
}

fn rows(check: &SelfCheck<'_>) -> String {
    let spec = check.graph.spec();
    let seed = match check.sample.seed {
        Some(seed) if check.sample.rows.len() < spec.nodes.len() => seed,
        _ => return "  rows: all\n".to_owned(),
    };
    let names = check.sample.rows.iter().map(|node| visible(spec.node_name(*node)));
    let mut shown: Vec<String> = names.take(NAMES).collect();
    if let more @ 1.. = check.sample.rows.len().saturating_sub(NAMES) {
        shown.push(format!("and {} more", thousands(more)));
    }
    let widest =
        check.sample.widest.map(|node| format!(", and the widest, {}", visible(spec.node_name(node))));
    let widest = widest.unwrap_or_default();
    format!("  rows (seed {seed}; one of each sort of node{widest}): {}\n", shown.join(", "))
}

fn differences(check: &SelfCheck<'_>) -> String {
    let spec = check.graph.spec();
    let found = &check.differences;
    let mut text: String = found.first.iter().map(|difference| sentence(spec, difference)).collect();
    if let more @ 1.. = found.count - found.first.len() {
        text += &format!("  and {} more\n", thousands(more));
    }
    let version = env!("CARGO_PKG_VERSION");
    text + &format!(
        "  one of the two is wrong, and that is a mistake of crabwalk {version}, not of the spec: please report it \
         with the spec, as SECURITY.md says\n"
    )
}

fn sentence(spec: &Spec, difference: &Difference) -> String {
    let (engine, reference) = (answer(difference.engine), answer(difference.reference));
    format!("  {}: the engine says {engine}, the reference {reference}\n", subject(spec, &difference.subject))
}

fn subject(spec: &Spec, subject: &Subject) -> String {
    let name = |id: &NodeId| visible(spec.node_name(*id));
    match subject {
        Subject::Direct { from, to, verb } => format!("{} to {}, declared {verb}", name(from), name(to)),
        Subject::Acts { from, to, verb } => format!("{} to {}, acts {verb}", name(from), name(to)),
        Subject::Best { plane, from, to } => format!("{} to {}, {plane}", name(from), name(to)),
        Subject::Derived(edge) => derived(spec, edge),
        Subject::Reaches { plane, strength, from, to } => {
            format!("{} to {}, closure of {}", name(from), name(to), reach(*plane, *strength))
        }
        Subject::Size { counted, plane, strength, node } => {
            format!("{} {}, {}", how_many(*counted), name(node), reach(*plane, *strength))
        }
        Subject::Pairs { counted, plane, strength } => {
            format!("{} all, {}", how_many(*counted), reach(*plane, *strength))
        }
    }
}

fn reach(plane: Plane, strength: Strength) -> String {
    let strength = match strength {
        Strength::Open => "open",
        Strength::Any => "any",
    };
    format!("{strength} {plane}")
}

fn how_many(counted: Counted) -> &'static str {
    match counted {
        Counted::Closure => "size in the closure of",
        Counted::Reached => "size of the reach of",
        Counted::Reaching => "size of what reaches",
    }
}

fn derived(spec: &Spec, edge: &Derived) -> String {
    let (from, to) = (visible(spec.node_name(edge.from)), visible(spec.node_name(edge.to)));
    let names = |guards: &[GuardId]| {
        let names: Vec<String> = guards.iter().map(|guard| visible(spec.guard_name(*guard))).collect();
        if names.is_empty() { "no guard".to_owned() } else { names.join(" and ") }
    };
    let returns = edge.returns.as_ref().map(|guards| format!(", result under {}", names(guards)));
    let outsider = if edge.outsider { ", as an outsider" } else { "" };
    let verb = edge.verb.third_person();
    let returns = returns.unwrap_or_default();
    format!("derived edge {from} {verb} {to} under {}{returns}{outsider}", names(&edge.guards))
}

fn answer(answer: Answer) -> String {
    match answer {
        Answer::Nothing => "nothing".to_owned(),
        Answer::Something => "a path".to_owned(),
        Answer::Guards(guards) => counted(guards as usize, "guard"),
        Answer::Cost(Cost { guards, sessions, hops }) => {
            let part = |count: u32, noun| counted(count as usize, noun);
            format!("{}, {}, {}", part(guards, "guard"), part(sessions, "session"), part(hops, "hop"))
        }
        Answer::Count(count) => thousands(count),
    }
}
