//! `crabwalk graph`: the topology as a drawing.

use clap::{Args, ValueEnum};

use super::drawing::{ThemeArg, write_svg};
use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::select::slice;
use crate::report::{self, DrawOptions};

/// Draw the topology: zones, verbs, guards, persistence
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk graph crabwalk.yaml -o topology.svg")]
pub(super) struct GraphArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Draw this zone alone; may be repeated
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Vec<String>,
    /// Draw nodes of this kind alone; may be repeated
    #[arg(long, value_name = "KIND", allow_hyphen_values = true)]
    kind: Vec<String>,
    /// Draw derived edges too, where no declared one joins the pair
    #[arg(long)]
    derived: bool,
    /// Colours of the drawing
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<GraphFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// For Graphviz
    Dot,
    /// For Mermaid
    Mermaid,
    /// A picture (needs Graphviz)
    Svg,
    /// The output contract crabwalk/graph/1: always the whole topology
    Json,
}

impl Format for GraphFormat {
    const DEFAULT: Self = Self::Dot;
}

pub(super) fn run(args: &GraphArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    memory_limit::require(global, report::memory_bounds::export(&graph), "this graph", None)?;
    if format == GraphFormat::Json {
        return args.output.stream(|out| report::wire::graph_json(&graph, out));
    }
    let nodes = slice(graph.spec(), &args.zone, &args.kind)?;
    let options = DrawOptions { theme: args.theme.into(), nodes: Some(nodes), derived: args.derived };
    match format {
        GraphFormat::Mermaid => args.output.text(&report::mermaid_topology(&graph, &options)?, global),
        GraphFormat::Svg => write_svg(&report::dot_topology(&graph, &options)?, &args.output),
        _ => args.output.text(&report::dot_topology(&graph, &options)?, global),
    }
}
