//! Declarations of all files → the resolved [`Spec`](crate::model::Spec): names looked up, selectors expanded, defaults filled in.

mod acceptances;
mod assemble;
mod contracts;
mod edges;
mod former_names;
mod guards;
mod index;
mod members;
mod names;
mod opens;
mod plan;
mod prefix;
mod scope;
mod selector;
mod settings;

pub(super) use assemble::resolve;
pub(super) use names::{check_node_name, is_selector, wrong_name};
pub(super) use plan::answers;
