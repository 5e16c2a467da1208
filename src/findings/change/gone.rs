//! A head without nodes → whether the spec of the base is gone, what went with it, and whether somebody accepted that.

use crate::compare::AcceptedDeletion;
use jiff::civil::Date;

use super::acceptance::AcceptFrom;
use super::finding::{About, Finding};
use super::fingerprint;
use super::fingerprint::subject;
use super::gate::{Judge, Policy};
use crate::compare::{Joint, Side};
use crate::model::{Acceptance, Accepted, GuardId, Place, Rule, Spec};

/// What only the caller knows of a head that has no nodes. The default is that nothing is known: then a head without nodes is a
/// spec that is gone, and nobody has accepted it.
#[derive(Debug, Clone, Default)]
pub struct HeadGone {
    /// The path of the base's spec from the root of its repository: an acceptance of the spec's own names it by that.
    pub path: Option<String>,
    /// Whether the user asked for an empty head by name.
    pub on_purpose: bool,
    /// The acceptance in another spec of the repository, as [`accepted_deletion`] finds it.
    pub accepted: Option<AcceptedDeletion>,
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
    let holds = |day: Option<Date>| day.is_none_or(|last| last >= policy.today);
    let of = |specs: &'_ [Spec]| -> Vec<AcceptedDeletion> {
        specs
            .iter()
            .flat_map(|spec| entries(spec, &wanted))
            .filter(|one| holds(one.acceptance.expires))
            .collect()
    };
    let counts = policy.accept_from == AcceptFrom::Head || !of(base).is_empty();
    of(head).into_iter().next().filter(|_| counts)
}

/// The entries of a spec that accept this.
fn entries<'s>(spec: &'s Spec, wanted: &'s Accepted) -> impl Iterator<Item = AcceptedDeletion> + 's {
    let entries = spec.accept.iter().filter(move |entry| entry.what == *wanted);
    entries.filter_map(|entry| {
        let file = spec.files.get(entry.place.file as usize)?.clone();
        Some(AcceptedDeletion { acceptance: entry.clone(), file })
    })
}

/// What of the base a head without nodes does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost {
    /// The path of the spec from the root of the repository, where it is known.
    pub path: Option<String>,
    /// Nodes: all that there were.
    pub nodes: usize,
    /// Critical ones among them.
    pub critical: usize,
    /// Private ones among them.
    pub private: usize,
    /// Zones.
    pub zones: usize,
    /// Guards, the built-in ones left out.
    pub guards: usize,
    /// Levels of `review`.
    pub levels: usize,
    /// Rules of the spec's own.
    pub rules: usize,
    /// Acceptances.
    pub acceptances: usize,
}

impl Lost {
    fn of(joint: &Joint, path: Option<String>) -> Self {
        let (base, head) = (joint.spec(Side::Base), joint.spec(Side::Head));
        let is_kept =
            |side: Side, place: Option<Place>| place.is_some_and(|place| joint.side_of(place) == side);
        let guards = (0..base.guards.len()).map(GuardId::new).filter(|id| {
            is_kept(Side::Base, base.guard(*id).place) && !is_kept(Side::Head, head.guard(*id).place)
        });
        let rules = base.rules.iter().filter(|rule| {
            !head.rules.iter().any(|own| own.term == rule.term || own.term.is_at_least(&rule.term))
        });
        let accepted = |entry: &&Acceptance| !head.accept.iter().any(|own| own.what == entry.what);
        Self {
            path,
            nodes: base.nodes.len(),
            critical: base.nodes.values().filter(|node| node.critical).count(),
            private: base.nodes.values().filter(|node| node.is_private()).count(),
            zones: base.zones.keys().filter(|zone| !head.zones.contains_key(*zone)).count(),
            guards: guards.count(),
            levels: base.review.levels.keys().filter(|rule| !head.review.levels.contains_key(*rule)).count(),
            rules: rules.count(),
            acceptances: base.accept.iter().filter(accepted).count(),
        }
    }
}

/// What a spec that is gone is known by: the names of its nodes, whatever their order, so that who accepts that these go accepts
/// nothing of what comes later.
fn subject_of<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let mut words: Vec<&str> = names.map(String::as_str).collect();
    words.sort_unstable();
    words.insert(0, "spec");
    subject(&words)
}

/// Whether a fingerprint is that of a spec with the nodes of this one.
pub(crate) fn could_be(head: &Spec, hash: &str) -> bool {
    fingerprint::of(Rule::SpecGone, &[subject_of(head.nodes.keys())]) == hash
}

impl Judge<'_> {
    /// Whether the head has no nodes where the base has some, or where the user wants it so: then all that was declared went with
    /// the spec, and one finding tells of it, or none.
    pub(crate) fn is_head_empty(&self) -> bool {
        let joint = self.comparison.joint();
        joint.is_empty(Side::Head) && (!joint.is_empty(Side::Base) || self.gone.on_purpose)
    }

    /// That the spec is gone.
    pub(crate) fn spec_gone(&self) -> Option<Finding> {
        let joint = self.comparison.joint();
        if self.gone.on_purpose || !self.is_head_empty() {
            return None;
        }
        let path = self.gone.path.as_deref().map(|path| path.trim_end_matches('/'));
        let lost = Lost::of(joint, path.map(str::to_owned));
        let subject = subject_of(joint.spec(Side::Base).nodes.keys());
        let about = About::Gone(Box::new(lost));
        let mut finding = self.finding(Rule::SpecGone, about, &subject, joint.first_place(Side::Head), None);
        finding.place = finding.place.or_else(|| joint.first_place(Side::Base));
        let own = || path.and_then(|path| self.acceptances.of_spec(path));
        finding.accepted = finding.accepted.or_else(own).or(self.adopted);
        Some(finding)
    }
}
