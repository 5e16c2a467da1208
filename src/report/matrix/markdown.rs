//! The matrix as a Markdown page: for a pull request, a wiki, a job summary. It is drawn as text, in a block of code.

use super::cells::Face;
use super::legend::{column_key, directions, entries, figures, loops_of, part, zone_note};
use super::summary::summary_lines;
use super::text::{MatrixOptions, Page, plain_name};
use crate::analysis::{FleetSummary, Matrix};
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Piece, Text, Tone};
use crate::report::columns::{flow, trim_lines};
use crate::report::counts::size;
use crate::report::document::{Block, Document, Small, SmallForm};
use crate::report::what_if::closing;
use crate::report::write::{Markdown, markdown};

/// More nodes than this are read in a summary, or not at all.
const MOST_NODES: usize = 60;
/// Columns of a loop's members.
const LOOP: usize = 400;

/// The matrix of some rows and columns, as for [`matrix_text`](super::matrix_text), as a page.
#[must_use]
pub fn matrix_markdown(
    matrix: &Matrix<'_>,
    rows: &[NodeId],
    columns: &[NodeId],
    options: MatrixOptions,
) -> String {
    let spec = matrix.graph().spec();
    let title = phrase!["Lateral movement: ", Piece::Label(spec.name.clone())];
    let mut page = Document::new(spec, 1, title);
    page.blocks = blocks(matrix, rows, columns, options);
    page.blocks.push(Block::Small(Small { form: SmallForm::Slanted, ..Small::of(closing(spec)) }));
    markdown(&page)
}

/// Whether a matrix is shown as a Markdown page, and not summed up.
#[must_use]
pub fn fits_markdown(matrix: &Matrix<'_>) -> bool {
    matrix.row_nodes().len().max(matrix.column_count()) <= MOST_NODES
}

/// The matrix without a title and without small print: what a page around it has, too.
pub(in crate::report) fn blocks(
    matrix: &Matrix<'_>,
    rows: &[NodeId],
    columns: &[NodeId],
    options: MatrixOptions,
) -> Vec<Block> {
    let few = rows.len().max(columns.len()) <= MOST_NODES;
    let page = few.then(|| Page::choose(matrix, rows, columns, options).ok()).flatten();
    page.map_or_else(|| summary(matrix, options), |page| whole(&page))
}

fn whole(page: &Page<'_>) -> Vec<Block> {
    let grid = &page.grid;
    let face = page.layout.face;
    let mut size = phrase![size(grid.graph), ". ", figures(grid, face.plane()), "."];
    if let Some(part) = part(grid) {
        size = size.and(" Shown: ").and(part).and(".");
    }
    let mut aid = reading_aid(face);
    if let Some(notice) = &page.notice {
        aid = aid.and(" Here ").and(notice.clone()).and(".");
    }
    let marks = entries(grid, face, &page.glyphs);
    let marks = marks.iter().map(|entry| phrase![Piece::Label(entry.mark.to_owned()), " ", entry.meaning]);
    let mut blocks = vec![
        Block::Paragraph(size),
        Block::Paragraph(aid),
        drawing(&drawn(page)),
        Block::Paragraph(Text::joined(marks, "; ").and(".")),
    ];
    blocks.extend(zone_note(grid).map(|note| Block::Paragraph(phrase!["The ", note, "."])));
    blocks.extend(loops(page));
    blocks
}

fn drawn(page: &Page<'_>) -> String {
    let key = flow(&column_key(&page.grid, plain_name), 2, page.layout.label() + page.layout.body());
    let gap = if key.is_empty() { "" } else { "\n" };
    format!("{}{gap}{key}", page.table())
}

fn reading_aid(face: Face) -> Text {
    let [(_, row), (_, column)] = directions(face);
    phrase![
        "Each row is a ",
        row,
        ", each column a ",
        column,
        "; both are numbered alike. ",
        phrase!["Open"].toned(Tone::Term),
        " means that no declared guard has to fail."
    ]
}

fn summary(matrix: &Matrix<'_>, options: MatrixOptions) -> Vec<Block> {
    let lines = summary_lines(matrix.graph(), &FleetSummary::of(matrix), options.width, options.ascii);
    let aid = "Too many nodes for a matrix: the pairs zone by zone, and where to look first. A share counts the ordered \
               pairs on which influence travels with no declared guard failing.";
    vec![Block::Paragraph(phrase![aid]), drawing(&lines)]
}

fn loops(page: &Page<'_>) -> Vec<Block> {
    let mut loops = loops_of(&page.grid, page.layout.face.plane(), LOOP, &Markdown);
    if loops.lines.is_empty() {
        return Vec::new();
    }
    if loops.others > 0 {
        loops.lines.push(phrase!["and ", count(loops.others, "loop"), " more"]);
    }
    vec![Block::Paragraph(phrase!["Loops (taint one, taint all):"]), Block::list(loops.lines)]
}

/// What was drawn, without styles and without blanks at the ends of lines.
fn drawing(text: &str) -> Block {
    Block::Code { language: "text", text: trim_lines(&anstream::adapter::strip_str(text).to_string()) }
}
