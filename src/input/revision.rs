//! A path at a revision → a topology.

use super::Topology;
use super::content;
use super::git::{Commit, Entry, Found, Kind, Repository, normal};
use super::problem::InputError;
use crate::spec::{self, is_hidden_name, is_spec, printable};

/// What stands at a path of a commit. `label` is what the user calls the revision; a hash calls itself.
///
/// # Errors
/// Every mistake of the spec, or what else keeps it from being read.
pub(super) fn topology(
    repository: &Repository,
    commit: &Commit,
    label: Option<&str>,
    path: &str,
) -> Result<Topology, InputError> {
    let path = normal(path)?;
    let name = format!("{}:{path}", revision_name(commit, label));
    let mut topology = match repository.find(commit, &path)? {
        Found::Missing => {
            let why = format!("there is no `{}`: taken as an empty topology", printable(&name));
            Topology::missing(name, why)
        }
        Found::File(object) => Topology::found(name, file(repository, object, &path)?),
        Found::Directory(tree) => directory(repository, &tree, &path, name)?,
    };
    topology.commit = Some(commit.short.clone());
    Ok(topology)
}

/// `main@4be10d2`, or the hash alone.
fn revision_name(commit: &Commit, label: Option<&str>) -> String {
    let is_hash = |word: &&str| word.len() >= 4 && commit.hash.starts_with(&word.to_ascii_lowercase());
    match label.filter(|word| !is_hash(word)) {
        Some(word) => format!("{word}@{}", commit.short),
        None => commit.short.clone(),
    }
}

fn file(repository: &Repository, object: String, path: &str) -> Result<spec::Spec, InputError> {
    let mut contents = repository.contents(&[object])?;
    let bytes = contents.pop().unwrap_or_default();
    content::spec(path, bytes.as_slice())
}

/// The specs below a directory: those that would be found if it were checked out.
fn directory(repository: &Repository, tree: &str, path: &str, name: String) -> Result<Topology, InputError> {
    let mut notices = Vec::new();
    let mut paths = Vec::new();
    let mut objects = Vec::new();
    for entry in repository.below(tree)?.into_iter().filter(is_visible) {
        let full = if path.is_empty() { entry.path.clone() } else { format!("{path}/{}", entry.path) };
        let named_so = is_spec(entry.path.rsplit('/').next().unwrap_or_default());
        match entry.kind {
            Kind::File if named_so => {
                paths.push(full);
                objects.push(entry.object);
            }
            Kind::Link if named_so => return Err(link(&full)),
            Kind::Link | Kind::Submodule => notices.push(left_out(&name, &full)),
            Kind::File | Kind::Directory => {}
        }
    }
    if paths.is_empty() {
        let why = format!("there is no spec below `{}`: taken as an empty topology", printable(&name));
        let mut topology = Topology::missing(name, why);
        topology.notices.extend(notices);
        return Ok(topology);
    }
    let files = paths.into_iter().zip(repository.contents(&objects)?).collect();
    let spec = spec::load_contents(Some(&directory_name(repository, path)), files)?;
    Ok(Topology { notices, ..Topology::found(name, spec) })
}

/// Whether no directory on the way is hidden.
fn is_visible(entry: &Entry) -> bool {
    let directories = entry.path.rsplit_once('/').map_or("", |(directories, _)| directories);
    !directories.split('/').any(is_hidden_name)
}

/// What a spec in a directory is called that has no name of its own.
fn directory_name(repository: &Repository, path: &str) -> String {
    let last = path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned);
    let of_root = || Some(repository.root().ok()?.file_name()?.to_string_lossy().into_owned());
    last.or_else(of_root).unwrap_or_default()
}

fn link(path: &str) -> InputError {
    InputError::problem(
        format!("`{}` is a symbolic link, and links are not followed at a revision", printable(path)),
        "commit the file itself, or name the files one by one",
    )
}

/// A remark about what may hold specs and is not entered.
fn left_out(name: &str, path: &str) -> String {
    format!("`{}` is a link or submodule, and is not entered in `{}`", printable(path), printable(name))
}
