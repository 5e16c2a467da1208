//! `crabwalk man`: the manual page.

use clap::Args;

use super::error::CliError;
use super::output::OutputArgs;

/// Print the manual page, in roff
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk man | man -l -")]
pub(super) struct ManArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// `command` is the command line as clap knows it.
pub(super) fn run(args: &ManArgs, command: &clap::Command) -> Result<(), CliError> {
    args.output.stream(|out| {
        clap_mangen::Man::new(command.clone()).render(out)?;
        for subcommand in command.get_subcommands() {
            let title = format!("crabwalk-{}", subcommand.get_name());
            clap_mangen::Man::new(subcommand.clone()).title(title).render(out)?;
        }
        Ok(())
    })
}
