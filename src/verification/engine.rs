//! What the engine says, in the words of the reference, so that both can be laid side by side.

use super::difference::Derived;
use crate::analysis::{self, MatrixRow};
use crate::graph::{self, CapabilityGraph};
use crate::model::{Returns, Verb};
use crate::reference::{Cell, Cost, Edge, Row};

/// A row of the engine's matrix.
pub(super) fn row(row: &MatrixRow) -> Row {
    Row { from: row.from, cells: row.cells.iter().map(cell).collect() }
}

fn cell(cell: &analysis::Cell) -> Cell {
    let mut direct = [None; 4];
    for declared in &cell.direct {
        direct[declared.verb as usize] = Some(declared.guards);
    }
    let mut acts = [None; 4];
    for verb in Verb::ALL {
        acts[*verb as usize] = cell.guards_on(*verb);
    }
    let [influence, steered, exposure] =
        [cell.influence, cell.steered, cell.exposure].map(|best| best.map(cost));
    Cell { to: cell.to, direct, acts, influence, steered, exposure }
}

fn cost(cost: graph::Cost) -> Cost {
    Cost { guards: cost.guards, sessions: cost.sessions, hops: cost.hops }
}

/// The derived edges of the engine's graph.
pub(super) fn derived(graph: &CapabilityGraph) -> Vec<Edge> {
    graph.edges().iter().filter(|edge| !edge.is_declared()).map(edge).collect()
}

fn edge(edge: &graph::Edge) -> Edge {
    let returns = match &edge.returns {
        Returns::Nothing => None,
        Returns::Content(guards) => Some(guards.clone()),
    };
    Edge {
        from: edge.from,
        verb: edge.verb,
        to: edge.to,
        guards: edge.guards.clone(),
        returns,
        outsider: edge.origin.is_outsider(),
        extra: edge.extra,
    }
}

impl From<&Edge> for Derived {
    fn from(edge: &Edge) -> Self {
        let edge = edge.clone();
        Self {
            from: edge.from,
            verb: edge.verb,
            to: edge.to,
            guards: edge.guards,
            returns: edge.returns,
            outsider: edge.outsider,
        }
    }
}
