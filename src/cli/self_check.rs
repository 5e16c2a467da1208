//! `crabwalk self-check`: does the engine say what a second, naive reading of the semantics says?

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::progress::Bar;
use crate::report;
use crate::verification::{DEFAULT_ROWS, Sample, SelfCheck};

/// Check the engine itself: recompute rows with a naive reference and compare
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk self-check crabwalk.yaml --all")]
pub(super) struct SelfCheckArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Recompute every row
    #[arg(long, conflicts_with_all = ["rows", "seed"])]
    all: bool,
    /// Recompute about this many: the widest, one of each sort of node, and others drawn by the seed
    #[arg(long, value_name = "N", default_value_t = DEFAULT_ROWS)]
    rows: usize,
    /// Draw the sample with this number: another number, other rows
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<SelfCheckFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SelfCheckFormat {
    Text,
    Json,
}

impl Format for SelfCheckFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &SelfCheckArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    memory_limit::require(global, report::memory_bounds::self_check(&graph), "this self-check", None)?;
    let sample = if args.all { Sample::all(&graph) } else { Sample::draw(&graph, args.rows, args.seed) };
    let bar = Bar::start(global, "comparing with the reference");
    let check = SelfCheck::run(&graph, sample);
    drop(bar);
    match format {
        SelfCheckFormat::Text => args.output.text(&report::self_check_text(&check), global)?,
        SelfCheckFormat::Json => args.output.json(&report::wire::self_check_json(&check))?,
    }
    verdict(&check)
}

/// A difference has been said by now; the exit code says it to programs.
fn verdict(check: &SelfCheck<'_>) -> Result<(), CliError> {
    if check.is_equal() { Ok(()) } else { Err(CliError::Found) }
}

#[cfg(test)]
mod tests {
    use std::process::ExitCode;

    use super::*;
    use crate::graph::CapabilityGraph;
    use crate::model::Spec;

    #[test]
    fn a_difference_is_exit_code_1() {
        let spec = Spec::from_text("one.yaml", "version: 1\nagents: {a: }\n").unwrap();
        let graph = CapabilityGraph::build(spec);
        let mut check = SelfCheck::run(&graph, Sample::all(&graph));
        assert!(verdict(&check).is_ok());
        check.differences.count = 1;
        assert_eq!(verdict(&check).unwrap_err().exit_code(), ExitCode::from(1));
    }
}
