//! `crabwalk init`: a commented starter spec.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::global::GlobalArgs;
use super::output::OutputArgs;
use crate::input::is_spec;

/// Write a commented starter spec; never overwrites
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk init --template team")]
pub(super) struct InitArgs {
    /// What to start from
    #[arg(long, value_name = "NAME", default_value = "minimal")]
    template: Template,
    /// The file to create, or `-` for the standard output
    #[arg(short, long, value_name = "FILE", default_value = "crabwalk.yaml", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

/// A starter spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Template {
    /// One agent, what it reads and what it may call
    Minimal,
    /// A coordinator and its workers
    Team,
    /// Memory that is shared across sessions
    Memory,
    /// Advisor, grader, webhook, vault credential, IAM principal
    Platform,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Self::Minimal => include_str!("templates/minimal.yaml"),
            Self::Team => include_str!("templates/team.yaml"),
            Self::Memory => include_str!("templates/memory.yaml"),
            Self::Platform => include_str!("templates/platform.yaml"),
        }
    }
}

pub(super) fn run(args: &InitArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let text = args.template.text();
    if args.output.as_os_str() == "-" {
        return OutputArgs { output: None }.stream(|out| out.write_all(text.as_bytes()));
    }
    let path = &args.output;
    if let Some(other) = other_spec(path) {
        return Err(CliError::usage(
            format!(
                "`{}` is a spec there already, and beside it `{}` would be read too or instead",
                other.display(),
                path.display()
            ),
            "go on with that one, name another directory with -o, or print the template with -o -",
        ));
    }
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = created.map_err(|problem| match problem.kind() {
        ErrorKind::AlreadyExists => CliError::usage(
            format!("`{}` is there already, and init never overwrites", path.display()),
            "name another file with -o, or print the template with -o -",
        ),
        _ => CliError::write(path, problem),
    })?;
    if let Err(problem) = file.write_all(text.as_bytes()) {
        // Half a spec would look like a whole one.
        let _ = fs::remove_file(path);
        return Err(CliError::write(path, problem));
    }
    global.note(&format!("wrote {0}; next: crabwalk check {0}", path.display()));
    Ok(())
}

/// A spec in the same directory that the new one would be taken for, or joined with: where nobody names one, all that lie beside each
/// other are read together.
fn other_spec(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str().filter(|name| is_spec(name))?;
    let directory = path.parent()?;
    let listed = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let names = fs::read_dir(listed).ok()?.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let is_other = |other: &String| other != name && is_spec(other);
    names.filter(is_other).min().map(|other| directory.join(other))
}
