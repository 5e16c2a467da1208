//! The matrix as a Markdown page: for a pull request, a wiki, a job summary. Names stand in code, where nothing they hold
//! makes a link, a mention, a tag or a table.

use super::cells::Face;
use super::legend::{column_key, directions, entries, figures, loops_of, part, zone_note};
use super::summary::summary_lines;
use super::text::{MatrixOptions, Page, plain_name};
use crate::analysis::{FleetSummary, Matrix};
use crate::model::{NodeId, Spec};
use crate::report::columns::{flow, trim_lines};
use crate::report::counts::{counted, size_of};
use crate::report::page::PageStyle;
use crate::report::what_if::closing;
use crate::report::write::markdown_escape;

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
    let title = format!("# Lateral movement: {}\n\n", markdown_escape::whole(&spec.name));
    let few = rows.len().max(columns.len()) <= MOST_NODES;
    let page = few.then(|| Page::choose(matrix, rows, columns, options).ok()).flatten();
    let body = page.map_or_else(|| summary_body(matrix, options), |page| matrix_body(&page));
    let closing: Vec<String> =
        closing(spec).map(|line| format!("_{}_", PageStyle::Markdown.text(spec, &line))).collect();
    format!("{title}{body}\n{}\n", closing.join("<br/>\n"))
}

/// Whether a matrix is shown as a Markdown page, and not summed up.
#[must_use]
pub fn fits_markdown(matrix: &Matrix<'_>) -> bool {
    matrix.row_nodes().len().max(matrix.column_count()) <= MOST_NODES
}

fn matrix_body(page: &Page<'_>) -> String {
    let grid = &page.grid;
    let (face, plane) = (page.layout.face, page.layout.face.plane());
    let mut text = format!("{}. {}.", size_of(grid.graph), figures(grid, plane));
    text.extend(part(grid).map(|part| format!(" Shown: {part}.")));
    text += &format!("\n\n{}", reading_aid(face));
    text.extend(page.notice.iter().map(|notice| format!(" Here {notice}.")));
    text += &format!("\n\n{}\n", markdown_escape::fenced("text", &plain(&matrix_block(page))));
    let marks = entries(grid, face, &page.glyphs);
    let marks: Vec<String> = marks
        .iter()
        .map(|entry| format!("{} {}", markdown_escape::whole(&entry.mark), entry.meaning))
        .collect();
    text += &format!("{}.\n", marks.join("; "));
    text.extend(zone_note(grid).map(|note| format!("\nThe {note}.\n")));
    text + &loop_list(page)
}

fn matrix_block(page: &Page<'_>) -> String {
    let key = flow(&column_key(&page.grid, plain_name), 2, page.layout.label() + page.layout.body());
    let gap = if key.is_empty() { "" } else { "\n" };
    format!("{}{gap}{key}", page.table())
}

fn reading_aid(face: Face) -> String {
    let [(_, row), (_, column)] = directions(face);
    format!(
        "Each row is a {row}, each column a {column}; both are numbered alike. \
         *Open* means that no declared guard has to fail."
    )
}

fn summary_body(matrix: &Matrix<'_>, options: MatrixOptions) -> String {
    let lines = summary_lines(matrix.graph(), &FleetSummary::of(matrix), options.width, options.ascii);
    let aid = "Too many nodes for a matrix: the pairs zone by zone, and where to look first. A share counts the ordered \
               pairs on which influence travels with no declared guard failing.";
    format!("{aid}\n\n{}", markdown_escape::fenced("text", &plain(&lines)))
}

fn loop_list(page: &Page<'_>) -> String {
    let name = |spec: &Spec, node: NodeId| markdown_escape::whole(spec.node_name(node));
    let loops = loops_of(&page.grid, page.layout.face.plane(), LOOP, name);
    if loops.lines.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nLoops (taint one, taint all):\n\n");
    text.extend(loops.lines.iter().map(|line| format!("- {line}\n")));
    if loops.others > 0 {
        text += &format!("- and {} more\n", counted(loops.others, "loop"));
    }
    text
}

/// Text without styles.
fn plain(text: &str) -> String {
    trim_lines(&anstream::adapter::strip_str(text).to_string())
}
