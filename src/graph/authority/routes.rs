//! What grants add to the flows: an edge to each target, by way of the doors that they share.
//!
//! Grants whose actors stand in one loop make the same flows, so they share a route, and each target is joined to it once.

use std::collections::HashMap;

use super::exposure::Exposure;
use super::guard_sets::GuardSets;
use super::key_set::KeySet;
use super::keys::Keys;
use super::premise::Legs;
use super::spread::Spread;
use crate::graph::doors::Door;
use crate::graph::edge::{Edge, Origin};
use crate::graph::flows::flows;
use crate::model::{NodeId, Plane, Returns, Spec, Verb};

/// One end of a flow between an actor and any target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Leg {
    /// At the actor.
    near: u32,
    /// At the target.
    far: Door,
    /// Beside the extra.
    guards: u32,
}

/// The flows that edges of a grant make in the exposure plane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    request: Option<Leg>,
    result: Option<Leg>,
}

#[derive(Debug)]
struct Route {
    shape: Shape,
    /// The first whose edges make these flows.
    actor: NodeId,
    place: u32,
    /// Targets that are joined to it.
    joined: KeySet,
}

/// All routes.
#[derive(Debug, Default)]
pub(super) struct Routes {
    list: Vec<Route>,
    positions: HashMap<Shape, usize>,
}

impl Routes {
    /// The flows of edges from an actor, as seen on one to some other node.
    pub(super) fn shape(
        &self,
        spec: &Spec,
        exposure: &Exposure,
        sets: &GuardSets<'_>,
        (actor, target): (NodeId, NodeId),
        legs: Legs,
    ) -> Shape {
        let returns = legs.returns.map(|guards| Returns::Content(sets.of(guards).to_vec()));
        let example = Edge {
            from: actor,
            verb: Verb::Invoke,
            to: target,
            guards: sets.of(legs.guards).to_vec(),
            returns: returns.unwrap_or(Returns::Nothing),
            extra: 0,
            origin: if legs.outsider { Origin::Key } else { Origin::Holder(target) },
        };
        let mut shape = Shape::default();
        for flow in flows(spec, &example, Plane::Exposure) {
            let guards = flow.guards;
            if flow.from.0 == actor {
                let near = exposure.place(spec, flow.from);
                shape.request = Some(Leg { near, far: flow.to.1, guards });
            } else {
                let near = exposure.place(spec, flow.to);
                shape.result = Some(Leg { near, far: flow.from.1, guards });
            }
        }
        shape
    }

    /// The place of a route; and its position if it is new.
    pub(super) fn find(
        &mut self,
        shape: Shape,
        actor: NodeId,
        place: impl FnOnce() -> u32,
    ) -> (u32, Option<usize>) {
        if let Some(position) = self.positions.get(&shape) {
            return (self.list[*position].place, None);
        }
        let position = self.list.len();
        let place = place();
        self.list.push(Route { shape, actor, place, joined: KeySet::default() });
        self.positions.insert(shape, position);
        (place, Some(position))
    }

    /// The first whose edges go by a route.
    pub(super) fn actor(&self, route: usize) -> NodeId {
        self.list[route].actor
    }

    /// Joins what these secrets open; each target once, at the level at which it is first opened. Says how many are new.
    pub(super) fn open(
        &mut self,
        route: usize,
        new: &KeySet,
        spec: &Spec,
        keys: &Keys,
        exposure: &Exposure,
        spread: &mut Spread<'_>,
    ) -> usize {
        let Route { shape, joined, .. } = &mut self.list[route];
        let extra = spread.now();
        let mut opened = KeySet::default();
        for key in new.iter() {
            opened.add_unknown(keys.opens[key].chunks(), joined);
        }
        joined.add(&opened);
        for target in opened.iter() {
            let target = keys.targets[target];
            if let Some(Leg { near, far, guards }) = shape.request {
                spread.add_arc(near, exposure.place(spec, (target, far)), extra.saturating_add(guards));
            }
            if let Some(Leg { near, far, guards }) = shape.result {
                spread.add_arc(exposure.place(spec, (target, far)), near, extra.saturating_add(guards));
            }
        }
        opened.len()
    }
}
