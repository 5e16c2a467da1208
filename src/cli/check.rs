//! `crabwalk check`: is the spec right, and what is wrong with the topology?

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::error::CliError;
use super::format::Format;
use super::gate::{FailOn, today};
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::{OutputArgs, outputs};
use super::{failure, what_if};
use crate::findings::Assessment;
use crate::report::memory_bounds::Findings;
use crate::report::{self, AssessmentContext, CommandLine};

/// Check a spec: all mistakes of all files; then what is wrong with the topology, by which path, and the smallest fix
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk check crabwalk.yaml")]
#[command(
    after_help = "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the spec is wrong or cannot be read."
)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Format of the answer; several, each with an -o of its own, are computed once
    #[arg(short, long, value_name = "FORMAT")]
    format: Vec<CheckFormat>,
    /// Write to a file instead of the standard output: whole or not at all
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Vec<PathBuf>,
    /// The mildest level at which the exit code is 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// List what stands behind up to so many guards, as notes: without it what stands behind three or more is counted
    #[arg(long, value_name = "GUARDS", default_value_t = 2)]
    max_guards: u32,
    /// The day by which acceptances expire [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For the terminal
    Text,
    /// The output contract crabwalk/check/1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations: workflow commands of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// JUnit XML
    Junit,
}

impl Format for CheckFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &CheckArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let outputs = outputs(&args.format, &args.output)?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global);
    for (_, output) in &outputs {
        output.spare()?;
    }
    let again = args.spec.what_if.again(CommandLine::new("check").paths(&args.spec.spec));
    let told = |problem| {
        let asked = args.spec.spec.first().map(PathBuf::as_path);
        failure::report(problem, ("check", &again), asked, &outputs)
    };
    let graph = graph.map_err(told)?;
    memory_limit::require(global, report::memory_bounds::assessment(&graph), "this check", None)
        .map_err(told)?;
    let assessment = Assessment::within(&graph, args.today.unwrap_or_else(today), args.max_guards);
    let gate = args.fail_on.gate();
    let context = AssessmentContext { command: "check", again: again.text(), fail_on: gate.0 };
    for (format, output) in &outputs {
        let form = match format {
            CheckFormat::Json | CheckFormat::Gitlab => Findings::Json,
            CheckFormat::Sarif => Findings::Sarif,
            CheckFormat::Text | CheckFormat::Github | CheckFormat::Junit => Findings::Lines,
        };
        memory_limit::require(
            global,
            report::memory_bounds::findings(&assessment, form),
            "writing the findings",
            None,
        )
        .map_err(told)?;
        write(&assessment, &context, *format, output, global)?;
    }
    if gate.fails(&assessment.findings) { Err(CliError::Found) } else { Ok(()) }
}

fn write(
    assessment: &Assessment<'_>,
    context: &AssessmentContext,
    format: CheckFormat,
    output: &OutputArgs,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    if !matches!(format, CheckFormat::Text | CheckFormat::Json) {
        what_if::note(assessment.graph.spec(), global);
    }
    match format {
        CheckFormat::Text => {
            let text = report::assessment_text_within(assessment, context.fail_on, output.width());
            output.text(&text, global)
        }
        CheckFormat::Json => output.json(&report::wire::check_json(assessment)),
        CheckFormat::Sarif => output.json(&report::assessment_sarif(assessment, context)),
        CheckFormat::Github => output.commands(&report::assessment_github(assessment, context)),
        CheckFormat::Gitlab => output.json(&report::assessment_gitlab(assessment, context)),
        CheckFormat::Junit => output.text(&report::assessment_junit(assessment, context), global),
    }
}
