//! What a difference is: a question, and the two answers to it.

use crate::analysis::Strength;
use crate::graph::Cost;
use crate::model::{GuardId, NodeId, Plane, Verb};
use crate::reference;

/// A question that engine and reference answer differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was asked.
    pub subject: Subject,
    /// What the engine says.
    pub engine: Answer,
    /// What the reference says.
    pub reference: Answer,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Which guards stand against a declared verb?
    Direct {
        /// The row.
        from: NodeId,
        /// The column.
        to: NodeId,
        /// The verb.
        verb: Verb,
    },
    /// What has to fail for the row's node to have the verb done to the column's?
    Acts {
        /// The row.
        from: NodeId,
        /// The column.
        to: NodeId,
        /// The verb.
        verb: Verb,
    },
    /// What does the best path of the plane cost, for the row's attacker?
    Best {
        /// The plane.
        plane: Plane,
        /// The row.
        from: NodeId,
        /// The column.
        to: NodeId,
    },
    /// What does the best path cost to where the column's node acts from?
    Steered {
        /// The row.
        from: NodeId,
        /// The column.
        to: NodeId,
    },
    /// Is there this derived edge, and what did its authority cost?
    Derived(Derived),
    /// Does content of `from` come to `to` in the closure of a plane?
    Reaches {
        /// The plane.
        plane: Plane,
        /// Which paths count.
        strength: Strength,
        /// Whose content.
        from: NodeId,
        /// To whom.
        to: NodeId,
    },
    /// To how many others does a node's content come, or the content of how many comes to it?
    Size {
        /// Who counts.
        counted: Counted,
        /// The plane.
        plane: Plane,
        /// Which paths count.
        strength: Strength,
        /// Whose content, or to whom.
        node: NodeId,
    },
    /// How many pairs are connected at all?
    Pairs {
        /// Who counts.
        counted: Counted,
        /// The plane.
        plane: Plane,
        /// Which paths count.
        strength: Strength,
    },
}

/// Which part of the engine counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The closure that is kept: how many a node reaches.
    Closure,
    /// The sizes that are counted with nothing kept: how many a node reaches.
    Reached,
    /// The same against the flow: how many reach a node.
    Reaching,
}

/// All that makes derived edges one: everything but the extra.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Derived {
    /// The actor.
    pub from: NodeId,
    /// What it may do.
    pub verb: Verb,
    /// To whom.
    pub to: NodeId,
    /// Guards on the request.
    pub guards: Vec<GuardId>,
    /// Guards on the result; `None` where nothing comes back.
    pub returns: Option<Vec<GuardId>>,
    /// Whether it is made as an outsider.
    pub outsider: bool,
}

/// One of the two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// There is nothing.
    Nothing,
    /// There is something of which no more is asked.
    Something,
    /// Guards that have to fail.
    Guards(u32),
    /// The cost of a path.
    Cost(Cost),
    /// How many.
    Count(usize),
}

impl From<Option<u32>> for Answer {
    fn from(guards: Option<u32>) -> Self {
        guards.map_or(Self::Nothing, Self::Guards)
    }
}

impl From<Option<reference::Cost>> for Answer {
    fn from(cost: Option<reference::Cost>) -> Self {
        let plain =
            |cost: reference::Cost| Cost { guards: cost.guards, sessions: cost.sessions, hops: cost.hops };
        cost.map_or(Self::Nothing, |cost| Self::Cost(plain(cost)))
    }
}

impl From<bool> for Answer {
    fn from(there: bool) -> Self {
        if there { Self::Something } else { Self::Nothing }
    }
}

/// The first differences, and how many there are: an engine that is wrong everywhere fills no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// The first ones, in the order in which they were found.
    pub first: Vec<Difference>,
    /// How many there are in all.
    pub count: usize,
}

impl Differences {
    /// How many are kept.
    pub const KEPT: usize = 20;

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Counts a question whose two answers differ.
    pub(super) fn ask(&mut self, engine: Answer, reference: Answer, subject: impl FnOnce() -> Subject) {
        if engine == reference {
            return;
        }
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(Difference { subject: subject(), engine, reference });
        }
    }

    /// Adds those of a later comparison.
    pub(super) fn append(&mut self, later: Self) {
        self.count += later.count;
        let room = Self::KEPT - self.first.len();
        self.first.extend(later.first.into_iter().take(room));
    }
}
