//! `crabwalk memory`: what flows into a store, who can read it back, and what becomes of it?

use clap::Args;

use super::error::CliError;
use super::features::PageFormat;
use super::format::format;
use super::global::GlobalArgs;
use super::load::{SpecOption, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::select::select;
use crate::findings::Recall;
use crate::report;

/// One store: what flows in, who can read it back, and what becomes of it
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk memory case-memory --spec crabwalk.yaml")]
pub(super) struct MemoryArgs {
    /// The store, by its name
    #[arg(value_name = "STORE")]
    store: String,
    #[command(flatten)]
    spec: SpecOption,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<PageFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &MemoryArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    let [store] = select(graph.spec(), std::slice::from_ref(&args.store))?[..] else {
        let message = format!("`{}` takes several nodes", report::visible(&args.store));
        return Err(CliError::usage(message, "name one store"));
    };
    let size = Recall::size(&graph, store);
    let needed = report::memory_bounds::recall(&graph, size, format.style().is_none());
    memory_limit::require(global, needed, "this answer", None)?;
    let recall = Recall::of(&graph, store);
    match format.style() {
        Some(style) => args.output.text(&report::memory_page(&recall, style), global),
        None => args.output.json(&report::wire::memory_json(&recall)),
    }
}
