//! Text → a resolved [`Spec`]: located tree, typed declarations, names resolved. The only user of the YAML crate.

mod attributes;
mod body;
mod code;
mod declaration;
mod declared;
mod diagnostic;
mod discovery;
mod document;
mod explanation;
mod fields;
mod files;
mod ids;
mod load;
mod merge;
mod model;
mod reader;
mod resolve;
mod schema;
mod sink;
mod source;
mod suggest;
mod syntax;
mod targets;
mod tree;
mod values;
mod vocabulary;

pub use code::Code;
pub use declared::{Declared, DeclaredValue};
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub(crate) use ids::index_type;
pub use ids::{GuardId, NodeId, ZoneId};
pub use load::{load, load_from};
pub use model::{Edge, Guard, More, Node, Returns, Spec, Via, Zone};
pub use schema::json_schema;
pub use source::{Place, SourceFile};
pub use vocabulary::{Isolation, NodeKind, Plane, Role, Sensitivity, Verb};
