//! `diff -f json`: two topologies compared and judged, exact and whole; streamed, one change, finding, step or pair a line.

mod changes;
mod findings;
mod pairs;
mod reach;
mod steps;

use std::io::{self, Write};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::parts::what_if;
use super::topology::{list, text};
use crate::compare::{Comparison, Delta, Side};
use crate::findings::{Gate, Review};
use crate::model::{Level, Place};
use crate::report::pages::diff::Context;
use changes::{CauseJson, ChangeJson};
use findings::{FindingJson, LoopJson};
use pairs::PairJson;
use reach::{PairCountsJson, ReachJson};
use steps::{StepJson, Steps};

/// The schema's name and version.
const SCHEMA: &str = "crabwalk/diff/1";

/// What a change between two topologies opens and closes, why, and what was found.
#[derive(Serialize, JsonSchema)]
pub(super) struct DiffJson<'a> {
    /// `crabwalk/diff/1`.
    schema: &'static str,
    base: SideJson<'a>,
    head: SideJson<'a>,
    summary: SummaryJson,
    /// Every atomic change, in declared order: one edge, one attribute, one guard, or one node with its edges.
    changes: Vec<ChangeJson<'a>>,
    /// Why anything is gained.
    causes: Vec<CauseJson>,
    /// Loops that the base does not have.
    loops: Vec<LoopJson<'a>>,
    /// Gravest first, then by rule; those that are accepted are among them.
    findings: Vec<FindingJson<'a>>,
    /// Nodes that reach another number of nodes, or gain something, in node order.
    reach: Vec<ReachJson<'a>>,
    /// Every hop that the path of a pair takes, once: of the base, then of the head, in the order of their edges.
    steps: Vec<StepJson<'a>>,
    /// Every ordered pair with anything different, in node order: the nodes of the head first, then those that are gone.
    pairs: Vec<PairJson<'a>>,
}

/// One of the two topologies.
#[derive(Serialize, JsonSchema)]
struct SideJson<'a> {
    /// What it is called.
    name: &'a str,
    /// Short hash of the commit that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a str>,
    /// Whether there is a spec; without one the topology is empty.
    is_there: bool,
    /// The changes that were made to try them, in words; left out for a side as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
}

/// The review in figures.
#[derive(Serialize, JsonSchema)]
struct SummaryJson {
    /// Findings at this level that count.
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Findings that are accepted.
    accepted: usize,
    /// The level at which the gate fails; absent where it never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    fail_on: Option<&'static str>,
    /// Whether it fails.
    fails: bool,
    /// Pairs by question: both planes, then the verbs that can be had done.
    pairs: Vec<PairCountsJson>,
}

/// Writes a review; of the pairs no more than a few rows are held at a time.
///
/// # Errors
/// If the writer fails.
pub fn write_diff_json(review: &Review, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let comparison = &review.comparison;
    let (base, head) = (side(comparison, context, Side::Base), side(comparison, context, Side::Head));
    write!(out, "{{\n\"schema\": {},\n\"base\": {},\n\"head\": {}", text(&SCHEMA), text(&base), text(&head))?;
    write!(out, ",\n\"summary\": {}", text(&summary(review, context)))?;
    let changes = comparison.changes().iter();
    list("changes", changes.map(|change| text(&changes::change(comparison, change))), out)?;
    list("causes", comparison.causes().iter().map(|cause| text(&changes::cause(cause))), out)?;
    let loops = comparison.loops().iter();
    list("loops", loops.map(|new| text(&findings::new_loop(comparison, new))), out)?;
    let findings = review.findings.iter();
    list("findings", findings.map(|finding| text(&findings::finding(review, finding))), out)?;
    list("reach", reach::rows(comparison).iter().map(text), out)?;
    let steps = Steps::of(comparison);
    list("steps", steps.list().map(|step| text(&step)), out)?;
    write_pairs(comparison, &steps, out)?;
    out.write_all(b"\n}\n")
}

/// Rows are formatted in parallel, a few at a time, and written in order.
fn write_pairs(comparison: &Comparison, steps: &Steps<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b",\n\"pairs\": [")?;
    let rows: Vec<&[Delta]> = comparison.deltas().chunk_by(|one, other| one.from == other.from).collect();
    let mut is_first = true;
    for some in rows.chunks(rayon::current_num_threads().max(1)) {
        let format = |deltas: &&[Delta]| {
            let lines = pairs::row(comparison, steps, deltas).map(|pair| format!(",\n{}", text(&pair)));
            lines.collect::<String>()
        };
        let formatted: Vec<String> = some.par_iter().map(format).collect();
        for row in formatted {
            // Every line begins with the comma behind the one before it; of the very first it is left out.
            let row = if std::mem::take(&mut is_first) { &row[1..] } else { &row[..] };
            out.write_all(row.as_bytes())?;
        }
    }
    out.write_all(b"]")
}

fn side<'a>(comparison: &'a Comparison, context: &'a Context, side: Side) -> SideJson<'a> {
    let (name, commit) = match side {
        Side::Base => (&context.base, &context.base_commit),
        Side::Head => (&context.head, &context.head_commit),
    };
    let what_if = what_if(comparison.joint().spec(side));
    SideJson { name, commit: commit.as_deref(), is_there: has_files(comparison, side), what_if }
}

/// Whether anything was read for a side.
fn has_files(comparison: &Comparison, side: Side) -> bool {
    let joint = comparison.joint();
    let files = u32::try_from(joint.spec(side).files.len()).unwrap_or(u32::MAX);
    (0..files).any(|file| joint.side_of(Place { file, start: 0, len: 0 }) == side)
}

fn summary(review: &Review, context: &Context) -> SummaryJson {
    SummaryJson {
        errors: review.count(Level::Error),
        warnings: review.count(Level::Warning),
        notes: review.count(Level::Note),
        accepted: review.accepted().count(),
        fail_on: context.fail_on.map(Level::as_str),
        fails: Gate(context.fail_on).fails(&review.findings),
        pairs: reach::pair_counts(&review.comparison),
    }
}
