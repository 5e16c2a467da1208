//! `harden`: what to change first. The smallest cuts, what every path passes, and what single changes do.

use rayon::prelude::*;

use super::{about, group, subject};
use crate::analysis::Path;
use crate::graph::{CapabilityGraph, EdgeId, Origin};
use crate::hardening::{By, ChokePoint, Chokes, Cut, CutAnswer, CutEdge, Effect, Hardening, stopping};
use crate::model::text::{count, phrase};
use crate::model::{EdgeKey, Leg, NodeId, Piece, Place, Plane, Text, Tone, WhatIf};
use crate::report::change::{change, edge, flags};
use crate::report::command_line::CommandLine;
use crate::report::document::{Block, Document, Row, Section, Small, Table};
use crate::report::sentence::{arrows, hop_words, location, path_line, reason};
use crate::report::what_if::closing;
use crate::report::write::{markdown, terminal};

/// Places of a path.
const PLACES: usize = 12;
/// Changes that a command to try may have.
const FLAGS: usize = 6;
/// Edges of a cut that are printed; JSON has all.
const ROWS: usize = 50;
/// Changes that are printed; JSON has all.
const CHANGES: usize = 10;
/// Ends whose choke points are printed.
const ENDS: usize = 6;

/// What is said of the method.
const EXACT: &str =
    "exact: smallest cuts by maximum flow, as the derived edges stand; every proposal is recomputed";
const LABELS: &str =
    "the fewest credentials to revoke would be a label cut, which is NP-hard: they are tried one by one";

/// What to change first, for the terminal. `again` is the command as it was typed, for the commands that try a proposal.
#[must_use]
pub fn harden_text(hardening: &Hardening<'_>, again: &CommandLine) -> String {
    terminal(&page(hardening, again))
}

/// The same as Markdown.
#[must_use]
pub fn harden_markdown(hardening: &Hardening<'_>, again: &CommandLine) -> String {
    markdown(&page(hardening, again))
}

/// All that there is to say.
pub(in crate::report) fn page<'g>(hardening: &Hardening<'g>, again: &CommandLine) -> Document<'g> {
    let spec = hardening.graph.spec();
    let mut page = Document::new(spec, 3, title(hardening));
    page.beside = subject(spec);
    page.blocks.push(Block::list(figures(hardening)));
    let sections = cuts(hardening, again).into_iter().chain(chokes(hardening)).chain(effects(hardening));
    page.blocks.extend(sections.map(Block::Section));
    page.blocks.push(Block::Small(Small::of(legend(hardening))));
    page
}

/// What is asked.
pub(in crate::report) fn title(hardening: &Hardening<'_>) -> Text {
    let (from, to) = (group(&hardening.question.from), group(&hardening.question.to));
    match hardening.question.plane {
        Plane::Influence => phrase!["Keep ", from, " from steering ", to],
        Plane::Exposure => phrase!["Keep content of ", to, " from ", from],
    }
}

/// How many pairs are connected, and the best path.
pub(in crate::report) fn figures(hardening: &Hardening<'_>) -> Vec<Text> {
    let question = &hardening.question;
    let pairs = count(question.possible(), "pair");
    let open = match hardening.open {
        0 => phrase!["none of them open"],
        open => phrase![Piece::Number(open), " of them open (no guard has to fail)"],
    };
    let connected = match hardening.connected {
        0 => phrase!["none of ", pairs, " connected"],
        connected => phrase![Piece::Number(connected), " of ", pairs, " connected, ", open],
    };
    let mut figures = vec![connected];
    if let Some(path) = &hardening.best {
        figures.push(phrase!["best path: ", placed(hardening.graph, path)]);
    }
    if !question.both.is_empty() {
        let alone = if question.both.len() == 1 { "it counts" } else { "they count" };
        figures.push(phrase![
            "named on both sides: ",
            group(&question.both),
            "; nothing parts a node from itself, so that ",
            alone,
            " as held alone"
        ]);
    }
    figures
}

/// A path on one line, and where its edges stand.
fn placed(graph: &CapabilityGraph, path: &Path) -> Text {
    phrase![path_line(graph, path), " (", locations(graph, path), ")"]
}

