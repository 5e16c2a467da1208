//! Two sides of one repository: what became of a spec between them. A spec that is not where it was is looked for: where git says it
//! was moved to, then where its nodes are. Only what is found nowhere is new, or gone.

use std::cell::OnceCell;
use std::path::Path;

use super::disk::Disk;
use super::git::{GitTree, Renames, Repository, Source};
use super::names::{ENDINGS as SPEC_ENDINGS, is_spec, join, last, parent};
use super::problem::InputError;
use super::side::{OnDisk, Side, Wanted, alone};
use super::tree::{Scope, specs};
use crate::model::{Spec, printable};

/// How many specs are looked into for the nodes of one that is not where it was.
const MOST: usize = 200;

/// A change of a repository: from what git holds to another such state, or to the work tree.
pub(super) struct Change<'r> {
    pub(super) repository: &'r Repository,
    pub(super) base: &'r Source,
    /// `None` is the work tree.
    pub(super) head: Option<&'r Source>,
    pub(super) start: &'r Path,
    /// What git takes for moved, once it was asked.
    moved: OnceCell<Renames>,
}

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Base,
    Head,
}

impl<'r> Change<'r> {
    pub(super) fn new(
        repository: &'r Repository,
        base: &'r Source,
        head: Option<&'r Source>,
        start: &'r Path,
    ) -> Self {
        Self { repository, base, head, start, moved: OnceCell::new() }
    }
}

