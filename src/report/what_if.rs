//! What every report ends with: that it is a what-if, if it is one or compares with one, and what crabwalk does not look at.

use super::DISCLAIMER;
use super::write::{self, Terminal};
use crate::compare::{Joint, Side};
use crate::model::text::phrase;
use crate::model::{Piece, Spec, Text};

/// Changes that are named; of more the number is said.
const NAMED: usize = 12;

/// That an answer is about a spec with changes made, and which; nothing for a spec as it stands.
#[must_use]
pub fn what_if_line(spec: &Spec) -> Option<String> {
    what_if(spec).map(|line| write::text(&Terminal, spec, &line))
}

fn what_if(spec: &Spec) -> Option<Text> {
    let changes = &spec.what_if;
    let named = changes.iter().take(NAMED).map(|change| phrase![Piece::Path(change.clone())]);
    let mut line = phrase!["what if, not the spec as it stands: ", Text::joined(named, "; ")];
    let more = changes.len().saturating_sub(NAMED);
    if more > 0 {
        line = line.and(phrase!["; and ", Piece::Number(more), " more changes"]);
    }
    (!changes.is_empty()).then_some(line)
}

/// The same for a comparison, a line for each side that is not as it stands. `style` is how a change is written.
pub(super) fn what_if_sides(joint: &Joint, style: fn(&str) -> String) -> Vec<String> {
    let line = |side: &Side| {
        let changes = changes(joint.spec(*side), style)?;
        Some(format!("what if, not the {} as it stands: {changes}", side.as_str()))
    };
    Side::BOTH.iter().filter_map(line).collect()
}

/// The changes that were made; nothing where none was.
fn changes(spec: &Spec, style: impl Fn(&str) -> String) -> Option<String> {
    let changes = &spec.what_if;
    let named: Vec<String> = changes.iter().take(NAMED).map(|change| style(change)).collect();
    let more = changes.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!("; and {more} more changes") };
    (!changes.is_empty()).then(|| format!("{}{more}", named.join("; ")))
}

/// The last lines of a page.
pub(super) fn closing(spec: &Spec) -> impl Iterator<Item = Text> {
    what_if(spec).into_iter().chain([phrase![DISCLAIMER]])
}

/// The last lines of a report for the terminal, without the last line break.
pub(super) fn closing_text(spec: &Spec) -> String {
    closing(spec).map(|line| write::text(&Terminal, spec, &line)).collect::<Vec<_>>().join("\n")
}
