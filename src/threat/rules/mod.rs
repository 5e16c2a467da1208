//! One file a surface; each function finds what one rule asks for.

mod critical;
mod guards;
mod trifecta;

use super::finding::Draft;
use super::ground::Ground;

/// Finds all that one rule asks for, in declared order.
pub(super) type Find = fn(&Ground<'_>) -> Vec<Draft>;

/// All rules, in the order of their ids.
pub(super) const ALL: &[Find] = &[
    trifecta::toxic_flow,
    trifecta::rule_of_two,
    trifecta::web_as_source,
    critical::open_to_untrusted,
    critical::single_guard,
    guards::decorative,
];
