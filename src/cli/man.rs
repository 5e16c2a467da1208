//! `crabwalk man`: the manual page.

use clap::Args;

use super::error::CliError;
use super::global::GlobalArgs;
use super::output::OutputArgs;

/// Print the manual page, in roff
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk man | man -l -")]
pub(super) struct ManArgs {
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &ManArgs, _global: &GlobalArgs) -> Result<(), CliError> {
    args.output.stream(|out| {
        let command = super::program::command();
        clap_mangen::Man::new(command.clone()).render(out)?;
        for subcommand in command.get_subcommands() {
            let title = format!("crabwalk-{}", subcommand.get_name());
            clap_mangen::Man::new(subcommand.clone()).title(title).render(out)?;
        }
        Ok(())
    })
}
