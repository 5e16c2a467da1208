//! A laid-out grid → its lines: zone names, numbers, rows, and who reaches a column.

use super::grid::{Grid, GridRow};
use super::layout::{BAR, Layout, Margin, footer_name, margin_count, margin_name, zone_name};
use crate::model::NodeId;
use crate::report::columns::{Glyphs, Painted, pad, pad_left, shorten, width};
use crate::report::name::visible;
use crate::report::style::{DIM, ZONE, paint};

/// The lines of a matrix; each ends with a line break.
pub(super) struct Table<'t, 'g> {
    pub(super) grid: &'t Grid<'g>,
    pub(super) layout: &'t Layout,
    pub(super) glyphs: Glyphs,
}

impl Table<'_, '_> {
    pub(super) fn draw(&self) -> String {
        let mut text = self.header();
        for (place, block) in self.grid.row_blocks().iter().enumerate() {
            let zone = zone_name(self.grid, block);
            // Without a place for zone names left of the rows, the line above a zone's rows carries its name.
            let above = if self.layout.zone == 0 { zone.as_str() } else { "" };
            if place > 0 {
                text += &self.line(&self.heading(above), &self.rule(), "");
            }
            for (position, row) in self.grid.rows[block.first..block.first + block.len].iter().enumerate() {
                text += &self.row(if position == 0 { &zone } else { "" }, row);
            }
        }
        text + &self.line(&" ".repeat(self.layout.label()), &self.rule(), "") + &self.footer()
    }

    fn line(&self, label: &str, body: &str, margin: &str) -> String {
        let margin = if self.layout.margin == Margin::None { "" } else { margin };
        if margin.is_empty() { format!("{label}{body}\n") } else { format!("{label}{body}   {margin}\n") }
    }

    /// A label that holds a zone's name alone.
    fn heading(&self, zone: &str) -> String {
        let zone = shorten(zone, self.layout.label() - 1, self.glyphs.cut);
        Painted::styled(ZONE, &zone).padded(self.layout.label()).painted
    }

    fn label(&self, zone: &str, name: &str, number: &str) -> String {
        let layout = self.layout;
        let fit = |text: &str, to: usize| pad(&shorten(text, to, self.glyphs.cut), to);
        let zone = match layout.zone {
            0 => String::new(),
            columns => format!("{}  ", paint(ZONE, &fit(zone, columns))),
        };
        format!("{zone}{} {} ", fit(name, layout.name), paint(DIM, &pad_left(number, layout.number)))
    }

    /// Zone names and column numbers.
    fn header(&self) -> String {
        let layout = self.layout;
        let blank = " ".repeat(layout.label());
        let mut lines: Vec<String> = self.zones_above().into_iter().collect();
        lines.extend(self.numbers(|column| self.grid.number(self.grid.columns[column]), true));
        let last = lines.len().saturating_sub(1);
        let first_zone = self.grid.row_blocks().first().map(|block| zone_name(self.grid, block));
        let label = |place: usize| match &first_zone {
            Some(zone) if place == last && layout.zone == 0 => self.heading(zone),
            _ => blank.clone(),
        };
        let margin = |place: usize| if place == last { margin_name(layout.face.plane()) } else { "" };
        lines.iter().enumerate().map(|(place, line)| self.line(&label(place), line, margin(place))).collect()
    }

    /// The zone names in the middle above their columns, as far as they can be told from one another there.
    fn zones_above(&self) -> Option<String> {
        let layout = self.layout;
        let above = |block| {
            let (name, room) = (zone_name(self.grid, block), layout.block_width(block));
            if width(&name) > room && room < 4 {
                String::new()
            } else {
                shorten(&name, room, self.glyphs.cut)
            }
        };
        let names: Vec<String> = layout.blocks.iter().map(above).collect();
        if names.iter().all(String::is_empty) {
            return None;
        }
        Some(self.blocks_line(&names))
    }

