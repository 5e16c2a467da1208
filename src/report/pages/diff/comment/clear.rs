//! How the check is cleared: what to take back, or what to write into the spec to accept it.

use super::Comment;
use crate::findings::{Finding, Gate};
use crate::model::text::phrase;
use crate::model::{Level, Piece, Text, Tone};
use crate::report::columns::shorten;
use crate::report::document::Block;
use crate::report::pages::diff::words::{accepts, title};

/// Findings that are told how to be accepted.
const ENTRIES: usize = 5;
/// Columns of a finding's title beside its entry.
const TITLE: usize = 90;

impl Comment<'_> {
    /// The section; nothing where the check is clear.
    pub(super) fn clear(&self) -> Option<Vec<Block>> {
        let gate = Gate(Some(self.context.fail_on.unwrap_or(Level::Error)));
        let failing: Vec<&Finding> = self.review.open().filter(|finding| gate.stops(finding)).collect();
        let first = failing.first()?;
        let place = first.place.map(|place| phrase![" (", self.link(place), ")"]).unwrap_or_default();
        let undo = phrase![self.words.order(first).toned(Tone::Names), place];
        let head = phrase!["To clear this check"].toned(Tone::Strong);
        let acceptable: Vec<&Finding> = failing.iter().copied().filter(|finding| accepts(finding)).collect();
        let it = match acceptable.len() {
            0 => return Some(vec![Block::Paragraph(phrase![head, ": ", undo, "."])]),
            1 => "it",
            _ => "each finding",
        };
        Some(vec![
            Block::Paragraph(phrase![head, ", ", undo, ", or accept ", it, " and say why:"]),
            Block::Code { language: "yaml", text: self.entries(&acceptable) },
            Block::Paragraph(note()),
        ])
    }

    /// What to write into the spec.
    fn entries(&self, acceptable: &[&Finding]) -> String {
        let mut yaml = format!("# {}\naccept:\n", self.file());
        for finding in acceptable.iter().take(ENTRIES) {
            let title = shorten(&title(self.review, finding), TITLE, "…");
            yaml += &format!("  - {{finding: \"{}\", reason: \"...\"}} # {title}\n", finding.id());
        }
        let more = acceptable.len().saturating_sub(ENTRIES);
        if more > 0 {
            yaml += &format!("  # and {more} more, by the ids that the command below prints\n");
        }
        yaml
    }
}

fn note() -> Text {
    let code = |word: &str| Piece::Code(word.to_owned());
    phrase![
        "An acceptance counts once it is in the base: land it by itself first. ",
        code("crabwalk accept"),
        " writes it for you; ",
        code("owner"),
        ", ",
        code("ticket"),
        " and ",
        code("expires"),
        " are optional."
    ]
}
