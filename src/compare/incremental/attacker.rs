//! What one attacker gains in one plane → which changes each gain comes from, by following one row of costs through the topologies
//! that have to be tried.

use super::conditional_graph::{ConditionalArcs, NO_ARC, Vertex};
use super::costs::{Checkpoint, IncrementalCosts, NO_WAY};
use super::plan::Plan;
use crate::compare::cause::{ChangeSets, Explained};
use crate::compare::change::ChangeId;

/// A gain: it holds where the vertex costs less than the bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) vertex: Vertex,
    pub(super) bound: u64,
    /// Its position among the attacker's gains.
    pub(super) gain: u32,
}

/// A row with what is asked of it.
pub(super) struct Attacker<'p, 't> {
    pub(super) plan: &'p Plan<'p>,
    pub(super) row: IncrementalCosts<'t>,
    pub(super) asked: Vec<Asked>,
    /// By vertex: the first that is asked of it.
    first: Vec<u32>,
    /// By asked: the frame that it is in.
    frame: Vec<u32>,
}

/// It is explained, or not to be.
const NO_FRAME: u32 = u32::MAX;

impl<'p, 't> Attacker<'p, 't> {
    pub(super) fn new(plan: &'p Plan<'p>, arcs: &'t ConditionalArcs, row: IncrementalCosts<'t>) -> Self {
        let first = vec![NO_ARC; arcs.vertices()];
        Self { plan, row, asked: Vec::new(), first, frame: Vec::new() }
    }

    /// Explains what is asked of a start. What is found is written where the gains stand in `explained`.
    pub(super) fn explain(
        &mut self,
        start: Vertex,
        asked: Vec<Asked>,
        sets: &mut ChangeSets,
        explained: &mut [Explained],
    ) {
        if asked.is_empty() {
            return;
        }
        self.ask(asked);
        self.row.start(start, true);
        let needed = self.necessary(sets, explained);
        self.row.authority().widens = true;
        self.irreducible(sets, explained);
        self.row.authority().widens = false;
        if !needed.is_empty() {
            self.row.start(start, false);
            self.sufficient(needed, sets, explained);
        }
        for asked in &self.asked {
            self.first[asked.vertex as usize] = NO_ARC;
        }
    }

    fn ask(&mut self, mut asked: Vec<Asked>) {
        asked.sort_unstable_by_key(|asked| (asked.vertex, asked.gain));
        for (position, one) in (0_u32..).zip(&asked) {
            let first = &mut self.first[one.vertex as usize];
            *first = (*first).min(position);
        }
        self.frame.clear();
        self.frame.resize(asked.len(), 0);
        self.asked = asked;
    }

