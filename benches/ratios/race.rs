//! Contestants that run in turn in one process; the best time of each counts, and all have to give the same answer.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::memory::processor_time;

/// How long something took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time {
    /// By the clock.
    pub(crate) wall: Duration,
    /// Of all threads and children together: what a busy machine hardly changes.
    processor: Duration,
}

impl Time {
    const NEVER: Self = Self { wall: Duration::MAX, processor: Duration::MAX };

    fn best(self, other: Self) -> Self {
        Self { wall: self.wall.min(other.wall), processor: self.processor.min(other.processor) }
    }
}

/// One run: how long it took, and what came out, as one number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    time: Time,
    answer: Option<u64>,
}

/// Times some work. What it gives is checked and dropped after the clock has stopped.
pub(crate) fn timed<T>(work: impl FnOnce() -> T, answer: impl FnOnce(&T) -> u64) -> Run {
    let (start, before) = (Instant::now(), processor_time());
    let result = black_box(work());
    let wall = start.elapsed();
    let time = Time { wall, processor: processor_time().saturating_sub(before) };
    Run { time, answer: Some(answer(&result)) }
}

/// Times some work that has nothing to compare.
pub(crate) fn timed_alone<T>(work: impl FnOnce() -> T) -> Run {
    Run { answer: None, ..timed(work, |_| 0) }
}

type Contestant<'a> = Box<dyn FnMut() -> Run + 'a>;

/// How often and how long contestants run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) rounds: u32,
    /// Who has run for this long does not run again.
    pub(crate) enough: Duration,
}

impl Effort {
    pub(crate) const USUAL: Self = Self { rounds: 15, enough: Duration::from_secs(6) };
    pub(crate) const QUICK: Self = Self { rounds: 3, enough: Duration::from_secs(2) };
}

/// Runs all in turn and gives the best time of each.
///
/// # Panics
/// If two of them give different answers: a ratio between different answers means nothing.
pub(crate) fn race<const N: usize>(effort: Effort, mut contestants: [Contestant<'_>; N]) -> [Time; N] {
    let (mut best, mut spent) = ([Time::NEVER; N], [Duration::ZERO; N]);
    let mut answers = [None; N];
    for _ in 0..effort.rounds {
        for (at, contestant) in contestants.iter_mut().enumerate() {
            if spent[at] < effort.enough {
                let run = contestant();
                best[at] = best[at].best(run.time);
                spent[at] += run.time.wall;
                answers[at] = run.answer;
            }
        }
    }
    let mut given = answers.into_iter().flatten();
    if let Some(first) = given.next() {
        assert!(given.all(|answer| answer == first), "all give the same answer: {answers:?}");
    }
    best
}

/// A time for people.
pub(crate) fn human(time: Time) -> String {
    match time.wall.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.2} s"),
        seconds if seconds >= 1e-3 => format!("{:.2} ms", seconds * 1e3),
        seconds => format!("{:.0} µs", seconds * 1e6),
    }
}

/// How many times longer one takes than another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratio {
    /// By the clock: what bars are about.
    pub(crate) wall: f64,
    /// By processor time, where the system tells.
    pub(crate) processor: Option<f64>,
}

pub(crate) fn ratio(longer: Time, shorter: Time) -> Ratio {
    let quotient = |longer: Duration, shorter: Duration| longer.as_secs_f64() / shorter.as_secs_f64();
    let told = !longer.processor.is_zero() && !shorter.processor.is_zero();
    Ratio {
        wall: quotient(longer.wall, shorter.wall),
        processor: told.then(|| quotient(longer.processor, shorter.processor)),
    }
}
