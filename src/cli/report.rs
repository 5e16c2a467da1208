//! `crabwalk report`: the threat model of a topology, on one page.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::error::CliError;
use super::format::{Format, format};
use super::gate::{FailOn, today};
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::progress::Bar;
use super::{failure, what_if};
use crate::findings::{Assessment, ThreatModel};
use crate::graph::CapabilityGraph;
use crate::hardening::{By, Hardening, Question};
use crate::model::Plane;
use crate::report::memory_bounds::Findings;
use crate::report::{self, AssessmentContext, CommandLine, HardeningAnswer};

/// The threat model of a topology on one page: summary, matrix, findings, surfaces, worst nodes, hardening, accepted risks, method
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
    /// Its findings in SARIF 2.1.0, for code scanning
    Sarif,
    /// Its findings as annotations: workflow commands of GitHub Actions
    Github,
    /// Its findings as a code quality report of GitLab
    Gitlab,
    /// Its findings in JUnit XML
    Junit,
}

impl Format for ReportFormat {
    const DEFAULT: Self = Self::Markdown;
}

pub(super) fn run(args: &ReportArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let again = args.spec.what_if.again(CommandLine::new("report").paths(&args.spec.spec));
    let graph = graph(&args.spec.spec, &args.spec.what_if, global).map_err(|problem| {
        let (asked, output) = (args.spec.spec.first().map(PathBuf::as_path), args.output.clone());
        failure::report(problem, ("report", &again), asked, &[(format, output)])
    })?;
    memory_limit::require(global, report::memory_bounds::threat_model(&graph), "this report", None)?;
    let bar = Bar::start(global, "threat model");
    let assessment = Assessment::of(&graph, args.today.unwrap_or_else(today));
    drop(bar);
    let form = match format {
        ReportFormat::Json | ReportFormat::Gitlab => Findings::Json,
        ReportFormat::Sarif => Findings::Sarif,
        ReportFormat::Markdown | ReportFormat::Github | ReportFormat::Junit => Findings::Lines,
    };
    let mut needed = report::memory_bounds::report(&assessment, form);
    if graph.spec().nodes.len() <= MOST_HARDENED {
        needed = needed.saturating_add(report::memory_bounds::hardening(&graph));
    }
    memory_limit::require(global, needed, "writing the report", None)?;
    let gate = args.fail_on.gate();
    let context = AssessmentContext { command: "report", again: again.text(), fail_on: gate.0 };
    if !matches!(format, ReportFormat::Markdown | ReportFormat::Json) {
        what_if::note(graph.spec(), global);
    }
    match format {
        ReportFormat::Markdown => {
            let text = report::threat_model_markdown(
                &ThreatModel::of(&assessment),
                hardening(args, &graph).as_deref(),
            );
            args.output.text(&text, global)?;
        }
        ReportFormat::Json => {
            args.output.json(&report::wire::report_json(
                &ThreatModel::of(&assessment),
                hardening(args, &graph).as_deref(),
            ))?;
        }
        ReportFormat::Sarif => args.output.json(&report::assessment_sarif(&assessment, &context))?,
        ReportFormat::Github => {
            args.output.commands(&report::assessment_github(&assessment, &context))?;
        }
        ReportFormat::Gitlab => args.output.json(&report::assessment_gitlab(&assessment, &context))?,
        ReportFormat::Junit => {
            args.output.text(&report::assessment_junit(&assessment, &context), global)?;
        }
    }
    if gate.fails(&assessment.findings) { Err(CliError::Found) } else { Ok(()) }
}

/// In a larger fleet trying each change takes longer than the rest of the report, and has a command of its own.
const MOST_HARDENED: usize = 500;

/// Where one more guard would do it: before what is precious is steered, and before it comes out. Nothing where nothing is untrusted, or
/// nothing precious.
fn hardening<'g>(args: &ReportArgs, graph: &'g CapabilityGraph) -> Option<Vec<HardeningAnswer<'g>>> {
    if graph.spec().nodes.len() > MOST_HARDENED {
        return None;
    }
    let (from, to) = (Question::untrusted(graph.spec()), Question::precious(graph.spec()));
    if from.is_empty() || to.is_empty() {
        return Some(Vec::new());
    }
    let ask = |plane: Plane| {
        let again = CommandLine::new("harden").paths(&args.spec.spec).flag("--by guards");
        let again = if plane == Plane::Exposure { again.flag("--exposure") } else { again };
        let again = args.spec.what_if.again(again).text();
        (Hardening::compute(graph, Question::new(plane, By::Guards, &from, &to), &()), again)
    };
    Some([Plane::Influence, Plane::Exposure].map(ask).into())
}
