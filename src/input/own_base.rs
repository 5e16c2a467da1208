//! The spec of the work tree, and what it was at a commit: the one that is named, or where the work began.

use std::path::Path;

use super::branch::{self, Base};
use super::git::{Commit, Found, Repository, normal};
use super::problem::InputError;
use super::sides::{from_directory, no_spec};
use super::{Topology, below, on_disk, revision};
use crate::spec::{OWN_NAMES, nearest_spec, printable};

/// Base and head.
///
/// # Errors
/// If there is no repository, no default branch or no spec, and whatever keeps one from being read.
pub(super) fn sides(
    start: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(Topology, Topology), InputError> {
    let repository = Repository::open(start)?;
    repository.root()?;
    let Base { commit, label, notices } = branch::base(&repository, variable)?;
    let (mut base, head) = since(&repository, &commit, label.as_deref(), None, start)?;
    base.notices.splice(0..0, notices);
    Ok((base, head))
}

/// The spec of the work tree, and what it was at a commit. `head` is its path; without one it is the nearest.
///
/// # Errors
/// If there is no work tree or no spec, and whatever keeps one from being read.
pub(super) fn since(
    repository: &Repository,
    commit: &Commit,
    label: Option<&str>,
    head: Option<&Path>,
    start: &Path,
) -> Result<(Topology, Topology), InputError> {
    let root = repository.root()?;
    let at_commit = |path: &str| revision::topology(repository, commit, label, path);
    if let Some(head) = head {
        let before = path_before(repository, commit, &named(repository, head, &root)?)?;
        return Ok((at_commit(&before)?, on_disk(head.as_os_str(), &below(start, head), start)?));
    }
    if let Some(path) = nearest_spec(start) {
        let before = path_before(repository, commit, &in_repository(&path, &root)?)?;
        return Ok((at_commit(&before)?, on_disk(path.as_os_str(), &path, start)?));
    }
    let before = nearest_before(repository, commit)?.ok_or_else(|| no_spec(start))?;
    let name = from_directory(&repository.prefix, &before).to_string_lossy().into_owned();
    let why = format!("there is no `{}` any more: taken as an empty topology", printable(&name));
    Ok((at_commit(&before)?, Topology::missing(name, why)))
}

/// The path of the repository that a user has named. What is relative need not be there any more.
fn named(repository: &Repository, path: &Path, root: &Path) -> Result<String, InputError> {
    match path.to_str() {
        Some(text) if path.is_relative() => {
            normal(&repository.path_from_here(&text.replace(std::path::MAIN_SEPARATOR, "/"))?)
        }
        _ => in_repository(path, root),
    }
}

/// The path of a file from the root of the repository.
fn in_repository(path: &Path, root: &Path) -> Result<String, InputError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = parent.canonicalize().ok();
    let inside = parent.as_deref().and_then(|parent| parent.strip_prefix(root).ok());
    let inside = inside.zip(path.file_name()).map(|(parent, name)| parent.join(name));
    let parts =
        inside.as_ref().and_then(|path| path.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>());
    parts.map(|parts| parts.join("/")).ok_or_else(|| {
        InputError::problem(
            format!("`{}` has no path in the repository", printable(&path.to_string_lossy())),
            "name both sides",
        )
    })
}

/// Where the spec at this path was at a commit: there, or under the other name by which it is found, or where git says it was
/// moved from. Where it was nowhere, at this path: it is new.
fn path_before(repository: &Repository, commit: &Commit, path: &str) -> Result<String, InputError> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let others = own_names(directory_of(path)).filter(|_| OWN_NAMES.contains(&name));
    for candidate in [path.to_owned()].into_iter().chain(others) {
        if repository.find(commit, &candidate)? != Found::Missing {
            return Ok(candidate);
        }
    }
    let moved = repository.moved_from(commit, path)?;
    Ok(moved.unwrap_or_else(|| path.to_owned()))
}

/// The nearest spec from the current directory upwards at a commit.
fn nearest_before(repository: &Repository, commit: &Commit) -> Result<Option<String>, InputError> {
    let mut directory = repository.prefix.trim_end_matches('/');
    loop {
        for candidate in own_names(directory) {
            if matches!(repository.find(commit, &candidate)?, Found::File(_)) {
                return Ok(Some(candidate));
            }
        }
        if directory.is_empty() {
            return Ok(None);
        }
        directory = directory_of(directory);
    }
}

/// The directory that holds a path of the repository.
fn directory_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// What a spec in a directory can be called to be found.
fn own_names(directory: &str) -> impl Iterator<Item = String> {
    let name = move |name: &&str| {
        if directory.is_empty() { (*name).to_owned() } else { format!("{directory}/{name}") }
    };
    OWN_NAMES.iter().map(name)
}
