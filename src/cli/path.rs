//! `crabwalk path`: by which way?

use clap::{Args, ValueEnum};

use super::drawing::ThemeArg;
use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecOption, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::select::select;
use crate::analysis::PathAnswer;
use crate::model::{NodeId, Plane, Spec};
use crate::report;

/// The best path on which one node steers another, a sentence a hop; or what keeps them apart
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk path inbox payments --spec crabwalk.yaml")]
pub(super) struct PathArgs {
    /// What the attacker holds
    #[arg(value_name = "FROM")]
    from: String,
    /// What it wants to steer; with --exposure, what it wants to learn
    #[arg(value_name = "TO")]
    to: String,
    #[command(flatten)]
    spec: SpecOption,
    /// How the content of TO comes to FROM, instead of how FROM steers TO
    #[arg(long)]
    exposure: bool,
    /// Colours of a drawing
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<PathFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PathFormat {
    /// For the terminal
    Text,
    /// The output contract crabwalk/path/1
    Json,
    /// A drawing for Graphviz
    Dot,
}

impl Format for PathFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &PathArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    memory_limit::require(global, report::memory_bounds::search(&graph), "this path", None)?;
    let (from, to) = (one(graph.spec(), &args.from)?, one(graph.spec(), &args.to)?);
    if from == to {
        return Err(CliError::usage(format!("`{}` is both ends of the path", args.from), "name two nodes"));
    }
    let plane = if args.exposure { Plane::Exposure } else { Plane::Influence };
    let answer = PathAnswer::find(&graph, plane, from, to);
    match format {
        PathFormat::Text => args.output.text(&report::path_text(&graph, &answer), global),
        PathFormat::Json => args.output.json(&report::wire::path_json(&graph, &answer)),
        PathFormat::Dot => match &answer.path {
            Some(path) => args.output.text(&report::dot_path(&graph, path, args.theme.into())?, global),
            None => Err(CliError::usage(
                "there is no path to draw".to_owned(),
                "-f text says what keeps the two nodes apart",
            )),
        },
    }
}

/// The one node that a word takes.
fn one(spec: &Spec, word: &str) -> Result<NodeId, CliError> {
    match select(spec, &[word.to_owned()])?.as_slice() {
        [node] => Ok(*node),
        nodes => Err(CliError::usage(
            format!("`{word}` takes {} nodes, and a path has one at each end", nodes.len()),
            "name one of them; `crabwalk blast` takes many",
        )),
    }
}
