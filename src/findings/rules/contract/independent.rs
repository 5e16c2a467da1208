//! CW203, `independent`: groups of nodes that may not be connected, in neither direction.

use super::asked::Asked;
use crate::analysis::{Apart, Member, Pairs};
use crate::findings::finding::Breach;
use crate::model::Independent;
use crate::model::text::phrase;

pub(super) fn independent(asked: &Asked<'_>, groups: &Independent) -> Option<Breach> {
    let members: Vec<Member> = (0_u32..)
        .zip(&groups.groups)
        .flat_map(|(class, words)| asked.nodes(words).into_iter().map(move |node| Member { node, class }))
        .collect();
    let pairs = Pairs::of(asked.graph, members.clone(), members, Apart::Different);
    let pairs = asked.but_accepted(pairs.by(&groups.by, groups.within));
    asked.connected(&pairs, groups.within, &phrase![", and the two are in groups that are to be independent"])
}
