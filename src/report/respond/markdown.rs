//! A response plan as Markdown: steps with boxes to check.

use super::steps::page;
use crate::report::again::Again;
use crate::report::harden::{Row, Section};
use crate::report::inert;
use crate::report::page::PageStyle;
use crate::response::Response;

/// The plan as Markdown. `again` is the command as it was typed, for the command that tries the cut.
#[must_use]
pub fn respond_markdown(response: &Response<'_>, again: &Again) -> String {
    let page = page(response, again, PageStyle::Markdown);
    let mut text = format!("## {}\n\n", page.title);
    for figure in &page.figures {
        text += &format!("- {}\n", figure);
    }
    for section in &page.sections {
        text += &step(section);
    }
    text + &format!("\n<sub>{}</sub>\n", page.legend.join("<br/>"))
}

fn step(section: &Section) -> String {
    let mut text = format!("\n### {}\n\n", section.title);
    for note in &section.notes {
        text += &format!("{}\n\n", note);
    }
    for row in &section.rows {
        text += &item(row, section.is_read);
    }
    for after in &section.after {
        text += &format!("\n{}\n", after);
    }
    if let Some(command) = &section.command {
        text += &format!("\n{}\n", inert::fenced("sh", command).trim_end());
    }
    text
}

/// A box (or a dot, where there is nothing to do), and what belongs to it below.
fn item(row: &Row, is_read: bool) -> String {
    let mark = if is_read { "-" } else { "- [ ]" };
    let cells = row.cells.iter().filter(|cell| !cell.is_empty()).cloned();
    let mut text = format!("{mark} {}\n", cells.collect::<Vec<_>>().join(" · "));
    for under in &row.under {
        text += &format!("  - {}\n", under);
    }
    text
}
