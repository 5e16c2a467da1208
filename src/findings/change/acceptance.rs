//! Acceptances of base and head: which of them count, and what each covers.

use crate::compare::AcceptanceId;
use jiff::civil::Date;

use super::finding::Pair;
use crate::compare::Comparison;
use crate::compare::Delta;
use crate::compare::Routes;
use crate::compare::{Joint, Side};
use crate::findings::AcceptedPair;
use crate::model::Way;
use crate::model::{Acceptance, Accepted, NodeId, Rule, Verb};

/// Whose acceptances count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AcceptFrom {
    /// Those of the base that the head still has: the author of a change cannot accept it with the change.
    #[default]
    Base,
    /// Those of the head.
    Head,
}

/// How an acceptance stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It holds.
    Holds,
    /// The change brings it along.
    New,
    /// It is past its date.
    Expired,
}

/// What an acceptance covers, names resolved on its side. A name that is gone covers nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Covers {
    Pair(NodeId, NodeId),
    Edge(NodeId, Verb, NodeId),
    Finding(Rule, String),
    Spec(String),
    Nothing,
}

/// The acceptances of both sides.
pub(crate) struct Acceptances<'c> {
    comparison: &'c Comparison,
    /// Those that count, in their order.
    counting: Vec<(AcceptanceId, Covers)>,
    /// Those of the head.
    head: Vec<(AcceptanceId, Covers, Standing)>,
}

impl<'c> Acceptances<'c> {
    /// Judges them by whose count, and by the day.
    pub(crate) fn gather(comparison: &'c Comparison, from: AcceptFrom, today: Date) -> Self {
        let joint = comparison.joint();
        let resolved = |side: Side| -> Vec<(AcceptanceId, Covers)> {
            let all = joint.spec(side).accept.iter().enumerate();
            all.map(|(position, entry)| (AcceptanceId { side, position }, covers(joint, side, entry)))
                .collect()
        };
        let (base, head) = (resolved(Side::Base), resolved(Side::Head));
        let of = |entry: AcceptanceId| joint.acceptance(entry);
        let expired = |entry: AcceptanceId| of(entry).expires.is_some_and(|last| last < today);
        let same_dates = |one: AcceptanceId, other: AcceptanceId| of(one).expires == of(other).expires;
        let in_base = |entry: AcceptanceId, covered: &Covers| {
            base.iter().any(|(other, before)| {
                is_same(joint, (*other, before), (entry, covered)) && same_dates(*other, entry)
            })
        };
        let standing = |entry: AcceptanceId, covered: &Covers| {
            if expired(entry) {
                Standing::Expired
            } else if in_base(entry, covered) {
                Standing::Holds
            } else {
                Standing::New
            }
        };
        let head: Vec<_> = head
            .into_iter()
            .map(|(entry, covers)| {
                let stands = standing(entry, &covers);
                (entry, covers, stands)
            })
            .collect();
        let counting = match from {
            AcceptFrom::Head => {
                let holds = head.iter().filter(|(_, _, standing)| *standing != Standing::Expired);
                holds.map(|(entry, covers, _)| (*entry, covers.clone())).collect()
            }
            AcceptFrom::Base => {
                let still = |entry: AcceptanceId, covers: &Covers| {
                    let kept = head
                        .iter()
                        .find(|(other, after, _)| is_same(joint, (entry, covers), (*other, after)));
                    kept.is_some_and(|(_, _, standing)| *standing != Standing::Expired)
                };
                let all =
                    base.into_iter().filter(|(entry, covers)| !expired(*entry) && still(*entry, covers));
                all.collect()
            }
        };
        Self { comparison, counting, head }
    }

