//! What each code means, with a wrong example and the right one: the text of `crabwalk explain` and of
//! `docs/diagnostics.md`. One file for each theme.

mod edges;
mod files;
mod names;
mod review;
mod rules;
mod shape;

pub(super) use edges::*;
pub(super) use files::*;
pub(super) use names::*;
pub(super) use review::*;
pub(super) use rules::*;
pub(super) use shape::*;
