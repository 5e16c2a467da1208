//! Which two topologies are compared, where the user names both, one or none.
//!
//! A side that cannot be read is a mistake and never an empty topology. Empty is what the user says is, what git proves to be new, and
//! what is gone: that is told apart, and for the gate to judge.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::argument;
use super::argument::Argument;
use super::branch;
use super::change::Change;
use super::content;
use super::disk::{Disk, locate, nearest};
use super::git::{Commit, GitTree, Repository, Source, normal};
use super::pair::{Pair, missing};
use super::problem::InputError;
use super::side;
use super::side::{OnDisk, Wanted};
use super::topology::Topology;
use super::tree::{Scope, Tree, collect};
use crate::model::printable;

/// What the user says of one side.
#[derive(Debug, Clone, Copy)]
pub enum Word<'a> {
    /// Nothing: the spec's own base, or the spec as it stands.
    Own,
    /// A file, a directory, `-`, a revision, or a path at one.
    Named(&'a Path),
    /// That it is empty, on purpose.
    Empty,
}

impl<'a> From<Option<&'a Path>> for Word<'a> {
    fn from(word: Option<&'a Path>) -> Self {
        word.map_or(Self::Own, Self::Named)
    }
}

/// Base and head of a comparison. Without a base it is the spec at the merge base with the default branch; without a head it
/// is the spec as it stands in the work tree: at the base's path if that is `REV:path`, else the nearest one. A base that is a
/// revision without a path is the head's own spec, wherever it was then.
///
/// # Errors
/// Every mistake of a spec, and what else keeps a side from being read: git's reason and what to do.
pub fn sides<'a>(
    base: impl Into<Word<'a>>,
    head: impl Into<Word<'a>>,
    start: &Path,
    stdin: &mut dyn Read,
) -> Result<(Topology, Topology), InputError> {
    sides_in(base, head, start, stdin, &|name| std::env::var(name).ok())
}

/// [`sides`], with what looks up the variables by which a CI system names the branch that a change goes to.
///
/// # Errors
/// As [`sides`].
pub fn sides_in<'a>(
    base: impl Into<Word<'a>>,
    head: impl Into<Word<'a>>,
    start: &Path,
    stdin: &mut dyn Read,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(Topology, Topology), InputError> {
    let (base, head) = (Spot::parse(base.into(), start)?, Spot::parse(head.into(), start)?);
    match (&base, &head) {
        (Spot::Stdin, Spot::Stdin) => Err(InputError::problem(
            "the standard input can be one side only".to_owned(),
            "write one of the two to a file",
        )),
        (Spot::Empty, Spot::Empty) => Err(InputError::problem(
            "both sides are `none`, and there is nothing to compare".to_owned(),
            "leave one of the two out, or name it",
        )),
        (Spot::Own, Spot::Own | Spot::Empty) => own_base(head, start, variable),
        (Spot::Own, _) => Err(InputError::problem(
            format!("there is no base to compare `{}` with", printable(&head.typed())),
            "name the base first: `crabwalk diff main:crabwalk.yaml crabwalk.yaml`; an empty one is `--base none`",
        )),
        (Spot::Revision(_, word), Spot::Stdin | Spot::Revision(..) | Spot::Unborn | Spot::At(..)) => {
            Err(no_file_of(word))
        }
        (Spot::Revision(commit, word), _) => {
            let source = Source::Commit(commit.clone(), Some(word.clone()));
            since(&Repository::open(start)?, &source, head, start)
        }
        (Spot::Unborn, _) => first(head, start, stdin),
        _ => named(base, head, start, stdin),
    }
}

/// What is meant by a word, before anything is read.
#[derive(Debug)]
enum Spot {
    Own,
    Empty,
    Stdin,
    Disk(PathBuf, PathBuf),
    Revision(Commit, String),
    Unborn,
    At(Source, String),
}

impl Spot {
    fn parse(word: Word<'_>, start: &Path) -> Result<Self, InputError> {
        let word = match word {
            Word::Own => return Ok(Self::Own),
            Word::Empty => return Ok(Self::Empty),
            Word::Named(word) => word,
        };
        Ok(match argument::parse(word.as_os_str(), start)? {
            Argument::Stdin => Self::Stdin,
            Argument::Path(path) => Self::Disk(word.to_owned(), path),
            Argument::Revision(commit) => Self::Revision(commit, word.to_string_lossy().into_owned()),
            Argument::Unborn => Self::Unborn,
            Argument::At { source, path } => Self::At(source, normal(&path)?),
        })
    }

