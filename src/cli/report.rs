//! `crabwalk report`: the threat model of a topology, on one page.

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::args::{FailOn, Format, GlobalArgs, SpecArgs, format, graph, today};
use super::destination::OutputArgs;
use super::error::CliError;
use super::progress::Bar;
use crate::report;
use crate::threat::{Assessment, ThreatModel};

/// The threat model of a topology on one page: summary, matrix, findings, surfaces, worst nodes, accepted risks, method
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk report crabwalk.yaml -o threat-model.md")]
pub(super) struct ReportArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<ReportFormat>,
    #[command(flatten)]
    output: OutputArgs,
    /// The mildest level at which the exit code is 1
    #[arg(long, value_name = "LEVEL", default_value = "never")]
    fail_on: FailOn,
    /// The day by which acceptances expire [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// A document
    Markdown,
    /// The output contract crabwalk/report/1
    Json,
}

impl Format for ReportFormat {
    const DEFAULT: Self = Self::Markdown;
}

pub(super) fn run(args: &ReportArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, global)?;
    let bar = Bar::start(global, "threat model");
    let assessment = Assessment::of(&graph, args.today.unwrap_or_else(today));
    let model = ThreatModel::of(&assessment);
    match format {
        ReportFormat::Markdown => {
            let text = report::threat_model_markdown(&model);
            drop(bar);
            args.output.text(&text, global)?;
        }
        ReportFormat::Json => {
            drop(bar);
            args.output.json(&report::json::report_json(&model))?;
        }
    }
    let fails = args.fail_on.level().is_some_and(|level| assessment.fails(level));
    if fails { Err(CliError::Found) } else { Ok(()) }
}
