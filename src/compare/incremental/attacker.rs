//! What one attacker gains in one plane → which changes each gain comes from, by following one row of costs through the topologies
//! that have to be tried.

use super::Plan;
use super::conditional_arcs::{ConditionalArcs, NO_ARC, Vertex};
use super::costs::{IncrementalCosts, Moment, NO_WAY};
use crate::compare::cause_sets::{Sets, Verdict};
use crate::compare::change::ChangeId;

/// A gain: it holds where the vertex costs less than the bound.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) vertex: Vertex,
    pub(crate) bound: u64,
    /// Its position among the attacker's gains.
    pub(crate) gain: u32,
}

/// A row with what is asked of it.
pub(crate) struct Attacker<'p, 't> {
    pub(crate) plan: &'p Plan<'p>,
    pub(crate) row: IncrementalCosts<'t>,
    pub(crate) asked: Vec<Asked>,
    /// By vertex: the first that is asked of it.
    first: Vec<u32>,
    /// By asked: the frame that it is in.
    pub(crate) frame: Vec<u32>,
}

/// It is explained, or not to be.
pub(crate) const NO_FRAME: u32 = u32::MAX;

impl<'p, 't> Attacker<'p, 't> {
    pub(crate) fn new(plan: &'p Plan<'p>, arcs: &'t ConditionalArcs, row: IncrementalCosts<'t>) -> Self {
        let first = vec![NO_ARC; arcs.vertices()];
        Self { plan, row, asked: Vec::new(), first, frame: Vec::new() }
    }

    /// Explains what is asked of a start; verdicts go where the gains stand.
    pub(crate) fn explain(
        &mut self,
        start: Vertex,
        asked: Vec<Asked>,
        sets: &mut Sets,
        verdicts: &mut [Verdict],
    ) {
        if asked.is_empty() {
            return;
        }
        self.ask(asked);
        self.row.start(start, true);
        let needed = self.necessary(sets, verdicts);
        self.row.authority().widens = true;
        self.irreducible(sets, verdicts);
        self.row.authority().widens = false;
        if !needed.is_empty() {
            self.row.start(start, false);
            self.sufficient(needed, sets, verdicts);
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

    pub(crate) fn holds(&self, position: u32) -> bool {
        let asked = &self.asked[position as usize];
        self.row.best(asked.vertex) < asked.bound
    }

    /// Of those in a frame, the ones that are lost since a moment, each once.
    pub(crate) fn lost_since(&self, moment: Moment, frame: u32) -> Vec<u32> {
        let moved = self.row.moved_since(moment).flat_map(|vertex| self.of_vertex(vertex));
        let mut lost: Vec<u32> =
            moved.filter(|at| self.frame[*at as usize] == frame && !self.holds(*at)).collect();
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// Takes back each change of the head that a best path uses, and notes the gains that are lost by it. Those that none is
    /// necessary for stay in a frame. Gives the positions of the others by their set.
    fn necessary(&mut self, sets: &mut Sets, verdicts: &mut [Verdict]) -> Vec<(u32, u32)> {
        let mut needs: Vec<(u32, ChangeId)> = Vec::new();
        for change in self.changes_in_use() {
            let moment = self.row.now();
            self.row.flip([change]);
            needs.extend(self.lost_since(moment, 0).into_iter().map(|position| (position, change)));
            self.row.go_back(moment);
        }
        // By gain, and for each in declared order.
        needs.sort_unstable();
        let mut needed = Vec::new();
        for needs in needs.chunk_by(|one, other| one.0 == other.0) {
            let position = needs[0].0;
            let set = sets.number(needs.iter().map(|(_, change)| *change).collect());
            let gain = self.asked[position as usize].gain as usize;
            verdicts[gain] = Verdict { set, is_necessary: true, is_sufficient: false };
            self.frame[position as usize] = NO_FRAME;
            needed.push((set, position));
        }
        needed.sort_unstable();
        needed
    }

    /// The changes that can open something and that some best path cannot be without, in declared order.
    fn changes_in_use(&mut self) -> Vec<ChangeId> {
        let mut is_seen = vec![false; self.plan.ground.conditions.len()];
        let mut changes = Vec::new();
        for condition in self.row.conditions_in_use() {
            if !std::mem::replace(&mut is_seen[condition as usize], true) {
                let literals = self.plan.ground.conditions.literals(condition).iter();
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
    fn sufficient(&mut self, needed: Vec<(u32, u32)>, sets: &Sets, verdicts: &mut [Verdict]) {
        for needed in needed.chunk_by(|one, other| one.0 == other.0) {
            let moment = self.row.now();
            self.row.flip(sets.list[needed[0].0 as usize].iter().copied());
            for (_, position) in needed {
                let gain = self.asked[*position as usize].gain as usize;
                verdicts[gain].is_sufficient = self.holds(*position);
            }
            self.row.go_back(moment);
        }
    }
}

/// The bound of a cost that was none.
pub(crate) const UNBOUNDED: u64 = NO_WAY;
