//! What is to be read of one side → a topology, or that nothing stands there.

use std::path::{Path, PathBuf};

use super::content;
use super::disk::nearest;
use super::files;
use super::files::Files;
use super::git::{GitTree, Repository, Source, normal};
use super::load::name_of_siblings;
use super::names::parent;
use super::problem::InputError;
use super::topology::Topology;
use super::tree::{Followed, Kind, Member, Scope, Tree as _, collect, follow};
use crate::language::{directory_name, load_beside, load_contents};
use crate::model::{Spec, printable};

/// What is to be read of one side: files and directories that make one spec together.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// On the disk.
    Disk(Vec<OnDisk>),
    /// What git holds, by paths from the root of the repository.
    Git(Source, Vec<(String, Scope)>),
}

/// A file or a directory of the disk.
#[derive(Debug, Clone)]
pub(super) struct OnDisk {
    /// As it was typed, or would be.
    pub(super) typed: PathBuf,
    /// Where it is found.
    pub(super) path: PathBuf,
    /// What of it is meant.
    pub(super) scope: Scope,
}

impl OnDisk {
    /// What was named.
    pub(super) fn named(typed: PathBuf, path: PathBuf) -> Self {
        Self { typed, path, scope: Scope::Below }
    }

    /// A path of the repository, as what stands there now is to be read: as it would be typed in `start`, and where it is found from there.
    pub(super) fn in_work_tree(
        repository: &Repository,
        start: &Path,
        path: &str,
        scope: Scope,
    ) -> Result<Self, InputError> {
        let here: Vec<&str> = repository.prefix.split('/').filter(|part| !part.is_empty()).collect();
        let there: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let shared = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
        let up = here.iter().skip(shared).map(|_| "..");
        let mut typed: PathBuf = up.chain(there.iter().skip(shared).copied()).collect();
        // Files beside each other are called by their names alone.
        if typed.as_os_str().is_empty() && scope == Scope::Below {
            typed.push(".");
        }
        let path = if start == Path::new(".") { typed.clone() } else { repository.root()?.join(path) };
        Ok(Self { typed, path, scope })
    }

    fn name(&self) -> String {
        of_scope(&self.typed.to_string_lossy(), self.scope)
    }
}

/// A side that was read.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) topology: Topology,
    /// The paths of its files from the root of the repository, as far as they lie in it.
    pub(super) paths: Vec<String>,
}

impl Side {
    /// What lies outside of any repository.
    pub(super) fn outside(topology: Topology) -> Self {
        Self { topology, paths: Vec::new() }
    }
}

impl Wanted {
    /// What messages call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Disk(targets) => targets.first().map(OnDisk::name).unwrap_or_default(),
            Self::Git(source, targets) => {
                let path = targets.first().map(|(path, scope)| of_scope(path, *scope)).unwrap_or_default();
                source.shown(&path)
            }
        }
    }
}

/// A target as it is typed: of a directory of which the specs beside each other are meant, with a slash at its end.
fn of_scope(path: &str, scope: Scope) -> String {
    match (scope, path) {
        (Scope::Siblings, "") => "./".to_owned(),
        (Scope::Siblings, path) => format!("{path}/"),
        (Scope::Below, path) => path.to_owned(),
    }
}

/// Reads a side; `None` where nothing stands there, or no spec in the directory.
///
/// # Errors
/// Every mistake of the spec, or what else keeps it from being read.
pub(super) fn read(wanted: &Wanted, repository: Option<&Repository>) -> Result<Option<Side>, InputError> {
    match (wanted, repository) {
        (Wanted::Disk(targets), _) => on_disk(targets),
        (Wanted::Git(source, targets), Some(repository)) => in_git(repository, source, targets),
        (Wanted::Git(..), None) => Ok(None),
    }
}

fn on_disk(targets: &[OnDisk]) -> Result<Option<Side>, InputError> {
    let mut all = Files::default();
    for target in targets {
        let files = files::at(&target.path, target.scope)?;
        all.is_directory |= files.is_directory;
        all.join(files);
    }
    let [first, ..] = targets else { return Ok(None) };
    if all.list.is_empty() && all.mistakes.is_empty() {
        return Ok(None);
    }
    let paths = all.list.iter().filter_map(|file| file.in_repository.clone()).collect();
    let notices = std::mem::take(&mut all.notices);
    // A file that is named may be a saved matrix, of which the cells are never held.
    if let ([file], false) = (all.list.as_slice(), all.is_directory) {
        let opened = file.open().map_err(|mistake| InputError::refused(vec![mistake]))?;
        let mut topology = content::topology(first.name(), &file.name, opened)?;
        topology.notices.extend(notices);
        return Ok(Some(Side { topology, paths }));
    }
    let name = match (first.scope, all.list.as_slice()) {
        (Scope::Siblings, [file]) => {
            let own = Path::new(&file.name).file_name().unwrap_or_default();
            first.typed.join(own).to_string_lossy().into_owned()
        }
        _ => first.name(),
    };
    let own = match first.scope {
        Scope::Siblings => name_of_siblings(&all, &first.path),
        Scope::Below => directory_name(&first.path),
    };
    let (contents, mistakes) = all.read();
    let spec = load(own, contents, mistakes)?;
    Ok(Some(Side { topology: Topology { notices, ..Topology::found(name, spec) }, paths }))
}

/// The spec of some files; without a name of its own it has that of the first.
fn load(
    name: Option<String>,
    files: Vec<(String, Vec<u8>)>,
    mistakes: Vec<crate::language::Diagnostic>,
) -> Result<Spec, InputError> {
    let of_first = || files.first().map(|(name, _)| crate::language::default_name(name));
    let name = name.or_else(of_first).unwrap_or_default();
    Ok(load_beside(Some(&name), files, mistakes)?)
}