    /// What is asked of a vertex, by position.
    fn of_vertex(&self, vertex: Vertex) -> impl Iterator<Item = u32> + '_ {
        let first = self.first[vertex as usize];
        let from = if first == NO_ARC { self.asked.len() } else { first as usize };
        let all = self.asked[from..].iter().take_while(move |asked| asked.vertex == vertex);
        all.zip(first..).map(|(_, position)| position)
    }

    pub(super) fn holds(&self, position: u32) -> bool {
        let asked = &self.asked[position as usize];
        self.row.best(asked.vertex) < asked.bound
    }

    /// Of those in a frame, the ones that are lost since a checkpoint, each once.
    fn lost_since(&self, checkpoint: Checkpoint, frame: u32) -> Vec<u32> {
        let moved = self.row.moved_since(checkpoint).flat_map(|vertex| self.of_vertex(vertex));
        let mut lost: Vec<u32> =
            moved.filter(|at| self.frame[*at as usize] == frame && !self.holds(*at)).collect();
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// Takes back each change of the head that a best path uses, and notes the gains that are lost by it. Those that none is
    /// necessary for stay in a frame. Gives the positions of the others by their set.
    fn necessary(&mut self, sets: &mut ChangeSets, explained: &mut [Explained]) -> Vec<(u32, u32)> {
        let mut needs: Vec<(u32, ChangeId)> = Vec::new();
        for change in self.changes_in_use() {
            let checkpoint = self.row.checkpoint();
            self.row.flip([change]);
            needs.extend(self.lost_since(checkpoint, 0).into_iter().map(|position| (position, change)));
            self.row.go_back(checkpoint);
        }
        // By gain, and for each in declared order.
        needs.sort_unstable();
        let mut needed = Vec::new();
        for needs in needs.chunk_by(|one, other| one.0 == other.0) {
            let position = needs[0].0;
            let set = sets.number(needs.iter().map(|(_, change)| *change).collect());
            let gain = self.asked[position as usize].gain as usize;
            explained[gain] = Explained { set, is_necessary: true, is_sufficient: false };
            self.frame[position as usize] = NO_FRAME;
            needed.push((set, position));
        }
        needed.sort_unstable();
        needed
    }

    /// The changes that can open something and that some best path cannot be without, in declared order.
    fn changes_in_use(&mut self) -> Vec<ChangeId> {
        let mut is_seen = vec![false; self.plan.graph.conditions.len()];
        let mut changes = Vec::new();
        for condition in self.row.conditions_in_use() {
            if !std::mem::replace(&mut is_seen[condition as usize], true) {
                let literals = self.plan.graph.conditions.literals(condition).iter();
                changes.extend(literals.filter(|literal| literal.made).map(|literal| literal.change));
            }
        }
        let authority = self.row.authority();
        if changes.iter().any(|change| authority.is_switch(*change)) {
            changes.retain(|change| !authority.is_switch(*change));
            changes.extend(self.plan.opening.iter().filter(|change| authority.may_need(**change)));
        }
        changes.sort_unstable();
        changes.dedup();
        changes.retain(|change| self.plan.effect(*change).opens());
        changes
    }

    /// Makes each set that is necessary on the base, and looks whether it is enough.
    fn sufficient(&mut self, needed: Vec<(u32, u32)>, sets: &ChangeSets, explained: &mut [Explained]) {
        for needed in needed.chunk_by(|one, other| one.0 == other.0) {
            let checkpoint = self.row.checkpoint();
            self.row.flip(sets.list[needed[0].0 as usize].iter().copied());
            for (_, position) in needed {
                let gain = self.asked[*position as usize].gain as usize;
                explained[gain].is_sufficient = self.holds(*position);
            }
            self.row.go_back(checkpoint);
        }
    }
}

/// The bound of a cost that was none.
pub(super) const UNBOUNDED: u64 = NO_WAY;

/// Some gains that hold in the topology where the frame begins, and how far changes were taken back for them.
struct Frame {
    asked: Vec<u32>,
    /// How many of them were not handed on.
    left: usize,
    /// The next change to take back.
    at: usize,
    /// By change: whether best paths of its gains may need it. `None` where that was not looked at since it may have turned.
    needs: Option<Vec<bool>>,
    /// Whether any was taken back since the first one was looked at.
    has_fallen: bool,
    start: Checkpoint,
    /// A change to take back once those that need it are explained.
    pending: Option<ChangeId>,
}

/// The best paths of more gains than that are not followed: all together they use most of what there is to use.
const MANY: usize = 256;

impl Attacker<'_, '_> {
    /// Takes changes back in declared order for all that no change is necessary for.
    fn irreducible(&mut self, sets: &mut ChangeSets, explained: &mut [Explained]) {
        let open = (0_u32..).zip(&self.frame).filter(|(_, frame)| **frame != NO_FRAME);
        let open: Vec<u32> = open.map(|(position, _)| position).collect();
        if open.is_empty() {
            return;
        }
        open.iter().for_each(|position| self.frame[*position as usize] = NO_FRAME);
        let checkpoint = self.row.checkpoint();
        self.row.flip(self.plan.closing.iter().copied());
        let (held, lost): (Vec<u32>, Vec<u32>) = open.into_iter().partition(|position| self.holds(*position));
        self.take_back(held, &self.plan.opening, sets, explained);
        self.row.go_back(checkpoint);
        // Without those that only close a gain may be lost to a change that does both: then they stay.
        self.take_back(lost, &self.plan.moving, sets, explained);
    }

    /// Takes back one of some changes after the other, again and again until none can be taken back: gains that are lost by one
    /// go on with it made, the others without it.
    fn take_back(
        &mut self,
        gains: Vec<u32>,
        changes: &[ChangeId],
        sets: &mut ChangeSets,
        explained: &mut [Explained],
    ) {
        let mut frames = Vec::new();
        self.push_frame(gains, (0, false), &mut frames);
        while let Some(number) = frames.len().checked_sub(1) {
            let frame = &mut frames[number];
            if let Some(change) = frame.pending.take() {
                self.row.flip([change]);
                (frame.has_fallen, frame.needs) = (true, None);
            }
            match self.lose_some(frame, u32::try_from(number).unwrap_or(NO_FRAME), changes) {
                Some(lost) => {
                    let from = (frame.at, frame.has_fallen);
                    self.push_frame(lost, from, &mut frames);
                }
                None => {
                    if let Some(frame) = frames.pop() {
                        self.close(&frame, number, changes, sets, explained);
                    }
                }
            }
        }
    }