impl Change<'_> {
    /// Where in the base the spec was that is at a path of the head and not at the same of the base; `None` where it is new.
    ///
    /// # Errors
    /// If the repository cannot be read, or so many specs are gone that nobody can say.
    pub(super) fn origin(
        &self,
        head: &Side,
        at: &str,
        scope: Scope,
    ) -> Result<Option<Vec<(String, Scope)>>, InputError> {
        let renames = self.renames()?;
        let moved = head.paths.iter().find_map(|path| Some((path.as_str(), renames.source(path)?)));
        if let Some((to, from)) = moved {
            return Ok(Some(vec![whole((at, scope), to, from)]));
        }
        let gone = self.only_in(End::Base)?;
        if gone.len() > MOST {
            return Err(InputError::problem(
                format!(
                    "`{}` is new and {} specs are gone: nobody can say which of them it was",
                    printable(at),
                    gone.len()
                ),
                "name the base by its path, or say `--base none`",
            ));
        }
        // One node is enough: compared with too much, more is found and not less.
        let found = self.most_like(&head.topology.spec, &gone, End::Base)?;
        Ok(found.map(|(_, path)| vec![target(&path)]))
    }

    /// Where in the head the spec is that was at a path of the base and is not at the same of the head; `None` where it is gone.
    ///
    /// # Errors
    /// If the repository cannot be read.
    pub(super) fn destination(
        &self,
        base: &Side,
        at: &str,
        scope: Scope,
    ) -> Result<Option<Vec<(String, Scope)>>, InputError> {
        self.require_checked_out(at)?;
        let renames = self.renames()?;
        let moved: Vec<(String, Scope)> = base
            .paths
            .iter()
            .filter_map(|path| renames.target(path).map(|to| whole((at, scope), path, to)))
            .collect();
        if !moved.is_empty() {
            return Ok(Some(moved));
        }
        let new = self.only_in(End::Head)?;
        let found = self.most_like(&base.topology.spec, &new, End::Head)?;
        // With less than half of the nodes it is another one: whoever takes a spec away could leave some of it elsewhere.
        let nodes = base.topology.spec.nodes.len();
        Ok(found.filter(|(shared, _)| shared * 2 >= nodes).map(|(_, path)| vec![target(&path)]))
    }

    /// Files of the head that hold parts of the base's spec and do not lie where that is looked for.
    ///
    /// # Errors
    /// If git cannot be asked.
    pub(super) fn moved_away(&self, base: &Side, head: &Side) -> Result<Vec<String>, InputError> {
        if base.paths.is_empty() || head.paths.is_empty() {
            return Ok(Vec::new());
        }
        let renames = self.renames()?;
        let mut away: Vec<String> = base
            .paths
            .iter()
            .filter_map(|path| renames.target(path))
            .filter(|to| !head.paths.iter().any(|path| path == to))
            .map(str::to_owned)
            .collect();
        away.dedup();
        Ok(away)
    }

    /// All specs of either end but those of some files, each directory by itself: whoever reads on in them finds what they accept.
    /// What has mistakes is left out.
    ///
    /// # Errors
    /// If the repository cannot be read.
    pub(super) fn others(&self, without: &[String]) -> Result<(Vec<Spec>, Vec<Spec>), InputError> {
        let of = |end| -> Result<Vec<Spec>, InputError> {
            let mut paths = self.specs(end)?;
            paths.retain(|path| !without.contains(path));
            let mut directories: Vec<&str> = paths.iter().map(|path| parent(path)).collect();
            directories.dedup();
            let of_directory = |directory: &str| {
                let files: Vec<&String> = paths.iter().filter(|path| parent(path) == directory).collect();
                let contents = self.contents(end, &files).ok()?;
                let named = files.into_iter().cloned().zip(contents).collect();
                crate::language::load_contents(None, named).ok()
            };
            Ok(directories.into_iter().take(MOST).filter_map(of_directory).collect())
        };
        Ok((of(End::Base)?, of(End::Head)?))
    }

    /// A target of the head as what is to be read.
    pub(super) fn in_head(&self, targets: Vec<(String, Scope)>) -> Result<Wanted, InputError> {
        match self.head {
            Some(source) => Ok(Wanted::Git(source.clone(), targets)),
            None => {
                let found = |(path, scope): (String, Scope)| {
                    OnDisk::in_work_tree(self.repository, self.start, &path, scope)
                };
                Ok(Wanted::Disk(targets.into_iter().map(found).collect::<Result<_, _>>()?))
            }
        }
    }

    /// A target of the base as what is to be read.
    pub(super) fn in_base(&self, targets: Vec<(String, Scope)>) -> Wanted {
        Wanted::Git(self.base.clone(), targets)
    }

    /// What a sparse checkout leaves out is neither gone nor moved.
    fn require_checked_out(&self, at: &str) -> Result<(), InputError> {
        if self.head.is_some() {
            return Ok(());
        }
        let left_out = self.repository.left_out(at, SPEC_ENDINGS)?;
        let Some(path) = left_out.first() else { return Ok(()) };
        let path = printable(path);
        Err(InputError::problem(
            format!("`{path}` is tracked by git and not checked out (sparse checkout)"),
            "check it out: `git sparse-checkout add` and its directory; or name the head by its revision: `HEAD:` and the path",
        ))
    }

    fn renames(&self) -> Result<&Renames, InputError> {
        if let Some(known) = self.moved.get() {
            return Ok(known);
        }
        let asked = match self.base {
            Source::Commit(commit, _) => self.repository.renames(commit, self.head)?,
            Source::Index => Renames::default(),
        };
        Ok(self.moved.get_or_init(|| asked))
    }

    /// The specs that one end has and the other has not.
    fn only_in(&self, end: End) -> Result<Vec<String>, InputError> {
        let other = if end == End::Base { End::Head } else { End::Base };
        let others = self.specs(other)?;
        let mut own = self.specs(end)?;
        own.retain(|path| others.binary_search(path).is_err());
        Ok(own)
    }

    fn specs(&self, end: End) -> Result<Vec<String>, InputError> {
        match self.source(end) {
            Some(source) => specs(&GitTree::new(self.repository, source.clone())),
            None => specs(&Disk::work_tree(self.repository)?),
        }
    }

    fn contents(&self, end: End, paths: &[&String]) -> Result<Vec<Vec<u8>>, InputError> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).clone()).collect();
        if let Some(source) = self.source(end) {
            return GitTree::new(self.repository, source.clone()).contents(&paths);
        }
        let mut contents = Vec::with_capacity(paths.len());
        for path in paths {
            let place = OnDisk::in_work_tree(self.repository, self.start, &path, Scope::Below)?;
            let (files, mistakes) = super::files::at(&place.path, Scope::Below)?.read();
            if !mistakes.is_empty() {
                return Err(InputError::refused(mistakes));
            }
            contents.extend(files.into_iter().map(|(_, bytes)| bytes));
        }
        Ok(contents)
    }

    fn source(&self, end: End) -> Option<&Source> {
        match end {
            End::Base => Some(self.base),
            End::Head => self.head,
        }
    }

    /// The one of some specs that has the most nodes of another, by their names, and how many; of equals, the first. One that cannot
    /// be read by itself has none.
    fn most_like(
        &self,
        spec: &Spec,
        paths: &[String],
        end: End,
    ) -> Result<Option<(usize, String)>, InputError> {
        let mut best: Option<(usize, &String)> = None;
        for path in paths.iter().take(MOST) {
            let Ok(mut contents) = self.contents(end, &[path]) else { continue };
            let Some(other) = contents.pop().and_then(|bytes| alone(path, bytes)) else { continue };
            let shared = other.nodes.keys().filter(|name| spec.nodes.contains_key(*name)).count();
            if shared > best.map_or(0, |(most, _)| most) {
                best = Some((shared, path));
            }
        }
        Ok(best.map(|(shared, path)| (shared, path.clone())))
    }
}

/// What is meant by a file of the other end: it alone, or everything beside it where it is called as specs are that nobody names.
fn target(path: &str) -> (String, Scope) {
    if is_spec(last(path)) {
        (parent(path).to_owned(), Scope::Siblings)
    } else {
        (path.to_owned(), Scope::Below)
    }
}

/// What is meant at the other end: of a directory that was moved as a whole, the directory; of a file, the file.
fn whole((at, scope): (&str, Scope), here: &str, there: &str) -> (String, Scope) {
    if at == here {
        return (there.to_owned(), Scope::Below);
    }
    let below = here.strip_prefix(at).map(|below| below.trim_start_matches('/'));
    let directory = below.and_then(|below| there.strip_suffix(below));
    match directory.map(|directory| directory.trim_end_matches('/')) {
        Some(directory) if !directory.is_empty() && join(directory, below.unwrap_or_default()) == there => {
            (directory.to_owned(), scope)
        }
        _ => target(there),
    }
}
