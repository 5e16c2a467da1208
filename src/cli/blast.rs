//! `crabwalk blast`: what if this node is compromised?

use clap::{Args, ValueEnum};

use super::drawing::{ThemeArg, write_svg};
use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecOption, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::progress::Bar;
use super::select::select;
use crate::analysis::BlastRadius;
use crate::report::{self, CommandLine};

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
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    let starts = select(graph.spec(), &args.nodes)?;
    let bar = Bar::start(global, "paths");
    let blast = BlastRadius::compute(&graph, &starts, args.max_guards);
    args.require(format, &blast, global)?;
    let theme = args.theme.into();
    let text = match format {
        BlastFormat::Text => report::blast_text(&blast),
        BlastFormat::Markdown => report::blast_markdown(&blast),
        BlastFormat::Dot | BlastFormat::Svg => report::dot_blast(&blast, theme)?,
        BlastFormat::Mermaid => report::mermaid_blast(&blast, theme)?,
        BlastFormat::Json => {
            drop(bar);
            return args.output.stream(|out| report::wire::write_blast_json(&blast, out));
        }
    };
    drop(bar);
    if format == BlastFormat::Svg { write_svg(&text, &args.output) } else { args.output.text(&text, global) }
}

impl BlastArgs {
    /// Refuses what would not fit in memory.
    fn require(
        &self,
        format: BlastFormat,
        blast: &BlastRadius<'_>,
        global: &GlobalArgs,
    ) -> Result<(), CliError> {
        let needed = match format {
            BlastFormat::Json => report::memory_bounds::blast_json(blast),
            BlastFormat::Text | BlastFormat::Markdown => report::memory_bounds::blast_text(blast),
            BlastFormat::Dot | BlastFormat::Mermaid | BlastFormat::Svg => return Ok(()),
        };
        memory_limit::require(global, needed, "this blast radius", self.instead(format, blast, global))
    }

    /// The same as JSON, which holds one path at a time; or the nodes without their paths.
    fn instead(&self, format: BlastFormat, blast: &BlastRadius<'_>, global: &GlobalArgs) -> Option<String> {
        if format != BlastFormat::Json && memory_limit::fits(global, report::memory_bounds::blast_json(blast))
        {
            let again = CommandLine::new("blast").names(&self.nodes);
            let again = again.option("--max-guards", &[self.max_guards.to_string()]).specs(&self.spec.spec);
            let again = self.spec.what_if.again(again);
            return Some(format!(
                "{} writes one path after the other",
                again.format("json", self.output.file()).quoted()
            ));
        }
        None
    }
}
