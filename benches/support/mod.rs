//! What both bench targets share: workloads with their density, and the peers that get the same flow graph.

pub(crate) mod first_touch;
pub(crate) mod flat;
pub(crate) mod peers;
pub(crate) mod workload;
