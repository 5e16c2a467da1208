//! Costs in words.

use crate::graph::Cost;
use crate::model::Text;
use crate::model::text::{count, phrase};

/// A cost before and after: `2 hops`, or `6 hops → 2 hops` where there was a way before. What can be had done costs guards alone.
pub(in crate::report) fn cost(before: Option<Cost>, after: Option<Cost>) -> Text {
    match (before, after) {
        (None, None) => phrase!["no path"],
        (None, Some(cost)) | (Some(cost), None) => words(cost, [cost.guards > 0, cost.sessions > 0]),
        (Some(before), Some(after)) => {
            // What both have none of is not said; what one of them has is said of both.
            let parts = [before.guards + after.guards > 0, before.sessions + after.sessions > 0];
            phrase![words(before, parts), " → ", words(after, parts)]
        }
    }
}

/// One cost: `1 guard, 3 hops`.
fn words(cost: Cost, [guards, sessions]: [bool; 2]) -> Text {
    let parts = [
        (guards, cost.guards, "guard"),
        (sessions, cost.sessions, "session"),
        (cost.hops > 0, cost.hops, "hop"),
    ];
    let parts = parts.into_iter().filter(|(is_said, ..)| *is_said);
    let parts: Vec<Text> = parts.map(|(_, many, noun)| phrase![count(many as usize, noun)]).collect();
    if parts.is_empty() { phrase!["no guard"] } else { Text::joined(parts, ", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Spec;
    use crate::report::write;

    fn of(guards: u32, sessions: u32, hops: u32) -> Option<Cost> {
        Some(Cost { guards, sessions, hops })
    }

    fn cost(before: Option<Cost>, after: Option<Cost>) -> String {
        write::text(&write::Plain, &Spec::default(), &super::cost(before, after))
    }

    #[test]
    fn a_cost_says_what_it_takes_and_what_either_side_has() {
        assert_eq!(cost(None, of(0, 0, 1)), "1 hop");
        assert_eq!(cost(of(0, 1, 6), of(0, 0, 2)), "1 session, 6 hops → 0 sessions, 2 hops");
        assert_eq!(cost(of(1, 0, 2), of(0, 0, 2)), "1 guard, 2 hops → 0 guards, 2 hops");
        assert_eq!(cost(of(1, 0, 0), of(0, 0, 0)), "1 guard → 0 guards");
        assert_eq!(cost(None, of(0, 0, 0)), "no guard");
    }
}
