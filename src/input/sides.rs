//! Which two topologies are compared where the user names one of them or none.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::argument::{self, Argument, Place};
use super::git::{Repository, normal};
use super::problem::InputError;
use super::{Topology, below, on_disk, own_base, read};
use crate::spec::{self, nearest_spec, printable};

/// Base and head of a comparison. Without a base it is the spec at the merge base with the default branch; without a head it
/// is the spec as it stands in the work tree: at the base's path if that is `REV:path`, else the nearest one. A base that is a
/// revision without a path is the head's own spec, wherever it was then.
///
/// # Errors
/// Every mistake of a spec, what else keeps a side from being read, and if neither side has a spec.
pub fn sides(
    base: Option<&Path>,
    head: Option<&Path>,
    start: &Path,
    stdin: &mut dyn Read,
) -> Result<(Topology, Topology), InputError> {
    sides_in(base, head, start, stdin, &|name| std::env::var(name).ok())
}

/// [`sides`], with what looks up the variables by which a CI system names the branch that a change goes to.
///
/// # Errors
/// As [`sides`].
pub fn sides_in(
    base: Option<&Path>,
    head: Option<&Path>,
    start: &Path,
    stdin: &mut dyn Read,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(Topology, Topology), InputError> {
    let (base, head) = match (base, head) {
        (Some(base), Some(head)) if base.as_os_str() == "-" && head.as_os_str() == "-" => {
            return Err(InputError::problem(
                "the standard input can be one side only".to_owned(),
                "write one of the two to a file",
            ));
        }
        (Some(base), head) => match since(base, head, start)? {
            Some(sides) => sides,
            None => {
                let base_side = read(base.as_os_str(), start, stdin)?;
                let head_side = match head {
                    Some(head) => read(head.as_os_str(), start, stdin)?,
                    None => head_of(base, start)?,
                };
                (base_side, head_side)
            }
        },
        (None, None) => own_base::sides(start, variable)?,
        (None, Some(head)) => {
            return Err(InputError::problem(
                format!("there is no base to compare `{}` with", printable(&head.to_string_lossy())),
                "name the base first: `crabwalk diff main:crabwalk.yaml crabwalk.yaml`",
            ));
        }
    };
    one_at_least(base, head)
}

/// The sides where the base is a revision without a path and the head lies in the work tree; nothing where they are not such.
fn since(base: &Path, head: Option<&Path>, start: &Path) -> Result<Option<(Topology, Topology)>, InputError> {
    let is_path = |word: &Path| matches!(argument::parse(word.as_os_str(), start), Ok(Argument::Path(_)));
    if !is_path(base) || below(start, base).symlink_metadata().is_ok() || !head.is_none_or(is_path) {
        return Ok(None);
    }
    let Some((word, repository)) = base.to_str().zip(Repository::open(start).ok()) else { return Ok(None) };
    match repository.find_commit(word)? {
        Some(commit) => own_base::since(&repository, &commit, Some(word), head, start).map(Some),
        None if word == "HEAD" => {
            let why = "there is no commit yet: the base is taken as an empty topology".to_owned();
            let head = head.map_or_else(
                || nearest(start),
                |head| on_disk(head.as_os_str(), &below(start, head), start),
            )?;
            Ok(Some((Topology::missing(word.to_owned(), why), head)))
        }
        None => Ok(None),
    }
}

/// Two empty sides are no comparison but a slip.
pub(super) fn one_at_least(base: Topology, head: Topology) -> Result<(Topology, Topology), InputError> {
    if base.exists || head.exists {
        return Ok((base, head));
    }
    Err(InputError::problem(
        format!("there is no spec on either side: `{}`, `{}`", printable(&base.name), printable(&head.name)),
        "check the paths; at a revision they begin at the root of the repository",
    ))
}

/// The head where the base alone is named.
fn head_of(base: &Path, start: &Path) -> Result<Topology, InputError> {
    let Argument::Revision { place, .. } = argument::parse(base.as_os_str(), start)? else {
        return nearest(start);
    };
    let repository = Repository::open(start)?;
    let root = repository.root()?;
    let path = match place {
        Place::Root(path) => normal(&path)?,
        Place::Here(path) => normal(&repository.path_from_here(&path)?)?,
    };
    let typed = from_directory(&repository.prefix, &path);
    let on_the_disk = if start == Path::new(".") { typed.clone() } else { root.join(&path) };
    on_disk(typed.as_os_str(), &on_the_disk, start)
}

/// A path of the repository as it is typed in one of its directories.
pub(super) fn from_directory(prefix: &str, path: &str) -> PathBuf {
    let here: Vec<&str> = prefix.split('/').filter(|part| !part.is_empty()).collect();
    let there: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let shared = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
    let up = here.iter().skip(shared).map(|_| "..");
    let typed: PathBuf = up.chain(there.iter().skip(shared).copied()).collect();
    if typed.as_os_str().is_empty() { PathBuf::from(".") } else { typed }
}

/// The nearest spec of the work tree.
fn nearest(start: &Path) -> Result<Topology, InputError> {
    match nearest_spec(start) {
        Some(path) => on_disk(path.as_os_str(), &path, start),
        None => Err(no_spec(start)),
    }
}

/// That there is no spec to be found, as the loader says it.
pub(super) fn no_spec(start: &Path) -> InputError {
    match spec::load_from(start, &[], &mut std::io::empty()) {
        Err(mistakes) => mistakes.into(),
        Ok(_) => InputError::problem("the spec has only just appeared".to_owned(), "try again"),
    }
}
