//! What each node reaches before and after, where that is not the same, and what it gains.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::compare::{Comparison, Gained, Kind, Reach, What};
use crate::model::NodeId;

/// A node that reaches other nodes than before, or the same ones at another cost.
#[derive(Serialize, JsonSchema)]
pub(super) struct ReachJson<'a> {
    node: &'a str,
    before: CountsJson,
    after: CountsJson,
    /// What it gains, whatever number of guards has to fail for it.
    gained: GainedJson<'a>,
}

/// What a node reaches on a side, whatever number of guards has to fail for it.
#[derive(Serialize, JsonSchema)]
struct CountsJson {
    /// Nodes that it influences.
    influenced: usize,
    /// Those of them that stand in a more trusted zone.
    more_trusted: usize,
    /// Nodes whose content comes to it.
    exposed: usize,
}

/// What a node comes to that it did not come to before.
#[derive(Serialize, JsonSchema)]
struct GainedJson<'a> {
    /// Persistent stores that it influences.
    footholds: Vec<&'a str>,
    /// Sinks that it influences.
    sinks: Vec<&'a str>,
    /// Credentials that it learns, or can have used.
    credentials: Vec<&'a str>,
}

/// How many pairs have a way, or another one than before, in one plane or by one verb.
#[derive(Serialize, JsonSchema)]
pub(super) struct PairCountsJson {
    question: &'static str,
    /// Ordered pairs with a way in the base; given for planes.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<usize>,
    /// Ordered pairs with a way in the head; given for planes.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<usize>,
    new: usize,
    nearer: usize,
    farther: usize,
    closed: usize,
}

/// The nodes that reach anything else or otherwise, in node order.
pub(super) fn rows(comparison: &Comparison) -> Vec<ReachJson<'_>> {
    let joint = comparison.joint();
    // A store that begins to persist is a foothold of whoever influenced it already, and a new kind of node likewise.
    let begins = |what: &What| match what {
        What::Attribute(_, attribute) => attribute.key == "persists",
        What::NodeReplaced(_) => true,
        _ => false,
    };
    let everyone = comparison.changes().iter().any(|change| begins(&change.what));
    let differs = |node: &NodeId| {
        let at = comparison.deltas().partition_point(|delta| delta.from < *node);
        everyone || comparison.deltas().get(at).is_some_and(|delta| delta.from == *node)
    };
    let nodes: Vec<NodeId> = joint.nodes().filter(differs).collect();
    let gained: Vec<Gained> = nodes.par_iter().map(|node| comparison.gained(*node)).collect();
    let rows = nodes.into_iter().zip(gained);
    rows.filter_map(|(node, gained)| {
        let [before, after] = comparison.reach(node);
        let names = |nodes: &[NodeId]| nodes.iter().map(|node| joint.name(*node)).collect();
        (before != after || !gained.is_empty()).then(|| ReachJson {
            node: joint.name(node),
            before: counts(before),
            after: counts(after),
            gained: GainedJson {
                footholds: names(&gained.footholds),
                sinks: names(&gained.sinks),
                credentials: names(&gained.credentials),
            },
        })
    })
    .collect()
}

fn counts(reach: Reach) -> CountsJson {
    CountsJson { influenced: reach.influenced, more_trusted: reach.more_trusted, exposed: reach.exposed }
}

/// The counts of all questions, in their order.
pub(super) fn pair_counts(comparison: &Comparison) -> Vec<PairCountsJson> {
    let counts = comparison.counts().into_iter().map(|count| PairCountsJson {
        question: count.question.as_str(),
        before: count.connected.map(|[before, _]| before),
        after: count.connected.map(|[_, after]| after),
        new: count.of(Kind::New),
        nearer: count.of(Kind::Nearer),
        farther: count.of(Kind::Farther),
        closed: count.of(Kind::Closed),
    });
    counts.collect()
}
