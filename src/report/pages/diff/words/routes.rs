//! Routes as steps: what each format draws in its own way, and plain text on one line.

use super::names::Words;
use crate::compare::{Route, RouteHop, Side};
use crate::model::text::phrase;
use crate::model::{NodeId, Piece, Text};
use crate::report::sentence::{MOST_HOPS, letter};

/// Hops that stay at each end of a route that is too long for a line.
const ENDS: usize = 4;

/// Changed hops that are told between them.
const MOST_CHANGED: usize = 8;

/// A part of a route.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) enum Step<'r> {
    /// Where it begins.
    Start(NodeId),
    /// Content flows on.
    Hop(&'r RouteHop),
    /// Hops in the middle that are not told.
    Skipped(usize),
    /// The actor does what is asked about; it is named already.
    Act {
        /// What is done.
        hop: &'r RouteHop,
        /// Whether content comes to the actor first.
        is_led_to: bool,
    },
}

/// A route step by step. Of a long one hops in the middle are counted, but for the first of those that changed.
pub(in crate::report) fn steps(route: &Route) -> Vec<Step<'_>> {
    let first = route.hops.first().or(route.act.as_ref());
    let mut steps: Vec<Step<'_>> = first.map(|hop| Step::Start(hop.hop.from)).into_iter().collect();
    let hops = &route.hops;
    let mut told = 0;
    for (index, hop) in hops.iter().enumerate() {
        let is_inside = hops.len() > MOST_HOPS && index >= ENDS && index + ENDS < hops.len();
        let is_told = hop.is_changed && told < MOST_CHANGED;
        told += usize::from(is_inside && is_told);
        if is_inside && !is_told {
            match steps.last_mut() {
                Some(Step::Skipped(count)) => *count += 1,
                _ => steps.push(Step::Skipped(1)),
            }
        } else {
            steps.push(Step::Hop(hop));
        }
    }
    steps.extend(route.act.as_ref().map(|hop| Step::Act { hop, is_led_to: !hops.is_empty() }));
    steps
}

impl Words<'_> {
    /// A route on one line.
    pub(in crate::report) fn route(&self, side: Side, route: &Route) -> Text {
        Text::joined(steps(route).iter().map(|step| self.step(side, step)), "")
    }

    /// A step as it follows on the one before.
    pub(in crate::report) fn step(&self, side: Side, step: &Step<'_>) -> Text {
        let graph = self.comparison.graph(side);
        match step {
            Step::Start(node) => phrase![*node],
            Step::Hop(hop) => {
                let mark = if hop.is_changed { "*" } else { "" };
                let arrow = Piece::Path(format!("-{}{mark}->", letter(graph, &hop.hop)));
                phrase![" ", arrow, " ", hop.hop.to]
            }
            Step::Skipped(hops) => phrase![" … ", Piece::Number(*hops), " more hops …"],
            Step::Act { hop, is_led_to } => {
                let which = if *is_led_to { " which " } else { " " };
                let mark = if hop.is_changed { "* " } else { " " };
                phrase![which, graph.edge(hop.hop.edge).verb, mark, hop.hop.to]
            }
        }
    }
}
