//! The spec that the user names → that spec, and its graph: read, with the changes made that are to be tried.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::CliError;
use super::global::GlobalArgs;
use super::memory_limit;
use super::progress::Bar;
use super::was_read;
use super::what_if::WhatIfArgs;
use crate::graph::CapabilityGraph;
use crate::input;
use crate::model::{SourceFile, Spec};

/// The spec, as the positional arguments of commands that take nothing else.
#[derive(Debug, Args)]
pub(super) struct SpecArgs {
    /// Files, directories, or `-` for the standard input [default: the nearest specs upwards]
    #[arg(value_name = "SPEC", value_hint = clap::ValueHint::AnyPath)]
    pub(super) spec: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) what_if: WhatIfArgs,
}

/// The spec, as an option of commands that take nodes.
#[derive(Debug, Args)]
pub(super) struct SpecOption {
    /// A file, a directory, or `-`; may be repeated [default: the nearest specs upwards]
    #[arg(short, long = "spec", value_name = "SPEC", value_hint = clap::ValueHint::AnyPath, num_args = 1..)]
    pub(super) spec: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) what_if: WhatIfArgs,
}

/// Loads the spec, makes the changes that are to be tried, and builds the graph. It is never taken apart: the process ends after the answer, and to free the pieces of
/// a large spec one by one takes a tenth of the time that it takes to read it.
pub(super) fn graph(
    inputs: &[PathBuf],
    what_if: &WhatIfArgs,
    global: &GlobalArgs,
) -> Result<ManuallyDrop<CapabilityGraph>, CliError> {
    let reading = Bar::start(global, "reading the spec");
    let spec = load(inputs, global)?;
    let graph = ManuallyDrop::new(memory_limit::bounded(what_if.apply(spec)?, global)?);
    drop(reading);
    if global.verbose {
        let spec = graph.spec();
        let files: Vec<&str> = spec.files.iter().map(SourceFile::name).collect();
        let (nodes, declared, derived) = (spec.nodes.len(), spec.edges.len(), graph.derived_count());
        let read = files.join(", ");
        global.note(&format!("{read}: nodes {nodes}, declared edges {declared}, derived edges {derived}"));
    }
    Ok(graph)
}

/// Loads the spec that these inputs make together, and says what was left out. What was read of it is remembered, so that no answer is
/// written over it, also if it has mistakes.
pub(super) fn load(inputs: &[PathBuf], global: &GlobalArgs) -> Result<Spec, CliError> {
    let mut note = |notice: &str| global.note(notice);
    was_read::named(inputs.iter().map(PathBuf::as_path));
    let spec = input::load_noting(Path::new("."), inputs, &mut std::io::stdin(), &mut note);
    was_read::files(spec.as_ref().map_or_else(|mistakes| &mistakes.files, |spec| &spec.files));
    Ok(spec?)
}
