//! `path`: one pair. Its best path a sentence a hop, or what keeps it apart.

use crate::analysis::{Gap, Path, PathAnswer};
use crate::graph::CapabilityGraph;
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Piece, Plane, Text, Tone};
use crate::report::document::{Block, Document, Item, Row, Section, Small, Table};
use crate::report::sentence::{hop_words, location, path_line};
use crate::report::what_if::closing;
use crate::report::write::terminal;

/// Names in a list of what is reached.
const NAMES: usize = 12;
/// Columns of a hop's sentence.
const SENTENCE: usize = 90;

/// The answer for the terminal.
#[must_use]
pub fn path_text(graph: &CapabilityGraph, answer: &PathAnswer) -> String {
    terminal(&page(graph, answer))
}

fn page<'g>(graph: &'g CapabilityGraph, answer: &PathAnswer) -> Document<'g> {
    let question = match answer.plane {
        Plane::Influence => phrase!["Can ", answer.from, " steer ", answer.to, "?"],
        Plane::Exposure => phrase!["Can content of ", answer.to, " come to ", answer.from, "?"],
    };
    let mut page = Document::new(graph.spec(), 3, question);
    match (&answer.path, &answer.gap) {
        (Some(path), _) => {
            page.beside = phrase![" ", verdict(path)];
            page.blocks = found(graph, path);
        }
        (None, Some(gap)) => {
            page.beside = phrase![" No: nothing declared leads there, whatever guards fail."];
            page.blocks = vec![Block::List(apart(graph, answer, gap))];
        }
        (None, None) => {}
    }
    page.blocks.push(Block::Small(Small::of(closing(graph.spec()))));
    page
}

fn verdict(path: &Path) -> Text {
    match path.cost.guards {
        0 => phrase!["Yes, it is open: no declared guard has to fail."].toned(Tone::Escalation),
        1 => phrase!["Only if 1 guard fails."].toned(Tone::Guarded),
        more => phrase!["Only if ", Piece::Number(more as usize), " guards fail."].toned(Tone::Guarded),
    }
}

/// How long a path is, and its hops.
fn found(graph: &CapabilityGraph, path: &Path) -> Vec<Block> {
    let cost = path.cost;
    let sessions = match cost.sessions {
        0 => phrase!["within the session"],
        more => phrase!["crossing ", count(more as usize, "session")],
    };
    let rows = path.hops.iter().enumerate().map(|(at, hop)| {
        let place = location(graph, hop).toned(Tone::Dim);
        Row::of([phrase![Piece::Number(at + 1)], hop_words(graph, hop, path.plane), place])
    });
    let table = Table { widest: Some(SENTENCE), ..Table::new(["", "Hop", "Where"], rows.collect()) };
    vec![
        Block::list([phrase![count(cost.hops as usize, "hop"), ", ", sessions]]),
        Block::Section(Section { table, ..Section::default() }),
    ]
}

/// How far content comes from either end.
fn apart(graph: &CapabilityGraph, answer: &PathAnswer, gap: &Gap) -> Vec<Item> {
    let (start, end) = match answer.plane {
        Plane::Influence => (answer.from, answer.to),
        Plane::Exposure => (answer.to, answer.from),
    };
    let nearest = gap.ends_at.as_ref().map(|stop| {
        let why = if graph.spec().node(stop.node).relays {
            "starts afresh for each caller (isolation: per-call), so what one caller sends does not reach another"
        } else {
            "does not relay what it takes in"
        };
        let under = stop.path.as_ref().map(|path| path_line(graph, path));
        Item {
            text: phrase!["What comes nearest ends at ", stop.node, ": it ", why, "."],
            under: under.into_iter().collect(),
        }
    });
    let rest = [
        phrase!["Content of ", start, " comes to ", list(&gap.reached), "."],
        phrase!["Content comes to ", end, " from ", list(&gap.reaching), "."],
        phrase!["An edge from the first group to the second would open it."],
    ];
    nearest.into_iter().chain(rest.map(Item::of)).collect()
}

fn list(nodes: &[NodeId]) -> Text {
    let names = Text::joined(nodes.iter().take(NAMES).map(|id| phrase![*id]), ", ");
    match nodes.len() {
        0 => phrase!["nothing else"],
        count if count > NAMES => phrase![names, " and ", Piece::Number(count - NAMES), " more"],
        _ => names,
    }
}
