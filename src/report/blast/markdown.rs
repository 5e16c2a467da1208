//! A blast radius as Markdown: the same sections as in the terminal, as tables.

use super::sections::{Section, figures, sections};
use crate::analysis::BlastRadius;
use crate::report::page::PageStyle;
use crate::report::sentence::{ARROWS, compromised};
use crate::report::what_if::closing;

const STYLE: PageStyle = PageStyle::Markdown;

/// The blast radius as Markdown.
#[must_use]
pub fn blast_markdown(blast: &BlastRadius<'_>) -> String {
    let mut text = format!("### {}\n\n", compromised(blast, STYLE));
    for figure in figures(blast) {
        text += &format!("- {figure}\n");
    }
    for section in sections(blast, STYLE) {
        text += &table(&section);
    }
    let closing = closing(blast.graph.spec(), STYLE);
    let legend = ARROWS.lines().map(|line| STYLE.ours(line)).chain(closing).collect::<Vec<_>>().join("<br/>");
    text + &format!("\n<sub>{legend}</sub>\n")
}

fn table(section: &Section) -> String {
    let mut text = format!("\n#### {} ({})\n\n", section.title, section.rows.len());
    if let Some(note) = &section.note {
        text += &format!("{note}\n\n");
    }
    text += "| | What | About | Best path |\n|:--|:--|:--|:--|\n";
    for row in &section.rows {
        text += &format!("| {} | {} | {} | {} |\n", row.at, row.what, row.about, row.path);
    }
    text
}
