//! A path of the disk → the files of a spec, and their bytes.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::{Disk, Located, Stands, budget, locate, open, read};
use super::problem::InputError;
use super::tree::{Scope, collect};
use crate::language::{Code, Diagnostic};
use crate::model::printable;

/// From how many files on they are opened on all threads. Starting threads takes longer than opening fewer.
const MANY: usize = 32;

/// A file that is to be read.
#[derive(Debug)]
pub(super) struct OneFile {
    /// What messages call it.
    pub(super) name: String,
    /// Its path without links.
    pub(super) real: PathBuf,
    /// What is opened: the same, but for what the system alone can follow.
    path: PathBuf,
    stands: Stands,
    /// Its path from the root of its repository.
    pub(super) in_repository: Option<String>,
}

/// The files that something named stands for.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The files, sorted; none where nothing stands there.
    pub(super) list: Vec<OneFile>,
    /// Remarks for the user.
    pub(super) notices: Vec<String>,
    /// What must not be read, and why.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Whether a directory was named, and not a file.
    pub(super) is_directory: bool,
}

/// The files at a path.
///
/// # Errors
/// If a link leads where it must not, or a directory cannot be read.
pub(super) fn at(path: &Path, scope: Scope) -> Result<Files, InputError> {
    let found = locate(path)?;
    match found.stands {
        Stands::Nothing if path.is_symlink() => Err(InputError::problem(
            format!("`{}` is a link that leads to no file", printable(&path.to_string_lossy())),
            "mend the link, or put the file itself there",
        )),
        Stands::Nothing => Ok(Files::default()),
        Stands::Directory => below(&found, path, scope),
        Stands::File | Stands::Pipe | Stands::Device => {
            let in_repository = found.in_repository();
            let path_to_open = if found.real.exists() { found.real.clone() } else { path.to_owned() };
            let name = path.to_string_lossy().into_owned();
            let file =
                OneFile { name, real: found.real, path: path_to_open, stands: found.stands, in_repository };
            Ok(Files { list: vec![file], ..Files::default() })
        }
    }
}

fn below(found: &Located, typed: &Path, scope: Scope) -> Result<Files, InputError> {
    let disk = Disk::new(found, typed);
    let collected = collect(&disk, &disk.directory, scope)?;
    let is_repository = found.in_repository().is_some();
    let file = |member: super::tree::Member| {
        let name = super::tree::Tree::shown(&disk, &member.found);
        let path = disk.path(&member.real);
        let in_repository = is_repository.then_some(member.real);
        OneFile { name, real: path.clone(), path, stands: Stands::File, in_repository }
    };
    let list = collected.members.into_iter().map(file).collect();
    let mut notices = collected.notices;
    notices.extend(disk.notices());
    Ok(Files { list, notices, mistakes: collected.mistakes, is_directory: true })
}

impl Files {
    /// Takes other files in, each file once, sorted by their names as paths.
    pub(super) fn join(&mut self, other: Self) {
        self.list.extend(other.list);
        self.notices.extend(other.notices);
        self.mistakes.extend(other.mistakes);
        self.list.sort_by(|one, other| Path::new(&one.name).cmp(Path::new(&other.name)));
        let mut once = HashSet::with_capacity(self.list.len());
        self.list.retain(|file| once.insert(file.real.clone()));
    }

    /// The bytes of all files by their names, and what was wrong with those that have none.
    pub(super) fn read(&mut self) -> (Vec<(String, Vec<u8>)>, Vec<Diagnostic>) {
        let mut mistakes = std::mem::take(&mut self.mistakes);
        if is_doubtful(&mistakes) {
            return (Vec::new(), mistakes);
        }
        if let Err(mistake) = budget(self.list.iter().map(|file| file.path.as_path())) {
            mistakes.push(mistake);
            return (Vec::new(), mistakes);
        }
        let contents: Vec<_> = if self.list.len() < MANY {
            self.list.iter().map(OneFile::contents).collect()
        } else {
            self.list.par_iter().map(OneFile::contents).collect()
        };
        let mut named = Vec::with_capacity(contents.len());
        for (file, contents) in self.list.iter().zip(contents) {
            match contents {
                Ok(bytes) => named.push((file.name.clone(), bytes)),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        (named, mistakes)
    }
}

impl OneFile {
    /// Opens it.
    ///
    /// # Errors
    /// What it is, if it is nothing to read.
    pub(super) fn open(&self) -> Result<std::fs::File, Diagnostic> {
        open(&self.path, &self.name, self.stands)
    }

    fn contents(&self) -> Result<Vec<u8>, Diagnostic> {
        let file = self.open()?;
        let expected = file.metadata().map_or(0, |found| found.len());
        read(file, &self.name, expected)
    }
}

/// Whether nobody knows which files are meant: what else is wrong with them would be beside the point.
pub(super) fn is_doubtful(mistakes: &[Diagnostic]) -> bool {
    mistakes.iter().any(|mistake| mistake.code == Code::TwoNames)
}

/// That a directory holds no spec.
pub(super) fn no_spec_below(directory: &str) -> Diagnostic {
    Diagnostic::new(Code::NoSpec, format!("there is no spec below `{}`", printable(directory)))
        .help("specs in a directory are called `crabwalk.yaml` or end in `.crabwalk.yaml`; `crabwalk init` writes one")
}

/// That no spec was named, and none is found.
pub(super) fn no_spec_here() -> Diagnostic {
    Diagnostic::new(
        Code::NoSpec,
        "there is no `crabwalk.yaml` here nor above, up to the root of the repository",
    )
    .help("name a spec or a directory of specs, or let `crabwalk init` write one")
}
