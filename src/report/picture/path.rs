//! One path as a picture: a chain of hand-overs, each with what it is, what stands before it and when it strikes.

use super::elements::{Link, guard_names, in_plane, stroke};
use super::limits::{ACROSS, DrawError, check_size};
use super::model::{Arrow, Direction, Group, LabelLine, Labels, Line, LineRole, Node, Picture, Role, Tip};
use crate::analysis::{Hop, Leg, Path};
use crate::graph::{CapabilityGraph, Cost};
use crate::model::{NodeId, Spec, Verb};
use crate::report::counts::counted;
use crate::report::what_if::what_if_line;

/// A path. A node that is passed twice is drawn twice, so that ids are positions.
pub(super) fn picture(graph: &CapabilityGraph, path: &Path) -> Result<Picture, DrawError> {
    check_size(graph, path.hops.len() + 1)?;
    let spec = graph.spec();
    let edges = in_plane(graph, path.plane);
    let passed = std::iter::once(path.from).chain(path.hops.iter().map(|hop| hop.to));
    let line = |(position, hop): (usize, &Hop)| {
        let (from, to) = (position, position + 1);
        Line { from, to, ..line(graph, &Link::of_hop(&edges, hop), hop) }
    };
    Ok(Picture {
        title: format!("From {} to {}", spec.node_name(path.from), spec.node_name(path.to)),
        subtitles: vec![in_words(path.cost)],
        what_if: what_if_line(spec).into_iter().collect(),
        direction: if path.hops.len() <= ACROSS { Direction::Across } else { Direction::Down },
        labels: Labels::Words,
        groups: vec![Group {
            zone: None,
            nodes: passed.enumerate().map(|(position, node)| drawn_node(spec, node, position)).collect(),
        }],
        lines: path.hops.iter().enumerate().map(line).collect(),
        ..Picture::default()
    })
}

/// A cost as a sentence: `3 hops, behind 1 guard, 1 session later`.
fn in_words(cost: Cost) -> String {
    let guards = match cost.guards {
        0 => "open: no declared guard has to fail".to_owned(),
        guards => format!("behind {}", counted(guards as usize, "guard")),
    };
    let sessions = match cost.sessions {
        0 => "within the session".to_owned(),
        sessions => format!("{} later", counted(sessions as usize, "session")),
    };
    format!("{}, {guards}, {sessions}", counted(cost.hops as usize, "hop"))
}

fn drawn_node(spec: &Spec, id: NodeId, position: usize) -> Node {
    let node = spec.node(id);
    let zone = node.zone.map(|zone| spec.zone_name(zone).to_owned());
    let words = zone.into_iter().chain(node.critical.then(|| "critical".to_owned())).collect();
    let role = if position == 0 { Role::Start } else { Role::Hop(position) };
    Node { id: position, ..Node::new(spec, id, role, words) }
}

fn line(graph: &CapabilityGraph, link: &Link<'_>, hop: &Hop) -> Line {
    Line {
        // A chain has room to say where a right comes from: lines are dashed and heads hollow for nothing but the verb.
        stroke: stroke(link.leading()),
        head: Some(Arrow { tip: Tip::Content, guards: link.flow_guards().len() }),
        ..link.line(graph, LineRole::Best, label(graph.spec(), link, hop))
    }
}

/// What happens at a hop, line by line.
fn label(spec: &Spec, link: &Link<'_>, hop: &Hop) -> Vec<LabelLine> {
    let what = match (hop.leg, link.leading()) {
        (Leg::Result, _) => "answers",
        (Leg::Request, Verb::Write) => "writes",
        (Leg::Request, Verb::Read) => "is read by",
        (Leg::Request, Verb::Invoke) => "invokes",
        (Leg::Request, Verb::Observe) => "is observed by",
    };
    let mut lines = vec![LabelLine::new(what, Vec::new())];
    lines.extend(link.authority(spec));
    let guards = link.flow_guards();
    if !guards.is_empty() {
        lines.push(LabelLine::small(format!("‖ {}", guard_names(spec, &guards))));
    }
    if hop.cost.sessions > 0 {
        lines.push(LabelLine::small("a session later"));
    }
    lines
}
