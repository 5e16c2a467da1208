//! What is declared: a resolved [`Spec`] of nodes, edges, guards and zones, the vocabulary of the language, the contracts that must hold, and
//! changes that can be tried.

mod attributes;
mod contract;
mod contract_identity;
mod contract_strictness;
mod contract_written;
mod fingerprint;
mod hidden;
mod ids;
mod kinds;
mod node;
mod review;
mod rule;
mod selection;
mod source;
mod spec;
mod stranger;
mod suggest;
mod surfaces;
pub(crate) mod text;
mod vocabulary;
mod what_if;

pub(crate) use attributes::{
    ATTRIBUTES, Attribute, Compared, Field, Shape, Toward, Unsaid, always_relays, attribute, attributes_of,
    node_fields,
};
pub use contract::{
    Contract, Deny, Entry, Expect, Expected, Flow, Independent, Layers, Limit, Line, Most, OnlyThrough, Part,
    Term, Within, Words,
};
pub(crate) use contract_written::ANY;
pub(crate) use fingerprint::{digest, fingerprint, subject};
pub(crate) use hidden::{is_hidden, printable, quoted};
pub(crate) use ids::index_type;
pub use ids::{GuardId, NodeId, ZoneId};
pub use node::{Declared, DeclaredValue, Node};
pub use review::{Acceptance, Accepted, FindingError, Review, Setting, date_from_text};
pub(crate) use rule::Family;
pub use rule::{Level, Rule};
pub(crate) use selection::UNTRUSTED;
pub use selection::{Selection, SelectionError};
pub use source::{Place, SourceFile};
pub use spec::{Edge, Guard, Leg, More, Returns, Spec, Via, Zone};
pub(crate) use stranger::{is_stranger, is_untrusted_by_default};
pub(crate) use suggest::{Suggestions, join_words_plain};
pub(crate) use surfaces::{CHECKS, before_time};
pub use surfaces::{CONTROLS, is_on};
pub use text::{Link, Piece, Text, Tone};
pub use vocabulary::{Decider, Isolation, NodeKind, Plane, Role, Sensitivity, Verb, Way};
pub(crate) use vocabulary::{Vocabulary, words};
pub use what_if::{EdgeKey, WhatIf, WhatIfError};
