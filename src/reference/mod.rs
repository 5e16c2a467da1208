//! A spec → rows of the matrix, a second time: a naive reading of the semantics that shares no line with the engine.
//!
//! It is there to be compared with, so it is plain rather than fast, and names nothing but the resolved spec. It reads the
//! attributes of the spec itself and asks none of the spec's own questions about what a kind or a verb means. One row costs two
//! searches, O(m log n) each, over m flows between n doors. Authority costs one search for each credential and round, and there
//! are as many rounds as the longest chain of derivations, and one.

mod authority;
mod doors;
mod edges;
mod flows;
mod rows;

pub use edges::Edge;
pub use flows::Cost;
pub use rows::{Cell, Reference, Row};
