//! A spec → the capability graph: nodes, declared and derived edges, and the flows that edges make. The only user of petgraph and memmap2.

mod acts;
mod authority;
mod avoided;
mod between;
mod capability_graph;
mod circles;
mod components;
mod cost;
mod cut;
mod dominators;
mod doors;
mod edge;
mod flow_graph;
mod flows;
mod handles;
mod rows;
mod search;
mod zeroed;

pub use acts::{Means, used_from};
pub use authority::{Exceeded, Figure, TooMuchAuthority, most_derived};
pub use between::{Between, Corridor};
pub use capability_graph::{CapabilityGraph, close_authority, close_authority_within};
pub(crate) use circles::fullest_circle;
pub use components::Components;
pub(crate) use components::sort_falling;
pub use cost::Cost;
pub use cut::{CutArc, MinimumCuts, Uncuttable, minimum_cuts};
pub use dominators::{Dominators, Passage};
pub use doors::{Side as DoorSide, content_side, is_split, steps_into_call};
pub use edge::{Edge, EdgeId, Origin};
pub use flow_graph::FlowGraph;
pub use flows::{LooseFlow, loose_flows};
pub use handles::{EdgeRef, NodeRef};
pub use rows::{Adjacency, Arc, Direction, FlowNode, Step, Strength};
pub use search::Search;
pub(crate) use zeroed::Zeroed;
