//! What a tree is asked, and what its entries are.

use super::scope::Scope;
use crate::input::names::{is_spec, last};
use crate::input::problem::InputError;

/// What an entry of a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Kind {
    File,
    Directory,
    Link,
    /// A repository of its own: a submodule, or a clone inside of the work tree.
    Repository,
    /// A device, a FIFO, a socket.
    Special,
}

/// An entry of a tree.
#[derive(Debug, Clone)]
pub(in crate::input) struct Entry {
    /// Its path from the root of the tree.
    pub(in crate::input) path: String,
    /// Whether the path is text. Otherwise it is shown as well as it goes, and cannot be looked up.
    pub(in crate::input) is_text: bool,
    /// What it is.
    pub(in crate::input) kind: Kind,
}

/// A tree. Paths begin at its root, with `/` between their parts; the root itself is empty.
pub(in crate::input) trait Tree {
    /// What stands at a path; `None` where nothing does. The last part is not followed.
    ///
    /// # Errors
    /// If the tree cannot be read.
    fn kind(&self, path: &str) -> Result<Option<Kind>, InputError>;

    /// Where a link leads, as it is written.
    ///
    /// # Errors
    /// If it cannot be read, or is not text.
    fn target(&self, link: &str) -> Result<String, InputError>;

    /// What a directory holds, without what git ignores.
    ///
    /// # Errors
    /// If it cannot be read.
    fn children(&self, directory: &str) -> Result<Vec<Entry>, InputError>;

    /// All files, links and repositories below a directory, without those in hidden directories and those that git ignores.
    ///
    /// # Errors
    /// If it cannot be read, or holds more than anybody would call a spec.
    fn below(&self, directory: &str) -> Result<Vec<Entry>, InputError>;

    /// Specs in a directory (`Scope::Siblings`) or below it that belong to the tree and cannot be seen: a sparse checkout leaves
    /// them out.
    ///
    /// # Errors
    /// If git cannot be asked.
    fn unseen(&self, directory: &str, scope: Scope) -> Result<Vec<String>, InputError>;

    /// Why a link may not lead to this file; `None` where it may.
    ///
    /// # Errors
    /// If git cannot be asked.
    fn forbids(&self, target: &str) -> Result<Option<String>, InputError>;

    /// A path as messages show it.
    fn shown(&self, path: &str) -> String;

    /// What messages call the place that links must not leave: "the repository".
    fn bounds(&self) -> &'static str;
}

/// Every file of a tree that is called like a spec, sorted.
///
/// # Errors
/// If the tree cannot be read.
pub(in crate::input) fn specs(tree: &dyn Tree) -> Result<Vec<String>, InputError> {
    let is_one = |entry: &Entry| entry.kind == Kind::File && entry.is_text && is_spec(last(&entry.path));
    let mut paths: Vec<String> = tree.below("")?.into_iter().filter(is_one).map(|entry| entry.path).collect();
    paths.sort_unstable();
    Ok(paths)
}