    fn push_frame(&mut self, asked: Vec<u32>, (at, has_fallen): (usize, bool), frames: &mut Vec<Frame>) {
        if asked.is_empty() {
            return;
        }
        let number = u32::try_from(frames.len()).unwrap_or(NO_FRAME);
        asked.iter().for_each(|position| self.frame[*position as usize] = number);
        let (left, start) = (asked.len(), self.row.checkpoint());
        frames.push(Frame { asked, left, at, needs: None, has_fallen, start, pending: None });
    }

    /// Goes on until some gains are lost and others are not, and gives those that are; `None` where no change is left that can
    /// be taken back.
    fn lose_some(&mut self, frame: &mut Frame, number: u32, changes: &[ChangeId]) -> Option<Vec<u32>> {
        while frame.left > 0 {
            self.take_back_unneeded(frame, number, changes);
            let Some(change) = changes.get(frame.at).copied() else {
                // Where every change only opens, what could not be taken back once cannot be later.
                if !(self.plan.is_mixed && frame.has_fallen) {
                    return None;
                }
                (frame.at, frame.has_fallen) = (0, false);
                continue;
            };
            frame.at += 1;
            let checkpoint = self.row.checkpoint();
            self.row.flip([change]);
            let lost = self.lost_since(checkpoint, number);
            if lost.is_empty() {
                (frame.has_fallen, frame.needs) = (true, None);
                continue;
            }
            self.row.go_back(checkpoint);
            if lost.len() < frame.left {
                frame.left -= lost.len();
                frame.pending = Some(change);
                return Some(lost);
            }
        }
        None
    }

    /// Takes back what comes before the next change that a gain may need, all at once: the best paths stay, and so do the gains.
    fn take_back_unneeded(&mut self, frame: &mut Frame, number: u32, changes: &[ChangeId]) {
        let needs = match frame.needs.take() {
            Some(needs) => needs,
            None => self.needs(frame, number),
        };
        let left = &changes[frame.at..];
        let is_made = |change: &ChangeId| self.row.is_made(*change);
        let stop = left.iter().position(|change| needs[change.index()] && is_made(change));
        let unneeded: Vec<ChangeId> =
            left[..stop.unwrap_or(left.len())].iter().copied().filter(is_made).collect();
        if !unneeded.is_empty() {
            self.row.flip(unneeded);
            frame.has_fallen = true;
        }
        frame.at += stop.unwrap_or(left.len());
        frame.needs = Some(needs);
    }

    /// By change: whether the best paths of a frame's gains need it made.
    fn needs(&mut self, frame: &Frame, number: u32) -> Vec<bool> {
        if frame.left > MANY {
            return vec![true; self.plan.effects.len()];
        }
        let gains = frame.asked.iter().filter(|position| self.frame[**position as usize] == number);
        let ends: Vec<Vertex> = gains.map(|position| self.asked[*position as usize].vertex).collect();
        let conditions = self.row.conditions_on_ways(ends);
        let mut needs = vec![false; self.plan.authority.literals()];
        for condition in conditions {
            let literals = self.plan.graph.conditions.literals(condition).iter();
            literals.filter(|literal| literal.made).for_each(|literal| needs[literal.change.index()] = true);
        }
        // A switch stands for every change that a derived edge may depend on.
        let authority = self.row.authority();
        if needs.drain(self.plan.effects.len()..).any(|is_needed| is_needed) {
            let all = needs.iter_mut().enumerate();
            all.for_each(|(change, needs)| *needs |= authority.may_need(ChangeId::new(change)));
        }
        needs
    }

    /// All that is left in a frame comes from what is still made.
    fn close(
        &mut self,
        frame: &Frame,
        number: usize,
        changes: &[ChangeId],
        sets: &mut ChangeSets,
        explained: &mut [Explained],
    ) {
        let made = changes.iter().copied().filter(|change| self.row.is_made(*change));
        let set = sets.number(made.collect());
        for position in &frame.asked {
            if self.frame[*position as usize] as usize == number {
                let gain = self.asked[*position as usize].gain as usize;
                explained[gain] = Explained { set, is_necessary: false, is_sufficient: true };
                self.frame[*position as usize] = NO_FRAME;
            }
        }
        self.row.go_back(frame.start);
    }
}
