//! `-f`, or the ending of a file's name → the format of an answer.

use std::path::Path;

use clap::ValueEnum;

use super::error::CliError;

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
