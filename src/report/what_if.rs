//! What every report ends with: that it is a what-if, if it is one, and what crabwalk does not look at.

use super::DISCLAIMER;
use super::name::visible;
use crate::spec::Spec;

/// Changes that are named; of more the number is said.
const NAMED: usize = 12;

/// That an answer is about a spec with changes made, and which; nothing for a spec as it stands.
#[must_use]
pub fn what_if_line(spec: &Spec) -> Option<String> {
    let changes = &spec.what_if;
    let named: Vec<String> = changes.iter().take(NAMED).map(|change| visible(change)).collect();
    let more = changes.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!("; and {more} more changes") };
    (!changes.is_empty()).then(|| format!("what if, not the spec as it stands: {}{more}", named.join("; ")))
}

/// The last lines of a report, plain text, each to be escaped for its format.
pub(super) fn closing(spec: &Spec) -> impl Iterator<Item = String> {
    what_if_line(spec).into_iter().chain([DISCLAIMER.to_owned()])
}

/// The last lines of a report for the terminal, without the last line break.
pub(super) fn closing_text(spec: &Spec) -> String {
    closing(spec).collect::<Vec<_>>().join("\n")
}
