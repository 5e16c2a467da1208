//! A capability graph → facts. One question a file.

mod acts;
mod bits;
mod blast_radius;
mod component_weights;
mod condensation;
mod cost;
mod cost_table;
mod handles;
mod intervals;
mod leaks;
mod loops;
mod matrix;
mod order;
mod packed_costs;
mod pairs;
mod path;
mod progress;
mod reachability;
mod row;
mod shard;
mod sizes;
mod summary;
mod witness;

pub use crate::model::{Selection, SelectionError};
pub use acts::Act;
pub use blast_radius::{BlastRadius, Gain, Reached, Secret, Tally};
pub use cost::{CostRow, CostSearch};
pub use cost_table::CostTable;
pub use handles::{HopRef, PathRef, ReachedRef};
pub use leaks::{Leak, LeakPaths, Leaks, ways_out};
pub use loops::loops;
pub use matrix::{LinesOf, Matrix, MatrixLine, lines};
pub use order::Order;
pub use pairs::{Apart, Connection, Member, Pairs, RowCount};
pub use path::{End, Gap, PathAnswer};
pub use progress::Progress;
pub use reachability::{Layout, Reachability};
pub use row::{Cell, Declared, MatrixRow};
pub use shard::Shard;
pub use sizes::{FleetSizes, NodeSizes, ReachSizes};
pub use summary::{Exposed, FleetSummary, Widest, ZonePair};
pub use witness::{Hop, Path, Witness, WitnessInto};

pub use crate::graph::{Components, Strength};
pub use crate::model::Leg;
