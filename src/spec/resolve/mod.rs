//! Declarations of all files → the resolved [`Spec`](super::Spec): names looked up, selectors expanded, defaults filled in.

mod assemble;
mod edges;
mod members;
mod nodes;
mod opens;
mod plan;
mod scope;
mod selector;
mod settings;
mod zones;

pub(super) use assemble::resolve;