    fn blocks_line(&self, names: &[String]) -> String {
        let layout = self.layout;
        let gap = " ".repeat(layout.face.gap());
        let centred = names.iter().zip(&layout.blocks).map(|(name, block)| {
            let room = layout.block_width(block);
            let before = room.saturating_sub(width(name)) / 2;
            let mut piece = Painted::plain(&" ".repeat(before));
            piece.push(&Painted::styled(ZONE, name));
            format!("{gap}{}", piece.padded(room).painted)
        });
        centred.collect::<Vec<_>>().join(&format!("{gap}{}", paint(DIM, self.glyphs.down)))
    }

    /// The cells of a line, rules between zones.
    fn cells(&self, cell: impl Fn(usize) -> Painted) -> String {
        let layout = self.layout;
        let gap = " ".repeat(layout.face.gap());
        let mut text = String::new();
        for (column, width) in layout.widths.iter().enumerate() {
            if layout.is_ruled_off(column) {
                text += &gap;
                text += &paint(DIM, self.glyphs.down);
            }
            text += &gap;
            text += &cell(column).padded(*width).painted;
        }
        text
    }

    fn rule(&self) -> String {
        let layout = self.layout;
        let last = layout.blocks.len().saturating_sub(1);
        let gap = layout.face.gap();
        let stretches = layout.blocks.iter().enumerate().map(|(place, block)| {
            let after = if place == last { 0 } else { gap };
            self.glyphs.across.repeat(gap + layout.block_width(block) + after)
        });
        paint(DIM, &stretches.collect::<Vec<_>>().join(self.glyphs.cross))
    }

    /// Numbers above or below the columns: in one line where there are blanks between them, digit under digit where not. Of
    /// running numbers a leading digit is printed where it changes.
    fn numbers(&self, number: impl Fn(usize) -> usize, running: bool) -> Vec<String> {
        if self.layout.face.gap() > 0 {
            return vec![self.cells(|column| Painted::styled(DIM, &number(column).to_string()))];
        }
        let columns = self.layout.widths.len();
        let digits = (0..columns).map(|column| number(column).to_string().len()).max().unwrap_or(1);
        let level = |level: usize| {
            let scale = 10_usize.pow(u32::try_from(level).unwrap_or(0));
            self.cells(|column| {
                let (here, before) = (number(column) / scale, column.checked_sub(1).map(&number));
                let same = running && level > 0 && before.is_some_and(|before| before / scale == here);
                let blank = same || (here == 0 && level > 0);
                let digit = if blank { String::new() } else { (here % 10).to_string() };
                Painted::styled(DIM, &digit)
            })
        };
        (0..digits).rev().map(level).collect()
    }

    fn row(&self, zone: &str, row: &GridRow) -> String {
        let name = visible(self.grid.spec().node_name(row.node));
        let label = self.label(zone, &name, &self.grid.number(row.node).to_string());
        self.line(&label, &self.cells(|column| self.cell(row, column)), &self.margin(row))
    }

    fn cell(&self, row: &GridRow, column: usize) -> Painted {
        let own: NodeId = self.grid.columns[column];
        match row.cell(column) {
            _ if own == row.node => Painted::styled(DIM, self.glyphs.itself),
            Some(cell) => self.layout.face.draw(cell, &self.glyphs),
            None => self.layout.face.nothing(&self.glyphs),
        }
    }

    fn margin(&self, row: &GridRow) -> String {
        let plane = self.layout.face.plane();
        let count = pad_left(&margin_count(self.grid, row, plane), self.layout.count);
        if self.layout.margin != Margin::Bar {
            return count;
        }
        // Rounded up: whoever reaches anything has a bar.
        let bar = (row.open(plane) * BAR).div_ceil(self.grid.denominator(row).max(1));
        format!("{count} {}", Painted::styled(DIM, &self.glyphs.bar.repeat(bar)).painted)
    }

    fn footer(&self) -> String {
        let plane = self.layout.face.plane();
        let counts = self.grid.reached_by(plane);
        let lines = self.numbers(|column| counts[column], false);
        let label = |place: usize| self.label("", if place == 0 { footer_name(plane) } else { "" }, "");
        lines.iter().enumerate().map(|(place, line)| self.line(&label(place), line, "")).collect()
    }
}