    /// The entries of the head, with how each stands.
    pub(crate) fn of_head(&self) -> impl Iterator<Item = (AcceptanceId, Standing)> + '_ {
        self.head.iter().map(|(entry, _, standing)| (*entry, *standing))
    }

    /// The acceptance that covers a pair.
    pub(crate) fn of_pair(&self, pair: &Pair) -> Option<AcceptanceId> {
        self.first(|covers| *covers == Covers::Pair(pair.from, pair.to))
    }

    /// The acceptance that covers a finding as a whole: by its fingerprint, or because one edge is all that causes it.
    pub(crate) fn of_finding(
        &self,
        rule: Rule,
        hash: &str,
        edge: Option<(NodeId, Verb, NodeId)>,
    ) -> Option<AcceptanceId> {
        self.first(|covers| match covers {
            Covers::Finding(of, accepted) => *of == rule && accepted == hash,
            Covers::Edge(from, verb, to) => edge == Some((*from, *verb, *to)),
            Covers::Pair(..) | Covers::Spec(_) | Covers::Nothing => false,
        })
    }

    /// The acceptance that the spec at a path is deleted.
    pub(crate) fn of_spec(&self, path: &str) -> Option<AcceptanceId> {
        self.first(|covers| matches!(covers, Covers::Spec(accepted) if accepted == path))
    }

    /// The pairs that are accepted, each with its acceptance.
    pub(crate) fn accepted_pairs(&self) -> Vec<(AcceptedPair, AcceptanceId)> {
        let pairs = self.counting.iter().filter_map(|(entry, covers)| match covers {
            Covers::Pair(from, to) => Some((*from, *to, *entry)),
            _ => None,
        });
        pairs.enumerate().map(|(at, (from, to, entry))| ((from, to, at), entry)).collect()
    }

    fn first(&self, is_it: impl Fn(&Covers) -> bool) -> Option<AcceptanceId> {
        self.counting.iter().find(|(_, covers)| is_it(covers)).map(|(entry, _)| *entry)
    }

    /// Whether an entry silences what it covers.
    pub(crate) fn counts(&self, entry: AcceptanceId) -> bool {
        self.counting.iter().any(|(other, _)| *other == entry)
    }

    /// Whether what an entry of the head speaks of is there: a way between the two, the edge, or a finding that could be.
    pub(crate) fn speaks_of_something(
        &self,
        entry: AcceptanceId,
        could_be: impl Fn(Rule, &str) -> bool,
    ) -> bool {
        let Some((_, covers, _)) = self.head.iter().find(|(other, _, _)| *other == entry) else {
            return false;
        };
        let head = self.comparison.joint().spec(Side::Head);
        match covers {
            Covers::Pair(from, to) => self.comparison.is_connected(*from, *to),
            Covers::Edge(from, verb, to) => {
                head.edges.iter().any(|edge| (edge.from, edge.verb, edge.to) == (*from, *verb, *to))
            }
            // What a topology has as it stands is for `check` to judge.
            Covers::Finding(rule, _) if !rule.is_of_change() && !rule.is_contract() => true,
            Covers::Finding(rule, hash) => could_be(*rule, hash),
            // Which specs the repository has is not known here.
            Covers::Spec(_) => true,
            Covers::Nothing => false,
        }
    }
}

/// Whether two entries accept the same, also where a name in them is that of nothing any more.
fn is_same(joint: &Joint, one: (AcceptanceId, &Covers), other: (AcceptanceId, &Covers)) -> bool {
    let what = |entry: AcceptanceId| &joint.acceptance(entry).what;
    if *one.1 == Covers::Nothing { what(one.0) == what(other.0) } else { one.1 == other.1 }
}

fn covers(joint: &Joint, side: Side, entry: &Acceptance) -> Covers {
    let node = |name: &str| {
        let by_former =
            joint.nodes().find(|node| side == Side::Base && joint.former_name(*node) == Some(name));
        by_former.or_else(|| joint.spec(side).node_id(name).filter(|node| joint.has(side, *node)))
    };
    let found = match &entry.what {
        Accepted::Pair { from, to } => node(from).zip(node(to)).map(|(from, to)| Covers::Pair(from, to)),
        Accepted::Edge { from, verb, to } => {
            node(from).zip(node(to)).map(|(from, to)| Covers::Edge(from, *verb, to))
        }
        Accepted::Finding { rule, hash } => Some(Covers::Finding(*rule, hash.clone())),
        Accepted::Spec { path } => Some(Covers::Spec(path.clone())),
    };
    found.unwrap_or(Covers::Nothing)
}

impl Comparison {
    /// Whether there is any way between two nodes in the head.
    pub(crate) fn is_connected(&self, from: NodeId, to: NodeId) -> bool {
        let mut routes = Routes::new(self, Side::Head);
        Way::ALL.iter().any(|&question| routes.find(from, question, to).is_some())
    }
}

/// The pairs that are left when those that are accepted are taken out, and the acceptance of the first one that was.
pub(crate) fn without_accepted(
    pairs: Vec<Pair>,
    all: &Acceptances<'_>,
) -> (Vec<Pair>, Vec<Pair>, Option<AcceptanceId>) {
    let mut first = None;
    let (mut left, mut taken) = (Vec::new(), Vec::new());
    for pair in pairs {
        match all.of_pair(&pair) {
            Some(entry) => {
                first.get_or_insert(entry);
                taken.push(pair);
            }
            None => left.push(pair),
        }
    }
    (left, taken, first)
}

/// The pairs of some deltas: those of nodes on both sides first, each in node order.
pub(crate) fn pairs(comparison: &Comparison, mut deltas: Vec<Delta>) -> Vec<Pair> {
    deltas.sort_unstable_by_key(|delta| (delta.from, delta.to, delta.question));
    let mut pairs: Vec<Pair> = deltas
        .chunk_by(|one, other| (one.from, one.to) == (other.from, other.to))
        .map(|deltas| {
            let (from, to) = (deltas[0].from, deltas[0].to);
            let is_of_other_node = comparison.is_of_other_node(from, to);
            Pair { from, to, deltas: deltas.to_vec(), is_of_other_node }
        })
        .collect();
    pairs.sort_by_key(|pair| pair.is_of_other_node);
    pairs
}
