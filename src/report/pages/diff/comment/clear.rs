//! How the check is cleared: what to take back, or what to write into the spec to accept it.

use super::{Comment, markdown_escape};
use crate::findings::{Finding, Gate};
use crate::model::Level;
use crate::report::columns::shorten;
use crate::report::pages::diff::words::accepts;

/// Findings that are told how to be accepted.
const ENTRIES: usize = 5;

impl Comment<'_> {
    /// The section; nothing where the check is clear.
    pub(super) fn clear(&self) -> Option<String> {
        let gate = Gate(Some(self.context.fail_on.unwrap_or(Level::Error)));
        let failing: Vec<&Finding> = self.review.open().filter(|finding| gate.stops(finding)).collect();
        let first = failing.first()?;
        let place = first.place.map(|place| format!(" ({})", self.link(place))).unwrap_or_default();
        let undo = self.standing_out(&self.words.order(first));
        let acceptable: Vec<&&Finding> = failing.iter().filter(|finding| accepts(finding)).collect();
        if acceptable.is_empty() {
            return Some(format!("**To clear this check**: {undo}{place}.\n\n"));
        }
        let it = if acceptable.len() == 1 { "it" } else { "each finding" };
        let mut yaml = format!("# {}\naccept:\n", self.file());
        for finding in acceptable.iter().take(ENTRIES) {
            let title = shorten(&crate::report::pages::diff::words::title(self.review, finding), 90, "…");
            yaml += &format!("  - {{finding: \"{}\", reason: \"...\"}} # {title}\n", finding.id());
        }
        let more = acceptable.len().saturating_sub(ENTRIES);
        if more > 0 {
            yaml += &format!("  # and {more} more, by the ids that the command below prints\n");
        }
        let note = "An acceptance counts once it is in the base: land it by itself first. \
                    `crabwalk accept` writes it for you; `owner`, `ticket` and `expires` are optional.";
        Some(format!(
            "**To clear this check**, {undo}{place}, or accept {it} and say why:\n\n{}\n{note}\n\n",
            markdown_escape::fenced("yaml", &yaml)
        ))
    }
}
