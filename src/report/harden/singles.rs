//! Choke points and the effects of single changes as sections.

use rayon::prelude::*;

use super::cuts::{at, derived};
use super::page::{Row, Section, group, locations};
use crate::hardening::{By, ChokePoint, Chokes, Effect, Hardening};
use crate::model::{EdgeKey, Leg, NodeId};
use crate::report::change::{change, edge};
use crate::report::counts::{counted, thousands};
use crate::report::page::PageStyle;
use crate::report::sentence::one_line;

/// Changes that are printed; JSON has all.
const CHANGES: usize = 10;
/// Ends whose choke points are printed.
const ENDS: usize = 6;

/// What every path passes: all of them, and those to each end.
pub(super) fn chokes(hardening: &Hardening<'_>, style: PageStyle) -> Vec<Section> {
    let chokes = &hardening.chokes;
    let section = |title: String, points: &[ChokePoint]| Section {
        title,
        heads: vec!["", "What", "Where"],
        rows: points.iter().map(|point| choke(hardening, *point, style)).collect(),
        ..Section::default()
    };
    let mut sections = Vec::new();
    if !chokes.common.is_empty() {
        sections.push(section("Every path passes".to_owned(), &chokes.common));
    }
    let name = |id: NodeId| style.name(hardening.graph.spec().node_name(id));
    // Ends behind the same points are said once.
    let mut groups: Vec<(&[ChokePoint], Vec<NodeId>)> = Vec::new();
    for end in &chokes.by_end {
        match groups.iter_mut().find(|(points, _)| *points == end.points.as_slice()) {
            Some((_, ends)) => ends.push(end.end),
            None => groups.push((&end.points, vec![end.end])),
        }
    }
    let also = if chokes.common.is_empty() { "" } else { " also" };
    for (points, ends) in groups.iter().take(ENDS) {
        let to = match ends.as_slice() {
            [one] => name(*one),
            several => group(hardening.graph.spec(), several, style),
        };
        sections.push(section(format!("Every path to {to}{also} passes"), points));
    }
    let more = groups.len().saturating_sub(ENDS);
    if let (Some(last), true) = (sections.last_mut(), more > 0) {
        last.after.push(format!("and the like for {}; -f json has all", counted(more, "more group")));
    }
    if chokes.ends > Chokes::MOST {
        let title = format!(
            "{} ends are too many to look at one by one: name fewer with --from or --to",
            thousands(chokes.ends)
        );
        sections.push(Section { title, ..Section::default() });
    }
    sections
}

fn choke(hardening: &Hardening<'_>, point: ChokePoint, style: PageStyle) -> Row {
    let graph = hardening.graph;
    let spec = graph.spec();
    match point {
        ChokePoint::Node(id) => {
            let node = spec.node(id);
            let mut about = vec![node.declared_kind.unwrap_or(node.kind.as_str()).to_owned()];
            about.extend(node.zone.map(|zone| style.name(spec.zone_name(zone))));
            about.extend(node.critical.then(|| "critical".to_owned()));
            let what = format!("{} ({})", style.name(spec.node_name(id)), about.join(", "));
            Row::of(["node".to_owned(), what, at(graph, Some(node.place), style)])
        }
        ChokePoint::Edge(id, leg) => match graph.declaration(graph.edge(id)) {
            Some(declared) => {
                let result = if leg == Leg::Result { ", its result" } else { "" };
                let what = format!("{}{result}", edge(spec, EdgeKey::of(declared), style));
                Row::of(["edge".to_owned(), what, at(graph, Some(declared.place), style)])
            }
            None => Row::of(["edge".to_owned(), derived(graph, id, leg, style), "derived".to_owned()]),
        },
    }
}

/// What single changes do.
pub(super) fn effects(hardening: &Hardening<'_>, style: PageStyle) -> Option<Section> {
    let effects = &hardening.effects;
    if hardening.pairs() == 0 {
        return None;
    }
    let (shown, all) = (effects.closing.len().min(CHANGES), effects.closing.len());
    let title = match all {
        0 => "No change closes a pair by itself".to_owned(),
        _ if shown < all => {
            format!("One change alone: the first {shown} of {} that close a pair", thousands(all))
        }
        _ => format!("One change alone: the {} that close a pair", thousands(all)),
    };
    let mut notes = Vec::new();
    if effects.untried > 0 {
        notes.push(format!(
            "limited: {} of {} changes were tried, those that most ends hang on; name fewer nodes with --from and --to",
            thousands(effects.tried),
            thousands(effects.tried + effects.untried)
        ));
    } else {
        let order = if all > 1 { "; most pairs first, then what loses least" } else { "" };
        notes.push(format!("{} tried{order}", counted(effects.tried, "change")));
    }
    if hardening.question.by == By::Edges && all > 0 {
        notes.push("loses: capabilities that go with it, declared or derived".to_owned());
    }
    let rows = effects.closing[..shown].par_iter().map(|effect| row(hardening, effect, style)).collect();
    let heads = vec!["Closes", "Leaves", "Loses", "Do", "What", "Where"];
    let after = if shown < all { vec!["-f json has all of them".to_owned()] } else { Vec::new() };
    Some(Section { title, notes, heads, rows, after, ..Section::default() })
}

fn row(hardening: &Hardening<'_>, effect: &Effect, style: PageStyle) -> Row {
    let graph = hardening.graph;
    let words = change(graph, effect.change, style);
    let next = hardening.survivor(&[effect.change]);
    let under = next.map(|(graph, path)| {
        format!("next: {} ({})", style.path(&one_line(&graph, &path)), locations(&graph, &path, style))
    });
    let figures = [effect.closed, effect.left, effect.lost].map(thousands);
    let cells =
        figures.into_iter().chain([words.action.to_owned(), words.what, at(graph, words.place, style)]);
    Row { under: under.into_iter().collect(), ..Row::of(cells) }
}
