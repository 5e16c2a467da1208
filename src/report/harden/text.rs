//! A page of sections for the terminal.

use anstyle::Style;

use super::page::{Page, Section, page};
use crate::hardening::Hardening;
use crate::report::columns;
use crate::report::name::visible;
use crate::report::page::PageStyle;
use crate::report::style::{DIM, STRONG, paint};

/// What to change first as text. `again` is the command as it was typed, for the commands that try a proposal.
#[must_use]
pub fn harden_text(hardening: &Hardening<'_>, again: &str) -> String {
    page_text(&page(hardening, again, PageStyle::Text), &hardening.graph.spec().name)
}

/// A page as text. `name` is what the spec is called.
pub(in crate::report) fn page_text(page: &Page, name: &str) -> String {
    let name = paint(DIM, &format!("({})", visible(name)));
    let mut text = format!("{} {name}\n", paint(STRONG, &page.title));
    for figure in &page.figures {
        text += &format!("  {figure}\n");
    }
    for section in &page.sections {
        text += &section_text(section);
    }
    text + &format!("\n{}\n", paint(DIM, &page.legend.join("\n")))
}

fn section_text(section: &Section) -> String {
    let mut text = format!("\n{}\n", paint(STRONG, &section.title));
    for note in &section.notes {
        text += &format!("  {}\n", paint(DIM, note));
    }
    let count = section.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let figures: Vec<bool> = (0..count).map(|column| is_figures(section, column)).collect();
    let headed = figures.contains(&true);
    let width = |column: usize| {
        let cells = section.rows.iter().filter_map(|row| row.cells.get(column));
        let head = if headed { section.heads.get(column).map_or(0, |head| head.len()) } else { 0 };
        cells.map(|cell| columns::width(cell)).max().unwrap_or(0).max(head)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let place = |cell: &str, column: usize| match figures[column] {
        true => columns::pad_left(cell, widths[column]),
        false => columns::pad(cell, widths[column]),
    };
    if headed {
        let heads =
            section.heads.iter().enumerate().map(|(column, head)| place(&head.to_lowercase(), column));
        let line = heads.collect::<Vec<_>>().join("  ");
        text += &format!("  {}\n", paint(DIM, line.trim_end()));
    }
    for row in &section.rows {
        let last = row.cells.len().saturating_sub(1);
        let mut line = String::new();
        for (column, cell) in row.cells.iter().enumerate() {
            let style = if column == last && last > 0 { DIM } else { Style::new() };
            let cell = if column == last { cell.clone() } else { place(cell, column) };
            // Blanks before marks of style would stay at the end of the line.
            let painted = if cell.is_empty() { cell } else { paint(style, &cell) };
            line += &format!("  {painted}");
        }
        text += &format!("{}\n", line.trim_end());
        for under in &row.under {
            text += &format!("      {}\n", paint(DIM, under));
        }
    }
    for after in &section.after {
        text += &format!("  {after}\n");
    }
    if let Some(command) = &section.command {
        text += &format!("  try: {command}\n");
    }
    text
}

/// Whether a column holds numbers alone.
fn is_figures(section: &Section, column: usize) -> bool {
    let is_figure = |cell: &String| cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let mut cells = section.rows.iter().filter_map(|row| row.cells.get(column)).peekable();
    cells.peek().is_some() && cells.all(|cell| !cell.is_empty() && is_figure(cell))
}