/// What stands at paths of a commit or of the index.
fn in_git(
    repository: &Repository,
    source: &Source,
    targets: &[(String, Scope)],
) -> Result<Option<Side>, InputError> {
    let tree = GitTree::new(repository, source.clone());
    let mut found = Found::default();
    for (path, scope) in targets {
        found.take(&tree, &normal(path)?, *scope)?;
    }
    let Some((path, scope)) = targets.first() else { return Ok(None) };
    if found.members.is_empty() && found.mistakes.is_empty() {
        return Ok(None);
    }
    if files::is_doubtful(&found.mistakes) {
        return Err(InputError::refused(found.mistakes));
    }
    let mut once = std::collections::HashSet::new();
    found.members.retain(|member| once.insert(member.real.clone()));
    let name = match (scope, found.members.as_slice()) {
        (Scope::Siblings, [one]) => source.shown(&one.found),
        (Scope::Siblings, _) => source.shown(&of_scope(path, *scope)),
        (Scope::Below, _) => source.shown(&normal(path)?),
    };
    let reals: Vec<String> = found.members.iter().map(|member| member.real.clone()).collect();
    let contents = tree.contents(&reals)?;
    let named: Vec<_> = found.members.into_iter().map(|member| member.found).zip(contents).collect();
    let topology = match (named.as_slice(), found.is_directory) {
        ([(file, bytes)], false) => content::topology(name, file, bytes.as_slice())?,
        _ => {
            let is_one = *scope == Scope::Siblings && named.len() < 2;
            let own = (!is_one).then(|| directory_of(repository, &normal(path).unwrap_or_default()));
            Topology::found(name, load(own, named, found.mistakes)?)
        }
    };
    let commit = match source {
        Source::Commit(commit, _) => Some(commit.short.clone()),
        Source::Index => None,
    };
    let notices = topology.notices.iter().cloned().chain(found.notices).collect();
    let topology = Topology { commit, notices, ..topology };
    Ok(Some(Side { topology, paths: reals }))
}

#[derive(Default)]
struct Found {
    members: Vec<Member>,
    notices: Vec<String>,
    mistakes: Vec<crate::language::Diagnostic>,
    is_directory: bool,
}

impl Found {
    fn take(&mut self, tree: &GitTree<'_>, path: &str, scope: Scope) -> Result<(), InputError> {
        match follow(tree, path)? {
            Followed::Missing if tree.kind(path)? == Some(Kind::Link) => Err(InputError::problem(
                format!("`{}` is a link that leads to no file of the repository", shown(tree, path)),
                "commit the file itself",
            )),
            Followed::Missing => Ok(()),
            Followed::At(real, Kind::Directory) => {
                let collected = collect(tree, &real, scope)?;
                self.is_directory = true;
                self.members.extend(collected.members);
                self.notices.extend(collected.notices);
                self.mistakes.extend(collected.mistakes);
                Ok(())
            }
            Followed::At(real, Kind::Repository) => Err(InputError::problem(
                format!("`{}` is a submodule: its files are in another repository", shown(tree, &real)),
                "run it inside of the submodule, with a revision of that",
            )),
            Followed::At(real, _) => {
                self.members.push(Member { found: path.to_owned(), real });
                Ok(())
            }
            Followed::Out(link) => Err(InputError::problem(
                format!(
                    "`{}` is a link that leads out of the repository, and is not read",
                    shown(tree, &link)
                ),
                "commit the file itself",
            )),
            Followed::Circle(link) => Err(InputError::problem(
                format!("`{}` is a link that leads back to itself", shown(tree, &link)),
                "mend the link",
            )),
        }
    }
}

fn shown(tree: &GitTree<'_>, path: &str) -> String {
    printable(&super::tree::Tree::shown(tree, path))
}

/// What a spec in a directory is called that has no name of its own.
fn directory_of(repository: &Repository, path: &str) -> String {
    let last = path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned);
    let of_root = || Some(repository.root().ok()?.file_name()?.to_string_lossy().into_owned());
    last.or_else(of_root).unwrap_or_default()
}

/// The nearest directory of a tree that holds a spec, from a directory upwards; the root is empty.
///
/// # Errors
/// If the tree cannot be read.
pub(super) fn nearest_in(tree: &dyn super::tree::Tree, from: &str) -> Result<Option<String>, InputError> {
    let mut directory = from.trim_end_matches('/');
    loop {
        if tree.kind(directory)? == Some(Kind::Directory) && holds_spec(tree, directory)? {
            return Ok(Some(directory.to_owned()));
        }
        if directory.is_empty() {
            return Ok(None);
        }
        directory = parent(directory);
    }
}

fn holds_spec(tree: &dyn super::tree::Tree, directory: &str) -> Result<bool, InputError> {
    let entries = tree.children(directory)?;
    let named_so = |path: &str| super::names::is_spec(super::names::last(path));
    Ok(entries.iter().any(|entry| entry.kind != Kind::Directory && named_so(&entry.path)))
}

/// The nearest specs of the disk, as what is to be read.
///
/// # Errors
/// If there are none.
pub(super) fn nearest_wanted(start: &Path) -> Result<Wanted, InputError> {
    match nearest(start) {
        Some(path) => Ok(Wanted::Disk(vec![OnDisk { typed: path.clone(), path, scope: Scope::Siblings }])),
        None => Err(no_spec()),
    }
}

/// That there is no spec to be found.
pub(super) fn no_spec() -> InputError {
    InputError::refused(vec![files::no_spec_here()])
}

/// The spec of one file alone, whatever else it needs; `None` where it does not stand by itself.
pub(super) fn alone(name: &str, bytes: Vec<u8>) -> Option<Spec> {
    load_contents(None, vec![(name.to_owned(), bytes)]).ok()
}
