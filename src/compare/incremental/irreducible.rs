//! Gains of one attacker that no change is necessary for → an irreducible set for each, by taking changes back in declared order.

use super::attacker::{Attacker, NO_FRAME};
use super::conditional_arcs::Vertex;
use super::costs::Moment;
use crate::compare::cause_sets::{Sets, Verdict};
use crate::compare::change::ChangeId;

/// Some gains that hold in the topology where the frame begins, and how far changes were taken back for them.
struct Frame {
    asked: Vec<u32>,
    /// How many of them were not handed on.
    left: usize,
    /// The next change to take back.
    at: usize,
    /// By change: whether best paths of its gains may need it. Nothing where that was not looked at since it may have turned.
    needs: Option<Vec<bool>>,
    /// Whether any was taken back since the first one was looked at.
    has_fallen: bool,
    start: Moment,
    /// A change to take back once those that need it are explained.
    pending: Option<ChangeId>,
}

/// The best paths of more gains than that are not followed: all together they use most of what there is to use.
const MANY: usize = 256;

impl Attacker<'_, '_> {
    /// Takes changes back in declared order for all that no change is necessary for.
    pub(crate) fn irreducible(&mut self, sets: &mut Sets, verdicts: &mut [Verdict]) {
        let open = (0_u32..).zip(&self.frame).filter(|(_, frame)| **frame != NO_FRAME);
        let open: Vec<u32> = open.map(|(position, _)| position).collect();
        if open.is_empty() {
            return;
        }
        open.iter().for_each(|position| self.frame[*position as usize] = NO_FRAME);
        let moment = self.row.now();
        self.row.flip(self.plan.closing.iter().copied());
        let (held, lost): (Vec<u32>, Vec<u32>) = open.into_iter().partition(|position| self.holds(*position));
        self.take_back(held, &self.plan.opening, sets, verdicts);
        self.row.go_back(moment);
        // Without those that only close a gain may be lost to a change that does both: then they stay.
        self.take_back(lost, &self.plan.moving, sets, verdicts);
    }

    /// Takes back one of some changes after the other, again and again until none can be taken back: gains that are lost by one
    /// go on with it made, the others without it.
    fn take_back(
        &mut self,
        gains: Vec<u32>,
        changes: &[ChangeId],
        sets: &mut Sets,
        verdicts: &mut [Verdict],
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
                        self.close(&frame, number, changes, sets, verdicts);
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
        let (left, start) = (asked.len(), self.row.now());
        frames.push(Frame { asked, left, at, needs: None, has_fallen, start, pending: None });
    }

    /// Goes on until some gains are lost and others are not, and gives those that are; nothing where no change is left that can
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
            let moment = self.row.now();
            self.row.flip([change]);
            let lost = self.lost_since(moment, number);
            if lost.is_empty() {
                (frame.has_fallen, frame.needs) = (true, None);
                continue;
            }
            self.row.go_back(moment);
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
            let literals = self.plan.ground.conditions.literals(condition).iter();
            literals.filter(|literal| literal.made).for_each(|literal| needs[literal.change.index()] = true);
        }
        // A switch stands for all that what is derived may depend on.
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
        sets: &mut Sets,
        verdicts: &mut [Verdict],
    ) {
        let made = changes.iter().copied().filter(|change| self.row.is_made(*change));
        let set = sets.number(made.collect());
        for position in &frame.asked {
            if self.frame[*position as usize] as usize == number {
                let gain = self.asked[*position as usize].gain as usize;
                verdicts[gain] = Verdict { set, is_necessary: false, is_sufficient: true };
                self.frame[*position as usize] = NO_FRAME;
            }
        }
        self.row.go_back(frame.start);
    }
}
