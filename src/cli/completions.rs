//! `crabwalk completions`: completions for a shell.

use clap::Args;
use clap_complete::Shell;

use super::error::CliError;
use super::output::OutputArgs;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(
    before_help = "Example: crabwalk completions bash > ~/.local/share/bash-completion/completions/crabwalk"
)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
    #[command(flatten)]
    output: OutputArgs,
}

/// `command` is the command line as clap knows it.
pub(super) fn run(args: &CompletionsArgs, mut command: clap::Command) -> Result<(), CliError> {
    // Into memory first: the generator panics where it cannot write.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "crabwalk", &mut text);
    args.output.stream(|out| out.write_all(&text))
}
