//! Best costs from one vertex in one topology, kept right while changes are made and taken back.
//!
//! What an arc that is gone carried is what hangs below it in the tree of best paths: that alone is lost, and is found again from
//! its edge (Ramalingam and Reps, *An incremental algorithm for a generalization of the shortest-path problem*, 1996). So a change
//! costs what it moves and not what there is. All steps are logged, so that one can go back without computing anything.

use super::authority::{Authority, EdgeTracker};
use super::conditional_graph::{Arc, ConditionalArcs, NO_ARC, Vertex};
use super::conditions::{Assignment, ConditionId, Conditions};
use super::queue::Queue;
use crate::compare::change::ChangeId;

/// There is no way.
pub(super) const NO_WAY: u64 = u64::MAX;

/// A row of costs that follows the changes that are made.
pub(super) struct IncrementalCosts<'t> {
    arcs: &'t ConditionalArcs,
    assignment: Assignment<'t>,
    authority: EdgeTracker<'t>,
    /// By vertex: the least cost, packed.
    best: Vec<u64>,
    /// By vertex: the arc by which it is reached at that.
    via: Vec<u32>,
    /// What a vertex was before.
    log: Vec<(Vertex, u64, u32)>,
    flips: Vec<ChangeId>,
    queue: Queue<Vertex>,
    /// Conditions that hold now and did not, or the other way round.
    turned: Vec<(ConditionId, bool)>,
    lost: Vec<Vertex>,
    /// Vertices with a cost that they can have by an arc.
    found: Vec<(Vertex, u64, u32)>,
    /// By vertex: whether ways were followed to it.
    is_on_way: Vec<bool>,
}

/// A checkpoint to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checkpoint {
    log: usize,
    flips: usize,
}

impl<'t> IncrementalCosts<'t> {
    pub(super) fn new(
        arcs: &'t ConditionalArcs,
        conditions: &'t Conditions,
        authority: &'t Authority<'t>,
    ) -> Self {
        Self {
            arcs,
            assignment: Assignment::new(conditions, authority.literals(), true),
            authority: EdgeTracker::new(authority),
            best: vec![NO_WAY; arcs.vertices()],
            via: vec![NO_ARC; arcs.vertices()],
            log: Vec::new(),
            flips: Vec::new(),
            queue: Queue::new(),
            turned: Vec::new(),
            lost: Vec::new(),
            found: Vec::new(),
            is_on_way: vec![false; arcs.vertices()],
        }
    }

    /// Begins anew from a vertex: in the head, where all changes are made, or in the base.
    pub(super) fn start(&mut self, vertex: Vertex, made: bool) {
        self.assignment.set_all(made);
        for switch in self.authority.start(made) {
            self.assignment.flip(switch, |_, _| {});
        }
        self.best.fill(NO_WAY);
        self.via.fill(NO_ARC);
        self.improve(vertex, 0, NO_ARC);
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
        self.assignment.is_made(change)
    }

