//! Where an answer goes: the standard output, or a file that is written whole or not at all.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use clap::Args;

use super::descriptor;
use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::replace::replace;
use super::target;
use super::target::Target;
use super::was_read;
use crate::report::without_commands;

/// The output flag.
#[derive(Debug, Clone, Args)]
pub(super) struct OutputArgs {
    /// Write to a file instead of the standard output: whole or not at all
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
}

impl OutputArgs {
    /// The file; nothing for the standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// Columns to fit: what `COLUMNS` says, or those of the terminal; no limit otherwise, and none for a file.
    pub(super) fn width(&self) -> Option<usize> {
        let from_environment =
            || std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|width| *width > 0);
        let terminal =
            || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        if self.file().is_some() { None } else { from_environment().or_else(terminal) }
    }

    /// Writes orders for the runner of a job, as they are.
    pub(super) fn commands(&self, text: &str) -> Result<(), CliError> {
        self.stream(|out| out.write_all(text.as_bytes()))
    }

    /// Writes styled text; the styles are taken out where they are not wanted.
    pub(super) fn text(&self, text: &str, global: &GlobalArgs) -> Result<(), CliError> {
        let colour = match self.file() {
            Some(_) => global.color == super::global::Color::Always,
            None => global.colour(&io::stdout()),
        };
        // What is printed may be read by the runner of a job, which takes orders from it; a file is not.
        let is_printed = self.file().is_none();
        // Line by line: an answer may be large, and is not copied.
        self.stream(|out| {
            text.split_inclusive('\n').try_for_each(|line| {
                let plain =
                    if colour { Cow::Borrowed(line) } else { Cow::Owned(strip_str(line).to_string()) };
                let safe = if is_printed { without_commands(&plain) } else { Cow::Borrowed(&*plain) };
                out.write_all(safe.as_bytes())
            })
        })
    }

    /// Writes JSON over several lines.
    pub(super) fn json(&self, value: &serde_json::Value) -> Result<(), CliError> {
        self.stream(|out| writeln!(out, "{value:#}"))
    }

    /// Refuses a file that was read.
    ///
    /// # Errors
    /// If it was.
    pub(super) fn spare(&self) -> Result<(), CliError> {
        self.file().map_or(Ok(()), was_read::refuse)
    }

    /// Writes what a function produces.
    pub(super) fn stream(
        &self,
        produce: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), CliError> {
        self.spare()?;
        match self.file() {
            Some(path) => write_file(path, produce).map_err(|problem| CliError::write(path, problem)),
            None => write_stdout(produce)
                .map_err(|problem| CliError::Write { target: "the standard output".to_owned(), problem }),
        }
    }
}

/// The formats, each with where it goes: the n-th file belongs to the n-th format, and what has none is printed.
pub(super) fn outputs<F: Format>(formats: &[F], files: &[PathBuf]) -> Result<Vec<(F, OutputArgs)>, CliError> {
    let count = formats.len().max(files.len()).max(1);
    let mut outputs = Vec::with_capacity(count);
    for position in 0..count {
        let output = OutputArgs { output: files.get(position).cloned() };
        let format = format(formats.get(position).copied(), output.file())?;
        outputs.push((format, output));
    }
    let printed = outputs.iter().filter(|(_, output)| output.file().is_none()).count();
    if printed > 1 {
        let message = format!("{printed} formats would be printed one after the other");
        return Err(CliError::usage(
            message,
            "give each -f its own -o FILE; one of them may go without, or to -",
        ));
    }
    let files: Vec<&Path> = outputs.iter().filter_map(|(_, output)| output.file()).collect();
    if let Some(twice) = (1..files.len()).find(|at| files[..*at].iter().any(|other| same(other, files[*at])))
    {
        let message = format!("two formats would be written to `{}`", files[twice].display());
        return Err(CliError::usage(message, "give each -f its own -o FILE"));
    }
    Ok(outputs)
}

/// Whether two paths are one file, by whatever links.
fn same(one: &Path, other: &Path) -> bool {
    one == other
        || target::resolve(one).ok().zip(target::resolve(other).ok()).is_some_and(|(one, other)| one == other)
}

fn write_stdout(produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    produce(&mut out)?;
    out.flush()
}

/// Writes to what a path leads to: a regular file is replaced whole, anything else is written to as it is.
fn write_file(path: &Path, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let out: Box<dyn Write> = match target::resolve(path)? {
        Target::File(file) => return replace(&file, produce),
        Target::Descriptor(number) => descriptor::writer(number)?,
        Target::Device(device) => Box::new(OpenOptions::new().write(true).open(device)?),
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    produce(&mut out)?;
    out.flush()
}
