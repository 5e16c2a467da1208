//! Which findings and pairs have a row in the table of the comment, where not all of them can have one.

use crate::findings::{About, Finding, Pair, Review};
use crate::model::Level;
use crate::report::pages::diff::words::Words;

/// Pairs of one finding that have a row each; the text for the terminal shows as many.
const PAIRS: usize = 5;

/// What a row is about.
pub(super) enum Row<'r> {
    /// A pair, and how many others of its finding have no row.
    Pair(&'r Finding, &'r Pair, usize),
    Whole(&'r Finding),
    /// All pairs of nodes that are new or gone, beside others.
    Others(&'r Finding),
}

impl<'r> Row<'r> {
    pub(super) fn finding(&self) -> &'r Finding {
        match self {
            Self::Pair(finding, ..) | Self::Whole(finding) | Self::Others(finding) => finding,
        }
    }
}

/// At most so many rows of a level, in the order of the findings, and how many findings have none. Every finding has a row before
/// one has two, and so on.
pub(super) fn rows(review: &Review, level: Level, most: usize) -> (Vec<Row<'_>>, usize) {
    let findings: Vec<&Finding> = review.open().filter(|finding| finding.level == level).collect();
    let all: Vec<usize> = findings.iter().map(|finding| wanted(finding)).collect();
    let mut given = vec![0; findings.len()];
    let mut room = most;
    while room > 0 && given != all {
        for (given, wanted) in given.iter_mut().zip(&all) {
            let more = usize::from(*given < *wanted && room > 0);
            *given += more;
            room -= more;
        }
    }
    let left = given.iter().filter(|given| **given == 0).count();
    let rows = findings.into_iter().zip(given).flat_map(|(finding, most)| rows_of(finding, most));
    (rows.collect(), left)
}

/// How many rows a finding could have.
fn wanted(finding: &Finding) -> usize {
    if !matches!(finding.about, About::Paths { .. }) || finding.pairs.is_empty() {
        return 1;
    }
    let told = Words::told(finding).len();
    told.min(PAIRS) + usize::from(told < finding.pairs.len())
}

/// The rows of a finding, so many of them at most: pair by pair where paths are gained. The last of them says how many others there
/// are.
fn rows_of(finding: &Finding, most: usize) -> Vec<Row<'_>> {
    if !matches!(finding.about, About::Paths { .. }) || finding.pairs.is_empty() {
        return std::iter::once(Row::Whole(finding)).take(most).collect();
    }
    let told = Words::told(finding).len();
    let others = finding.pairs.len() - told;
    let has_others = others > 0 && most > PAIRS.min(told);
    let shown = most.min(PAIRS).min(told);
    let more = told - shown + if has_others { 0 } else { others };
    let pairs = Words::ordered(finding).into_iter().take(shown).enumerate();
    let pairs = pairs.map(|(at, pair)| Row::Pair(finding, pair, if at + 1 == shown { more } else { 0 }));
    pairs.chain(has_others.then_some(Row::Others(finding))).collect()
}
