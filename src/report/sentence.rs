//! A hop in words, and a path on one line.

use super::name::visible;
use crate::analysis::{BlastRadius, Hop, Leg, Path};
use crate::findings::Evidence;
use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::model::text::{count, phrase};
use crate::model::{GuardId, Piece, Plane, Returns, Spec, Text, Verb};

/// Hops at each end of a path that is too long for a line.
const ENDS: usize = 4;
/// Hops of a path on one line; of a longer one only the ends are printed.
pub(super) const MOST_HOPS: usize = 3 * ENDS;

/// What the marks of [`one_line`] mean.
pub(super) const ARROWS: &str = "paths follow the content: -W-> writes  -R-> is read by  -I-> invokes  -A-> answers  -O-> is observed by\n\
     in an arrow: ' a guard has to fail  ~ in a later session  + by derived authority (a role, a credential)";

/// The same as lines of small print.
pub(super) fn arrows() -> impl Iterator<Item = Text> {
    ARROWS.lines().map(|line| phrase![line])
}

/// The title of a blast radius: who is compromised.
pub(super) fn compromised(blast: &BlastRadius<'_>) -> Text {
    /// Nodes that are named.
    const NAMES: usize = 4;
    match blast.starts.as_slice() {
        [] => phrase!["If nothing is compromised"],
        [one] => phrase!["If ", *one, " is compromised"],
        all if all.len() <= NAMES => {
            phrase!["If ", Text::listed(all.iter().map(|id| phrase![*id])), " are compromised"]
        }
        [first, second, others @ ..] => {
            phrase![
                "If ",
                *first,
                ", ",
                *second,
                " and ",
                Piece::Number(others.len()),
                " more are compromised"
            ]
        }
    }
}

/// A path on one line.
pub(super) fn path_line(graph: &CapabilityGraph, path: &Path) -> Text {
    phrase![Piece::Path(one_line(graph, path))]
}

/// A path as `inbox -R-> triage -I'-> billing`; the middle of a long one is counted, not printed.
pub(super) fn one_line(graph: &CapabilityGraph, path: &Path) -> String {
    let spec = graph.spec();
    let mut line = visible(spec.node_name(path.from));
    let hops = &path.hops;
    for (index, hop) in hops.iter().enumerate() {
        let hidden = hops.len() > MOST_HOPS && index >= ENDS && index + ENDS < hops.len();
        if !hidden {
            line += &format!(" -{}-> {}", letter(graph, hop), visible(spec.node_name(hop.to)));
        } else if index == ENDS {
            line += &format!(" … {} more hops …", hops.len() - 2 * ENDS);
        }
    }
    line
}

/// A path on one line, and what is had done at its end.
pub(super) fn proof_line(graph: &CapabilityGraph, evidence: &Evidence) -> String {
    let mut line = one_line(graph, &evidence.path);
    if let Some(edge) = evidence.act.map(|id| graph.edge(id)) {
        let derived = if edge.is_declared() { "" } else { "+" };
        let name = visible(graph.spec().node_name(edge.to));
        line += &format!(" -{}{derived}-> {name}", edge.verb.letter());
    }
    line
}

pub(super) fn letter(graph: &CapabilityGraph, hop: &Hop) -> String {
    let edge = graph.edge(hop.edge);
    let mut text = String::from(match hop.leg {
        Leg::Request => edge.verb.letter(),
        Leg::Result => 'A',
    });
    if hop.cost.guards > 0 {
        text.push('\'');
    }
    if hop.cost.sessions > 0 {
        text.push('~');
    }
    if !edge.is_declared() {
        text.push('+');
    }
    text
}

/// A hop as a sentence without a full stop: `planner invokes billing, behind human-approval`.
pub(super) fn hop_words(graph: &CapabilityGraph, hop: &Hop, plane: Plane) -> Text {
    let edge = graph.edge(hop.edge);
    let mut text = match hop.leg {
        Leg::Result => phrase![edge.to, " answers ", edge.from],
        Leg::Request => phrase![edge.from, " ", edge.verb, " ", edge.to],
    };
    if let Some(reason) = reason(edge) {
        text = text.and(" (").and(reason).and(")");
    }
    if hop.cost.sessions > 0 {
        text.push(", in a later session");
    }
    if hop.cost.guards > 0 {
        text = text.and(", behind ").and(behind(graph.spec(), edge, hop.leg, plane));
    }
    text
}

/// What a flow does, read in the direction in which content goes.
pub(super) fn along(leg: Leg, verb: Verb) -> &'static str {
    match (leg, verb) {
        (Leg::Result, _) => "answers",
        (Leg::Request, Verb::Write) => "writes",
        (Leg::Request, Verb::Read) => "read by",
        (Leg::Request, Verb::Invoke) => "invokes",
        (Leg::Request, Verb::Observe) => "observed by",
    }
}

/// The guards of a leg that stop a plane, by name, and those on the way the authority came, by number.
pub(super) fn behind(spec: &Spec, edge: &Edge, leg: Leg, plane: Plane) -> Text {
    let guards: &[GuardId] = match (leg, &edge.returns) {
        (Leg::Request, _) => &edge.guards,
        (Leg::Result, Returns::Content(guards)) => guards,
        (Leg::Result, Returns::Nothing) => &[],
    };
    let stopping = guards.iter().filter(|guard| spec.guard(**guard).stops(plane));
    let mut all: Vec<Text> = stopping.map(|guard| phrase![*guard]).collect();
    if edge.extra > 0 {
        all.push(phrase![count(edge.extra as usize, "guard"), " on the way to the authority"]);
    }
    Text::joined(all, " and ")
}

/// Why a derived edge exists; nothing for a declared one.
pub(super) fn reason(edge: &Edge) -> Option<Text> {
    match edge.origin {
        Origin::Declared(_) => None,
        Origin::Role(role) => Some(phrase!["by assuming ", role]),
        Origin::Key => Some(phrase![edge.from, " opens it"]),
        Origin::Holder(credential) => Some(phrase!["it may use ", credential]),
        Origin::Outsider(credential) => Some(phrase!["it learns ", credential, ", from outside"]),
        Origin::Insider { credential, through } if through == edge.from => {
            Some(phrase!["it learns ", credential, " and can call anything"])
        }
        Origin::Insider { credential, through } => {
            Some(phrase!["it learns ", credential, " and ", through, " can call anything"])
        }
    }
}

/// `file:line` of a hop, or that authority derives it.
pub(super) fn location(graph: &CapabilityGraph, hop: &Hop) -> Text {
    let declared = graph.declaration(graph.edge(hop.edge));
    declared.map_or_else(|| phrase!["derived"], |edge| phrase![edge.place])
}
