//! A head without nodes → whether the spec of the base is gone, what went with it, and whether somebody accepted that.

use jiff::civil::Date;

use super::acceptance::AcceptFrom;
use super::gate::Policy;
use crate::spec::{Acceptance, Accepted, SourceFile, Spec};

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

/// An entry of `accept` by which a spec may be deleted, with the file that it stands in.
#[derive(Debug, Clone)]
pub struct AcceptedDeletion {
    /// The entry. Its place is one of `file`, whatever the number in it.
    pub acceptance: Acceptance,
    /// The file that holds it.
    pub file: SourceFile,
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
