//! A page of sections as Markdown: the same as in the terminal, as tables.

use super::page::{Page, Section, page};
use crate::hardening::Hardening;
use crate::report::inert;
use crate::report::page::PageStyle;

/// What to change first as Markdown. `again` is the command as it was typed, for the commands that try a proposal.
#[must_use]
pub fn harden_markdown(hardening: &Hardening<'_>, again: &str) -> String {
    page_markdown(&page(hardening, again, PageStyle::Markdown))
}

fn page_markdown(page: &Page) -> String {
    let mut text = format!("### {}\n\n", page.title);
    for figure in &page.figures {
        text += &format!("- {}\n", figure);
    }
    for section in &page.sections {
        text += &section_markdown(section);
    }
    text + &format!("\n<sub>{}</sub>\n", page.legend.join("<br/>"))
}

fn section_markdown(section: &Section) -> String {
    let mut text = format!("\n#### {}\n\n", section.title);
    for note in &section.notes {
        text += &format!("{}\n\n", note);
    }
    if !section.rows.is_empty() {
        text += &format!("| {} |\n|{}\n", section.heads.join(" | "), ":--|".repeat(section.heads.len()));
    }
    for row in &section.rows {
        let last = row.cells.len().saturating_sub(2);
        let cells = row.cells.iter().enumerate().map(|(column, cell)| {
            // What belongs to the row stands under what it is about.
            let under = row.under.iter().filter(|_| column == last);
            let lines = std::iter::once(cell).chain(under);
            lines.cloned().collect::<Vec<_>>().join("<br/>")
        });
        text += &format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
    }
    for after in &section.after {
        text += &format!("\n{}\n", after);
    }
    if let Some(command) = &section.command {
        text += &format!("\n{}\n", inert::fenced("sh", command).trim_end());
    }
    text
}
