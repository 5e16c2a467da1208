//! The output contract: JSON that other programs depend on. Each output names its schema with a version; names stay.

mod accepted;
mod blast;
mod changes;
mod check;
mod diff;
mod each;
mod features;
mod graph;
mod harden;
mod matrix;
mod memory;
mod parts;
mod path;
mod report;
mod respond;
mod review;
mod schema;
mod self_check;
mod sizes;
mod threat;
mod topology;

pub use blast::{blast_json, write_blast_json};
pub use check::check_json;
pub use diff::write_diff_json;
pub use features::features_json;
pub use graph::graph_json;
pub use harden::write_harden_json;
pub(super) use matrix::matrix_row_bytes;
pub use matrix::{matrix_json, matrix_json_shard};
pub use memory::memory_json;
pub use path::path_json;
pub use report::report_json;
pub use respond::write_respond_json;
pub use schema::{OutputSchema, output_schema};
pub use self_check::self_check_json;
pub use sizes::sizes_json;
