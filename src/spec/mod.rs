//! Text → a resolved [`Spec`]: located tree, typed declarations, names resolved. The only user of the YAML crate.

mod acceptances;
mod attribute_places;
mod attributes;
mod body;
mod code;
mod contract;
mod contracts;
mod declaration;
mod declared;
mod diagnostic;
mod document;
mod edit;
mod explanation;
mod fields;
mod files;
mod fingerprint;
mod hidden;
mod ids;
mod levels;
mod lines;
mod load;
mod merge;
mod model;
mod reader;
mod resolve;
pub(crate) mod restore;
pub(crate) mod restore_rules;
mod review;
mod rooted;
mod rule;
mod rule_pages;
mod schema;
mod selection;
mod sink;
mod source;
mod stranger;
mod suggest;
mod surfaces;
mod syntax;
mod targets;
mod tree;
mod values;
mod vocabulary;
mod what_if;

pub(crate) use attribute_places::{Wanted, attribute_places};
pub use code::Code;
pub use contract::{
    Contract, Deny, Entry, Expect, Expected, Flow, Independent, Layers, Limit, Line, Most, OnlyThrough, Part,
    Term, Within, Words,
};
pub use declared::{Declared, DeclaredValue};
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use edit::{
    EditError, NewAcceptance, NewExpectation, has_acceptances, has_rules, insert_acceptance,
    write_expectation,
};
pub(crate) use files::{LARGEST, default_name, directory_name};
pub(crate) use fingerprint::{digest, fingerprint, subject};
pub(crate) use hidden::{is_hidden, printable, quoted};
pub(crate) use ids::index_type;
pub use ids::{GuardId, NodeId, ZoneId};
pub(crate) use load::load_beside;
pub use load::load_contents;
pub use model::{Edge, Guard, Leg, More, Node, Returns, Spec, Via, Zone};
pub use review::{Acceptance, Accepted, FindingError, Review, Setting, date_from_text};
pub use rule::{Level, Rule};
pub use rule_pages::{Example, RulePage};
pub use schema::json_schema;
pub use selection::{Selection, SelectionError};
pub use source::{Place, SourceFile};
pub use surfaces::{CONTROLS, is_on};
pub use vocabulary::{Isolation, NodeKind, Plane, Role, Sensitivity, Verb, Way};
pub use what_if::{EdgeKey, WhatIf, WhatIfError};
