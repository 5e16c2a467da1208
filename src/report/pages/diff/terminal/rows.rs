//! What stands below the place of a finding: its other changes, its pairs with their paths, and what is not shown of them.

use crate::compare::{Kind, Routes, Side};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::text::{count, phrase};
use crate::model::{Level, Piece, Text, Tone, Way};
use crate::report::document::Route;
use crate::report::pages::diff::words::{self, Step, Words, cost, lead, steps};

/// Pairs of a finding that are shown.
const SHOWN: usize = 5;
/// Other changes of a finding that are shown.
const CHANGES: usize = 5;

/// How many pairs of a finding are shown.
fn shown(finding: &Finding) -> usize {
    Words::told(finding).len().min(SHOWN)
}

/// The changes beyond the first, each with its place.
pub(super) fn changes(review: &Review, finding: &Finding) -> Vec<Text> {
    let comparison = &review.comparison;
    let ids = finding.changes(comparison);
    // What stands above is the first change, or the rule that several of them break.
    let shown = usize::from(!matches!(finding.about, About::Contract { .. }) || ids.len() == 1);
    let others = ids.get(shown..).unwrap_or_default();
    let mut rows: Vec<Text> = words::whole(finding).map(|whole| phrase![whole]).into_iter().collect();
    for (at, id) in others.iter().take(CHANGES).enumerate() {
        let one = comparison.change(*id);
        let joint = if at + shown == 0 { "opened by " } else { "together with " };
        rows.push(phrase![joint, Words::of(review).change(one), ", ", one.place]);
    }
    let left = others.len().saturating_sub(CHANGES);
    rows.extend((left > 0).then(|| phrase!["and ", count(left, "more change")]));
    rows
}

/// The first pairs of a finding, each with its best path.
pub(super) fn pairs(review: &Review, finding: &Finding) -> Vec<Route> {
    let ordered = Words::ordered(finding);
    let shown = &ordered[..shown(finding)];
    let mut by_search: Vec<(usize, &Pair)> = shown.iter().copied().enumerate().collect();
    // Paths of one node after the other: they share a search.
    by_search.sort_by_key(|(_, pair)| (pair.from, pair.to));
    let mut finder =
        [Routes::new(&review.comparison, Side::Base), Routes::new(&review.comparison, Side::Head)];
    let mut rows: Vec<(usize, Route)> =
        by_search.into_iter().map(|(at, pair)| (at, row(review, pair, &mut finder))).collect();
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn row(review: &Review, pair: &Pair, finder: &mut [Routes<'_>; 2]) -> Route {
    let delta = lead(pair);
    let is_closed = delta.kind() == Kind::Closed;
    let (side, at) = if is_closed { (Side::Base, 0) } else { (Side::Head, 1) };
    let words = Words::of(review);
    let route = finder[at].find(delta.from, delta.question, delta.to);
    let found = route.as_ref().map(steps).unwrap_or_default();
    let told = found.iter().map(|step| {
        let text = words.step(side, step);
        match step {
            Step::Hop(hop) | Step::Act { hop, .. } if hop.is_changed => {
                text.toned(if is_closed { Tone::Strong } else { Tone::Grave(Level::Error) })
            }
            _ => text,
        }
    });
    let questions = pair.deltas.iter().map(|delta| phrase![delta.question.as_str()]);
    Route {
        kind: delta.kind().as_str(),
        path: Text::joined(told, ""),
        cost: cost(delta.before, delta.after),
        answers: Text::joined(questions, ", "),
    }
}

/// What is not shown: `and 3 more pairs (2 influence, 1 exposure)`, `+ 12 of the new agent x`.
pub(super) fn more(review: &Review, finding: &Finding) -> Vec<Text> {
    let (told, shown) = (Words::told(finding).len(), shown(finding));
    let ordered = Words::ordered(finding);
    let mut lines = Vec::new();
    if told > shown {
        let hidden = &ordered[shown..told];
        let of = |question: &Way| hidden.iter().filter(|pair| lead(pair).question == *question).count();
        let counts = Way::ALL.iter().map(|question| (question.as_str(), of(question)));
        let counts =
            counts.filter(|(_, many)| *many > 0).map(|(word, many)| phrase![Piece::Number(many), " ", word]);
        let counts = Text::joined(counts, ", ");
        lines.push(phrase!["and ", Piece::Number(hidden.len()), " more (", counts, ")"]);
    }
    let others = finding.pairs.len() - told;
    if others > 0 {
        let of = Words::of(review).of_others(&finding.pairs);
        lines.push(phrase!["and ", count(others, "pair"), " ", of]);
    }
    if finding.accepted_pairs > 0 {
        lines.push(phrase![Piece::Number(finding.accepted_pairs), " more are accepted"]);
    }
    lines
}
