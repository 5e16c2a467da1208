//! Best costs from one vertex in one topology, kept right while changes are made and taken back.
//!
//! What an arc that is gone carried is what hangs below it in the tree of best paths: that alone is lost, and is found again from
//! its edge (Ramalingam and Reps, *An incremental algorithm for a generalization of the shortest-path problem*, 1996). So a change
//! costs what it moves and not what there is. All steps are logged, so that one can go back without computing anything.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::change::ChangeId;
use super::condition::{ConditionId, Conditions, World};
use super::terrain::{NO_ARC, Terrain, Vertex};

/// There is no way.
pub(super) const NO_WAY: u64 = u64::MAX;

/// A row that follows its world.
pub(super) struct LiveRow<'t> {
    terrain: &'t Terrain,
    world: World<'t>,
    /// By vertex: the least cost, packed.
    best: Vec<u64>,
    /// By vertex: the arc by which it is reached at that.
    via: Vec<u32>,
    /// What a vertex was before.
    log: Vec<(Vertex, u64, u32)>,
    flips: Vec<ChangeId>,
    queue: BinaryHeap<Reverse<(u64, Vertex, u32)>>,
    /// Conditions that hold now and did not, or the other way round.
    turned: Vec<(ConditionId, bool)>,
    lost: Vec<Vertex>,
}

/// A moment to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    log: usize,
    flips: usize,
}

impl<'t> LiveRow<'t> {
    pub(super) fn new(terrain: &'t Terrain, conditions: &'t Conditions, changes: usize) -> Self {
        Self {
            terrain,
            world: World::new(conditions, changes, true),
            best: vec![NO_WAY; terrain.vertices()],
            via: vec![NO_ARC; terrain.vertices()],
            log: Vec::new(),
            flips: Vec::new(),
            queue: BinaryHeap::new(),
            turned: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// Begins anew from a vertex: in the head, where all changes are made, or in the base.
    pub(super) fn start(&mut self, vertex: Vertex, made: bool) {
        self.world.set_all(made);
        self.best.fill(NO_WAY);
        self.via.fill(NO_ARC);
        self.queue.clear();
        self.queue.push(Reverse((0, vertex, NO_ARC)));
        self.settle();
        self.log.clear();
        self.flips.clear();
    }

    /// The least cost of a vertex.
    pub(super) fn best(&self, vertex: Vertex) -> u64 {
        self.best[vertex as usize]
    }

    /// Whether a change is made.
    pub(super) fn is_made(&self, change: ChangeId) -> bool {
        self.world.is_made(change)
    }

    /// The conditions of the arcs on best paths, some more than once.
    pub(super) fn conditions_in_use(&self) -> impl Iterator<Item = ConditionId> + '_ {
        let arcs = self.via.iter().filter(|arc| **arc != NO_ARC);
        arcs.map(|arc| self.terrain.arcs[*arc as usize].condition)
    }

    pub(super) fn now(&self) -> Moment {
        Moment { log: self.log.len(), flips: self.flips.len() }
    }

    /// The vertices that are reached otherwise than at a moment, some more than once.
    pub(super) fn moved_since(&self, moment: Moment) -> impl Iterator<Item = Vertex> + '_ {
        self.log[moment.log..].iter().map(|(vertex, ..)| *vertex)
    }

    /// Goes back to a moment.
    pub(super) fn go_back(&mut self, moment: Moment) {
        for (vertex, best, via) in self.log.drain(moment.log..).rev() {
            self.best[vertex as usize] = best;
            self.via[vertex as usize] = via;
        }
        for change in self.flips.drain(moment.flips..).rev() {
            self.world.flip(change, |_, _| {});
        }
    }

    /// Makes some changes that are not made, and takes back those that are.
    pub(super) fn flip(&mut self, changes: impl IntoIterator<Item = ChangeId>) {
        let turned = &mut self.turned;
        for change in changes {
            self.world.flip(change, |condition, holds| turned.push((condition, holds)));
            self.flips.push(change);
        }
        self.lose();
        self.offer();
        self.settle();
        self.turned.clear();
    }

    /// Takes the cost from whatever is reached over an arc that is gone.
    fn lose(&mut self) {
        self.lost.clear();
        for (condition, _) in &self.turned {
            // A condition may have turned twice; what counts is what it is now.
            if self.world.holds(*condition) {
                continue;
            }
            for arc in self.terrain.under(*condition) {
                let head = self.terrain.arcs[*arc as usize].head;
                if self.via[head as usize] == *arc {
                    forget(head, &mut self.best, &mut self.via, &mut self.log, &mut self.lost);
                }
            }
        }
        let mut at = 0;
        while let Some(vertex) = self.lost.get(at).copied() {
            at += 1;
            for arc in self.terrain.from(vertex) {
                let head = self.terrain.arcs[arc as usize].head;
                if self.via[head as usize] == arc {
                    forget(head, &mut self.best, &mut self.via, &mut self.log, &mut self.lost);
                }
            }
        }
    }

    /// Offers what was lost the best that is left, and the ends of new arcs what comes over them.
    fn offer(&mut self) {
        for at in 0..self.lost.len() {
            let vertex = self.lost[at];
            let mut least = (NO_WAY, NO_ARC);
            for arc in self.terrain.into(vertex) {
                least = least.min((self.offered(*arc), *arc));
            }
            if least.0 < NO_WAY {
                self.queue.push(Reverse((least.0, vertex, least.1)));
            }
        }
        for at in 0..self.turned.len() {
            let condition = self.turned[at].0;
            if self.world.holds(condition) {
                for arc in self.terrain.under(condition) {
                    let cost = self.offered(*arc);
                    let head = self.terrain.arcs[*arc as usize].head;
                    if cost < self.best[head as usize] {
                        self.queue.push(Reverse((cost, head, *arc)));
                    }
                }
            }
        }
    }

    /// What an arc brings to its head.
    fn offered(&self, arc: u32) -> u64 {
        let arc = &self.terrain.arcs[arc as usize];
        let before = self.best[arc.tail as usize];
        if before < NO_WAY && self.world.holds(arc.condition) { before + arc.price } else { NO_WAY }
    }

    /// Dijkstra's algorithm over what waits.
    fn settle(&mut self) {
        while let Some(Reverse((cost, vertex, arc))) = self.queue.pop() {
            let (best, via) = (&mut self.best[vertex as usize], &mut self.via[vertex as usize]);
            if cost >= *best {
                continue;
            }
            self.log.push((vertex, *best, *via));
            (*best, *via) = (cost, arc);
            for onwards in self.terrain.from(vertex) {
                let arc = &self.terrain.arcs[onwards as usize];
                let next = cost + arc.price;
                if next < self.best[arc.head as usize] && self.world.holds(arc.condition) {
                    self.queue.push(Reverse((next, arc.head, onwards)));
                }
            }
        }
    }
}

fn forget(
    vertex: Vertex,
    best: &mut [u64],
    via: &mut [u32],
    log: &mut Vec<(Vertex, u64, u32)>,
    lost: &mut Vec<Vertex>,
) {
    log.push((vertex, best[vertex as usize], via[vertex as usize]));
    best[vertex as usize] = NO_WAY;
    via[vertex as usize] = NO_ARC;
    lost.push(vertex);
}
