//! The words of a call → the command that was meant, its exit code, and what went wrong on the standard error.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use super::error::CliError;
use super::global::GlobalArgs;
use super::{
    accept, blast, check, completions, diff, explain, features, flags, r#gen, git_diff_driver, graph, harden,
    init, man, matrix, memory, path, report, respond, schema, self_check, threads,
};
use crate::report::{said, visible};

/// How far does an injection travel? Lateral-movement matrix, blast radius and attack paths for a declared topology of agents.
#[derive(Debug, Parser)]
#[command(
    name = "crabwalk",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
#[command(before_help = "Example: crabwalk matrix crabwalk.yaml")]
#[command(
    after_help = "Exit codes: 0 answered, 1 findings at or above the threshold, or a difference in the self-check,\n\
    2 could not run (a spec with mistakes, too).\n\
    No command makes network calls or changes anything but the file named with -o;\n\
    accept and matrix --bless write into the spec."
)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::InitArgs),
    Check(check::CheckArgs),
    Matrix(matrix::MatrixArgs),
    Blast(blast::BlastArgs),
    Path(path::PathArgs),
    Graph(graph::GraphArgs),
    Features(features::FeaturesArgs),
    Memory(memory::MemoryArgs),
    Report(report::ReportArgs),
    Harden(harden::HardenArgs),
    Respond(respond::RespondArgs),
    Diff(diff::DiffArgs),
    GitDiffDriver(git_diff_driver::DriverArgs),
    SelfCheck(self_check::SelfCheckArgs),
    Accept(accept::AcceptArgs),
    Explain(explain::ExplainArgs),
    Gen(r#gen::GenArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Command {
    /// Whether there is anything to do for more than one thread: to start them takes longer than to print a text.
    fn computes(&self) -> bool {
        !matches!(
            self,
            Self::Init(_) | Self::Explain(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_)
        )
    }
}

/// Parses the process's arguments, runs the command, and reports what went wrong on the standard error.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let cli = match parse(&words) {
        Ok(cli) => cli,
        Err(problem) => return usage(&problem, &words),
    };
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) if problem.is_closed_pipe() => ExitCode::SUCCESS,
        Err(problem) => {
            problem.print(&cli.global);
            problem.exit_code()
        }
    }
}

fn parse(words: &[OsString]) -> Result<Cli, clap::Error> {
    let forgotten = flags::forgotten_value(&command(), words.iter().map(OsString::as_os_str));
    forgotten.map_or_else(|| Cli::try_parse_from(flags::untied(&command(), words)), Err)
}

/// Help and version go to the standard output and are an answer; anything else is a wrong call, and repeats what was typed.
fn usage(problem: &clap::Error, words: &[OsString]) -> ExitCode {
    let asked = !problem.use_stderr();
    let shown: Vec<OsString> =
        words.iter().map(|word| said(&visible(&word.to_string_lossy())).into()).collect();
    // Where not even this can be written there is nobody left to tell.
    let _ = if shown == words {
        problem.print()
    } else if let Err(harmless) = parse(&shown) {
        harmless.print()
    } else {
        writeln!(io::stderr(), "error: an argument holds what cannot be shown")
    };
    if asked { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

fn run(cli: &Cli) -> Result<(), CliError> {
    let global = &cli.global;
    if cli.command.computes() {
        threads::start(global.jobs, global)?;
    }
    match &cli.command {
        Command::Init(args) => init::run(args, global),
        Command::Check(args) => check::run(args, global),
        Command::Matrix(args) => matrix::run(args, global),
        Command::Blast(args) => blast::run(args, global),
        Command::Path(args) => path::run(args, global),
        Command::Graph(args) => graph::run(args, global),
        Command::Features(args) => features::run(args, global),
        Command::Memory(args) => memory::run(args, global),
        Command::Report(args) => report::run(args, global),
        Command::Harden(args) => harden::run(args, global),
        Command::Respond(args) => respond::run(args, global),
        Command::Diff(args) => diff::run(args, global),
        Command::GitDiffDriver(args) => git_diff_driver::run(args, global),
        Command::SelfCheck(args) => self_check::run(args, global),
        Command::Accept(args) => accept::run(args, global),
        Command::Explain(args) => explain::run(args, global),
        Command::Gen(args) => r#gen::run(args, global),
        Command::Schema(args) => schema::run(args, global),
        Command::Completions(args) => completions::run(args, command()),
        Command::Man(args) => man::run(args, &command()),
    }
}

/// The command line as clap knows it, for completions and the manual.
pub(super) fn command() -> clap::Command {
    Cli::command()
}
