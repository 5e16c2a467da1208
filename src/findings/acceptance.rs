//! The acceptances of a topology, or of base and head → which of them count, how each stands, and what each covers.

use jiff::civil::Date;

use super::finding::{About, Draft, Ends, Pair};
use crate::compare::{AcceptanceId, AcceptedDeletion, Joint, Side};
use crate::model::{Acceptance, Accepted, NodeId, Rule, Spec};

/// How a change is judged, beside what the specs say.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Whose acceptances count.
    pub accept_from: AcceptFrom,
    /// The day by which acceptances expire.
    pub today: Date,
}

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
pub(super) enum State {
    /// It holds.
    Holds,
    /// The change brings it along.
    New,
    /// It is past its date.
    Expired,
}

/// A pair that somebody has accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptedPair {
    /// What is compromised.
    pub from: NodeId,
    /// What it reaches.
    pub to: NodeId,
    /// The acceptance.
    pub by: AcceptanceId,
}

/// What an acceptance covers, names resolved on its side. A name that is gone covers nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Covered {
    Pair(NodeId, NodeId),
    Edge(Ends),
    Finding(Rule, String),
    Spec(String),
    Nothing,
}

impl Covered {
    fn of(what: &Accepted, node: impl Fn(&str) -> Option<NodeId>) -> Self {
        let pair = |from: &str, to: &str| node(from).zip(node(to));
        match what {
            Accepted::Pair { from, to } => {
                pair(from, to).map_or(Self::Nothing, |(from, to)| Self::Pair(from, to))
            }
            Accepted::Edge { from, verb, to } => {
                pair(from, to).map_or(Self::Nothing, |(from, to)| Self::Edge((from, *verb, to)))
            }
            Accepted::Finding { rule, hash } => Self::Finding(*rule, hash.clone()),
            Accepted::Spec { path } => Self::Spec(path.clone()),
        }
    }

    /// Whether a finding as a whole is covered: by its fingerprint, by the one edge that it is about, or by its one pair.
    fn covers(&self, draft: &Draft, fingerprint: &str) -> bool {
        match self {
            Self::Finding(rule, accepted) => draft.rule == *rule && accepted == fingerprint,
            Self::Edge(edge) => draft.edge == Some(*edge),
            Self::Pair(from, to) => {
                let is_it = |pair: &Pair| (pair.from, pair.to) == (*from, *to);
                // What a change opens is accepted pair by pair.
                let is_of_topology = matches!(draft.about, About::Fact(_) | About::Contract { .. });
                is_of_topology && !draft.pairs.is_empty() && draft.pairs.iter().all(is_it)
            }
            Self::Spec(_) | Self::Nothing => false,
        }
    }
}

/// An entry of the spec that is judged: of a topology, or of the head.
pub(super) struct Entry {
    pub(super) id: AcceptanceId,
    pub(super) covered: Covered,
    pub(super) state: State,
}

/// The acceptances of a topology, or of base and head.
pub(super) struct Acceptances {
    /// Those that count, in their order.
    counting: Vec<(AcceptanceId, Covered)>,
    /// Those of the topology, or of the head.
    entries: Vec<Entry>,
    /// The one of another spec by which this one may go.
    deletion: Option<AcceptanceId>,
}

impl Acceptances {
    /// Those of a topology as it stands: all that have not expired count.
    pub(super) fn of_topology(spec: &Spec, today: Date) -> Self {
        let entries: Vec<Entry> = resolved(&spec.accept, Side::Head, |name| spec.node_id(name))
            .map(|(id, covered)| {
                let is_over = is_expired(&spec.accept[id.position], today);
                Entry { id, covered, state: if is_over { State::Expired } else { State::Holds } }
            })
            .collect();
        Self { counting: holding(&entries), entries, deletion: None }
    }

    /// Those of base and head, judged by whose count, and by the day.
    pub(super) fn of_change(joint: &Joint, policy: Policy, deletion: Option<AcceptanceId>) -> Self {
        let of_side = |side: Side| -> Vec<(AcceptanceId, Covered)> {
            resolved(&joint.spec(side).accept, side, |name| node(joint, side, name)).collect()
        };
        let base = of_side(Side::Base);
        let of = |entry: AcceptanceId| joint.acceptance(entry);
        let same_dates = |one: AcceptanceId, other: AcceptanceId| of(one).expires == of(other).expires;
        let in_base = |entry: AcceptanceId, covered: &Covered| {
            base.iter().any(|(other, before)| {
                is_same(joint, (*other, before), (entry, covered)) && same_dates(*other, entry)
            })
        };
        let entries: Vec<Entry> = of_side(Side::Head)
            .into_iter()
            .map(|(id, covered)| {
                let state = match (is_expired(of(id), policy.today), in_base(id, &covered)) {
                    (true, _) => State::Expired,
                    (false, true) => State::Holds,
                    (false, false) => State::New,
                };
                Entry { id, covered, state }
            })
            .collect();
        let is_kept = |id: AcceptanceId, covered: &Covered| {
            let still = entries.iter().find(|own| is_same(joint, (id, covered), (own.id, &own.covered)));
            still.is_some_and(|own| own.state != State::Expired)
        };
        let counting = match policy.accept_from {
            AcceptFrom::Head => holding(&entries),
            AcceptFrom::Base => {
                let counts = |(id, covered): &(AcceptanceId, Covered)| {
                    !is_expired(of(*id), policy.today) && is_kept(*id, covered)
                };
                base.iter().filter(|entry| counts(entry)).cloned().collect()
            }
        };
        Self { counting, entries, deletion }
    }

    /// The entries of the topology, or of the head.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether an entry silences what it covers.
    pub(super) fn counts(&self, entry: AcceptanceId) -> bool {
        self.counting.iter().any(|(other, _)| *other == entry)
    }

