//! `crabwalk completions`: completions for a shell.

use clap::Args;
use clap_complete::Shell;

use super::error::CliError;
use super::global::GlobalArgs;
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

pub(super) fn run(args: &CompletionsArgs, _global: &GlobalArgs) -> Result<(), CliError> {
    // Into memory first: the generator panics where it cannot write.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut super::program::command(), "crabwalk", &mut text);
    args.output.stream(|out| out.write_all(&text))
}
