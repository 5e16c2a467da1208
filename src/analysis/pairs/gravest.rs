//! The gravest connected pair: the one with the cheapest way. A search from many rows at once takes the best of them, so what
//! has to be asked is only which searches leave no pair out and take in none that does not count.

use super::ends::{direction, ends, start, whole};
use super::members::{Apart, Member, Pairs};
use crate::analysis::witness::{Path, Witness, WitnessInto};
use crate::graph::{Cost, EdgeId, Search};
use crate::model::{NodeId, Plane, Way};

/// A connected pair with its best way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connection {
    /// Who is compromised.
    pub row: NodeId,
    /// What it reaches.
    pub column: NodeId,
    /// How.
    pub way: Way,
    /// The guards that have to fail, with the sessions and hops to whoever acts.
    pub cost: Cost,
    /// How content comes to where it has to; `None` where the row acts itself.
    pub path: Option<Path>,
    /// The edge by which something is done in the end.
    pub act: Option<EdgeId>,
}

/// The best way that one search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    cost: Cost,
    way: Way,
    column: NodeId,
    act: Option<EdgeId>,
}

impl Pairs<'_> {
    /// The gravest pair that is connected. Of equal ones the first column, in the order of the ways.
    #[must_use]
    pub fn gravest(&self) -> Option<Connection> {
        let mut search = Search::new(self.graph.flows());
        let mut best: Option<(Best, Vec<NodeId>)> = None;
        self.each_round(&mut |rows, columns| {
            for ways in self.ways.chunk_by(|one, other| direction(*one) == direction(*other)) {
                let found = self.best_of(&mut search, ways, rows, columns);
                let better = found.filter(|found| best.as_ref().is_none_or(|(least, _)| found < least));
                if let Some(found) = better {
                    best = Some((found, rows.to_vec()));
                }
            }
        });
        best.and_then(|(best, rows)| self.connection(best, &rows))
    }

    /// The best way from any of some rows to any of some columns, all pairs of which count. The ways go over the same arrows.
    fn best_of(
        &self,
        search: &mut Search,
        ways: &[Way],
        rows: &[NodeId],
        columns: &[NodeId],
    ) -> Option<Best> {
        let first = *ways.first()?;
        let starts = rows.iter().map(|row| (start(self.graph, first, *row), Cost::ZERO));
        search.run(self.graph.flows(), first.plane(), direction(first), starts);
        let found = ways.iter().flat_map(|way| columns.iter().map(move |column| (*way, *column))).flat_map(
            |(way, column)| {
                let ends = ends(self.graph, way, column).into_iter();
                ends.filter_map(|end| {
                    let cost = whole(search.cost(end.door)?, end);
                    Some(Best { cost, way, column, act: end.act })
                })
                .collect::<Vec<_>>()
            },
        );
        found.filter(|best| best.cost.guards <= self.within.most()).min()
    }

    /// The path of the best way.
    fn connection(&self, best: Best, rows: &[NodeId]) -> Option<Connection> {
        let Best { cost, way, column, act } = best;
        let graph = self.graph;
        let (row, path) = match act.map(|edge| graph.edge(edge).from) {
            Some(actor) if rows.contains(&actor) => (actor, None),
            Some(actor) => {
                let path = Witness::from_starts(graph, Plane::Influence, rows).path_to(actor)?;
                (path.from, Some(path))
            }
            None if way == Way::Exposure => {
                let path = WitnessInto::into_targets(graph, Plane::Exposure, rows).path_from(column)?;
                (path.to, Some(path))
            }
            None => {
                let path = Witness::from_starts(graph, Plane::Influence, rows).path_to(column)?;
                (path.from, Some(path))
            }
        };
        Some(Connection { row, column, way, cost, path, act })
    }

    /// Searches that together ask for every pair that counts and for no other: rows and columns, all pairs of which count.
    fn each_round(&self, ask: &mut impl FnMut(&[NodeId], &[NodeId])) {
        let (exceptional, others) = self.by_exception();
        for row in exceptional {
            let columns: Vec<NodeId> = self
                .columns
                .iter()
                .filter(|column| self.counts(row, **column))
                .map(|column| column.node)
                .collect();
            ask_if_any(&[row.node], &columns, ask);
        }
        match self.apart {
            Apart::Different => self.rounds_of_different(&others, ask),
            Apart::Below => self.rounds_below(&others, ask),
        }
    }

    /// Classes that differ differ in a bit of their number: twice as many searches as it has bits, instead of one a class.
    fn rounds_of_different(&self, rows: &[Member], ask: &mut impl FnMut(&[NodeId], &[NodeId])) {
        let shared =
            |row: &Member| self.columns.binary_search_by_key(&row.class, |column| column.class).is_ok();
        if !rows.iter().any(shared) {
            return ask_if_any(&nodes(rows), &nodes(&self.columns), ask);
        }
        let highest = rows.iter().chain(&self.columns).map(|member| member.class).max().unwrap_or(0);
        for bit in 0..u32::BITS - highest.leading_zeros() {
            for value in [0, 1] {
                let of = |members: &[Member], wanted: u32| -> Vec<NodeId> {
                    let some = members.iter().filter(|member| member.class >> bit & 1 == wanted);
                    some.map(|member| member.node).collect()
                };
                ask_if_any(&of(rows, value), &of(&self.columns, 1 - value), ask);
            }
        }
    }

    /// For each class of columns, all rows below it.
    fn rounds_below(&self, rows: &[Member], ask: &mut impl FnMut(&[NodeId], &[NodeId])) {
        for columns in self.columns.chunk_by(|one, other| one.class == other.class) {
            let below: Vec<NodeId> =
                rows.iter().filter(|row| row.class < columns[0].class).map(|row| row.node).collect();
            ask_if_any(&below, &nodes(columns), ask);
        }
    }
}

fn nodes(members: &[Member]) -> Vec<NodeId> {
    members.iter().map(|member| member.node).collect()
}

fn ask_if_any(rows: &[NodeId], columns: &[NodeId], ask: &mut impl FnMut(&[NodeId], &[NodeId])) {
    if !rows.is_empty() && !columns.is_empty() {
        ask(rows, columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::CapabilityGraph;
    use crate::model::{Spec, Within};

    #[test]
    fn every_pair_of_different_classes_is_asked_for_and_counted() {
        let text = "
version: 1
agents:
  red: {write: [blue]}
  blue: {write: [{target: green, guards: [human-approval]}]}
  green: {}
";
        let graph = CapabilityGraph::build(Spec::from_text("teams.yaml", text).expect("a valid spec"));
        let nodes: Vec<NodeId> = graph.spec().node_ids().collect();
        let pairs = |within| Pairs::between(&graph, &nodes, &nodes).by(&[Way::Influence], within);
        let mut rounds = Vec::new();
        pairs(Within::Any).each_round(&mut |rows, columns| rounds.push((rows.to_vec(), columns.to_vec())));
        let [red, blue, green] = [nodes[0], nodes[1], nodes[2]];
        let wanted = [
            (vec![red, green], vec![blue]),
            (vec![blue], vec![red, green]),
            (vec![red, blue], vec![green]),
            (vec![green], vec![red, blue]),
        ];
        assert_eq!(rounds, wanted);
        let gravest = pairs(Within::Any).gravest().expect("a pair");
        assert_eq!((gravest.row, gravest.column, gravest.cost.guards), (red, blue, 0));
        let count = |within| pairs(within).count().iter().map(|row| row.count).collect::<Vec<_>>();
        assert_eq!(count(Within::Guards(0)), [1, 0, 0]);
        assert_eq!(count(Within::Guards(1)), [2, 1, 0]);
    }
}
