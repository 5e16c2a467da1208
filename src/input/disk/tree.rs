//! A directory of the disk as a tree: in a repository that is the work tree, as `git add --all` would take it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::locate::{Located, locate};
use crate::input::git::Repository;
use crate::input::names::{ENDINGS, is_hidden, is_spec, join, last, parent};
use crate::input::problem::{self, InputError};
use crate::input::tree::{Entry, Kind, Scope, Tree};
use crate::model::printable;

/// How many entries are looked at below one directory.
const MOST: usize = 1_000_000;
/// How deep directories are entered.
const DEEPEST: usize = 200;

/// A directory of the disk, up to the root of its repository.
#[derive(Debug)]
pub(in crate::input) struct Disk {
    /// The root: of the repository, or outside of one the directory itself. Without links.
    pub(in crate::input) root: PathBuf,
    /// The directory that was named, from the root.
    pub(in crate::input) directory: String,
    typed: PathBuf,
    is_repository: bool,
    repository: OnceCell<Result<Repository, String>>,
    notices: RefCell<Vec<String>>,
}

impl Disk {
    /// A directory, and how it was typed.
    pub(in crate::input) fn new(found: &Located, typed: &Path) -> Self {
        let directory = found.in_repository();
        let root = match (&found.repository, &directory) {
            (Some(root), Some(_)) => root,
            _ => &found.real,
        };
        Self {
            root: root.clone(),
            is_repository: directory.is_some(),
            directory: directory.unwrap_or_default(),
            typed: typed.to_owned(),
            repository: OnceCell::new(),
            notices: RefCell::default(),
        }
    }

    /// The whole work tree of a repository.
    ///
    /// # Errors
    /// If it has none.
    pub(in crate::input) fn work_tree(repository: &Repository) -> Result<Self, InputError> {
        let root = repository.root()?;
        Ok(Self::new(&locate(&root)?, &root))
    }

    /// The path of something in the tree.
    pub(in crate::input) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Remarks that came up while it was looked at.
    pub(in crate::input) fn notices(&self) -> Vec<String> {
        self.notices.take()
    }

    /// Whom to ask what git knows; `None` outside of a repository, and where git cannot be asked.
    fn repository(&self) -> Option<&Repository> {
        let open = || Repository::open(&self.root).map_err(|problem| problem.to_string());
        if !self.is_repository {
            return None;
        }
        self.repository.get_or_init(open).as_ref().ok().filter(|repository| repository.has_work_tree)
    }

    /// Says that git could not be asked which files it ignores.
    fn say_unasked(&self) {
        if let Some(Err(problem)) = self.repository.get() {
            let what = "so that files which it ignores are read too";
            let mut notices = self.notices.borrow_mut();
            notices.push(format!("git cannot be asked here, {what}: {problem}"));
            notices.dedup();
        }
    }

    /// What git ignores in a directory. Of one that it ignores as a whole, nothing is left out: somebody has named it.
    fn ignored(&self, directory: &str) -> Result<HashSet<String>, InputError> {
        let asked = self.repository().map(|repository| repository.ignored(directory)).transpose()?;
        self.say_unasked();
        Ok(asked.filter(|ignored| !ignored.contains(directory)).unwrap_or_default())
    }

    /// The entries of one directory, sorted, so that the same tree always gives the same spec.
    fn list(&self, directory: &str) -> Result<Vec<Entry>, InputError> {
        let shown = || self.shown(directory);
        let failed = |problem| problem::cannot_read(&shown(), &problem);
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.path(directory)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let kind = entry.file_type().map_err(failed)?;
            let path = join(directory, &name.to_string_lossy());
            let kind = of_type(kind, &entry.path());
            entries.push(Entry { path, is_text: name.to_str().is_some(), kind });
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(entries)
    }

    fn too_much(&self, directory: &str, what: &str) -> InputError {
        InputError::problem(
            format!("`{}` holds {what}", printable(&self.shown(directory))),
            "name the directory of the specs, or the files",
        )
    }
}

impl Tree for Disk {
    fn kind(&self, path: &str) -> Result<Option<Kind>, InputError> {
        let full = self.path(path);
        let found = match fs::symlink_metadata(&full) {
            Ok(found) => found.file_type(),
            Err(problem) if is_missing(&problem) => return Ok(None),
            Err(problem) => return Err(problem::cannot_read(&self.shown(path), &problem)),
        };
        // The root is a repository itself, and the one that is meant.
        Ok(Some(if path.is_empty() && found.is_dir() { Kind::Directory } else { of_type(found, &full) }))
    }

