//! `crabwalk explain`: what a code means.

use clap::Args;

use super::args::GlobalArgs;
use super::destination::OutputArgs;
use super::error::CliError;
use crate::spec::Code;

/// Explain the code of a diagnostic: what it means, a wrong example, the right one
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk explain E201")]
pub(super) struct ExplainArgs {
    /// The code, as a diagnostic prints it; all codes where none is given
    #[arg(value_name = "CODE")]
    code: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &ExplainArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let text = match &args.code {
        Some(code) => explanation(code)?,
        None => Code::ALL.iter().map(|code| format!("{}  {}\n", code.as_str(), code.title())).collect(),
    };
    args.output.text(&text, global)
}

fn explanation(word: &str) -> Result<String, CliError> {
    let known = |code: &&Code| code.as_str().eq_ignore_ascii_case(word) || code.title() == word;
    let code = Code::ALL.iter().find(known).ok_or_else(|| {
        CliError::usage(
            format!("there is no code `{word}`"),
            "`crabwalk explain` without a code lists all of them",
        )
    })?;
    Ok(format!("{}: {}\n\n{}\n", code.as_str(), code.title(), code.explanation().trim_end()))
}
