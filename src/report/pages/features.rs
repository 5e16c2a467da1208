//! `features`: the surfaces that a topology uses. Where, which findings stand against each, and the paragraphs for a threat model.

use super::{PageStyle, WIDEST};
use crate::findings::{Adopted, Assessment, Surface};
use crate::model::text::{count, name, phrase};
use crate::model::{NodeId, Piece, Text};
use crate::report::document::{Block, Document, Row, Small, Table};
use crate::report::what_if::closing;

/// The surfaces of a topology: `adopted` are those that [`surfaces`](crate::findings::surfaces) finds.
#[must_use]
pub fn features_page(assessment: &Assessment<'_>, adopted: &[Adopted], style: PageStyle) -> String {
    style.write(&page(assessment, adopted))
}

fn page<'g>(assessment: &Assessment<'g>, adopted: &[Adopted]) -> Document<'g> {
    let spec = assessment.graph.spec();
    let mut page = Document::new(spec, 1, phrase!["Surfaces of ", name(spec.name.as_str())]);
    page.blocks.push(Block::Table(overview(assessment, adopted)));
    page.blocks.extend(adopted.iter().flat_map(|one| surface(assessment, one, 2)));
    page.blocks.push(Block::Small(Small::of(closing(spec))));
    page
}

/// A line for each surface, those that are not used too.
fn overview(assessment: &Assessment<'_>, adopted: &[Adopted]) -> Table {
    let row = |surface: &Surface| match adopted.iter().find(|one| one.surface == *surface) {
        None => Row::of([phrase![surface.title()], phrase!["not used"], Text::default()]),
        Some(one) => {
            let nodes: Vec<NodeId> = one.places.iter().map(|place| place.node).collect();
            let open = one.findings.iter().filter(|at| assessment.findings[**at].is_open()).count();
            let findings = if open == 0 { phrase!["none"] } else { phrase![count(open, "finding")] };
            Row::of([phrase![surface.title()], phrase![&nodes], findings])
        }
    };
    let rows = Surface::ALL.iter().map(row).collect();
    Table::new(["surface", "where", "findings"], rows).headed(WIDEST)
}

/// One surface: its paragraphs, then what was found.
pub(in crate::report) fn surface(assessment: &Assessment<'_>, adopted: &Adopted, level: usize) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(level, phrase![adopted.surface.title()])];
    let paragraphs = adopted.places.iter().map(|place| Text::sentences(place.sentences.iter().cloned()));
    blocks.extend(paragraphs.map(Block::Paragraph));
    let findings = adopted.findings.iter().map(|at| &assessment.findings[*at]);
    let open: Vec<Text> = findings
        .filter(|finding| finding.is_open())
        .map(|finding| {
            phrase![
                Piece::Kind(finding.level, finding.rule),
                ": ",
                finding.said().map(|said| said.title.clone()).unwrap_or_default()
            ]
        })
        .collect();
    if !open.is_empty() {
        blocks.push(Block::Paragraph(phrase!["Findings:"]));
        blocks.push(Block::list(open));
    }
    blocks
}
