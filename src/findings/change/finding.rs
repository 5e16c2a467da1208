//! A finding: one rule, one cause, and all that it opens.

use super::gone::Lost;
use super::successor::TakeOver;
use crate::compare::AcceptanceId;
use crate::compare::CauseId;
use crate::compare::ChangeId;
use crate::compare::Comparison;
use crate::compare::ContractId;
use crate::compare::Delta;
use crate::findings::Breach;
use crate::model::{Level, NodeId, Place, Rule};

/// What a change is found to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Its level: the stricter one of base and head.
    pub level: Level,
    /// What it is about.
    pub about: About,
    /// The pairs it concerns, in node order, those of nodes on both sides first. Pairs that are accepted are not among them,
    /// unless all of them are.
    pub pairs: Vec<Pair>,
    /// How many further pairs are accepted.
    pub accepted_pairs: usize,
    /// What tells it from other findings of its rule, whatever the order of the file: 16 hexadecimal digits.
    pub fingerprint: String,
    /// Where to look, in the files of both sides together.
    pub place: Option<Place>,
    /// The acceptance that silences it.
    pub accepted: Option<AcceptanceId>,
}

impl Finding {
    /// `CW001:HASH`, as acceptances name it.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}:{}", self.rule.id(), self.fingerprint)
    }

    /// The changes that it comes from, in declared order.
    #[must_use]
    pub fn changes<'f>(&'f self, comparison: &'f Comparison) -> &'f [ChangeId] {
        match &self.about {
            About::Paths { changes, .. } | About::Contract { changes, .. } => changes,
            About::Loop { cause, .. } => &comparison.cause(*cause).changes,
            About::Lowered { change, .. } => std::slice::from_ref(change),
            About::TakenOver(over) => &over.changes,
            About::Closed | About::Acceptance(_) | About::Loosened { .. } | About::Gone(_) => &[],
        }
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.accepted.is_none()
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// Some changes together open paths.
    Paths {
        /// The changes, in declared order; none where the topology itself is new, and all of it opens what it allows.
        changes: Vec<ChangeId>,
        /// The causes that name exactly these, or all.
        causes: Vec<CauseId>,
    },
    /// Nodes now steer one another.
    Loop {
        /// The nodes.
        nodes: Vec<NodeId>,
        /// Why.
        cause: CauseId,
    },
    /// Paths are closed.
    Closed,
    /// A change lowers or weakens something by itself.
    Lowered {
        /// The change.
        change: ChangeId,
        /// How many paths no longer count as leading into a more trusted zone, where that is what it does.
        disarms: usize,
    },
    /// A rule of base or head is broken now.
    Contract {
        /// The rule.
        entry: ContractId,
        /// By what.
        breach: Box<Breach>,
        /// The changes that open the gravest pair, in declared order; none where paths are not what breaks it.
        changes: Vec<ChangeId>,
    },
    /// A rule of the base is gone from the head, or says less there.
    Loosened {
        /// The rule.
        entry: ContractId,
        /// What has its name in the head.
        by: Option<ContractId>,
    },
    /// The spec is gone, or has no nodes any more.
    Gone(Box<Lost>),
    /// A marked node is gone, and another one has some of its edges.
    TakenOver(Box<TakeOver>),
    /// An acceptance is new, unused or past its date.
    Acceptance(AcceptanceId),
}

/// An ordered pair with what changed between its nodes, in the order of the questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What is compromised.
    pub from: NodeId,
    /// What it reaches.
    pub to: NodeId,
    /// What changed.
    pub deltas: Vec<Delta>,
    /// Whether one of the two is new or gone.
    pub is_of_other_node: bool,
}
