//! `crabwalk check`: is the spec right?

use clap::{Args, ValueEnum};

use super::args::{Format, GlobalArgs, SpecArgs, format, graph};
use super::destination::OutputArgs;
use super::error::CliError;
use crate::report;

/// Check a spec: all mistakes of all files, or what it holds
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk check crabwalk.yaml")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<CheckFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
}

impl Format for CheckFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &CheckArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let checked = graph(&args.spec.spec, &args.spec.what_if, global);
    match (format, checked) {
        (CheckFormat::Text, checked) => args.output.text(&report::check_text(&*checked?), global),
        (CheckFormat::Json, Ok(graph)) => args.output.json(&report::json::check_json(&graph)),
        (CheckFormat::Json, Err(CliError::Spec(diagnostics))) => {
            args.output.json(&report::diagnostics::to_json(&diagnostics))?;
            Err(CliError::Answered)
        }
        (CheckFormat::Json, Err(other)) => Err(other),
    }
}