/// Where the edges of a path stand: a file's name once for the lines in it that follow one another.
fn locations(graph: &CapabilityGraph, path: &Path) -> Text {
    let mut file = String::new();
    let mut places: Vec<String> = Vec::new();
    let location = |place: Place| graph.spec().location(place);
    let of_hop =
        |hop: &crate::analysis::Hop| graph.declaration(graph.edge(hop.edge)).map(|edge| location(edge.place));
    let mut all: Vec<String> =
        path.hops.iter().map(|hop| of_hop(hop).unwrap_or_else(|| "derived".to_owned())).collect();
    all.dedup();
    for place in all {
        match place.rsplit_once(':') {
            Some((same, line)) if same == file => places.push(format!(":{line}")),
            Some((other, _)) => {
                file = other.to_owned();
                places.push(place);
            }
            None => places.push(place),
        }
    }
    let more = places.len().saturating_sub(PLACES);
    places.truncate(PLACES);
    let places = phrase![Piece::Places(places.join(" "))];
    if more > 0 { places.and(" and ").and(phrase![Piece::Number(more), " more"]) } else { places }
}

fn legend(hardening: &Hardening<'_>) -> Vec<Text> {
    let mut lines: Vec<Text> = Vec::new();
    if hardening.pairs() > 0 {
        lines.extend(arrows());
        lines.push(phrase![EXACT]);
        if hardening.graph.edges().iter().any(|edge| is_of_credential(edge.origin)) {
            lines.push(phrase![LABELS]);
        }
    }
    lines.extend(closing(hardening.graph.spec()));
    lines
}

fn is_of_credential(origin: Origin) -> bool {
    matches!(origin, Origin::Key | Origin::Holder(_) | Origin::Outsider(_) | Origin::Insider { .. })
}

/// How many pairs are left, of those that are counted: connected ones, or open ones.
fn pairs_left(hardening: &Hardening<'_>, left: usize) -> Text {
    let kind = match hardening.question.by {
        By::Edges => " connected pairs left",
        By::Guards => " open pairs left",
    };
    phrase![Piece::Number(left), " of ", Piece::Number(hardening.pairs()), kind]
}

/// The cuts, or why there is none.
fn cuts(hardening: &Hardening<'_>, again: &CommandLine) -> Vec<Section> {
    match &hardening.cut {
        CutAnswer::Apart => vec![apart(hardening)],
        CutAnswer::NoGuard => vec![no_guard(hardening)],
        CutAnswer::Uncuttable(path) => vec![uncuttable(hardening.graph, path)],
        CutAnswer::Cut { near_ends, near_starts } => {
            let [title, other] = cut_titles(hardening);
            let mut sections = vec![cut(hardening, near_ends, title, again)];
            sections.extend(near_starts.as_ref().map(|found| cut(hardening, found, other, again)));
            if hardening.question.by == By::Guards {
                sections[0].notes.push(guards(hardening));
            }
            sections
        }
    }
}

/// What the smallest cuts are called: the one that is shown first, and the other if there is one. Empty where there is none.
pub(in crate::report) fn cut_titles(hardening: &Hardening<'_>) -> [Text; 2] {
    let CutAnswer::Cut { near_ends, near_starts } = &hardening.cut else { return Default::default() };
    let (starts, ends) = match hardening.question.plane {
        Plane::Influence => ("what an attacker holds", "what is to be kept"),
        Plane::Exposure => ("what is to be kept", "what an attacker holds"),
    };
    let size = match hardening.question.by {
        By::Edges => count(near_ends.edges.len(), "edge"),
        By::Guards => count(near_ends.edges.len(), "more guard"),
    };
    let title = phrase!["Smallest cut: ", size];
    match near_starts {
        None => [title, Text::default()],
        Some(_) => [title.and(", nearest to ").and(ends), phrase!["As small, nearest to ", starts]],
    }
}

fn apart(hardening: &Hardening<'_>) -> Section {
    let title = match (hardening.question.by, hardening.connected) {
        (By::Guards, connected) if connected > 0 => {
            phrase!["Nothing to guard: every path passes a guard already"]
        }
        _ => phrase!["Nothing to cut: no path leads there, whatever guards fail"],
    };
    Section { title, ..Section::default() }
}

fn no_guard(hardening: &Hardening<'_>) -> Section {
    Section {
        title: phrase!["No guard of the spec stops ", hardening.question.plane.as_str()],
        after: vec![phrase!["declare one under `guards`, or ask for edges: --by edges"]],
        ..Section::default()
    }
}

