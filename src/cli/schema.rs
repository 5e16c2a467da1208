//! `crabwalk schema`: the JSON Schema of the spec, and of the outputs.

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::global::GlobalArgs;
use super::output::OutputArgs;
use crate::language::json_schema;
use crate::report::wire::{OutputSchema, output_schema};

/// Print the JSON Schema of the spec (for editors), or of an output
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk schema -o crabwalk.schema.json")]
pub(super) struct SchemaArgs {
    /// Whose schema
    #[arg(value_name = "WHAT", default_value = "spec")]
    what: What,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The spec
    Spec,
    /// `matrix -f json`
    Matrix,
    /// `matrix --sizes-only -f json`
    Sizes,
    /// `blast -f json`
    Blast,
    /// `path -f json`
    Path,
    /// `graph -f json`
    Graph,
    /// `harden -f json`
    Harden,
    /// `respond -f json`
    Respond,
    /// `check -f json`
    Check,
    /// `self-check -f json`
    SelfCheck,
    /// `diff -f json`
    Diff,
    /// `features -f json`
    Features,
    /// `memory -f json`
    Memory,
    /// `report -f json`
    Report,
}

pub(super) fn run(args: &SchemaArgs, _global: &GlobalArgs) -> Result<(), CliError> {
    let schema = match args.what {
        What::Spec => json_schema(),
        What::Matrix => output_schema(OutputSchema::Matrix),
        What::Sizes => output_schema(OutputSchema::Sizes),
        What::Blast => output_schema(OutputSchema::Blast),
        What::Path => output_schema(OutputSchema::Path),
        What::Graph => output_schema(OutputSchema::Graph),
        What::Harden => output_schema(OutputSchema::Harden),
        What::Respond => output_schema(OutputSchema::Respond),
        What::Check => output_schema(OutputSchema::Check),
        What::SelfCheck => output_schema(OutputSchema::SelfCheck),
        What::Diff => output_schema(OutputSchema::Diff),
        What::Features => output_schema(OutputSchema::Features),
        What::Memory => output_schema(OutputSchema::Memory),
        What::Report => output_schema(OutputSchema::Report),
    };
    args.output.json(&schema)
}
