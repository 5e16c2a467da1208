//! CW009: paths that are closed, all in one finding. It is good news, told as a note.

use super::context::ChangeContext;
use crate::compare::Kind;
use crate::findings::finding::{About, Draft};
use crate::model::Rule;

pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    let comparison = context.comparison;
    let closed = comparison.deltas().iter().filter(|delta| delta.kind() == Kind::Closed);
    let pairs = context.pairs(closed.copied().collect());
    if pairs.is_empty() {
        return Vec::new();
    }
    let place = comparison.closing().next().map(|change| change.place);
    let draft = Draft::about(Rule::ClosedPath, About::Closed, vec!["closed".to_owned()]);
    vec![Draft { pairs, ..draft.at(place) }]
}
