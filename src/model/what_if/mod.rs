//! A spec and some changes to try → the spec with those changes made, which remembers that it is a what-if.

mod apply;
mod change;
mod edge_name;
mod failing;
mod guarded_edge;
mod typed;

pub use change::{EdgeKey, WhatIf, WhatIfError};
