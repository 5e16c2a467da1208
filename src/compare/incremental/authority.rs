//! A topology between base and head → which derived edges it has, of those that some of them have and others do not.
//!
//! Rules only ever derive more from more. So of two topologies that derive the same, everything between them derives it too: what
//! was derived once is known for a whole span, and rows that follow their changes inside of one need not ask.
//!
//! A worked example (the test below). `key` opens `db`, `keeper` reads `key`, `helper` invokes the general tool `sql`. The head adds
//! e1, `keeper` writes `wiki`, and e2, `helper` reads `wiki`. Only with both does the key spread, and `helper` and `sql` have an edge
//! to `db` each: these two are contested, and hang on a switch each.
//!
//! ```text
//! e2 e1
//!  0  0   the base: none. Widened upwards: not with both, but with e1 it stays so. The span from 00 to 01 derives none
//!  1  1   the head: both. Widened downwards: neither 10 nor 01 derives them. A span of itself
//!  1  0   in neither span: derived when a row comes here, and known from then on
//! ```

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::compare::change::{Change, ChangeId, What};
use crate::compare::partial::Partials;
use crate::graph::{Edge, close_authority_within, most_derived};
use crate::model::{GuardId, NodeId, Returns, Spec, Verb};

/// A topology, a bit for each change: whether it is made; of an edge that goes, whether it is not, so that more bits never mean
/// fewer edges.
pub(super) type State = Vec<u64>;

/// What makes two derived edges one, but for what their authority costs.
type Key = (NodeId, Verb, NodeId, Vec<GuardId>, Returns, bool);

/// How many edges may be contested, each at each of its costs, and how many closures may be asked for. What takes more is left to
/// whole topologies.
const MOST_CONTESTED: usize = 1 << 12;
const MOST_CLOSURES: usize = 1 << 14;

/// How many spans are tried to be stretched before one is made anew.
const JOINS: usize = 4;

/// Topologies that derive the same: all that have the bits of the one and no others than those of the other.
#[derive(Debug)]
pub(super) struct Span {
    low: State,
    high: State,
    /// The contested edges that they have, in order.
    has: Vec<u32>,
}

impl Span {
    fn holds(&self, state: &State) -> bool {
        is_within(&self.low, state) && is_within(state, &self.high)
    }

    /// Whether a change of a topology inside may be set like this.
    fn allows(&self, change: usize, is_set: bool) -> bool {
        bit(if is_set { &self.high } else { &self.low }, change) == is_set
    }
}

pub(super) fn bit(state: &State, change: usize) -> bool {
    state[change / 64] >> (change % 64) & 1 == 1
}

pub(super) fn turn(state: &mut State, change: usize) {
    state[change / 64] ^= 1 << (change % 64);
}

/// All that topologies between base and head derive.
pub(in crate::compare) struct Authority<'h> {
    partials: &'h Partials<'h>,
    pub(super) changes: usize,
    /// The edges that every one of them derives.
    pub(super) settled: Vec<Edge>,
    /// Those that some derive, at each cost that they may have.
    pub(super) contested: Vec<Edge>,
    /// By contested edge: the first number of those that only differ in cost.
    edges: Vec<u32>,
    /// By edge and cost: its number among the contested, `None` where it is settled.
    numbers: HashMap<(Key, u32), Option<u32>>,
    /// By change: whether its bit says that it is not made.
    is_turned: Vec<bool>,
    /// Changes by which something is only ever there or not, and the bits of the others.
    ordered: Vec<usize>,
    unordered: State,
    points: RwLock<HashMap<State, Arc<Span>>>,
    spans: RwLock<Vec<Arc<Span>>>,
    closures: AtomicUsize,
    is_beyond: AtomicBool,
    /// The spans of the base and of the head, where anything is contested.
    pub(super) ends: Option<[Arc<Span>; 2]>,
}

