//! `memory`: the three questions about a store. What flows in, who can read it back, and what becomes of it.

use super::{PageStyle, WIDEST};
use crate::findings::{Passage, Recall};
use crate::model::text::{count, phrase, quoted};
use crate::model::{Piece, Text, before_time};
use crate::report::document::{Block, Document, Row, Small, Table};
use crate::report::sentence::{arrows, path_line};
use crate::report::what_if::closing;

/// Rows of a table that are shown.
const SHOWN: usize = 20;

/// The answers about a store.
#[must_use]
pub fn memory_page(recall: &Recall<'_>, style: PageStyle) -> String {
    style.write(&page(recall))
}

fn page<'g>(recall: &Recall<'g>) -> Document<'g> {
    let spec = recall.graph.spec();
    let mut page = Document::new(spec, 1, phrase!["What ", recall.store, " remembers"]);
    let blocks = &mut page.blocks;
    blocks.push(Block::Heading(2, phrase!["What flows in?"]));
    blocks.push(Block::Paragraph(inflow(recall)));
    blocks.extend(table(recall, &recall.planted));
    blocks.push(Block::Heading(2, phrase!["Who can read it back?"]));
    blocks.push(Block::Paragraph(Text::sentences([
        phrase!["Its content steers ", count(recall.steers.len(), "node")],
        phrase![count(recall.learns.len(), "node"), " can learn what it holds"],
    ])));
    blocks.push(Block::Paragraph(phrase!["Whom it steers:"]));
    blocks.extend(table(recall, &recall.steers));
    blocks.push(Block::Paragraph(phrase!["Who can learn what it holds:"]));
    blocks.extend(table(recall, &recall.learns));
    blocks.push(Block::Heading(2, phrase!["What becomes of it?"]));
    blocks.push(Block::Paragraph(fate(recall)));
    blocks.push(Block::Small(Small::of(arrows().chain(closing(spec)))));
    page
}

fn inflow(recall: &Recall<'_>) -> Text {
    let spec = recall.graph.spec();
    let untrusted = recall.planted.iter().filter(|one| spec.node(one.node).is_stranger()).count();
    let open = recall.planted.iter().filter(|one| one.cost.is_open()).count();
    Text::sentences([
        phrase![
            count(recall.planted.len(), "node"),
            " can plant content in ",
            recall.store,
            ", ",
            Piece::Number(open),
            " of them with nothing in between"
        ],
        match untrusted {
            0 => phrase!["Nothing untrusted is among them"],
            some => phrase![Piece::Number(some), " of them untrusted"],
        },
    ])
}

/// Nodes with their best paths; nothing where there is none.
fn table(recall: &Recall<'_>, passages: &[Passage]) -> Option<Block> {
    if passages.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = passages.iter().take(SHOWN).map(|one| row(recall, one)).collect();
    let more = passages.len().saturating_sub(SHOWN);
    if more > 0 {
        let [about, guards, path] = [(); 3].map(|()| Text::default());
        rows.push(Row::of([phrase!["and ", Piece::Number(more), " more"], about, guards, path]));
    }
    Some(Block::Table(Table::new(["node", "", "", "best path"], rows).headed(WIDEST)))
}

fn row(recall: &Recall<'_>, one: &Passage) -> Row {
    let node = recall.graph.spec().node(one.node);
    let about = if node.is_stranger() {
        "untrusted"
    } else if node.critical {
        "critical"
    } else if one.is_direct {
        "itself"
    } else {
        ""
    };
    let guards = match one.cost.guards {
        0 => phrase!["open"],
        guards => phrase![count(guards as usize, "guard")],
    };
    Row::of([phrase![one.node], phrase![about], guards, path_line(recall.graph, &one.path)])
}

fn fate(recall: &Recall<'_>) -> Text {
    let node = recall.graph.spec().node(recall.store);
    if !recall.graph.flows().is_persistent(recall.store) {
        return Text::sentences([phrase!["It ends with the session that wrote it"]]);
    }
    Text::sentences([
        match node.retention() {
            Some(time) => phrase!["It outlives the session, and is kept ", before_time(time), quoted(time)],
            None => phrase!["It outlives the session, and nothing says how long it is kept"],
        },
        match node.is_versioned() {
            true => phrase!["It is versioned: there is something to go back to"],
            false => phrase!["It is not versioned: what was there before is gone"],
        },
        match node.revocation() {
            Some(how) => phrase!["Poisoned content is found and removed so: ", quoted(how)],
            None => {
                phrase!["Nothing says how poisoned content is found and removed: write it under revocation"]
            }
        },
    ])
}
