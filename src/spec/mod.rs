//! Text → a resolved [`Spec`]: located tree, typed declarations, names resolved. The only user of the YAML crate.

mod attributes;
mod body;
mod code;
mod declaration;
mod diagnostic;
mod discovery;
mod document;
mod fields;
mod files;
mod ids;
mod load;
mod merge;
mod model;
mod reader;
mod resolve;
mod sink;
mod source;
mod suggest;
mod syntax;
mod targets;
mod tree;
mod values;
mod vocabulary;

pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use ids::{GuardId, NodeId, ZoneId};
pub use load::{load, load_from};
pub use model::{Edge, Guard, Node, Returns, Spec, Via, Zone};
pub use source::{Place, SourceFile};
pub use vocabulary::{Isolation, NodeKind, Plane, Role, Sensitivity, Verb};
