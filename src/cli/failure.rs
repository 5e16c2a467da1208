//! A command that could not run → the same problem, with the reports written that other programs wait for.

use std::path::Path;

use super::error::CliError;
use super::format::Format;
use super::output::OutputArgs;
use crate::language::{Code, Diagnostic, Diagnostics};
use crate::model::SourceFile;
use crate::report::{CommandLine, Failure};

/// What is shown as the file where none is named.
const USUAL: &str = "crabwalk.yaml";

/// Writes why `command` could not run in each of the formats that other programs read, and gives the problem back to be said. What
/// could not be written is the problem then.
pub(super) fn report<F: Format>(
    problem: CliError,
    (command, again): (&'static str, &CommandLine),
    asked: Option<&Path>,
    outputs: &[(F, OutputArgs)],
) -> CliError {
    let Some(mistakes) = mistakes(&problem) else { return problem };
    let asked = asked.filter(|path| path.as_os_str() != "-").unwrap_or(Path::new(USUAL));
    let asked = asked.to_string_lossy();
    // Of a file at a revision the path is what platforms know.
    let asked = asked.rsplit_once(':').map_or(&*asked, |(_, path)| path);
    let asked = SourceFile::new(asked, String::new());
    let failure = Failure { mistakes: &mistakes, command, again: again.text(), asked: asked.path() };
    let written = outputs.iter().try_for_each(|(format, output)| write(&failure, *format, output));
    written.err().unwrap_or(problem)
}

/// What is wrong, as mistakes; nothing where an answer was given, or could not be written.
fn mistakes(problem: &CliError) -> Option<Diagnostics> {
    let of = |message: &str, help: &str| {
        let help = (!help.is_empty()).then(|| help.to_owned());
        let item =
            Diagnostic { code: Code::CannotRead, message: message.to_owned(), labels: Vec::new(), help };
        Diagnostics { files: Vec::new(), items: vec![item] }
    };
    match problem {
        CliError::Spec(mistakes) => Some(mistakes.clone()),
        CliError::Usage { message, help } => Some(of(message, help)),
        CliError::Write { .. } | CliError::Found => None,
    }
}

fn write<F: Format>(failure: &Failure<'_>, format: F, output: &OutputArgs) -> Result<(), CliError> {
    let value = format.to_possible_value();
    match value.as_ref().map_or("", |value| value.get_name()) {
        "json" => output.json(&failure.json()),
        "sarif" => output.json(&failure.sarif()),
        "gitlab" => output.json(&failure.gitlab()),
        "github" => output.commands(&failure.github()),
        "junit" => output.commands(&failure.junit()),
        _ => Ok(()),
    }
}