impl<'h> Authority<'h> {
    /// Of all topologies between base and head, where no authority costs more than so many guards on top of its least; `None` where
    /// that is not known.
    pub(in crate::compare) fn between(
        partials: &'h Partials<'h>,
        changes: &[Change],
        span: u32,
    ) -> Option<Self> {
        let [least, largest] = partials.envelope()?.map(|spec| derived(&spec));
        let (least, largest) = (least?, largest?);
        let least: HashMap<Key, u32> = least.iter().map(|edge| (key(edge), edge.extra)).collect();
        let (mut settled, mut contested, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
        let mut edges = Vec::new();
        for edge in largest {
            let key = key(&edge);
            let most = least.get(&key).copied();
            if most == Some(edge.extra) {
                numbers.insert((key, edge.extra), None);
                settled.push(edge);
                continue;
            }
            let first = u32::try_from(contested.len()).ok()?;
            for extra in edge.extra..=most.unwrap_or(edge.extra.saturating_add(span)) {
                numbers.insert((key.clone(), extra), Some(u32::try_from(contested.len()).ok()?));
                edges.push(first);
                contested.push(Edge { extra, ..edge.clone() });
            }
            if contested.len() > MOST_CONTESTED {
                return None;
            }
        }
        let is_turned = changes.iter().map(|change| matches!(change.what, What::Edge { head: None, .. }));
        let is_ordered = |change: &Change| matches!(change.what, What::Edge { base, head } if base.is_none() || head.is_none());
        let ordered = changes.iter().enumerate().filter(|(_, change)| is_ordered(change));
        let ordered: Vec<usize> = ordered.map(|(position, _)| position).collect();
        let mut unordered = vec![u64::MAX; changes.len().div_ceil(64)];
        ordered.iter().for_each(|change| turn(&mut unordered, *change));
        let mut authority = Self {
            partials,
            changes: changes.len(),
            settled,
            contested,
            edges,
            numbers,
            is_turned: is_turned.collect(),
            ordered,
            unordered,
            points: RwLock::default(),
            spans: RwLock::default(),
            closures: AtomicUsize::new(0),
            is_beyond: AtomicBool::new(false),
            ends: None,
        };
        if !authority.contested.is_empty() {
            let end = |made: bool| authority.learn(&authority.end(made), !made, made);
            authority.ends = Some([end(false), end(true)]);
        }
        (!authority.is_beyond()).then_some(authority)
    }

    /// The pseudo-change by which a contested edge is there.
    pub(super) fn switch(&self, number: usize) -> ChangeId {
        ChangeId::new(self.changes + number)
    }

    /// How many changes and switches there are.
    pub(super) fn literals(&self) -> usize {
        self.changes + self.contested.len()
    }

    /// Whether something was met that is not listed, or too much was asked: then no answer counts.
    pub(super) fn is_beyond(&self) -> bool {
        self.is_beyond.load(Ordering::Relaxed)
    }

    /// Whether more closures were asked for than may be.
    pub(in crate::compare) fn has_run_out(&self) -> bool {
        self.closures.load(Ordering::Relaxed) > MOST_CLOSURES
    }

    /// The base, or the head.
    pub(super) fn end(&self, made: bool) -> State {
        let mut state = vec![0; self.changes.div_ceil(64)];
        let set = (0..self.changes).filter(|change| self.is_turned[*change] != made);
        set.for_each(|change| turn(&mut state, change));
        state
    }

    /// The contested edges that a topology has, in order.
    fn derive(&self, state: &State) -> Option<Vec<u32>> {
        if self.closures.fetch_add(1, Ordering::Relaxed) >= MOST_CLOSURES {
            self.is_beyond.store(true, Ordering::Relaxed);
        }
        if self.is_beyond() {
            return None;
        }
        let made = (0..self.changes).map(|change| bit(state, change) != self.is_turned[change]).collect();
        let mut has = Vec::new();
        let Some(derived) = derived(&self.partials.spec(&made)) else {
            self.is_beyond.store(true, Ordering::Relaxed);
            return None;
        };
        for edge in derived {
            match self.numbers.get(&(key(&edge), edge.extra)) {
                Some(number) => has.extend(*number),
                None => {
                    self.is_beyond.store(true, Ordering::Relaxed);
                    return None;
                }
            }
        }
        has.sort_unstable();
        Some(has)
    }

    /// A span that a topology lies in. One that is met on a way of many is widened, so that others lie in it too.
    fn span(&self, state: &State, widens: bool) -> Arc<Span> {
        let known = self.points.read().unwrap_or_else(PoisonError::into_inner).get(state).cloned();
        let known = known.or_else(|| {
            let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
            spans.iter().rev().find(|span| span.holds(state)).cloned()
        });
        known.unwrap_or_else(|| self.learn(state, widens, widens))
    }

    fn learn(&self, state: &State, upwards: bool, downwards: bool) -> Arc<Span> {
        let has = self.derive(state).unwrap_or_default();
        if let Some(wider) = self.joined(state, &has).filter(|_| upwards && downwards) {
            return wider;
        }
        let low = if downwards { self.widened(state, true, &has) } else { state.clone() };
        let high = if upwards { self.widened(state, false, &has) } else { state.clone() };
        let span = Arc::new(Span { low, high, has });
        if upwards || downwards {
            self.spans.write().unwrap_or_else(PoisonError::into_inner).push(span.clone());
        } else {
            let mut points = self.points.write().unwrap_or_else(PoisonError::into_inner);
            points.insert(state.clone(), span.clone());
        }
        span
    }

    /// A span of topologies that derive just this, stretched over one more: its ends are further apart, and derive the same.
    fn joined(&self, state: &State, has: &[u32]) -> Option<Arc<Span>> {
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        let alike = spans.iter().rev().filter(|span| span.has == has && self.has_order(&span.low, state));
        let alike: Vec<Arc<Span>> = alike.take(JOINS).cloned().collect();
        drop(spans);
        let joined = alike.into_iter().find_map(|span| {
            let low: State = span.low.iter().zip(state).map(|(one, other)| one & other).collect();
            let high: State = span.high.iter().zip(state).map(|(one, other)| one | other).collect();
            let is_same = |end: &State, was: &State| end == was || self.derives(end, has);
            (is_same(&low, &span.low) && is_same(&high, &span.high)).then(|| Span {
                low,
                high,
                has: has.to_vec(),
            })
        });
        let joined = Arc::new(joined?);
        self.spans.write().unwrap_or_else(PoisonError::into_inner).push(joined.clone());
        Some(joined)
    }

    /// Whether two topologies only differ in what is there or not.
    fn has_order(&self, one: &State, other: &State) -> bool {
        let bits = one.iter().zip(other).zip(&self.unordered);
        bits.into_iter().all(|((one, other), unordered)| (one ^ other) & unordered == 0)
    }

    /// A topology with as many bits turned as can be, all that are set or all that are not, without another edge: by halves.
    fn widened(&self, state: &State, from: bool, has: &[u32]) -> State {
        let turnable: Vec<usize> =
            self.ordered.iter().copied().filter(|change| bit(state, *change) == from).collect();
        let mut wide = state.clone();
        self.widen(&mut wide, &turnable, has, false);
        wide
    }

    /// Turns all of some bits, or else what can be of either half; says whether it was all.
    fn widen(&self, wide: &mut State, part: &[usize], has: &[u32], is_too_much: bool) -> bool {
        if !is_too_much {
            let mut tried = wide.clone();
            part.iter().for_each(|change| turn(&mut tried, *change));
            if part.is_empty() || self.derives(&tried, has) {
                *wide = tried;
                return true;
            }
        }
        if part.len() > 1 && !self.is_beyond() {
            let (one, other) = part.split_at(part.len() / 2);
            // Both together were too much: after all of the one, all of the other is.
            let is_all = self.widen(wide, one, has, false);
            self.widen(wide, other, has, is_all);
        }
        false
    }

    /// Whether a topology derives just this. What lies below one that derives less, or above one that derives more, does not.
    fn derives(&self, state: &State, has: &[u32]) -> bool {
        let spans = self.spans.read().unwrap_or_else(PoisonError::into_inner);
        for span in spans.iter().filter(|span| self.has_order(&span.low, state)) {
            let (is_below, is_above) = (is_within(state, &span.high), is_within(&span.low, state));
            if is_below && is_above {
                return span.has == has;
            }
            if is_below && !self.covers(&span.has, has) || is_above && !self.covers(has, &span.has) {
                return false;
            }
        }
        drop(spans);
        self.derive(state).is_some_and(|derived| derived == has)
    }

    /// Whether there is each of some contested edges among others, at its cost or for less.
    fn covers(&self, all: &[u32], some: &[u32]) -> bool {
        let edge = |number: u32| self.edges[number as usize];
        some.iter().all(|number| {
            let until = all.partition_point(|other| other <= number);
            all[..until].last().is_some_and(|cheaper| edge(*cheaper) == edge(*number))
        })
    }
}

/// Whether one topology has no bit that another does not have.
fn is_within(one: &State, other: &State) -> bool {
    one.iter().zip(other).all(|(one, other)| one & !other == 0)
}

/// What a spec derives; `None` where that is more than any may.
fn derived(spec: &Spec) -> Option<Vec<Edge>> {
    Some(close_authority_within(spec, most_derived(spec)).ok()?.split_off(spec.edges.len()))
}

fn key(edge: &Edge) -> Key {
    let Edge { from, verb, to, guards, returns, origin, .. } = edge.clone();
    (from, verb, to, guards, returns, origin.is_outsider())
}

/// The contested edges of a topology that changes are made in and taken back.
pub(super) struct EdgeTracker<'a> {
    authority: &'a Authority<'a>,
    state: State,
    start: Option<Arc<Span>>,
    /// The spans that were entered since, each with how many steps there were before.
    entered: Vec<(usize, Arc<Span>)>,
    /// Whether spans are widened.
    pub(super) widens: bool,
}

