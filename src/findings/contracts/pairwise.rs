//! `deny` and `independent`: pairs of nodes of which none may be connected.

use super::words::{enough, gets_at, how_many, past};
use super::{Asked, Breach};
use crate::analysis::{Apart, Connection, Member, Pairs};
use crate::findings::phrase::{Phrase, phrase};
use crate::graph::CapabilityGraph;
use crate::model::{Deny, Independent, Within};

pub(super) fn deny(asked: &Asked<'_>, deny: &Deny) -> Option<Breach> {
    let (from, to) = (asked.nodes(&deny.from), asked.nodes(&deny.to));
    let pairs = asked.but_accepted(Pairs::between(asked.graph, &from, &to).by(&deny.by, deny.within));
    asked.connected(&pairs, deny.within, &Phrase::default())
}

pub(super) fn independent(asked: &Asked<'_>, groups: &Independent) -> Option<Breach> {
    let members: Vec<Member> = (0_u32..)
        .zip(&groups.groups)
        .flat_map(|(class, words)| asked.nodes(words).into_iter().map(move |node| Member { node, class }))
        .collect();
    let pairs = Pairs::of(asked.graph, members.clone(), members, Apart::Different);
    let pairs = asked.but_accepted(pairs.by(&groups.by, groups.within));
    asked.connected(&pairs, groups.within, &phrase![", and the two are in groups that are to be independent"])
}

impl Asked<'_> {
    /// Pairs but for those that are accepted.
    pub(super) fn but_accepted<'g>(&self, pairs: Pairs<'g>) -> Pairs<'g> {
        pairs.without(self.without.clone())
    }

    /// A breach by the gravest of some pairs that is connected.
    pub(super) fn connected(&self, pairs: &Pairs<'_>, within: Within, beside: &Phrase) -> Option<Breach> {
        let found = pairs.gravest()?;
        let what =
            gets_at(found.row, found.way, found.column).then(past(found.cost.guards)).then(beside.clone());
        let fix = phrase![enough(within)].then(self.cut(&found));
        Some(self.by_pairs(pairs, &found, what, fix))
    }

    /// A breach by a connection, which is the gravest of its pairs.
    pub(super) fn by_pairs(
        &self,
        pairs: &Pairs<'_>,
        found: &Connection,
        what: Phrase,
        fix: Phrase,
    ) -> Breach {
        let count = pairs.count().iter().map(|row| row.count).sum();
        let (evidence, itself) = self.proof(found);
        let details = [Some(self.why()), itself, how_many(count)].into_iter().flatten().collect();
        let worst = (found.row, found.column);
        Breach { title: self.title(what), details, evidence, fix, count, worst, accepted: None }
    }

    /// The same contract asked of another graph over the same nodes and edges.
    pub(super) fn of_graph<'b>(&'b self, graph: &'b CapabilityGraph) -> Asked<'b> {
        Asked {
            graph,
            spec: self.spec,
            contract: self.contract,
            without: self.without.clone(),
            is_there: self.is_there,
        }
    }
}
