//! CW202, `only-through`: every path passes certain nodes or guards. Without those, nothing may be connected.

use super::asked::{Asked, gets_at, past, written};
use crate::analysis::Pairs;
use crate::findings::finding::Breach;
use crate::model::text::phrase;
use crate::model::{GuardId, NodeId, OnlyThrough, Piece, Text};

pub(super) fn only_through(asked: &Asked<'_>, only: &OnlyThrough) -> Option<Breach> {
    let through = asked.nodes(&only.through);
    let guards: Vec<GuardId> = only
        .guards
        .iter()
        .filter_map(|name| asked.spec.guards.get_index_of(name))
        .map(GuardId::new)
        .collect();
    // A path that begins or ends at one of the nodes passes it.
    let others = |words: &[String]| -> Vec<NodeId> {
        let nodes = asked.nodes(words).into_iter();
        nodes.filter(|node| through.binary_search(node).is_err()).collect()
    };
    let graph = asked.graph.avoiding(&through, &guards);
    let asked = asked.of_graph(&graph);
    let pairs = Pairs::between(&graph, &others(&only.from), &others(&only.to)).by(&only.by, only.within);
    let pairs = asked.but_accepted(pairs);
    let found = pairs.gravest()?;
    let what = gets_at(found.row, found.way, found.column)
        .then(past(found.cost.guards))
        .and(" without passing ")
        .then(passage(only));
    let fix = fix(only).then(asked.cut(&found));
    Some(asked.by_pairs(&pairs, &found, what, fix))
}

/// What a path may pass: nodes and guards.
fn passage(only: &OnlyThrough) -> Text {
    written(&[only.through.clone(), only.guards.clone()].concat())
}

fn fix(only: &OnlyThrough) -> Text {
    match only.guards.first() {
        Some(guard) => phrase!["put ", Piece::Quoted(guard.clone()), " on a hop of every such path, first "],
        None => phrase!["lead every such path through "].then(written(&only.through)).and(" instead of "),
    }
}