    /// The word as it was typed.
    fn typed(&self) -> String {
        match self {
            Self::Own | Self::Empty => "none".to_owned(),
            Self::Stdin => "-".to_owned(),
            Self::Disk(typed, _) => typed.to_string_lossy().into_owned(),
            Self::Revision(_, word) => word.clone(),
            Self::Unborn => "HEAD".to_owned(),
            Self::At(source, path) => source.shown(path),
        }
    }
}

/// The merge base with the branch that the change goes to, and the spec as it stands.
fn own_base(
    head: Spot,
    start: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(Topology, Topology), InputError> {
    let repository = Repository::open(start)?;
    repository.root()?;
    let branch::Base { commit, label, notices } = branch::base(&repository, variable)?;
    let source = Source::Commit(commit, label);
    let (mut base, head) = since(&repository, &source, head, start)?;
    base.notices.splice(0..0, notices);
    Ok((base, head))
}

/// The spec of the head, and what it was at a commit.
fn since(
    repository: &Repository,
    source: &Source,
    head: Spot,
    start: &Path,
) -> Result<(Topology, Topology), InputError> {
    let root = repository.root()?;
    let is_empty = matches!(head, Spot::Empty);
    let (path, scope, wanted) = match head {
        Spot::Disk(typed, path) => {
            let inside = in_repository(&path, &root)?.ok_or_else(|| no_path(&typed))?;
            (inside, Scope::Below, Wanted::Disk(vec![OnDisk::named(typed, path)]))
        }
        // Nothing else has a base of its own.
        _ => {
            let (path, scope) = own_target(repository, source, start)?;
            let place = OnDisk::in_work_tree(repository, start, &path, scope)?;
            (path, scope, Wanted::Disk(vec![place]))
        }
    };
    let base = Wanted::Git(source.clone(), vec![(path.clone(), scope)]);
    if is_empty {
        let read = side::read(&base, Some(repository))?.ok_or_else(|| missing(&base))?;
        return Ok((read.topology, Topology::on_purpose()));
    }
    let change = Change::new(repository, source, None, start);
    Pair { change: Some(change), at: path, scope }.read(&base, &wanted, Some(repository))
}

/// Before the first commit there is no base.
fn first(head: Spot, start: &Path, stdin: &mut dyn Read) -> Result<(Topology, Topology), InputError> {
    let why = "there is no commit yet: compared with an empty topology".to_owned();
    let base = Topology::new("HEAD".to_owned(), why);
    Ok((base, one(head, start, stdin)?))
}

/// Which spec of the repository is meant where nobody says it: the nearest one, on either side.
fn own_target(repository: &Repository, source: &Source, start: &Path) -> Result<(String, Scope), InputError> {
    let root = repository.root()?;
    let before = side::nearest_in(&GitTree::new(repository, source.clone()), &repository.prefix)?;
    let now = match nearest(start) {
        Some(directory) => in_repository(&locate_from(start, &directory), &root)?,
        None => None,
    };
    let path = match (now, before) {
        (None, None) => return Err(side::no_spec()),
        (Some(now), None) => now,
        (None, Some(before)) => before,
        (Some(now), Some(before)) if now.len() > before.len() => {
            shadowed(repository, start, &now, &before)?;
            now
        }
        (Some(_), Some(before)) => before,
    };
    Ok((path, Scope::Siblings))
}

/// A spec that is new and nearer than the one that was looked at so far would take its place unseen.
fn shadowed(repository: &Repository, start: &Path, now: &str, before: &str) -> Result<(), InputError> {
    let still = Disk::work_tree(repository)?;
    if still.kind(before)?.is_none() || collect(&still, before, Scope::Siblings)?.members.is_empty() {
        return Ok(());
    }
    let shown = |path: &str| {
        let typed = OnDisk::in_work_tree(repository, start, path, Scope::Below)?.typed;
        Ok::<_, InputError>(printable(&typed.to_string_lossy()))
    };
    let (now, before) = (shown(now)?, shown(before)?);
    Err(InputError::problem(
        format!("the specs of `{now}` are new and nearer than those of `{before}`, which were meant so far"),
        &format!("say which are meant: `crabwalk diff REVISION {now}`, or `crabwalk diff REVISION {before}`"),
    ))
}

fn locate_from(start: &Path, directory: &Path) -> PathBuf {
    if directory.as_os_str().is_empty() { start.to_owned() } else { directory.to_owned() }
}

/// The path of something from the root of the repository, whether or not it is there.
///
/// # Errors
/// If it leads over a link that must not be followed, or into a submodule.
fn in_repository(path: &Path, root: &Path) -> Result<Option<String>, InputError> {
    let found = locate(path)?;
    if found.real.starts_with(root) && found.repository.as_deref().is_some_and(|own| own != root) {
        return Err(InputError::problem(
            format!("`{}` lies in a repository of its own (a submodule)", printable(&path.to_string_lossy())),
            "run it inside of that one, with a revision of it",
        ));
    }
    Ok(found.below(root))
}

/// That a revision stands where a file is wanted.
fn no_file_of(word: &str) -> InputError {
    let word = printable(word);
    InputError::problem(
        format!("`{word}` is a revision, and does not say which file of it is meant"),
        &format!("name the path in it: `{word}:crabwalk.yaml`"),
    )
}

fn no_path(typed: &Path) -> InputError {
    InputError::problem(
        format!("`{}` leads out of the repository", printable(&typed.to_string_lossy())),
        "name both sides, each by its path",
    )
}

/// Two sides that are named, but for what goes without saying.
fn named(
    base: Spot,
    head: Spot,
    start: &Path,
    stdin: &mut dyn Read,
) -> Result<(Topology, Topology), InputError> {
    let head = match (&base, head) {
        (Spot::At(_, path), Spot::Own) => {
            let place = OnDisk::in_work_tree(&Repository::open(start)?, start, path, Scope::Below)?;
            Spot::Disk(place.typed, place.path)
        }
        (_, head) => head,
    };
    if let (Spot::At(source, path), Spot::Disk(..) | Spot::At(..)) = (&base, &head) {
        return at_path(source, path, head, start);
    }
    let base_side = one(base, start, stdin)?;
    Ok((base_side, one(head, start, stdin)?))
}

/// A base that is a path of git, and a head that may be the same path.
fn at_path(
    source: &Source,
    path: &str,
    head: Spot,
    start: &Path,
) -> Result<(Topology, Topology), InputError> {
    let repository = Repository::open(start)?;
    let base = Wanted::Git(source.clone(), vec![(path.to_owned(), Scope::Below)]);
    let (wanted, head_path, head_source) = match head {
        Spot::At(other, other_path) => {
            let wanted = Wanted::Git(other.clone(), vec![(other_path.clone(), Scope::Below)]);
            (wanted, Some(other_path), Some(other))
        }
        Spot::Disk(typed, other_path) => {
            let inside = match repository.root() {
                Ok(root) => in_repository(&other_path, &root)?,
                Err(_) => None,
            };
            (Wanted::Disk(vec![OnDisk::named(typed, other_path)]), inside, None)
        }
        _ => (Wanted::Disk(Vec::new()), None, None),
    };
    let is_same = head_path.as_deref() == Some(path);
    let change = Change::new(&repository, source, head_source.as_ref(), start);
    let pair = Pair { change: is_same.then_some(change), at: path.to_owned(), scope: Scope::Below };
    pair.read(&base, &wanted, Some(&repository))
}

/// One side by itself. What is not there is a mistake.
fn one(spot: Spot, start: &Path, stdin: &mut dyn Read) -> Result<Topology, InputError> {
    let wanted = match spot {
        Spot::Empty => return Ok(Topology::on_purpose()),
        Spot::Stdin => return content::topology("-".to_owned(), "stdin", stdin),
        Spot::Own => side::nearest_wanted(start)?,
        Spot::Disk(typed, path) => Wanted::Disk(vec![OnDisk::named(typed, path)]),
        Spot::At(source, path) => Wanted::Git(source, vec![(path, Scope::Below)]),
        Spot::Revision(_, word) => return Err(no_file_of(&word)),
        Spot::Unborn => {
            return Err(InputError::problem(
                "there is no commit yet".to_owned(),
                "commit first, or compare with nothing: `--base none`",
            ));
        }
    };
    let repository = if matches!(wanted, Wanted::Git(..)) { Some(Repository::open(start)?) } else { None };
    let read = side::read(&wanted, repository.as_ref())?;
    Ok(read.ok_or_else(|| missing(&wanted))?.topology)
}

/// Reads one side: a file, a directory, `-` for the standard input, or `REV:path` in the repository that holds `start`. A file
/// may be a spec or a saved matrix.
///
/// # Errors
/// Every mistake of a spec, or what else keeps it from being read; and if nothing is there.
pub fn read(argument: &std::ffi::OsStr, start: &Path, stdin: &mut dyn Read) -> Result<Topology, InputError> {
    one(Spot::parse(Word::Named(Path::new(argument)), start)?, start, stdin)
}
