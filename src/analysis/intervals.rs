//! The closure of a condensation as sorted runs of component numbers.
//!
//! Components are numbered in the order in which a depth-first walk leaves them, so what one reaches mostly lies in a few runs
//! of consecutive numbers: Nuutila, "Efficient transitive closure computation in large digraphs" (1995). On fleets this is a
//! hundredth of the size of bitsets. On deep acyclic graphs runs are many, and then the building is given up for bitsets.

use super::condensation::Condensation;

/// A run of component numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) low: u32,
    pub(super) high: u32,
}

/// By component: what it reaches, itself included, as disjoint runs that do not touch, in rising order.
#[derive(Debug, Clone)]
pub(super) struct Intervals {
    /// Where each component's runs start; length: components + 1.
    starts: Vec<u32>,
    runs: Vec<Run>,
}

/// When to give up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Bytes that the runs may take.
    pub(super) bytes: usize,
    /// Runs that may be merged for each arc of the condensation.
    pub(super) runs_an_arc: usize,
}

impl Budget {
    /// Never.
    pub(super) const NONE: Self = Self { bytes: usize::MAX, runs_an_arc: usize::MAX };

    /// As soon as bitsets would take less memory or less time. They take half a row for each arc, word by word; a run takes as
    /// long as some sixteen words.
    pub(super) fn of_bitsets(components: usize, bytes: usize) -> Self {
        Self { bytes: bytes.max(SMALL), runs_an_arc: components / (2 * 64 * 16) }
    }
}

/// Runs are not given up for bitsets below this many bytes, nor below this many merged runs.
const SMALL: usize = 1 << 16;

impl Intervals {
    /// Builds the runs of all components; `None` if that goes over the budget.
    pub(super) fn build(graph: &Condensation, budget: Budget) -> Option<Self> {
        let most = (budget.bytes / size_of::<Run>()).min(u32::MAX as usize);
        let mut built = Self { starts: Vec::with_capacity(graph.len() + 1), runs: Vec::new() };
        let mut merged = Scratch::default();
        let (mut arcs, mut work) = (0_usize, 0_usize);
        built.starts.push(0);
        for component in 0..graph.len() {
            let successors = graph.successors(component);
            arcs += successors.len();
            let first = built.runs.len();
            match successors {
                [] => {}
                [only] => built.runs.extend_from_within(built.range(*only as usize)),
                several => {
                    merged.union(&built, several, most);
                    built.runs.extend_from_slice(&merged.runs);
                }
            }
            built.close_with(first, component);
            work += (built.runs.len() - first) * successors.len();
            if built.runs.len() > most || work > arcs.saturating_mul(budget.runs_an_arc).saturating_add(SMALL)
            {
                return None;
            }
            built.starts.push(u32::try_from(built.runs.len()).ok()?);
        }
        Some(built)
    }

    /// Adds the component itself, whose number is larger than all that it reaches.
    fn close_with(&mut self, first: usize, component: usize) {
        let Ok(number) = u32::try_from(component) else { return };
        match self.runs[first..].last_mut() {
            Some(last) if last.high + 1 == number => last.high = number,
            _ => self.runs.push(Run { low: number, high: number }),
        }
    }

    fn range(&self, component: usize) -> std::ops::Range<usize> {
        self.starts[component] as usize..self.starts[component + 1] as usize
    }

    /// What a component reaches.
    pub(super) fn of(&self, component: usize) -> &[Run] {
        &self.runs[self.range(component)]
    }

    /// Whether a component reaches another.
    pub(super) fn contains(&self, component: usize, other: usize) -> bool {
        covers(self.of(component), other)
    }

    /// Bytes that the runs take.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&self.runs[..]) + size_of_val(&self.starts[..])
    }
}

fn covers(runs: &[Run], number: usize) -> bool {
    let after = runs.partition_point(|run| run.low as usize <= number);
    after > 0 && runs[after - 1].high as usize >= number
}

/// From how many successors on all their runs are sorted together instead of merged list by list.
const MANY: usize = 8;

/// Buffers for unions, kept from one to the next.
#[derive(Debug, Default)]
struct Scratch {
    runs: Vec<Run>,
    other: Vec<Run>,
}

impl Scratch {
    /// The union of what some components reach; they come with the largest number first. Stops early, with a union that is too
    /// long, where the lists together pass a multiple of `most`.
    fn union(&mut self, built: &Intervals, several: &[u32], most: usize) {
        self.runs.clear();
        if several.len() > MANY {
            self.union_of_many(built, several, most);
            return;
        }
        for &component in several {
            // What is covered already is covered with all that it reaches.
            if !covers(&self.runs, component as usize) {
                self.merge(built.of(component as usize));
            }
        }
    }

    fn union_of_many(&mut self, built: &Intervals, several: &[u32], most: usize) {
        self.other.clear();
        for &component in several {
            self.other.extend_from_slice(built.of(component as usize));
            if self.other.len() > most.saturating_mul(4).saturating_add(1 << 20) {
                self.compact();
                if self.other.len() > most {
                    break;
                }
            }
        }
        self.compact();
        self.runs.extend_from_slice(&self.other);
    }

    /// Sorts and joins the runs in `other`.
    fn compact(&mut self) {
        self.other.sort_unstable();
        let mut kept = 0;
        for at in 1..self.other.len() {
            let run = self.other[at];
            if run.low <= self.other[kept].high.saturating_add(1) {
                self.other[kept].high = self.other[kept].high.max(run.high);
            } else {
                kept += 1;
                self.other[kept] = run;
            }
        }
        self.other.truncate(kept + 1);
    }

    /// Merges one more sorted list into the union.
    fn merge(&mut self, list: &[Run]) {
        if self.runs.is_empty() {
            self.runs.extend_from_slice(list);
            return;
        }
        self.other.clear();
        let (mut ours, mut theirs) = (self.runs.iter().peekable(), list.iter().peekable());
        loop {
            let next = match (ours.peek(), theirs.peek()) {
                (Some(one), Some(other)) if one.low <= other.low => ours.next(),
                (_, Some(_)) => theirs.next(),
                (Some(_), None) => ours.next(),
                (None, None) => break,
            };
            let Some(run) = next else { break };
            match self.other.last_mut() {
                Some(last) if run.low <= last.high.saturating_add(1) => last.high = last.high.max(run.high),
                _ => self.other.push(*run),
            }
        }
        std::mem::swap(&mut self.runs, &mut self.other);
    }
}