    /// The conditions of the arcs on best paths, some more than once.
    pub(super) fn conditions_in_use(&self) -> impl Iterator<Item = ConditionId> + '_ {
        let arcs = self.via.iter().filter(|arc| **arc != NO_ARC);
        arcs.map(|arc| self.arcs.arc(*arc).condition)
    }

    /// The conditions of the arcs on the best paths to some vertices.
    pub(super) fn conditions_on_ways(&mut self, ends: Vec<Vertex>) -> Vec<ConditionId> {
        let (mut conditions, mut on_ways) = (Vec::new(), Vec::new());
        for end in ends {
            let mut at = end;
            while !std::mem::replace(&mut self.is_on_way[at as usize], true) {
                on_ways.push(at);
                let arc = self.via[at as usize];
                if arc == NO_ARC {
                    break;
                }
                conditions.push(self.arcs.arc(arc).condition);
                at = self.arcs.tail(arc);
            }
        }
        on_ways.into_iter().for_each(|vertex| self.is_on_way[vertex as usize] = false);
        conditions
    }

    /// What authority derives here, changes that it does not need aside.
    pub(super) fn authority(&mut self) -> &mut EdgeTracker<'t> {
        &mut self.authority
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { log: self.log.len(), flips: self.flips.len() }
    }

    /// The vertices that are reached otherwise than at a checkpoint, some more than once.
    pub(super) fn moved_since(&self, checkpoint: Checkpoint) -> impl Iterator<Item = Vertex> + '_ {
        self.log[checkpoint.log..].iter().map(|(vertex, ..)| *vertex)
    }

    /// Goes back to a checkpoint.
    pub(super) fn go_back(&mut self, checkpoint: Checkpoint) {
        for (vertex, best, via) in self.log.drain(checkpoint.log..).rev() {
            self.best[vertex as usize] = best;
            self.via[vertex as usize] = via;
        }
        for change in self.flips.drain(checkpoint.flips..).rev() {
            self.assignment.flip(change, |_, _| {});
            self.authority.turn(change);
        }
        self.authority.go_back(checkpoint.flips);
    }

    /// Makes some changes that are not made, and takes back those that are.
    pub(super) fn flip(&mut self, changes: impl IntoIterator<Item = ChangeId>) {
        let steps = self.flips.len();
        for change in changes {
            self.turn(change);
        }
        for switch in self.authority.follow(steps, &self.flips[steps..]) {
            self.turn(switch);
        }
        self.lose();
        self.offer();
        self.settle();
        self.turned.clear();
    }

    fn turn(&mut self, change: ChangeId) {
        let turned = &mut self.turned;
        self.assignment.flip(change, |condition, holds| turned.push((condition, holds)));
        self.authority.turn(change);
        self.flips.push(change);
    }

    /// Takes the cost from whatever is reached over an arc that is gone.
    fn lose(&mut self) {
        self.lost.clear();
        for at in 0..self.turned.len() {
            // A condition may have turned twice; what counts is what it is now.
            let condition = self.turned[at].0;
            if !self.assignment.holds(condition) {
                for (arc, _, head) in self.arcs.under(condition) {
                    self.lose_by(*arc, *head);
                }
            }
        }
        let mut at = 0;
        while let Some(vertex) = self.lost.get(at).copied() {
            at += 1;
            for (arc, onwards) in self.arcs.from(vertex) {
                self.lose_by(arc, onwards.other);
            }
        }
    }

    fn lose_by(&mut self, arc: u32, head: Vertex) {
        let (best, via) = (&mut self.best[head as usize], &mut self.via[head as usize]);
        if *via == arc {
            self.log.push((head, *best, *via));
            (*best, *via) = (NO_WAY, NO_ARC);
            self.lost.push(head);
        }
    }

    /// Offers what was lost the best that is left, and the ends of new arcs what comes over them.
    fn offer(&mut self) {
        // All that is lost is looked at first: what one of them is offered must not be offered on before its time.
        for at in 0..self.lost.len() {
            let vertex = self.lost[at];
            let mut least = (NO_WAY, NO_ARC);
            for (number, arc) in self.arcs.into(vertex) {
                least = least.min((self.offered(arc, arc.other), *number));
            }
            self.found.push((vertex, least.0, least.1));
        }
        for at in 0..self.turned.len() {
            let condition = self.turned[at].0;
            if self.assignment.holds(condition) {
                for (number, tail, head) in self.arcs.under(condition) {
                    self.found.push((*head, self.offered(self.arcs.arc(*number), *tail), *number));
                }
            }
        }
        for at in 0..self.found.len() {
            let (vertex, cost, arc) = self.found[at];
            self.improve(vertex, cost, arc);
        }
        self.found.clear();
    }

    /// What an arc brings from its tail.
    fn offered(&self, arc: &Arc, tail: Vertex) -> u64 {
        let before = self.best[tail as usize];
        if before < NO_WAY && self.assignment.holds(arc.condition) { before + arc.price } else { NO_WAY }
    }

    /// Has a vertex wait at a cost that is better than what it has.
    fn improve(&mut self, vertex: Vertex, cost: u64, arc: u32) {
        let (best, via) = (&mut self.best[vertex as usize], &mut self.via[vertex as usize]);
        if cost < *best {
            self.log.push((vertex, *best, *via));
            (*best, *via) = (cost, arc);
            self.queue.push(cost, vertex);
        }
    }

    /// Dijkstra's algorithm over what waits.
    fn settle(&mut self) {
        while let Some((cost, vertex)) = self.queue.pop() {
            // It may have got better while it waited.
            if cost == self.best[vertex as usize] {
                for (number, arc) in self.arcs.from(vertex) {
                    let next = cost + arc.price;
                    if next < self.best[arc.other as usize] && self.assignment.holds(arc.condition) {
                        self.improve(arc.other, next, number);
                    }
                }
            }
        }
        self.queue.restart();
    }
}
