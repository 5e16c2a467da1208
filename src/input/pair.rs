//! Two sides that are read together → base and head, each where it is now: what git proves to be moved, new or gone is told apart from
//! what was written wrong.

use super::change::Change;
use super::git::Repository;
use super::problem::InputError;
use super::side;
use super::side::{Side, Wanted};
use super::topology::{Gone, Topology};
use super::tree::Scope;
use crate::model::printable;

/// Two sides that are read together.
pub(super) struct Pair<'r> {
    /// The change, where both sides are states of one repository and mean the same path.
    pub(super) change: Option<Change<'r>>,
    /// That path.
    pub(super) at: String,
    pub(super) scope: Scope,
}

impl Pair<'_> {
    /// Reads both.
    ///
    /// # Errors
    /// Every mistake of a spec, what else keeps a side from being read, and that nothing stands where one was named.
    pub(super) fn read(
        &self,
        base: &Wanted,
        head: &Wanted,
        repository: Option<&Repository>,
    ) -> Result<(Topology, Topology), InputError> {
        let read = (side::read(base, repository)?, side::read(head, repository)?);
        let (base_side, mut head_side) = match (read, &self.change) {
            ((Some(base), Some(head)), _) => (base, head),
            ((None, None), _) => return Err(neither(base, head)),
            ((None, Some(head)), Some(change)) => (self.origin(change, base, &head, repository)?, head),
            ((Some(base), None), Some(change)) => {
                let head = self.destination(change, &base, head, repository)?;
                (base, head)
            }
            ((None, Some(_)), None) => return Err(missing(base)),
            ((Some(_), None), None) => return Err(missing(head)),
        };
        if let Some(change) = &self.change {
            self.with_parts(change, &base_side, &mut head_side, repository)?;
            self.gone(change, &base_side, &mut head_side)?;
        }
        Ok((base_side.topology, head_side.topology))
    }

    /// Where the head's spec was, or that it is new.
    fn origin(
        &self,
        change: &Change<'_>,
        wanted: &Wanted,
        head: &Side,
        repository: Option<&Repository>,
    ) -> Result<Side, InputError> {
        if let Some(targets) = change.origin(head, &self.at, self.scope)? {
            let moved = change.in_base(targets);
            if let Some(mut side) = side::read(&moved, repository)? {
                let (from, to) = (printable(&side.topology.name), printable(&head.topology.name));
                side.topology.notices.push(format!("`{to}` was `{from}`: the two are compared"));
                return Ok(side);
            }
        }
        let name = wanted.name();
        let why = format!("there is no `{}`, it is new: compared with an empty topology", printable(&name));
        Ok(Side::outside(Topology::new(name, why)))
    }

    /// Where the base's spec is now, or that it is gone.
    fn destination(
        &self,
        change: &Change<'_>,
        base: &Side,
        wanted: &Wanted,
        repository: Option<&Repository>,
    ) -> Result<Side, InputError> {
        if let Some(targets) = change.destination(base, &self.at, self.scope)? {
            let moved = change.in_head(targets)?;
            if let Some(mut side) = side::read(&moved, repository)? {
                let (from, to) = (printable(&base.topology.name), printable(&side.topology.name));
                side.topology.notices.push(format!("`{from}` is `{to}` now: the two are compared"));
                return Ok(side);
            }
        }
        let name = match (self.scope, base.paths.as_slice()) {
            (Scope::Siblings, [one]) => change.in_head(vec![(one.clone(), Scope::Below)])?.name(),
            _ => wanted.name(),
        };
        Ok(Side::outside(Topology::gone(name)))
    }

    /// The head with what was moved out of sight: parts of the base's spec that lie elsewhere now.
    fn with_parts(
        &self,
        change: &Change<'_>,
        base: &Side,
        head: &mut Side,
        repository: Option<&Repository>,
    ) -> Result<(), InputError> {
        let away = change.moved_away(base, head)?;
        if away.is_empty() {
            return Ok(());
        }
        let own = head.paths.iter().cloned().chain(away.iter().cloned());
        let wanted = change.in_head(own.map(|path| (path, Scope::Below)).collect())?;
        if let Some(mut whole) = side::read(&wanted, repository)? {
            whole.topology.name.clone_from(&head.topology.name);
            whole.topology.spec.name.clone_from(&head.topology.spec.name);
            whole.topology.notices = std::mem::take(&mut head.topology.notices);
            for path in away {
                let notice =
                    format!("`{}` holds a part of the base that was moved: it is read too", printable(&path));
                whole.topology.notices.push(notice);
            }
            *head = whole;
        }
        Ok(())
    }

    /// A head without nodes: what else there is in the repository, where it may be accepted.
    fn gone(&self, change: &Change<'_>, base: &Side, head: &mut Side) -> Result<(), InputError> {
        if !head.topology.spec.nodes.is_empty() || base.topology.spec.nodes.is_empty() {
            return Ok(());
        }
        let (before, after) = change.others(&base.paths)?;
        let path = match (self.scope, base.paths.as_slice()) {
            (Scope::Siblings, [one]) => one.clone(),
            _ => self.at.clone(),
        };
        head.topology.gone = Some(Gone { path, before, after });
        Ok(())
    }
}

/// Two sides that are not there are no comparison but a slip.
fn neither(base: &Wanted, head: &Wanted) -> InputError {
    InputError::problem(
        format!(
            "there is no spec on either side: `{}`, `{}`",
            printable(&base.name()),
            printable(&head.name())
        ),
        "check the paths; at a revision they begin at the root of the repository",
    )
}

/// That nothing stands where a side was looked for.
pub(super) fn missing(wanted: &Wanted) -> InputError {
    let name = printable(&wanted.name());
    match wanted {
        Wanted::Disk(targets) if targets.iter().any(|target| target.path.is_dir()) => {
            InputError::refused(vec![super::files::no_spec_below(&name)])
        }
        Wanted::Disk(_) => InputError::problem(
            format!("there is no file `{name}`"),
            "check how it is written; an empty side is `--base none` or `--head none`",
        ),
        Wanted::Git(..) => InputError::problem(
            format!("there is no spec at `{name}`"),
            "check how it is written: a path behind a revision begins at the root of the repository; an empty side is `--base none` or `--head none`",
        ),
    }
}
