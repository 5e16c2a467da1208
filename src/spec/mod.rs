//! Text → a resolved [`Spec`]: located tree, typed declarations, names resolved. The only user of the YAML crate.

mod code;
mod diagnostic;
mod ids;
mod model;
mod source;
mod vocabulary;

pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use ids::{GuardId, NodeId, ZoneId};
pub use model::{Edge, Guard, Node, Returns, Spec, Via, Zone};
pub use source::{Place, SourceFile};
pub use vocabulary::{Isolation, NodeKind, Plane, Role, Sensitivity, Verb};