fn uncuttable(graph: &CapabilityGraph, path: &Path) -> Section {
    let row = |hop| [hop_words(graph, hop, path.plane), location(graph, hop)];
    Section {
        title: phrase!["No cut: everything on this path has to stay"],
        table: Table::new(["Hop", "Where"], path.hops.iter().map(|hop| ending_dim(row(hop))).collect()),
        after: vec![phrase!["drop `uncuttable` from an edge of it, or ask for guards: --by guards"]],
        ..Section::default()
    }
}

/// Which guards will do.
fn guards(hardening: &Hardening<'_>) -> Text {
    let plane = hardening.question.plane;
    let guards = stopping(hardening.graph.spec(), plane).into_iter().map(|id| phrase![id]);
    phrase!["any guard that stops ", plane.as_str(), ": ", Text::joined(guards, ", ")]
}

fn cut(hardening: &Hardening<'_>, cut: &Cut, title: Text, again: &CommandLine) -> Section {
    let (rows, more) = cut_rows(hardening.graph, cut);
    let lost = match cut.lost {
        0 => phrase!["nothing else is lost"],
        lost => phrase![count(lost, "capability"), " more lost"],
    };
    let left = phrase!["then ", pairs_left(hardening, 0), ", ", lost];
    let flags = flags(hardening.graph.spec(), &cut.changes).filter(|_| cut.changes.len() <= FLAGS);
    Section {
        title,
        table: Table::new(["Do", "Edge", "Where"], rows),
        after: more.into_iter().chain([left]).collect(),
        command: flags.map(|flags| again.clone().flag(&flags)),
        ..Section::default()
    }
}

/// The edges of a cut, a row each, and how many more there are.
pub(super) fn cut_rows(graph: &CapabilityGraph, cut: &Cut) -> (Vec<Row>, Option<Text>) {
    let rows = cut.edges.iter().take(ROWS).map(|edge| cut_row(graph, edge)).collect();
    let more = cut.edges.len().saturating_sub(ROWS);
    (rows, (more > 0).then(|| phrase!["and ", count(more, "more edge"), "; -f json has all"]))
}

/// An edge of a cut: what to do with it or, for a derived one, with what it is derived from.
fn cut_row(graph: &CapabilityGraph, cut: &CutEdge) -> Row {
    if let ([one], true) = (cut.changes.as_slice(), graph.edge(cut.edge).is_declared()) {
        let words = change(graph, *one);
        return ending_dim([phrase![words.action], words.what, at(words.place)]);
    }
    let by = |changes: &[WhatIf], word: &'static str| -> Vec<Text> {
        let line = |one: &WhatIf| {
            let words = change(graph, *one);
            let at = at(words.place);
            phrase![word, words.line(), " (", at, ")"]
        };
        changes.iter().map(line).collect()
    };
    let mut under = by(&cut.changes, "by: ");
    if under.is_empty() {
        under.push(phrase!["goes with the rest"]);
    }
    under.extend(by(&cut.instead, "or: "));
    let cells = [phrase!["derived"], derived(graph, cut.edge, cut.leg), phrase!["derived"]];
    Row { under, ..ending_dim(cells) }
}

/// A derived edge, and why it exists.
fn derived(graph: &CapabilityGraph, id: EdgeId, leg: Leg) -> Text {
    let of = graph.edge(id);
    let words = phrase![edge(of.key()), result(leg)];
    match reason(of) {
        Some(reason) => words.and(" (").and(reason).and(")"),
        None => words,
    }
}

/// Which leg of an edge is meant.
fn result(leg: Leg) -> &'static str {
    if leg == Leg::Result { ", its result" } else { "" }
}

/// An edge that is looked at, and where it stands.
pub(super) fn hand_over(graph: &CapabilityGraph, id: EdgeId, leg: Leg) -> [Text; 2] {
    match graph.declaration(graph.edge(id)) {
        Some(declared) => [phrase![edge(EdgeKey::of(declared)), result(leg)], phrase![declared.place]],
        None => [derived(graph, id, leg), phrase!["derived"]],
    }
}

/// `file:line` of a place.
pub(super) fn at(place: Option<Place>) -> Text {
    place.map(|place| phrase![place]).unwrap_or_default()
}

/// A row whose last cell completes the picture.
pub(super) fn ending_dim<const N: usize>(cells: [Text; N]) -> Row {
    let mut row = Row::of(cells);
    if let Some(last) = row.cells.pop() {
        row.cells.push(if last.is_empty() { last } else { last.toned(Tone::Dim) });
    }
    row
}

