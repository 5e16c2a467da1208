//! Text → [`Spec`](crate::model::Spec): located tree, typed declarations, names resolved, or every mistake with its place; and the text edited, where
//! a command writes into it. The only user of the YAML crate.

mod acceptances;
mod attribute_places;
mod body;
mod code;
mod contracts;
mod declaration;
mod diagnostic;
mod document;
mod edit;
mod fields;
mod files;
mod in_memory;
mod keys;
mod levels;
mod load;
mod merge;
mod reader;
mod resolve;
pub(crate) mod restore;
pub(crate) mod restore_rules;
mod schema;
mod sink;
mod syntax;
mod targets;
mod tree;
mod values;

pub(crate) use attribute_places::{Wanted, attribute_places};
pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use edit::{
    EditError, NewAcceptance, NewExpectation, has_acceptances, has_rules, insert_acceptance,
    write_expectation,
};
pub(crate) use files::{LARGEST, default_name, directory_name};
pub(crate) use load::load_beside;
pub use load::load_contents;
pub use schema::{json_schema, reference_page};
