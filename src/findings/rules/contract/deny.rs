//! CW201, `deny`: pairs of nodes of which none may be connected.

use super::asked::Asked;
use crate::analysis::Pairs;
use crate::findings::finding::Breach;
use crate::findings::phrase::Phrase;
use crate::model::Deny;

pub(super) fn deny(asked: &Asked<'_>, deny: &Deny) -> Option<Breach> {
    let (from, to) = (asked.nodes(&deny.from), asked.nodes(&deny.to));
    let pairs = asked.but_accepted(Pairs::between(asked.graph, &from, &to).by(&deny.by, deny.within));
    asked.connected(&pairs, deny.within, &Phrase::default())
}
