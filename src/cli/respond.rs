//! `crabwalk respond`: what to do when a node is compromised?

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecOption, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::progress::Bar;
use super::select::select;
use crate::report::{self, CommandLine};
use crate::response::Response;

/// What to do when a node is compromised: what to stop, cut, quarantine and revoke, in order, and what to look at before reopening
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk respond inbox --spec crabwalk.yaml -o response.md")]
pub(super) struct RespondArgs {
    /// Nodes that are compromised at once; a name or a selector (zone:, tag:, kind:, type:, untrusted)
    #[arg(value_name = "NODE", required = true)]
    nodes: Vec<String>,
    #[command(flatten)]
    spec: SpecOption,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<RespondFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RespondFormat {
    /// For the terminal
    Text,
    /// For an issue or a document, with boxes to check
    Markdown,
    /// The output contract crabwalk/respond/1
    Json,
}

impl Format for RespondFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &RespondArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    memory_limit::require(global, report::memory_bounds::plan(&graph), "this plan", None)?;
    let starts = select(graph.spec(), &args.nodes)?;
    let bar = Bar::start(global, "planning");
    let response = Response::plan(&graph, &starts);
    let again = CommandLine::new("respond").names(&args.nodes).specs(&args.spec.spec);
    let again = args.spec.what_if.again(again);
    let text = match format {
        RespondFormat::Text => report::respond_text(&response, &again),
        RespondFormat::Markdown => report::respond_markdown(&response, &again),
        RespondFormat::Json => {
            drop(bar);
            return args.output.stream(|out| report::wire::write_respond_json(&response, out));
        }
    };
    drop(bar);
    args.output.text(&text, global)
}
