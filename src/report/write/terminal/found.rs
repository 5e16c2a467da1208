//! A finding for the terminal, in the shape of a compiler's messages: what, where, by which paths, and the way out.

use super::{Page, on_terminal};
use crate::model::{Spec, Text};
use crate::report::columns::pad;
use crate::report::document::{Found, Proof, Route, Spot};
use crate::report::excerpt::Excerpt;
use crate::report::name::visible;
use crate::report::style::{DIM, STRONG, paint};
use crate::report::write::medium::text;
use crate::report::write::unmarked::Unmarked::Plain;
use crate::report::write::unmarked::grave;

/// A label of a path that is wider pushes its own path to the right and no other's.
const LABEL: usize = 32;
/// Columns of the word for what became of a path.
const KIND: usize = 8;
/// Columns before such a path: the sign of the row, the word and the blanks behind them.
const BEFORE: usize = 2 + KIND + 1;
/// A path that is wider pushes its own cost to the right and no other's.
const ROUTE: usize = 64;

impl Page<'_> {
    pub(super) fn found(&mut self, found: &Found) {
        self.gap();
        let head = format!("{}[{}]", found.level.as_str(), found.rule.id());
        let title = format!(": {}", self.shown(&found.title));
        self.text += &format!("{}{}\n", paint(grave(found.level), &head), paint(STRONG, &title));
        let gutter = found.spot.as_ref().and_then(|spot| self.spot(found, spot)).unwrap_or(1);
        let mut rows: Vec<String> = found.causes.iter().map(|cause| self.shown(cause)).collect();
        rows.extend(self.proofs(&found.proofs));
        rows.extend(self.routes(&found.routes, gutter + 1));
        rows.extend(found.details.iter().map(|detail| self.shown(detail)));
        if !found.fix.is_empty() {
            rows.push(format!("fix: {}", self.shown(&found.fix)));
        }
        rows.extend(on_terminal(&found.more).map(|line| paint(DIM, &self.shown(line))));
        for row in rows {
            self.text += &format!("{} {} {row}\n", " ".repeat(gutter), paint(DIM, "="));
        }
    }

    /// Where it stands, with the line itself; gives how wide the numbers of lines are.
    fn spot(&mut self, found: &Found, spot: &Spot) -> Option<usize> {
        let file = self.names.files.get(spot.place.file as usize)?;
        let (line, column) = file.line_column(spot.place.start as usize);
        let column = if spot.has_column { format!(":{column}") } else { String::new() };
        let label = plain(self.names, &spot.label);
        let excerpt = Excerpt::of(file, spot.place, self.columns, &label);
        let gutter = excerpt.as_ref().map_or(1, Excerpt::gutter);
        let arrow = format!("{}{}", " ".repeat(gutter), paint(DIM, "-->"));
        self.text += &format!("{arrow} {}:{line}{column}{}", visible(file.name()), self.shown(&spot.beside));
        // Under a line of the file the mark needs its words; without one, what the title says is not said twice.
        self.text += &match excerpt.filter(|_| spot.has_excerpt) {
            Some(excerpt) => format!("\n{}", excerpt.draw(grave(found.level), &label)),
            None if plain(self.names, &found.title).contains(&label) => "\n".to_owned(),
            None => format!("  {label}\n"),
        };
        Some(gutter)
    }

    /// Paths below each other.
    fn proofs(&self, proofs: &[Proof]) -> Vec<String> {
        let widths = proofs.iter().map(|proof| self.width(&proof.label));
        let column = widths.filter(|width| *width <= LABEL).max().unwrap_or(0);
        let row = |proof: &Proof| {
            let gap = " ".repeat(column.saturating_sub(self.width(&proof.label)));
            format!("{}{gap}  {}", paint(DIM, &self.shown(&proof.label)), visible(&proof.path))
        };
        proofs.iter().map(row).collect()
    }

    /// Paths, costs and answers under one another. Where one does not fit a line, all have their cost below, which stands `margin`
    /// further right: then paths stand under paths.
    fn routes(&self, routes: &[Route], margin: usize) -> Vec<String> {
        let column = |cell: fn(&Route) -> &Text| {
            let widths = routes.iter().map(|route| self.width(cell(route)));
            widths.filter(|width| *width <= ROUTE).max().unwrap_or(0)
        };
        let (path, cost) = (column(|route| &route.path), column(|route| &route.cost));
        let room = self.columns.map(|columns| columns.saturating_sub(margin));
        let fits = |route: &Route| {
            let cells = self.width(&route.path).max(path) + self.width(&route.cost).max(cost);
            room.is_none_or(|room| BEFORE + cells + self.width(&route.answers) + 4 <= room)
        };
        let is_beside = routes.iter().all(fits);
        let row = |route: &Route| {
            let kind = pad(route.kind, KIND);
            let (shown, answers) = (self.shown(&route.path), paint(DIM, &self.shown(&route.answers)));
            let said = self.shown(&route.cost);
            if is_beside {
                let gap = " ".repeat(path.saturating_sub(self.width(&route.path)));
                format!("{kind} {shown}{gap}  {}  {answers}", pad(&said, cost))
            } else {
                format!("{kind} {shown}\n{}{said}  {answers}", " ".repeat(margin + BEFORE))
            }
        };
        routes.iter().map(row).collect()
    }
}

/// A text without colour.
fn plain(names: &Spec, words: &Text) -> String {
    text(&Plain, names, words)
}
