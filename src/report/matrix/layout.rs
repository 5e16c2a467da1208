//! How a grid is laid out: what its cells show, how wide each column is, how much of the names and margins there is room for.

use super::cells::{Face, Size};
use super::grid::{Block, Grid, GridRow};
use crate::model::Plane;
use crate::report::columns::{Glyphs, width};
use crate::report::name::visible;

/// A shortened name keeps this many columns.
const LEAST_NAME: usize = 16;
/// Columns of a full bar.
pub(super) const BAR: usize = 8;

/// What stands right of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Margin {
    /// The count and a bar.
    Bar,
    /// The count.
    Count,
    /// Nothing: the names need the room more.
    None,
}

/// Where everything stands.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) face: Face,
    /// By column.
    pub(super) widths: Vec<usize>,
    pub(super) blocks: Vec<Block>,
    /// Columns of the zone names left of the rows; 0 where there are none, or where the rules carry them.
    pub(super) zone: usize,
    pub(super) name: usize,
    pub(super) number: usize,
    pub(super) margin: Margin,
    /// Columns of the counts in the margin.
    pub(super) count: usize,
}

/// The faces to try for a view, the one that says most first.
pub(super) fn plane_faces(plane: Plane) -> [Face; 3] {
    [Size::Three, Size::Two, Size::One].map(|size| Face::Hops(plane, size))
}

impl Layout {
    /// Lays a grid out. If that takes more than `limit` columns: the least it would take.
    pub(super) fn fit(
        grid: &Grid<'_>,
        face: Face,
        glyphs: &Glyphs,
        limit: Option<usize>,
    ) -> Result<Self, usize> {
        let tight = Self::full(grid, face, glyphs);
        let wide = tight.clone().with_room_for_zones(grid);
        let Some(limit) = limit else { return Ok(wide) };
        let counted = Self { margin: Margin::Count, ..tight };
        // The zone names go to the lines between the zones before a node's name is shortened.
        let bare = Self { zone: 0, ..counted.clone() };
        let candidates = [
            wide.clone(),
            Self { margin: Margin::Count, ..wide },
            counted,
            bare.clone(),
            bare.clone().with_shorter_names(limit),
            Self { margin: Margin::None, ..bare }.with_shorter_names(limit),
        ];
        let least = candidates.last().map_or(0, Self::total);
        candidates.into_iter().find(|layout| layout.total() <= limit).ok_or(least)
    }

    /// Every name in full.
    fn full(grid: &Grid<'_>, face: Face, glyphs: &Glyphs) -> Self {
        let name_of = |row: &GridRow| width(&visible(grid.spec().node_name(row.node)));
        let zones = grid.row_blocks();
        let zone = zones.iter().map(|block| zone_name(grid, block)).map(|name| width(&name)).max();
        let footer = width(footer_name(face.plane()));
        Self {
            face,
            widths: widths(grid, face, glyphs),
            blocks: grid.column_blocks(),
            zone: if face.gap() == 0 { 0 } else { zone.unwrap_or(0) },
            name: grid.rows.iter().map(name_of).chain([footer]).max().unwrap_or(0),
            number: grid.largest_number().to_string().len(),
            margin: Margin::Bar,
            count: grid.rows.iter().map(|row| margin_count(grid, row, face.plane()).len()).max().unwrap_or(0),
        }
    }

    /// Widens the columns of each zone whose name would not fit above them.
    fn with_room_for_zones(mut self, grid: &Grid<'_>) -> Self {
        if self.face.gap() > 0 {
            for block in self.blocks.clone() {
                let missing = width(&zone_name(grid, &block)).saturating_sub(self.block_width(&block));
                for (place, width) in self.widths[block.first..block.first + block.len].iter_mut().enumerate()
                {
                    *width += (missing + block.len - 1 - place) / block.len;
                }
            }
        }
        self
    }

    /// Shortens names as far as it takes and may go.
    fn with_shorter_names(mut self, limit: usize) -> Self {
        let over = self.total().saturating_sub(limit);
        self.name = self.name.min(LEAST_NAME).max(self.name.saturating_sub(over));
        self
    }

    /// Columns of the cells of a block, the blanks between them included.
    pub(super) fn block_width(&self, block: &Block) -> usize {
        let cells: usize = self.widths[block.first..block.first + block.len].iter().sum();
        cells + self.face.gap() * block.len.saturating_sub(1)
    }

    /// Columns left of the cells.
    pub(super) fn label(&self) -> usize {
        let zone = if self.zone > 0 { self.zone + 2 } else { 0 };
        zone + self.name + 1 + self.number + 1
    }

    /// Columns of all cells and the rules between them.
    pub(super) fn body(&self) -> usize {
        let cells: usize = self.blocks.iter().map(|block| self.block_width(block)).sum();
        let rule = 1 + 2 * self.face.gap();
        cells + self.face.gap() + rule * self.blocks.len().saturating_sub(1)
    }

    /// Whether a column is the first of its zone, the first zone apart.
    pub(super) fn is_ruled_off(&self, column: usize) -> bool {
        column > 0 && self.blocks.iter().any(|block| block.first == column)
    }

    fn total(&self) -> usize {
        let margin = match self.margin {
            Margin::Bar => 3 + (self.count + 1 + BAR).max(margin_name(self.face.plane()).len()),
            Margin::Count => 3 + self.count.max(margin_name(self.face.plane()).len()),
            Margin::None => 0,
        };
        self.label() + self.body() + margin
    }
}

/// Each column as wide as its widest cell; with blanks between them, as its number and its count too.
fn widths(grid: &Grid<'_>, face: Face, glyphs: &Glyphs) -> Vec<usize> {
    let mut widths = match face {
        Face::Hops(_, Size::One) => return vec![1; grid.columns.len()],
        Face::Hops(_, Size::Two) => return vec![2; grid.columns.len()],
        Face::Hops(_, Size::Three) => vec![2; grid.columns.len()],
        Face::Verbs => vec![1; grid.columns.len()],
    };
    for (column, cell) in grid.rows.iter().flat_map(|row| &row.cells) {
        widths[*column] = widths[*column].max(face.draw(cell, glyphs).width);
    }
    let counts = grid.reached_by(face.plane());
    for ((width, node), count) in widths.iter_mut().zip(&grid.columns).zip(counts) {
        *width = (*width).max(grid.number(*node).to_string().len()).max(count.to_string().len());
    }
    widths
}

/// The name of a block's zone as it is printed; empty for nodes without one.
pub(super) fn zone_name(grid: &Grid<'_>, block: &Block) -> String {
    block.zone.map_or_else(String::new, |zone| visible(grid.spec().zone_name(zone)))
}

/// `12/23`: the open ones of a row.
pub(super) fn margin_count(grid: &Grid<'_>, row: &GridRow, plane: Plane) -> String {
    format!("{}/{}", row.open(plane), grid.denominator(row))
}

/// What stands above the margin.
pub(super) fn margin_name(plane: Plane) -> &'static str {
    match plane {
        Plane::Influence => "reaches",
        Plane::Exposure => "learns from",
    }
}

/// What stands left of the last line.
pub(super) fn footer_name(plane: Plane) -> &'static str {
    match plane {
        Plane::Influence => "reached by",
        Plane::Exposure => "learned by",
    }
}
