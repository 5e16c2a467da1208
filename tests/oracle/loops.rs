//! Loops of section 6 of `docs/semantics.md`: doors that all reach one another with nothing declared in between.

use std::collections::BTreeSet;

use super::flows::{Flow, Spot, best};
use super::naive::Closed;
use super::topology::{Plane, Topology};

/// The nodes of each loop; a node with two doors can be in two.
pub fn loops(topology: &Topology) -> BTreeSet<BTreeSet<usize>> {
    let closed = Closed::new(topology);
    let open: Vec<Flow> =
        closed.flows(Plane::Influence).iter().filter(|flow| flow.cost.guards == 0).copied().collect();
    let doors: Vec<Spot> = (0..topology.nodes.len()).flat_map(|n| topology.reached(n)).collect();
    let reach = |door: &Spot| -> BTreeSet<Spot> { best(&open, &[*door]).into_keys().collect() };
    let reached: Vec<BTreeSet<Spot>> = doors.iter().map(reach).collect();
    let component = |at: usize| -> BTreeSet<usize> {
        let mutual = doors.iter().zip(&reached);
        let mutual = mutual.filter(|(door, from)| reached[at].contains(door) && from.contains(&doors[at]));
        mutual.map(|(door, _)| door.node()).collect()
    };
    (0..doors.len()).map(component).filter(|nodes| nodes.len() > 1).collect()
}
