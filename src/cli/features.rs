//! `crabwalk features`: which surfaces does this topology use, and what stands against each?

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::format::{Format, format};
use super::gate::today;
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::OutputArgs;
use crate::findings::{Assessment, surfaces};
use crate::report::{self, PageStyle};

/// The surfaces that a topology uses, the findings against each, and a paragraph on each place for the threat model
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk features crabwalk.yaml -f markdown")]
pub(super) struct FeaturesArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<PageFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

/// The formats of answers that are pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    /// For the terminal
    Text,
    /// For a comment or a document
    Markdown,
    /// The output contract of the command
    Json,
}

impl Format for PageFormat {
    const DEFAULT: Self = Self::Text;
}

impl PageFormat {
    /// The style of the page; nothing for JSON.
    pub(super) fn style(self) -> Option<PageStyle> {
        match self {
            Self::Text => Some(PageStyle::Text),
            Self::Markdown => Some(PageStyle::Markdown),
            Self::Json => None,
        }
    }
}

pub(super) fn run(args: &FeaturesArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    memory_limit::require(global, report::memory_bounds::assessment(&graph), "this answer", None)?;
    let assessment = Assessment::of(&graph, today());
    let adopted = surfaces(&assessment);
    match format.style() {
        Some(style) => args.output.text(&report::features_page(&assessment, &adopted, style), global),
        None => args.output.json(&report::wire::features_json(&assessment, &adopted)),
    }
}
