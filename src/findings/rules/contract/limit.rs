//! CW206, `limit`: a node gets at so many others and no more, each by itself.

use super::asked::{Asked, enough, noun};
use crate::analysis::{Pairs, RowCount};
use crate::findings::finding::{Breach, Statement};
use crate::model::text::phrase;
use crate::model::{Limit, NodeId, Piece, Text, Way};

pub(super) fn limit(asked: &Asked<'_>, limit: &Limit) -> Option<Breach> {
    let counted = |node: &NodeId| limit.kind.is_none_or(|kind| asked.spec.node(*node).kind == kind);
    let there = asked.spec.node_ids().filter(|node| (asked.is_there)(*node));
    let columns: Vec<NodeId> = there.filter(counted).collect();
    // What counts of a node is all of them but itself.
    let all = |node: NodeId| columns.len() - usize::from(counted(&node));
    let most = |node: NodeId| limit.to.of(all(node));
    let between = |rows: &[NodeId]| {
        asked.but_accepted(Pairs::between(asked.graph, rows, &columns).by(&limit.by, limit.within))
    };
    let counts = between(&asked.nodes(&limit.of)).count();
    let over: Vec<&RowCount> = counts.iter().filter(|row| row.count > most(row.row)).collect();
    // Of equally far ones the first.
    let RowCount { row, count: reached } = **over.iter().rev().max_by_key(|row| row.count)?;
    let found = between(&[row]).gravest()?;
    let (of, at_most) = (noun(limit.kind, all(row)), most(row));
    let what = phrase![
        row,
        " ",
        verb(&limit.by),
        " ",
        Piece::Number(reached),
        " of ",
        of,
        ", and ",
        Piece::Number(at_most),
        " is the most"
    ];
    let fix = phrase![enough(limit.within)].then(asked.cut(&found));
    let (evidence, itself) = asked.proof(&found);
    let details = [Some(asked.why()), itself, others(&over, row)].into_iter().flatten().collect();
    Some(Breach {
        said: Statement { title: asked.title(what), details, evidence, fix },
        count: over.len(),
        worst: [row, found.column],
        accepted: None,
    })
}

/// What a node does to those that count.
fn verb(by: &[Way]) -> Text {
    match by {
        [Way::Influence] => phrase!["steers"],
        [Way::Exposure] => phrase!["learns what is held by"],
        [one] => one.verb().map_or_else(Text::default, |verb| {
            phrase!["can ", verb.as_str(), " or have ", verb.participle()]
        }),
        _ => phrase!["gets at"],
    }
}

/// The other nodes that are over the limit.
fn others(over: &[&RowCount], first: NodeId) -> Option<Text> {
    let others: Vec<NodeId> = over.iter().map(|row| row.row).filter(|row| *row != first).collect();
    let are = if others.len() == 1 { " is" } else { " are" };
    (!others.is_empty()).then(|| phrase![&others, are, " over the limit too"])
}
