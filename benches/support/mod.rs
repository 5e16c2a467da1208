//! What both bench targets share: workloads with their density, and the peers that get the same flow graph.

#![expect(dead_code, reason = "each of the two targets uses a part")]

pub(crate) mod first_touch;
pub(crate) mod flat;
pub(crate) mod peers;
pub(crate) mod workload;
