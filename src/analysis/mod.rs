//! A capability graph → facts. One question a file.

mod act;
mod alignment;
mod bits;
mod blast_radius;
mod capability;
mod condensation;
mod cost;
mod cost_block;
mod cost_flow;
mod cost_table;
mod fleet_sizes;
mod intervals;
mod lanes;
mod loops;
mod matrix;
mod one_path;
mod order;
mod path;
mod progress;
mod reach_diff;
mod reachability;
mod row;
mod shard;
mod sizes;
mod summary;
mod weights;
mod witness;

pub use crate::spec::{Selection, SelectionError};
pub use act::Act;
pub use blast_radius::{BlastRadius, Finding, Gain, Secret, Tally};
pub use cost::{CostRow, CostSearch};
pub use cost_table::CostTable;
pub use fleet_sizes::{FleetSizes, NodeSizes};
pub use loops::loops;
pub use matrix::{Cell, Declared, Matrix, MatrixRow};
pub use order::Order;
pub use path::{End, Gap, PathAnswer};
pub use progress::Progress;
pub use reach_diff::ReachDiff;
pub use reachability::{Layout, Reachability};
pub use shard::Shard;
pub use sizes::ReachSizes;
pub use summary::{Exposed, FleetSummary, Widest, ZonePair};
pub use witness::{Hop, Leg, Path, Witness, WitnessInto};

pub use crate::graph::{Components, Strength};