impl<'a> EdgeTracker<'a> {
    pub(super) fn new(authority: &'a Authority<'a>) -> Self {
        Self { authority, state: State::new(), start: None, entered: Vec::new(), widens: false }
    }

    /// Begins with the base or the head; gives the switches that are not set as the changes are.
    pub(super) fn start(&mut self, made: bool) -> Vec<ChangeId> {
        self.state = self.authority.end(made);
        self.entered.clear();
        self.start = self.authority.ends.as_ref().map(|ends| ends[usize::from(made)].clone());
        let Some(span) = &self.start else { return Vec::new() };
        let all = 0..self.authority.contested.len();
        let has =
            |number: usize| u32::try_from(number).is_ok_and(|number| span.has.binary_search(&number).is_ok());
        all.filter(|number| has(*number) != made).map(|number| self.authority.switch(number)).collect()
    }

    /// Notes that a change was made or taken back.
    pub(super) fn turn(&mut self, change: ChangeId) {
        if self.start.is_some() && change.index() < self.authority.changes {
            turn(&mut self.state, change.index());
        }
    }

    /// The switches to turn after some changes, before which there were so many steps.
    pub(super) fn follow(&mut self, steps: usize, changes: &[ChangeId]) -> Vec<ChangeId> {
        let current = self.entered.last().map(|(_, span)| span).or(self.start.as_ref());
        let Some(current) = current else { return Vec::new() };
        let is_inside = |change: &ChangeId| current.allows(change.index(), bit(&self.state, change.index()));
        if changes.iter().all(is_inside) {
            return Vec::new();
        }
        let next = self.authority.span(&self.state, self.widens);
        let in_one = |one: &Span, other: &Span| {
            let only = one.has.iter().filter(|number| other.has.binary_search(number).is_err());
            only.map(|number| self.authority.switch(*number as usize)).collect::<Vec<_>>()
        };
        let turned = [in_one(current, &next), in_one(&next, current)].concat();
        self.entered.push((steps, next));
        turned
    }

