//! A hop in words, and a path on one line.

use super::name::visible;
use super::page::{Page, PageStyle};
use crate::analysis::{BlastRadius, Hop, Leg, Path};
use crate::graph::{CapabilityGraph, Edge, Origin};
use crate::model::{GuardId, Plane, Returns, Spec, Verb};

/// Hops at each end of a path that is too long for a line.
const ENDS: usize = 4;
/// Hops of a path on one line; of a longer one only the ends are printed.
pub(super) const MOST_HOPS: usize = 3 * ENDS;

/// What the marks of [`one_line`] mean.
pub(super) const ARROWS: &str = "paths follow the content: -W-> writes  -R-> is read by  -I-> invokes  -A-> answers  -O-> is observed by\n\
     in an arrow: ' a guard has to fail  ~ in a later session  + by derived authority (a role, a credential)";

/// The title of a blast radius: who is compromised.
pub(super) fn compromised(blast: &BlastRadius<'_>, style: PageStyle) -> String {
    let spec = blast.graph.spec();
    let names: Vec<String> = blast.starts.iter().map(|id| style.name(spec.node_name(*id))).collect();
    match names.as_slice() {
        [] => "If nothing is compromised".to_owned(),
        [one] => format!("If {one} is compromised"),
        [all @ .., last] if names.len() <= 4 => format!("If {} and {last} are compromised", all.join(", ")),
        [first, second, others @ ..] => {
            format!("If {first}, {second} and {} more are compromised", others.len())
        }
    }
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
pub(super) fn sentence(graph: &CapabilityGraph, hop: &Hop, plane: Plane, style: PageStyle) -> String {
    let spec = graph.spec();
    let edge = graph.edge(hop.edge);
    let (actor, target) = (style.name(spec.node_name(edge.from)), style.name(spec.node_name(edge.to)));
    let mut text = match hop.leg {
        Leg::Result => format!("{target} answers {actor}"),
        Leg::Request => format!("{actor} {} {target}", edge.verb.third_person()),
    };
    if let Some(reason) = reason(spec, edge, style) {
        text += &format!(" ({reason})");
    }
    if hop.cost.sessions > 0 {
        text += ", in a later session";
    }
    if hop.cost.guards > 0 {
        text += &format!(", behind {}", behind(spec, edge, hop.leg, plane, Page::name(style)));
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

/// The guards of a leg that stop a plane, by name, each written in one way, and those on the way the authority came, by number.
pub(super) fn behind(spec: &Spec, edge: &Edge, leg: Leg, plane: Plane, name: fn(&str) -> String) -> String {
    let guards: &[GuardId] = match (leg, &edge.returns) {
        (Leg::Request, _) => &edge.guards,
        (Leg::Result, Returns::Content(guards)) => guards,
        (Leg::Result, Returns::Nothing) => &[],
    };
    let stopping = guards.iter().filter(|guard| spec.guard(**guard).stops(plane));
    let mut names: Vec<String> = stopping.map(|guard| name(spec.guard_name(*guard))).collect();
    match edge.extra {
        0 => {}
        1 => names.push("1 guard on the way to the authority".to_owned()),
        more => names.push(format!("{more} guards on the way to the authority")),
    }
    names.join(" and ")
}

/// Why a derived edge exists; nothing for a declared one.
pub(super) fn reason(spec: &Spec, edge: &Edge, style: PageStyle) -> Option<String> {
    let name = |id| style.name(spec.node_name(id));
    match edge.origin {
        Origin::Declared(_) => None,
        Origin::Role(role) => Some(format!("by assuming {}", name(role))),
        Origin::Key => Some(format!("{} opens it", name(edge.from))),
        Origin::Holder(credential) => Some(format!("it may use {}", name(credential))),
        Origin::Outsider(credential) => Some(format!("it learns {}, from outside", name(credential))),
        Origin::Insider { credential, through } if through == edge.from => {
            Some(format!("it learns {} and can call anything", name(credential)))
        }
        Origin::Insider { credential, through } => {
            Some(format!("it learns {} and {} can call anything", name(credential), name(through)))
        }
    }
}

/// `file:line` of a hop, or that authority derives it.
pub(super) fn location(graph: &CapabilityGraph, hop: &Hop, style: PageStyle) -> String {
    let declared = graph.declaration(graph.edge(hop.edge));
    declared.map_or_else(|| "derived".to_owned(), |edge| style.path(&graph.spec().location(edge.place)))
}

/// A verb on a node, in words: `invoke payments`.
pub(super) fn verb_on(verb: Verb, target: &str, style: PageStyle) -> String {
    format!("{verb} {}", style.name(target))
}
