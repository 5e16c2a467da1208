//! What is declared: a resolved [`Spec`] of nodes, edges, guards and zones, the vocabulary of the language, the contracts that must hold, and
//! changes that can be tried.

pub(crate) mod attributes;
pub(crate) mod contract;
mod contract_identity;
mod contract_strictness;
pub(crate) mod contract_written;
mod declared;
mod fingerprint;
mod hidden;
mod ids;
mod lines;
mod review;
mod rooted;
mod rule;
pub(crate) mod selection;
mod source;
mod spec;
pub(crate) mod stranger;
pub(crate) mod suggest;
mod surfaces;
pub(crate) mod text;
mod vocabulary;
mod what_if;

pub use contract::{
    Contract, Deny, Entry, Expect, Expected, Flow, Independent, Layers, Limit, Line, Most, OnlyThrough, Part,
    Term, Within, Words,
};
pub use declared::{Declared, DeclaredValue};
pub(crate) use fingerprint::{digest, fingerprint, subject};
pub(crate) use hidden::{is_hidden, printable, quoted};
pub(crate) use ids::index_type;
pub use ids::{GuardId, NodeId, ZoneId};
pub use review::{Acceptance, Accepted, FindingError, Review, Setting, date_from_text};
pub use rule::{Family, Level, Rule};
pub use selection::{Selection, SelectionError};
pub use source::{Place, SourceFile};
pub use spec::{Edge, Guard, Leg, More, Node, Returns, Spec, Via, Zone};
pub use surfaces::{CONTROLS, is_on};
pub use text::{Piece, Text, Tone};
pub use vocabulary::{Isolation, NodeKind, Plane, Role, Sensitivity, Verb, Way};
pub use what_if::{EdgeKey, WhatIf, WhatIfError};