    /// The pairs that are accepted.
    pub(super) fn pairs(&self) -> Vec<AcceptedPair> {
        let pairs = self.counting.iter().filter_map(|(by, covered)| match covered {
            Covered::Pair(from, to) => Some(AcceptedPair { from: *from, to: *to, by: *by }),
            Covered::Edge(_) | Covered::Finding(..) | Covered::Spec(_) | Covered::Nothing => None,
        });
        pairs.collect()
    }

    /// The acceptance of a finding, and how many of its pairs are accepted and taken out. Of paths that a change opens, those
    /// between accepted pairs are; unless that is all of them, and then by the first one that is.
    pub(super) fn accept(&self, draft: &mut Draft, fingerprint: &str) -> (Option<AcceptanceId>, usize) {
        let whole = self.first(|covered| covered.covers(draft, fingerprint));
        match &draft.about {
            About::Contract { breach, .. } => (breach.accepted.or(whole), 0),
            About::SpecGone(gone) => {
                let path = gone.path.as_deref();
                let own = || path.and_then(|path| self.first(|covered| covered.is_spec(path)));
                (whole.or_else(own).or(self.deletion), 0)
            }
            About::Paths { .. } => self.accept_paths(draft, whole),
            About::Fact(_)
            | About::Loop { .. }
            | About::Closed
            | About::Lowered { .. }
            | About::Loosened { .. }
            | About::MarkedNodeGone(_)
            | About::Acceptance(_) => (whole, 0),
        }
    }

    fn accept_paths(&self, draft: &mut Draft, whole: Option<AcceptanceId>) -> (Option<AcceptanceId>, usize) {
        let of_pair = |pair: &Pair| self.first(|covered| *covered == Covered::Pair(pair.from, pair.to));
        let first = draft.pairs.iter().find_map(of_pair);
        let (taken, left): (Vec<Pair>, Vec<Pair>) =
            std::mem::take(&mut draft.pairs).into_iter().partition(|pair| of_pair(pair).is_some());
        let accepted = whole.or(first.filter(|_| left.is_empty()));
        match accepted {
            Some(_) => {
                draft.pairs = left.into_iter().chain(taken).collect();
                (accepted, 0)
            }
            None => {
                draft.pairs = left;
                (None, taken.len())
            }
        }
    }

    fn first(&self, is_it: impl Fn(&Covered) -> bool) -> Option<AcceptanceId> {
        self.counting.iter().find(|(_, covered)| is_it(covered)).map(|(entry, _)| *entry)
    }
}

impl Covered {
    fn is_spec(&self, path: &str) -> bool {
        matches!(self, Self::Spec(accepted) if accepted == path)
    }
}

fn resolved(
    entries: &[Acceptance],
    side: Side,
    node: impl Fn(&str) -> Option<NodeId>,
) -> impl Iterator<Item = (AcceptanceId, Covered)> {
    let entries = entries.iter().enumerate();
    entries.map(move |(position, entry)| (AcceptanceId { side, position }, Covered::of(&entry.what, &node)))
}

fn holding(entries: &[Entry]) -> Vec<(AcceptanceId, Covered)> {
    let holds = entries.iter().filter(|entry| entry.state != State::Expired);
    holds.map(|entry| (entry.id, entry.covered.clone())).collect()
}

fn is_expired(entry: &Acceptance, today: Date) -> bool {
    entry.expires.is_some_and(|last| last < today)
}

/// The node that an entry of a side names. The base may name it as it was called there.
fn node(joint: &Joint, side: Side, name: &str) -> Option<NodeId> {
    let by_former = joint.nodes().find(|node| side == Side::Base && joint.former_name(*node) == Some(name));
    by_former.or_else(|| joint.spec(side).node_id(name).filter(|node| joint.has(side, *node)))
}

/// Whether two entries accept the same, also where a name in them is that of nothing any more.
fn is_same(joint: &Joint, one: (AcceptanceId, &Covered), other: (AcceptanceId, &Covered)) -> bool {
    let what = |entry: AcceptanceId| &joint.acceptance(entry).what;
    if *one.1 == Covered::Nothing { what(one.0) == what(other.0) } else { one.1 == other.1 }
}

/// The acceptance by which the spec at a path, from the root of the repository, may be deleted: an entry of a spec that remains.
///
/// `base` and `head` are all other specs of the repository before and after the change. Under [`AcceptFrom::Base`] an entry counts
/// if a spec of the base has it and one of the head still has it, whichever file it stands in. Where both say until when, the
/// earlier day is the last on which it holds, so that no change can make an acceptance last longer.
#[must_use]
pub fn accepted_deletion(
    path: &str,
    base: &[Spec],
    head: &[Spec],
    policy: Policy,
) -> Option<AcceptedDeletion> {
    let wanted = Accepted::spec(path)?;
    let of = |specs: &'_ [Spec]| -> Vec<AcceptedDeletion> {
        specs
            .iter()
            .flat_map(|spec| deletions(spec, &wanted))
            .filter(|one| !is_expired(&one.acceptance, policy.today))
            .collect()
    };
    let counts = policy.accept_from == AcceptFrom::Head || !of(base).is_empty();
    of(head).into_iter().next().filter(|_| counts)
}

/// The entries of a spec that accept this.
fn deletions<'s>(spec: &'s Spec, wanted: &'s Accepted) -> impl Iterator<Item = AcceptedDeletion> + 's {
    let entries = spec.accept.iter().filter(move |entry| entry.what == *wanted);
    entries.filter_map(|entry| {
        let file = spec.files.get(entry.place.file as usize)?.clone();
        Some(AcceptedDeletion { acceptance: entry.clone(), file })
    })
}
