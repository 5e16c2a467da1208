//! `crabwalk git-diff-driver`: what git says of a file that changed → the review of it, between the other files of `git diff`.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use anstream::adapter::strip_str;
use clap::Args;

use super::diff::review;
use super::error::CliError;
use super::gate::today;
use super::global::{Color, GlobalArgs};
use super::output::OutputArgs;
use crate::Error;
use crate::findings::{AcceptFrom, Policy};
use crate::input::{Topology, read_named};
use crate::report::review::{Context, text_within};
use crate::report::{CommandLine, visible, without_commands};

/// Review a spec in `git diff`: called by git, as its external diff driver
#[derive(Debug, Args)]
#[command(before_help = "Example: git config diff.crabwalk.command 'crabwalk git-diff-driver'")]
#[command(after_help = "In .gitattributes: crabwalk.yaml diff=crabwalk\n\n\
    `git diff` then shows the review in place of the lines, and so do `git log -p` and `git show`\n\
    with --ext-diff. `git diff --no-ext-diff` shows the lines.\n\
    Exit code 0 whatever is found: at any other git stops in the middle of its diff.")]
pub(super) struct DriverArgs {
    /// What git hands over: PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [NEW-PATH SIMILARITY]
    #[arg(value_name = "ARGUMENT", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// A file on one side.
struct Side<'a> {
    path: String,
    file: &'a Path,
    hash: String,
    mode: String,
}

/// What git hands over.
enum Change<'a> {
    Files(Side<'a>, Side<'a>),
    Unmerged(String),
}

pub(super) fn run(args: &DriverArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let change = parse(&args.arguments)?;
    let answer = match &change {
        Change::Unmerged(path) => {
            format!("{}\n", heading(&format!("{path}: unmerged, nothing to review yet")))
        }
        Change::Files(old, new) => {
            format!("{}\n{}", heading(&title(old, new)), body(old, new, global)?)
        }
    };
    OutputArgs { output: None }.stream(|out| {
        let text = if in_colour(global) { answer } else { strip_str(&answer).to_string() };
        out.write_all(without_commands(&text).as_bytes())
    })
}

/// Reads the arguments by their number, as git documents them.
fn parse(arguments: &[OsString]) -> Result<Change<'_>, CliError> {
    let text = |position: usize| arguments[position].to_string_lossy().into_owned();
    let side = |path: usize, file: usize| Side {
        path: text(path),
        file: Path::new(&arguments[file]),
        hash: text(file + 1),
        mode: text(file + 2),
    };
    match arguments.len() {
        1 => Ok(Change::Unmerged(visible(&text(0)))),
        7 => Ok(Change::Files(side(0, 1), side(0, 4))),
        9 => Ok(Change::Files(side(0, 1), side(7, 4))),
        count => Err(CliError::usage(
            format!("git hands 7 arguments to a diff driver, or 1, or 9, and here are {count}"),
            "git calls this itself; to compare two files, use `crabwalk diff BASE HEAD`",
        )),
    }
}

impl Side<'_> {
    fn is_there(&self) -> bool {
        self.mode != "."
    }

    /// Whether it is a link or a submodule: what git shows of it is no spec.
    fn is_file(&self) -> bool {
        !matches!(self.mode.as_str(), "120000" | "160000")
    }

    /// `4be10d2`; nothing for what git has not stored.
    fn short(&self) -> Option<&str> {
        let is_stored = self.hash.bytes().any(|digit| digit != b'0' && digit != b'.');
        self.hash.get(..7).filter(|_| is_stored)
    }

    /// What reports call this side.
    fn name(&self) -> String {
        self.short().map_or_else(|| self.path.clone(), |hash| format!("{}@{hash}", self.path))
    }
}

/// The line by which this file is told from the others of the diff.
fn title(old: &Side<'_>, new: &Side<'_>) -> String {
    let path = |side: &Side<'_>| visible(&side.path);
    match (old.is_there(), new.is_there()) {
        (false, _) => format!("{} (new)", path(new)),
        (_, false) => format!("{} (deleted)", path(old)),
        _ if old.path != new.path => format!("{} (was {})", path(new), path(old)),
        _ => path(new),
    }
}

fn heading(title: &str) -> String {
    let bold = anstyle::Style::new().bold();
    format!("{bold}crabwalk diff {title}{bold:#}")
}

/// The review, or why there is none: a mistake in an old commit must not end the whole diff.
fn body(old: &Side<'_>, new: &Side<'_>, global: &GlobalArgs) -> Result<String, CliError> {
    if !old.is_file() || !new.is_file() {
        return Ok("not reviewed: a link or a submodule is no spec\n".to_owned());
    }
    let read = |side: &Side<'_>| read_named(side.file, &side.path);
    match read(old).and_then(|base| Ok((base, read(new)?))) {
        Ok((base, head)) => reviewed(&base, &head, [old, new], global),
        Err(problem) => Ok(not_reviewed(problem, new)),
    }
}

fn reviewed(
    base: &Topology,
    head: &Topology,
    [old, new]: [&Side<'_>; 2],
    global: &GlobalArgs,
) -> Result<String, CliError> {
    let policy = Policy { accept_from: AcceptFrom::Base, today: today() };
    let context = Context {
        base: old.name(),
        head: new.name(),
        base_commit: None,
        head_commit: None,
        command: "git diff".to_owned(),
        link: None,
        fail_on: None,
    };
    match review(base, head, policy, global) {
        // Git says how wide the terminal behind its pager is.
        Ok(review) => Ok(text_within(&review, &context, OutputArgs { output: None }.width())),
        Err(CliError::Spec(mistakes)) => Ok(not_reviewed(mistakes, new)),
        Err(problem) => Err(problem),
    }
}

/// What keeps the file from being reviewed, and how its lines are seen all the same.
fn not_reviewed(problem: impl Into<Error>, side: &Side<'_>) -> String {
    let why = problem.into().render(true);
    let directory = Path::new(&side.path).parent().filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new(".")).to_owned();
    let whole = CommandLine::new("diff HEAD").paths(&[directory]);
    format!(
        "{why}not reviewed: `git diff --no-ext-diff` shows the lines; one file of several is reviewed with the others, \
         by {}\n",
        whole.quoted()
    )
}

/// Colour on a terminal, and where git has put its pager behind, which is when git itself colours.
fn in_colour(global: &GlobalArgs) -> bool {
    let is = |name: &str, wanted: &str| std::env::var_os(name).is_some_and(|value| value == wanted);
    let has_no_colour =
        is("TERM", "dumb") || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_paged = global.color == Color::Auto && is("GIT_PAGER_IN_USE", "true") && !has_no_colour;
    is_paged || global.colour(&io::stdout())
}