    /// Goes back to where there were so many steps, once the changes since are turned back.
    pub(super) fn go_back(&mut self, steps: usize) {
        let stay = self.entered.partition_point(|(before, _)| *before < steps);
        self.entered.truncate(stay);
    }

    /// Whether a change is a switch.
    pub(super) fn is_switch(&self, change: ChangeId) -> bool {
        change.index() >= self.authority.changes
    }

    /// Whether contested edges may depend on a change as it is now.
    pub(super) fn may_need(&self, change: ChangeId) -> bool {
        let current = self.entered.last().map(|(_, span)| span).or(self.start.as_ref());
        current.is_some_and(|span| !span.allows(change.index(), !bit(&self.state, change.index())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::change::{ChangeIndex, changes};
    use crate::compare::joint::Joint;

    #[test]
    fn a_span_is_as_wide_as_the_same_is_derived() {
        let spec = |keeper: &str, helper: &str| {
            let text = format!(
                "version: 1
credentials: {{key: {{opens: [db]}}}}
agents:
  keeper: {{read: [key]{keeper}}}
  helper: {{invoke: [sql]{helper}}}
stores: {{wiki: {{}}}}
tools: {{sql: {{general: true}}, db: {{}}}}
"
            );
            Spec::from_text("spans.yaml", &text).expect("a valid spec")
        };
        let (base, head) = (spec("", ""), spec(", write: [wiki]", ", read: [wiki]"));
        let joint = Joint::of(&base, &head).expect("no renames");
        let changes = changes(&joint);
        let index = ChangeIndex::of(&joint, &changes);
        let partials = Partials::new(&joint, &changes, &index);
        let authority = Authority::between(&partials, &changes, 6).expect("little is derived");
        let actors: Vec<&str> = authority.contested.iter().map(|edge| joint.name(edge.from)).collect();
        assert_eq!(actors[0], "helper", "at each cost that it may have: {actors:?}");
        assert!(
            actors.contains(&"sql") && authority.settled.iter().all(|edge| joint.name(edge.from) != "helper")
        );
        let [base, head] = authority.ends.as_ref().expect("something is contested");
        assert_eq!((&base.low[..], &base.high[..], base.has.len()), (&[0b00][..], &[0b01][..], 0));
        assert_eq!((&head.low[..], &head.high[..], head.has.len()), (&[0b11][..], &[0b11][..], 2));
        let between = authority.span(&vec![0b10], false);
        assert_eq!((&between.low[..], &between.high[..], between.has.len()), (&[0b10][..], &[0b10][..], 0));
        assert!(!authority.is_beyond());
    }
}
