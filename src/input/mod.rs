//! What the user names → a topology: files, directories, the standard input, saved matrices, and all of these at a revision of
//! the repository.
//!
//! Revisions are read through the `git` program. Nothing is checked out, written or fetched. What the user did not name is not read:
//! `tree` says which files are specs and where links may lead, the same on the disk and in git.

mod argument;
mod branch;
mod change;
mod content;
mod disk;
mod files;
mod git;
mod load;
mod names;
mod pair;
mod problem;
mod saved;
mod side;
mod sides;
mod topology;
mod tree;

pub use content::read_named;
pub use load::{load, load_from, load_noting};
#[cfg(feature = "cli")]
pub(crate) use names::is_spec;
pub use problem::InputError;
pub use sides::{Word, read, sides, sides_in};
pub use topology::{Gone, Presence, Topology};
