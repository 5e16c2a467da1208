//! CW201, `deny`: pairs of nodes of which none may be connected.

use super::asked::Asked;
use crate::analysis::Pairs;
use crate::findings::finding::Breach;
use crate::model::{Deny, Text};

pub(super) fn deny(asked: &Asked<'_>, deny: &Deny) -> Option<Breach> {
    let (from, to) = (asked.nodes(&deny.from), asked.nodes(&deny.to));
    let pairs = asked.but_accepted(Pairs::between(asked.graph, &from, &to).by(&deny.by, deny.within));
    asked.connected(&pairs, deny.within, &Text::default())
}
