//! Flags that several commands share.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};

use super::error::CliError;
use super::memory_limit;
use super::memory_limit::Bytes;
use super::progress::Bar;
use super::was_read;
use super::what_if::WhatIfArgs;
use crate::analysis::Selection;
use crate::findings::Gate;
use crate::graph::CapabilityGraph;
use crate::input;
use crate::model;
use crate::model::{Level, NodeId, Spec};
use crate::report;

/// Flags of every command.
#[derive(Debug, Args)]
pub(super) struct GlobalArgs {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    pub(super) color: Color,
    /// Say nothing but the answer
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(super) quiet: bool,
    /// Say on the standard error what is read and derived
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = "Global options")]
    pub(super) verbose: bool,
    /// Use this many threads [default: one a core]; the answer is the same
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Global options")]
    pub(super) jobs: Option<u16>,
    /// Refuse what would take more memory: bytes, or a number with K, M, G or T [default: three quarters of what the machine or its cgroup has]
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Global options")]
    pub(super) memory_limit: Option<Bytes>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl GlobalArgs {
    /// Whether a stream gets colour.
    pub(super) fn colour(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }

    /// A remark on the standard error, unless `--quiet`.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = std::io::Write::write_all(
                &mut std::io::stderr(),
                format!("{}\n", report::said(text)).as_bytes(),
            );
        }
    }
}

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

/// The mildest level at which a gate fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// What fails the run.
    pub(super) fn gate(self) -> Gate {
        Gate(match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        })
    }
}

/// The formats of one command, by the names that all commands share.
pub(super) trait Format: ValueEnum + Copy {
    /// What is printed where neither a format nor a telling file name is given.
    const DEFAULT: Self;
}

/// The name of the format of files with this ending, in lower case.
fn format_of_ending(ending: &str) -> Option<&'static str> {
    match ending {
        "txt" => Some("text"),
        "md" | "markdown" => Some("markdown"),
        "csv" => Some("csv"),
        "json" => Some("json"),
        "html" | "htm" => Some("html"),
        "dot" | "gv" => Some("dot"),
        "mmd" | "mermaid" => Some("mermaid"),
        "svg" => Some("svg"),
        _ => None,
    }
}

/// The format that was asked for, or that the ending of the output file tells, if the command has it.
pub(super) fn format<F: Format>(asked: Option<F>, output: Option<&Path>) -> Result<F, CliError> {
    if let Some(format) = asked {
        return Ok(format);
    }
    let Some(path) = output else { return Ok(F::DEFAULT) };
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let told = ending.as_deref().and_then(format_of_ending);
    told.and_then(|name| F::from_str(name, false).ok()).ok_or_else(|| {
        let formats: Vec<String> = F::value_variants()
            .iter()
            .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
            .collect();
        let message = format!("the name of `{}` does not tell a format of this command", path.display());
        CliError::usage(message, &format!("say one with -f: {}", formats.join(", ")))
    })
}

/// The day in Greenwich: the same for everybody who reviews at this moment.
pub(super) fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
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
        let files: Vec<&str> = spec.files.iter().map(model::SourceFile::name).collect();
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
    spec.map_err(CliError::Spec)
}

/// The nodes that some words take together, in node order.
pub(super) fn select(spec: &Spec, words: &[String]) -> Result<Vec<NodeId>, CliError> {
    let mut nodes = Vec::new();
    for word in words {
        nodes.extend(Selection::parse(spec, word).nodes(spec).map_err(CliError::Selection)?);
    }
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

/// The nodes of some zones and of some kinds; all of them where neither is said.
pub(super) fn slice(spec: &Spec, zones: &[String], kinds: &[String]) -> Result<Vec<NodeId>, CliError> {
    let prefixed = |prefix: &str, words: &[String]| -> Vec<String> {
        words
            .iter()
            .map(|word| format!("{prefix}:{}", word.trim_start_matches(&format!("{prefix}:"))))
            .collect()
    };
    let in_zones = select(spec, &prefixed("zone", zones))?;
    let of_kinds = select(spec, &prefixed("kind", kinds))?;
    let taken = |id: &NodeId| {
        (zones.is_empty() || in_zones.binary_search(id).is_ok())
            && (kinds.is_empty() || of_kinds.binary_search(id).is_ok())
    };
    Ok(spec.node_ids().filter(taken).collect())
}
