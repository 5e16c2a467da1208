//! The sizes of every node's blast radius: a line a node, written as they are counted.

mod csv;
mod text;

pub use csv::sizes_csv;
pub use text::sizes_text;
