//! `crabwalk explain`: what a code means: that of a mistake in a spec, or the rule of a finding.

use clap::Args;

use super::error::CliError;
use super::global::GlobalArgs;
use super::output::OutputArgs;
use crate::language::Code;
use crate::model::Rule;
use crate::report::rule_page;

/// Explain the code of a mistake or of a finding: what it means, how to fix it, a wrong example and a right one
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk explain CW001")]
pub(super) struct ExplainArgs {
    /// The code or its name, as a diagnostic or a finding has it; all of them where none is given
    #[arg(value_name = "CODE")]
    code: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &ExplainArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let text = match &args.code {
        Some(code) => explanation(code)?,
        None => all(),
    };
    args.output.text(&text, global)
}

/// Every code with its name, a line each: mistakes in a spec, then rules with the levels of their findings.
fn all() -> String {
    let codes = Code::ALL.iter().map(|code| format!("{}  {}\n", code.as_str(), code.title()));
    let rules = Rule::ALL
        .iter()
        .map(|rule| format!("{}  {} ({})\n", rule.id(), rule.name(), rule.default_level().as_str()));
    codes.chain(rules).collect()
}

fn explanation(word: &str) -> Result<String, CliError> {
    if let Some(rule) = Rule::from_text(word) {
        return Ok(rule_page(rule));
    }
    let known = |code: &&Code| code.as_str().eq_ignore_ascii_case(word) || code.title() == word;
    let code = Code::ALL.iter().find(known).ok_or_else(|| {
        CliError::usage(
            format!("there is no code `{word}`"),
            "`crabwalk explain` without a code lists all of them",
        )
    })?;
    Ok(format!("{}: {}\n\n{}\n", code.as_str(), code.title(), code.explanation()))
}
