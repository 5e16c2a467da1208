//! A path as it is typed → what it leads to. A link that stands in a repository is somebody's change, and is not followed out of it:
//! whoever proposes a change could show files of the machine that looks at it.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::input::problem::{self, InputError};
use crate::model::printable;

/// How many links one path may lead over.
const MOST: usize = 40;

/// What a path leads to.
#[derive(Debug)]
pub(in crate::input) struct Located {
    /// The path without links; where nothing stands, the one it would have.
    pub(in crate::input) real: PathBuf,
    /// The root of the repository around it, without links: the directory that holds `.git`.
    pub(in crate::input) repository: Option<PathBuf>,
    /// What stands there.
    pub(in crate::input) stands: Stands,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Stands {
    Nothing,
    File,
    Directory,
    /// What can be read once: a FIFO, as a shell makes it for `<(…)`.
    Pipe,
    /// A device or a socket.
    Device,
}

impl Located {
    /// The path from the root of its repository, with `/` between its parts.
    pub(in crate::input) fn in_repository(&self) -> Option<String> {
        self.below(self.repository.as_ref()?)
    }

    /// The path from a directory around it, with `/` between its parts.
    pub(in crate::input) fn below(&self, root: &Path) -> Option<String> {
        let inside = self.real.strip_prefix(root).ok()?;
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    }
}

/// Follows a path that is meant from the current directory.
///
/// # Errors
/// If a link of a repository leads out of it, or to something that git does not track.
pub(in crate::input) fn locate(typed: &Path) -> Result<Located, InputError> {
    let path = if typed.is_absolute() {
        typed.to_owned()
    } else {
        let here = Path::new(".");
        fs::canonicalize(here).unwrap_or_else(|_| here.to_owned()).join(typed)
    };
    let mut walk = Walk { typed, links: 0, fenced: None };
    let real = walk.follow(PathBuf::new(), &path)?;
    // What the system shows as a link and is none, such as `/dev/fd/63`, is opened under the name that was typed.
    let found = fs::metadata(&real).or_else(|_| fs::metadata(&path));
    let stands = found.as_ref().map_or(Stands::Nothing, of_type);
    let around = if stands == Stands::Directory { Some(real.as_path()) } else { real.parent() };
    let repository = around.and_then(repository_of);
    if let Some((link, root)) = walk.fenced.filter(|_| stands == Stands::File) {
        require_tracked(&link, &root, &real)?;
    }
    Ok(Located { real, repository, stands })
}

/// The root of the repository that holds a directory, itself or one above it.
pub(in crate::input) fn repository_of(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned)
}

fn of_type(found: &fs::Metadata) -> Stands {
    let kind = found.file_type();
    if kind.is_file() {
        return Stands::File;
    }
    if kind.is_dir() {
        return Stands::Directory;
    }
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&kind) {
        return Stands::Pipe;
    }
    Stands::Device
}

struct Walk<'t> {
    typed: &'t Path,
    links: usize,
    /// The last link that stands in a repository, with the root of that.
    fenced: Option<(PathBuf, PathBuf)>,
}

impl Walk<'_> {
    /// Follows a path from a directory that has no link in it. From the first part on that is not there, it stays as it is.
    fn follow(&mut self, from: PathBuf, path: &Path) -> Result<PathBuf, InputError> {
        let mut real = from;
        for part in path.components() {
            match part {
                Component::ParentDir => {
                    real.pop();
                }
                Component::CurDir => {}
                Component::Prefix(_) | Component::RootDir => real.push(part.as_os_str()),
                Component::Normal(name) => real = self.step(real, name.to_owned())?,
            }
        }
        Ok(real)
    }

    fn step(&mut self, directory: PathBuf, name: OsString) -> Result<PathBuf, InputError> {
        let next = directory.join(name);
        let Ok(target) = fs::read_link(&next) else { return Ok(next) };
        self.links += 1;
        if self.links > MOST {
            return Err(InputError::problem(
                format!("`{}` leads over more than {MOST} links", self.shown()),
                "name the path that they lead to",
            ));
        }
        let root = repository_of(&directory);
        let from = if target.is_absolute() { PathBuf::new() } else { directory };
        let real = self.follow(from, &target)?;
        if let Some(root) = root {
            if !real.starts_with(&root) {
                return Err(InputError::problem(
                    format!("`{}` is a link that leads out of the repository, and is not read", self.shown()),
                    "put the file itself there, or name the path that the link leads to",
                ));
            }
            self.fenced = Some((next, root));
        }
        Ok(real)
    }

    fn shown(&self) -> String {
        printable(&self.typed.to_string_lossy())
    }
}

/// Refuses a file behind a link that is not part of the repository: a token that a job has left in the work tree is none.
fn require_tracked(link: &Path, root: &Path, real: &Path) -> Result<(), InputError> {
    let inside = real.strip_prefix(root).ok().and_then(Path::to_str);
    let path = inside.map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
    let is_tracked = match path {
        Some(path) => crate::input::git::Repository::open(root)?.tracks(&path)?,
        None => false,
    };
    if is_tracked {
        return Ok(());
    }
    Err(InputError::problem(
        format!(
            "`{}` is a link to a file that git does not track, and is not read",
            problem::name(link, root)
        ),
        "let git track what the link leads to, or name that file itself",
    ))
}
