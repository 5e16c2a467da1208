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
    changes(spec).map(|changes| phrase!["what if, not the spec as it stands: ", changes])
}

/// The same for a comparison, a line for each side that is not as it stands.
pub(super) fn what_if_sides(joint: &Joint) -> impl Iterator<Item = Text> {
    Side::BOTH.iter().filter_map(|side| {
        let changes = changes(joint.spec(*side))?;
        Some(phrase!["what if, not the ", side.as_str(), " as it stands: ", changes])
    })
}

/// The changes that were made; nothing where none was.
fn changes(spec: &Spec) -> Option<Text> {
    let changes = &spec.what_if;
    let named = changes.iter().take(NAMED).map(|change| phrase![Piece::Path(change.clone())]);
    let named = Text::joined(named, "; ");
    let named = match changes.len().saturating_sub(NAMED) {
        0 => named,
        more => phrase![named, "; and ", Piece::Number(more), " more changes"],
    };
    (!changes.is_empty()).then_some(named)
}

/// The last lines of a page.
pub(super) fn closing(spec: &Spec) -> impl Iterator<Item = Text> {
    what_if(spec).into_iter().chain([phrase![DISCLAIMER]])
}

/// The last lines of a report for the terminal, without the last line break.
pub(super) fn closing_text(spec: &Spec) -> String {
    closing(spec).map(|line| write::text(&Terminal, spec, &line)).collect::<Vec<_>>().join("\n")
}
