//! What stands under the excerpt of a finding: its other changes, its pairs with their paths, and how to clear it.

use crate::compare::{Kind, Routes, Side};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::Way;
use crate::report::columns::{pad, width};
use crate::report::counts::{counted, thousands};
use crate::report::name::visible;
use crate::report::review::words::{self, Step, Words, cost, lead, plain, steps};
use crate::report::style::{DIM, ESCALATION, STRONG, paint};

/// Pairs of a finding that are shown.
const SHOWN: usize = 5;
/// Other changes of a finding that are shown.
const CHANGES: usize = 5;
/// Columns of the word for how a pair differs.
const KIND: usize = 8;
/// Columns before a path: the sign, the word and the blanks behind them.
const BEFORE: usize = 2 + KIND + 1;
/// A path that is wider pushes its own cost to the right and no other's.
const ROUTE: usize = 64;

/// The lines, each beginning with `=`, for so many columns where that is known. What follows in a row stands `margin` further right.
pub(super) fn rows(review: &Review, finding: &Finding, room: Option<usize>, margin: usize) -> Vec<String> {
    let mut rows = changes(review, finding);
    let words = Words::of(review);
    let told = words.told_of_breach(finding);
    rows.extend(told.map(|line| plain(&review.comparison, &line)));
    rows.extend(pairs(review, finding, room, margin));
    rows.extend(clear(review, finding));
    rows.iter().map(|row| format!("{} {row}", paint(DIM, "="))).collect()
}

/// The changes beyond the first, each with its place.
fn changes(review: &Review, finding: &Finding) -> Vec<String> {
    let comparison = &review.comparison;
    let ids = finding.changes(comparison);
    // What stands above is the first change, or the rule that several of them break.
    let shown = usize::from(!matches!(finding.about, About::Contract { .. }) || ids.len() == 1);
    let others = ids.get(shown..).unwrap_or_default();
    let mut rows: Vec<String> = words::whole(finding).map(str::to_owned).into_iter().collect();
    for (at, id) in others.iter().take(CHANGES).enumerate() {
        let one = comparison.change(*id);
        let location = comparison.joint().spec(Side::Head).location(one.place);
        let location = visible(&location);
        let joint = if at + shown == 0 { "opened by" } else { "together with" };
        rows.push(format!("{joint} {}, {location}", plain(comparison, &Words::of(review).change(one))));
    }
    let left = others.len().saturating_sub(CHANGES);
    rows.extend((left > 0).then(|| format!("and {}", counted(left, "more change"))));
    rows
}

/// A pair as one line of columns.
struct Row {
    kind: Kind,
    plain: String,
    painted: String,
    cost: String,
    questions: String,
}

fn pairs(review: &Review, finding: &Finding, room: Option<usize>, margin: usize) -> Vec<String> {
    let ordered = Words::ordered(finding);
    let told = Words::told(finding).len();
    let shown = told.min(SHOWN);
    let mut by_search: Vec<(usize, &Pair)> = ordered.iter().copied().take(shown).enumerate().collect();
    // Paths of one node after the other: they share a search.
    by_search.sort_by_key(|(_, pair)| (pair.from, pair.to));
    let mut finder =
        [Routes::new(&review.comparison, Side::Base), Routes::new(&review.comparison, Side::Head)];
    let mut rows: Vec<(usize, Row)> =
        by_search.into_iter().map(|(at, pair)| (at, row(review, pair, &mut finder))).collect();
    rows.sort_by_key(|(at, _)| *at);
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let mut lines = in_columns(&rows);
    // Where one row does not fit a line, all have their cost below: then paths stand under paths.
    if room.is_some_and(|room| lines.iter().any(|line| columns(line) > room)) {
        let below = " ".repeat(margin + BEFORE);
        let two = |row: &Row| {
            let kind = pad(row.kind.as_str(), KIND);
            format!("{kind} {}\n{below}{}  {}", row.painted, row.cost, paint(DIM, &row.questions))
        };
        lines = rows.iter().map(two).collect();
    }
    lines.extend(more(review, finding, &ordered, shown));
    lines
}

/// Paths, costs and questions under one another.
fn in_columns(rows: &[Row]) -> Vec<String> {
    let column = |cell: fn(&Row) -> &str| {
        rows.iter().map(|row| width(cell(row))).filter(|width| *width <= ROUTE).max().unwrap_or(0)
    };
    let (route, cost) = (column(|row| &row.plain), column(|row| &row.cost));
    let line = |row: &Row| {
        let gap = " ".repeat(route.saturating_sub(width(&row.plain)));
        let (kind, cost) = (pad(row.kind.as_str(), KIND), pad(&row.cost, cost));
        format!("{kind} {}{gap}  {cost}  {}", row.painted, paint(DIM, &row.questions))
    };
    rows.iter().map(line).collect()
}

/// How wide a row is behind its sign.
fn columns(painted: &str) -> usize {
    "= ".len() + width(&anstream::adapter::strip_str(painted).to_string())
}

fn row(review: &Review, pair: &Pair, finder: &mut [Routes<'_>; 2]) -> Row {
    let delta = lead(pair);
    let is_closed = delta.kind() == Kind::Closed;
    let (side, at) = if is_closed { (Side::Base, 0) } else { (Side::Head, 1) };
    let words = Words::of(review);
    let told = |step: &Step<'_>| plain(&review.comparison, &words.step(side, step));
    let route = finder[at].find(delta.from, delta.question, delta.to);
    let found = route.as_ref().map(steps).unwrap_or_default();
    let bare: String = found.iter().map(told).collect();
    let painted = found.iter().map(|step| {
        let text = told(step);
        match step {
            Step::Hop(hop) | Step::Act { hop, .. } if hop.is_changed => {
                paint(if is_closed { STRONG } else { ESCALATION.bold() }, &text)
            }
            _ => text,
        }
    });
    let questions: Vec<&str> = pair.deltas.iter().map(|delta| delta.question.as_str()).collect();
    let painted = painted.collect();
    let (before, after) = (delta.before, delta.after);
    let cost = plain(&review.comparison, &cost(before, after));
    Row { kind: delta.kind(), plain: bare, painted, cost, questions: questions.join(", ") }
}

/// What is not shown: `and 3 more pairs (2 influence, 1 exposure)`, `+ 12 of the new agent x`.
fn more(review: &Review, finding: &Finding, ordered: &[&Pair], shown: usize) -> Vec<String> {
    let told = Words::told(finding).len();
    let mut lines = Vec::new();
    if told > shown {
        let hidden = &ordered[shown..told];
        let count = |question: &Way| hidden.iter().filter(|pair| lead(pair).question == *question).count();
        let counts = Way::ALL.iter().map(|question| (question.as_str(), count(question)));
        let counts: Vec<String> = counts
            .filter(|(_, count)| *count > 0)
            .map(|(word, count)| format!("{} {word}", thousands(count)))
            .collect();
        lines.push(format!("and {} more ({})", thousands(hidden.len()), counts.join(", ")));
    }
    let others = finding.pairs.len() - told;
    if others > 0 {
        let of = plain(&review.comparison, &Words::of(review).of_others(&finding.pairs));
        lines.push(format!("and {} {of}", counted(others, "pair")));
    }
    if finding.accepted_pairs > 0 {
        lines.push(format!("{} more are accepted", thousands(finding.accepted_pairs)));
    }
    lines
}

fn clear(review: &Review, finding: &Finding) -> Option<String> {
    let text = words::clear(review, finding);
    (!text.is_empty()).then(|| format!("{} {text}", paint(STRONG, "help:")))
}
