//! The disk: where a path leads, which files of a directory make a spec, and their bytes.

mod locate;
mod nearest;
mod read;
mod tree;

pub(super) use locate::{Located, Stands, locate};
pub(super) use nearest::nearest;
pub(super) use read::{budget, cannot_read, open, read};
pub(super) use tree::Disk;
