//! `crabwalk blast`: what if this node is compromised?

use clap::{Args, ValueEnum};

use super::args::{Format, GlobalArgs, SpecOption, format, graph, select};
use super::destination::OutputArgs;
use super::drawing::{ThemeArg, write_svg};
use super::error::CliError;
use crate::analysis::BlastRadius;
use crate::report;

/// The blast radius of one node, several, or all that a selector takes
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk blast untrusted --spec crabwalk.yaml")]
pub(super) struct BlastArgs {
    /// Compromised nodes: names or selectors (zone:, tag:, kind:, type:, untrusted)
    #[arg(value_name = "NODE", required = true)]
    nodes: Vec<String>,
    #[command(flatten)]
    spec: SpecOption,
    /// How many guards may fail; what is behind more is listed apart
    #[arg(long, value_name = "N", default_value_t = 0)]
    max_guards: u32,
    /// Colours of a drawing
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<BlastFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BlastFormat {
    /// For the terminal
    Text,
    /// For a comment or a document
    Markdown,
    /// The output contract crabwalk/blast/1
    Json,
    /// A drawing for Graphviz
    Dot,
    /// A drawing for Mermaid
    Mermaid,
    /// A picture (needs Graphviz)
    Svg,
}

impl Format for BlastFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &BlastArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, global)?;
    let starts = select(graph.spec(), &args.nodes)?;
    let blast = BlastRadius::compute(&graph, &starts, args.max_guards);
    match format {
        BlastFormat::Text => args.output.text(&report::blast_text(&blast), global),
        BlastFormat::Markdown => args.output.text(&report::blast_markdown(&blast), global),
        BlastFormat::Json => args.output.json(&report::json::blast_json(&blast)),
        BlastFormat::Dot => args.output.text(&report::dot_blast(&blast, args.theme.into())?, global),
        BlastFormat::Mermaid => args.output.text(&report::mermaid_blast(&blast, args.theme.into())?, global),
        BlastFormat::Svg => write_svg(&report::dot_blast(&blast, args.theme.into())?, &args.output),
    }
}
