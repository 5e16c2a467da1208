//! The lateral-movement matrix as text: as much as the width has room for, and never a matrix with something cut off.

use anstyle::Style;

use super::cells::Face;
use super::grid::Grid;
use super::layout::{Layout, plane_faces};
use super::legend::{column_key, directions, entries, figures, loops_of, part, zone_note};
use super::summary::summary_lines;
use super::table::Table;
use crate::analysis::{FleetSummary, Matrix};
use crate::model::text::phrase;
use crate::model::{NodeId, Piece, Plane, Spec, Text};
use crate::report::columns::{Glyphs, Painted, flow, trim_lines, wrap};
use crate::report::counts::{counted, size_of};
use crate::report::name::visible;
use crate::report::style::{DIM, STRONG, paint};
use crate::report::what_if::closing_text;
use crate::report::write::{self, Plain};

/// What a matrix shows of each pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The verbs that the row's node has on the column's, declared or through others.
    #[default]
    Verbs,
    /// The hops of the best path of influence.
    Influence,
    /// The hops of the best path of exposure.
    Exposure,
}

/// How a matrix is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatrixOptions {
    /// What the cells show.
    pub view: View,
    /// Columns that there is room for; no limit without.
    pub width: Option<usize>,
    /// Draw with ASCII characters alone. Names are printed as they are.
    pub ascii: bool,
}

/// Legends and lists are broken at this width where there is no limit.
const PAGE: usize = 100;

/// The matrix of some rows and columns, which `matrix` must hold, in the order in which they are to stand.
///
/// Where the verbs do not fit the width the hops of the influence are shown instead; where those do not fit either, the
/// summary of the fleet. The first line says so.
#[must_use]
pub fn matrix_text(
    matrix: &Matrix<'_>,
    rows: &[NodeId],
    columns: &[NodeId],
    options: MatrixOptions,
) -> String {
    let text = match Page::choose(matrix, rows, columns, options) {
        Ok(page) => page.text(options.width),
        Err(notice) => {
            let summary = FleetSummary::of(matrix);
            let body = summary_lines(matrix.graph(), &summary, options.width, options.ascii);
            let notice = wrap(DIM, &shown(matrix.graph().spec(), &notice), options.width.unwrap_or(PAGE));
            format!("{notice}{body}{}\n", closing_text(matrix.graph().spec()))
        }
    };
    trim_lines(&text)
}

/// A matrix that fits.
pub(super) struct Page<'g> {
    pub(super) grid: Grid<'g>,
    pub(super) layout: Layout,
    pub(super) glyphs: Glyphs,
    /// Why this is not what was asked for.
    pub(super) notice: Option<Text>,
}

impl<'g> Page<'g> {
    /// The most telling page that fits; if there is none, a line that says so.
    pub(super) fn choose(
        matrix: &Matrix<'g>,
        rows: &[NodeId],
        columns: &[NodeId],
        options: MatrixOptions,
    ) -> Result<Self, Text> {
        let glyphs = Glyphs::choose(options.ascii);
        let too_wide = |limit| {
            let of = if options.view == View::Exposure { " (of influence)" } else { "" };
            phrase![
                Piece::Number(columns.len()),
                " nodes do not fit ",
                Piece::Number(limit),
                " columns: a summary",
                of,
                " instead of the matrix"
            ]
        };
        if let Some(limit) = options.width.filter(|limit| columns.len() > *limit) {
            return Err(too_wide(limit));
        }
        let grid = Grid::collect(matrix, rows, columns);
        let (layout, notice) =
            choose_layout(&grid, &glyphs, options).ok_or_else(|| too_wide(options.width.unwrap_or(0)))?;
        Ok(Self { grid, layout, glyphs, notice })
    }

    fn face(&self) -> Face {
        self.layout.face
    }

    fn text(&self, limit: Option<usize>) -> String {
        let limit = limit.unwrap_or(PAGE);
        let spec = self.grid.spec();
        let mut text: String =
            self.notice.iter().map(|notice| wrap(DIM, &shown(spec, notice), limit)).collect();
        text += &format!("{}: {}\n", paint(STRONG, &visible(&spec.name)), size_of(self.grid.graph));
        text += &wrap(Style::new(), &shown(spec, &figures(&self.grid, self.face().plane())), limit);
        text.extend(part(&self.grid).map(|part| wrap(Style::new(), &shown(spec, &part), limit)));
        text += &format!("\n{}\n", self.table());
        let key = flow(&column_key(&self.grid, plain_name), 2, limit);
        text += &if key.is_empty() { key } else { format!("{key}\n") };
        text += &self.legend(limit);
        text += &self.loops(limit);
        text + &closing_text(spec) + "\n"
    }

    /// The matrix alone.
    pub(super) fn table(&self) -> String {
        Table { grid: &self.grid, layout: &self.layout, glyphs: self.glyphs }.draw()
    }

    fn legend(&self, limit: usize) -> String {
        let heads = directions(self.face()).map(|(head, meaning)| {
            let mut piece = Painted::styled(STRONG, head);
            piece.push(&Painted::styled(DIM, &format!(" {meaning}")));
            piece
        });
        let marks: Vec<Painted> =
            entries(&self.grid, self.face(), &self.glyphs).iter().map(super::legend::Entry::piece).collect();
        let note = zone_note(&self.grid).map(|note| wrap(DIM, note, limit));
        flow(&heads, 3, limit) + &flow(&marks, 3, limit) + &note.unwrap_or_default()
    }

    fn loops(&self, limit: usize) -> String {
        const HEAD: &str = "loop (taint one, taint all):";
        let loops = loops_of(&self.grid, self.face().plane(), limit.saturating_sub(HEAD.len() + 1), &Plain);
        let line = |(place, line): (usize, &Text)| {
            let line = shown(self.grid.spec(), line);
            format!("{} {line}\n", paint(STRONG, if place == 0 { HEAD } else { "loop:" }))
        };
        let text: String = loops.lines.iter().enumerate().map(line).collect();
        if loops.others == 0 { text } else { format!("{text}and {} more\n", counted(loops.others, "loop")) }
    }
}

fn shown(spec: &Spec, text: &Text) -> String {
    write::text(&Plain, spec, text)
}

/// A node's name as it stands in text.
pub(super) fn plain_name(spec: &Spec, node: NodeId) -> String {
    visible(spec.node_name(node))
}

fn choose_layout(grid: &Grid<'_>, glyphs: &Glyphs, options: MatrixOptions) -> Option<(Layout, Option<Text>)> {
    let fit = |face| Layout::fit(grid, face, glyphs, options.width);
    let first_of = |plane| plane_faces(plane).into_iter().find_map(|face| fit(face).ok());
    match options.view {
        View::Influence => first_of(Plane::Influence).map(|layout| (layout, None)),
        View::Exposure => first_of(Plane::Exposure).map(|layout| (layout, None)),
        View::Verbs => match fit(Face::Verbs) {
            Ok(layout) => Some((layout, None)),
            Err(least) => {
                let limit = options.width.unwrap_or(0);
                let notice = phrase![
                    "the verbs take ",
                    Piece::Number(least),
                    " columns and there are ",
                    Piece::Number(limit),
                    ": the influence view instead"
                ];
                first_of(Plane::Influence).map(|layout| (layout, Some(notice)))
            }
        },
    }
}