    fn target(&self, link: &str) -> Result<String, InputError> {
        let target = fs::read_link(self.path(link))
            .map_err(|problem| problem::cannot_read(&self.shown(link), &problem))?;
        // What leads back into the tree by its whole path stays in it.
        let inside = target.strip_prefix(&self.root).map(|inside| {
            let up = parent(link).split('/').filter(|part| !part.is_empty()).map(|_| "..");
            up.collect::<PathBuf>().join(inside)
        });
        let text = inside.unwrap_or(target).to_str().map(str::to_owned);
        text.ok_or_else(|| {
            InputError::problem(
                format!("the link `{}` leads to a name that is not UTF-8", printable(&self.shown(link))),
                "rename what it leads to",
            )
        })
    }

    fn children(&self, directory: &str) -> Result<Vec<Entry>, InputError> {
        let mut entries = self.list(directory)?;
        entries.retain(|entry| is_spec(last(&entry.path)));
        // One that stands alone is meant, whatever git thinks of it.
        if entries.len() > 1 {
            let ignored = self.ignored(directory)?;
            entries.retain(|entry| !ignored.contains(&entry.path));
        }
        Ok(entries)
    }

    fn below(&self, directory: &str) -> Result<Vec<Entry>, InputError> {
        let ignored = self.ignored(directory)?;
        let mut found = Vec::new();
        let mut left = vec![(directory.to_owned(), 0)];
        let mut seen = 0;
        while let Some((place, depth)) = left.pop() {
            if depth > DEEPEST {
                return Err(self.too_much(directory, &format!("directories more than {DEEPEST} levels deep")));
            }
            let entries = self.list(&place)?;
            seen += entries.len();
            if seen > MOST {
                return Err(self.too_much(directory, &format!("more than {MOST} files and directories")));
            }
            for entry in entries.into_iter().filter(|entry| !ignored.contains(&entry.path)) {
                match entry.kind {
                    Kind::Directory if is_hidden(last(&entry.path)) => {}
                    Kind::Directory => left.push((entry.path, depth + 1)),
                    _ => found.push(entry),
                }
            }
        }
        Ok(found)
    }

    fn unseen(&self, directory: &str, scope: Scope) -> Result<Vec<String>, InputError> {
        let Some(repository) = self.repository() else { return Ok(Vec::new()) };
        let mut paths = repository.left_out(directory, ENDINGS)?;
        paths.retain(|path| {
            let is_here = scope == Scope::Below || parent(path) == directory;
            is_here && is_spec(last(path)) && self.path(path).symlink_metadata().is_err()
        });
        Ok(paths)
    }

    fn forbids(&self, target: &str) -> Result<Option<String>, InputError> {
        if !self.is_repository {
            return Ok(None);
        }
        let Some(repository) = self.repository() else {
            return Ok(Some("and git cannot be asked whether that is part of the repository".to_owned()));
        };
        let is_tracked = repository.tracks(target)?;
        Ok((!is_tracked).then(|| "which git does not track".to_owned()))
    }

    fn shown(&self, path: &str) -> String {
        let below = match self.directory.as_str() {
            "" => Some(path),
            directory => path.strip_prefix(directory).filter(|rest| rest.is_empty() || rest.starts_with('/')),
        };
        match below {
            Some(below) => self.typed.join(below.trim_start_matches('/')).to_string_lossy().into_owned(),
            None => self.path(path).to_string_lossy().into_owned(),
        }
    }

    fn bounds(&self) -> &'static str {
        if self.is_repository { "the repository" } else { "the directory that was named" }
    }
}

/// What something at a path is. A directory that holds `.git` is a repository of its own.
fn of_type(found: fs::FileType, path: &Path) -> Kind {
    match () {
        () if found.is_dir() && path.join(".git").exists() => Kind::Repository,
        () if found.is_dir() => Kind::Directory,
        () if found.is_symlink() => Kind::Link,
        () if found.is_file() => Kind::File,
        () => Kind::Special,
    }
}

fn is_missing(problem: &std::io::Error) -> bool {
    matches!(problem.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}