/// What every path passes: all of them, and those to each end.
fn chokes(hardening: &Hardening<'_>) -> Vec<Section> {
    let chokes = &hardening.chokes;
    let section = |title: Text, points: &[ChokePoint]| Section {
        title,
        table: Table::new(
            ["", "What", "Where"],
            points.iter().map(|point| choke(hardening.graph, *point)).collect(),
        ),
        ..Section::default()
    };
    let mut sections = Vec::new();
    if !chokes.common.is_empty() {
        sections.push(section(phrase!["Every path passes"], &chokes.common));
    }
    // Ends behind the same points are said once.
    let mut groups: Vec<(&[ChokePoint], Vec<NodeId>)> = Vec::new();
    for end in &chokes.by_end {
        match groups.iter_mut().find(|(points, _)| *points == end.points.as_slice()) {
            Some((_, ends)) => ends.push(end.end),
            None => groups.push((&end.points, vec![end.end])),
        }
    }
    let passes = if chokes.common.is_empty() { " passes" } else { " also passes" };
    for (points, ends) in groups.iter().take(ENDS) {
        sections.push(section(phrase!["Every path to ", group(ends), passes], points));
    }
    let more = groups.len().saturating_sub(ENDS);
    if let (Some(last), true) = (sections.last_mut(), more > 0) {
        last.after.push(phrase!["and the like for ", count(more, "more group"), "; -f json has all"]);
    }
    if chokes.ends > Chokes::MOST {
        let title = phrase![
            Piece::Number(chokes.ends),
            " ends are too many to look at one by one: name fewer with --from or --to"
        ];
        sections.push(Section { title, ..Section::default() });
    }
    sections
}

fn choke(graph: &CapabilityGraph, point: ChokePoint) -> Row {
    match point {
        ChokePoint::Node(id) => {
            let what = phrase![id, " (", about(graph, id), ")"];
            ending_dim([phrase!["node"], what, phrase![graph.spec().node(id).place]])
        }
        ChokePoint::Edge(id, leg) => {
            let [what, place] = hand_over(graph, id, leg);
            ending_dim([phrase!["edge"], what, place])
        }
    }
}

/// What single changes do.
fn effects(hardening: &Hardening<'_>) -> Option<Section> {
    let effects = &hardening.effects;
    if hardening.pairs() == 0 {
        return None;
    }
    let (shown, all) = (effects.closing.len().min(CHANGES), effects.closing.len());
    let title = match all {
        0 => phrase!["No change closes a pair by itself"],
        _ if shown < all => phrase![
            "One change alone: the first ",
            Piece::Number(shown),
            " of ",
            Piece::Number(all),
            " that close a pair"
        ],
        _ => phrase!["One change alone: the ", Piece::Number(all), " that close a pair"],
    };
    let mut notes = Vec::new();
    if effects.untried > 0 {
        notes.push(phrase![
            "limited: ",
            Piece::Number(effects.tried),
            " of ",
            Piece::Number(effects.tried + effects.untried),
            " changes were tried, those that most ends hang on; name fewer nodes with --from and --to"
        ]);
    } else {
        let order = if all > 1 { "; most pairs first, then what loses least" } else { "" };
        notes.push(phrase![count(effects.tried, "change"), " tried", order]);
    }
    if hardening.question.by == By::Edges && all > 0 {
        notes.push(phrase!["loses: capabilities that go with it, declared or derived"]);
    }
    let rows = effects.closing[..shown].par_iter().map(|effect| effect_row(hardening, effect)).collect();
    let heads = ["Closes", "Leaves", "Loses", "Do", "What", "Where"];
    let table = Table { is_headed: true, ..Table::new(heads, rows) };
    let after = if shown < all { vec![phrase!["-f json has all of them"]] } else { Vec::new() };
    Some(Section { title, notes, table, after, ..Section::default() })
}

fn effect_row(hardening: &Hardening<'_>, effect: &Effect) -> Row {
    let words = change(hardening.graph, effect.change);
    let next = hardening.survivor(&[effect.change]);
    let under = next.map(|(graph, path)| phrase!["next: ", placed(&graph, &path)]);
    let [closed, left, lost] =
        [effect.closed, effect.left, effect.lost].map(|figure| phrase![Piece::Number(figure)]);
    let cells = [closed, left, lost, phrase![words.action], words.what, at(words.place)];
    Row { under: under.into_iter().collect(), ..ending_dim(cells) }
}
