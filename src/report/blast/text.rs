//! A blast radius for the terminal.

use anstyle::Style;

use super::sections::{Row, Section, figures, sections};
use crate::analysis::BlastRadius;
use crate::report::columns;
use crate::report::name::visible;
use crate::report::page::PageStyle;
use crate::report::sentence::{ARROWS, compromised};
use crate::report::style::{DIM, GUARDED, STRONG, paint};
use crate::report::what_if::closing_text;

/// The blast radius as text, one line a finding, its best path at the end.
#[must_use]
pub fn blast_text(blast: &BlastRadius<'_>) -> String {
    let spec = blast.graph.spec();
    let mut text = format!(
        "{} {}\n",
        paint(STRONG, &compromised(blast, PageStyle::Text)),
        paint(DIM, &format!("({})", visible(&spec.name)))
    );
    for figure in figures(blast) {
        text += &format!("  {figure}\n");
    }
    let sections = sections(blast, PageStyle::Text);
    for section in &sections {
        text += &section_text(section);
    }
    let legend = if sections.is_empty() {
        String::new()
    } else {
        format!("{ARROWS}\n▲ more trusted than a compromised node\n")
    };
    text + &format!("\n{}\n", paint(DIM, &format!("{legend}{}", closing_text(spec))))
}

fn section_text(section: &Section) -> String {
    let mut text =
        format!("\n{} {}\n", paint(STRONG, section.title), paint(DIM, &format!("({})", section.rows.len())));
    if let Some(note) = &section.note {
        text += &format!("  {}\n", paint(DIM, note));
    }
    let width =
        |cell: fn(&Row) -> &str| section.rows.iter().map(|row| columns::width(cell(row))).max().unwrap_or(0);
    let widths = [width(|row| &row.at), width(|row| &row.what), width(|row| &row.about)];
    for row in &section.rows {
        let style = if row.guarded { GUARDED } else { Style::new() };
        let cells = [(&row.at, DIM), (&row.what, style), (&row.about, DIM)];
        let mut line = String::new();
        for ((cell, style), width) in cells.into_iter().zip(widths).filter(|(_, width)| *width > 0) {
            line += &format!("  {}{}", paint(style, cell), " ".repeat(width - columns::width(cell)));
        }
        text += &format!("{}\n", format!("{line}  {}", row.path).trim_end());
    }
    text
}
