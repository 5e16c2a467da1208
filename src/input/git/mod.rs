//! Questions to the repository, answered by the `git` program. It is only ever asked to read.

mod blobs;
mod command;
mod history;
mod repository;
mod tree;
mod work_tree;

pub(super) use history::Renames;
pub(super) use repository::{Commit, Repository};
pub(super) use tree::{GitTree, Source, normal};
