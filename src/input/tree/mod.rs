//! A tree of files, wherever it stands: the disk, a commit, the index. One set of rules decides for all of them which files are
//! specs, which links are followed and what is refused, so that no side of a comparison sees what the other does not.

mod collect;
mod entry;
mod links;
mod scope;

pub(super) use collect::{Member, collect};
pub(super) use entry::{Entry, Kind, Tree, specs};
pub(super) use links::{Followed, follow};
pub(super) use scope::Scope;
