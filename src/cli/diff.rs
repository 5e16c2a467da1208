//! `crabwalk diff`: what does a change of the topology open, which line did it, and may it land?

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::args::{Format, GlobalArgs, format, today};
use super::destination::OutputArgs;
use super::drawing::{ThemeArg, write_svg};
use super::error::CliError;
use super::instead::Again;
use super::memory;
use super::progress::Bar;
use crate::input::{self, Topology};
use crate::report::{self, review::Context};
use crate::review::{AcceptFrom, Comparison, Policy, Refusal, Review};
use crate::spec::{Level, Spec};

/// Review a change of topology: what it opens, which line did it, and whether it may land
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk diff origin/main:crabwalk.yaml crabwalk.yaml")]
#[command(
    after_help = "BASE and HEAD are each a file, a directory, - for the standard input, a matrix saved with `matrix -f json`,\n\
    or REV:PATH of the git repository around. A revision alone is the head's own spec at that revision, wherever\n\
    it was then. Without BASE that is the merge base with the default branch. Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run."
)]
pub(super) struct DiffArgs {
    #[command(flatten)]
    sides: SidesArgs,
    /// Format of the answer; several, each with an -o of its own, are computed once
    #[arg(short, long, value_name = "FORMAT")]
    format: Vec<DiffFormat>,
    /// Write to a file instead of the standard output: whole or not at all
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Vec<PathBuf>,
    /// The mildest level at which the exit code is 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// Where files of the head can be looked at, for links, such as `https://github.com/OWNER/REPOSITORY/blob/COMMIT`
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Colours of a drawing
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
}

/// What is compared, and how it is judged.
#[derive(Debug, Args)]
struct SidesArgs {
    /// The topology before the change [default: the spec at the merge base with the default branch]
    #[arg(value_name = "BASE", value_hint = clap::ValueHint::AnyPath)]
    base: Option<PathBuf>,
    /// The topology after the change [default: the spec as it stands]
    #[arg(value_name = "HEAD", value_hint = clap::ValueHint::AnyPath)]
    head: Option<PathBuf>,
    /// Whose acceptances count: those that the base has already, or the head's too
    #[arg(long, value_name = "SIDE", default_value = "base")]
    accept_from: AcceptFromArg,
    /// The day by which acceptances expire [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AcceptFromArg {
    Base,
    Head,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For the terminal
    Text,
    /// The comment on a pull request, under 60,000 characters
    Markdown,
    /// The output contract crabwalk/diff/1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations: workflow commands of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// JUnit XML
    Junit,
    /// A drawing for Graphviz
    Dot,
    /// A picture (needs Graphviz)
    Svg,
    /// A drawing for Mermaid
    Mermaid,
}

impl Format for DiffFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &DiffArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let outputs = args.outputs()?;
    let (base, head) = args.sides.read(global)?;
    let context = args.context(&base, &head);
    let review = review(&base, &head, args.sides.policy(), global)?;
    for (format, output) in &outputs {
        args.write(&review, &context, *format, output, global)?;
    }
    let fails = args.fail_on.level().is_some_and(|level| review.fails(level));
    if fails { Err(CliError::Found) } else { Ok(()) }
}

impl SidesArgs {
    /// Reads both sides and says what is worth knowing about them.
    fn read(&self, global: &GlobalArgs) -> Result<(Topology, Topology), CliError> {
        let reading = Bar::start(global, "reading both sides");
        let (base, head) = (self.base.as_deref(), self.head.as_deref());
        let sides = input::sides(base, head, Path::new("."), &mut io::stdin());
        drop(reading);
        let (base, head) = sides?;
        for notice in base.notices.iter().chain(&head.notices) {
            global.note(notice);
        }
        Ok((base, head))
    }

    fn policy(&self) -> Policy {
        let accept_from = match self.accept_from {
            AcceptFromArg::Base => AcceptFrom::Base,
            AcceptFromArg::Head => AcceptFrom::Head,
        };
        Policy { accept_from, today: self.today.unwrap_or_else(today) }
    }
}

/// Compares and judges two topologies.
pub(super) fn review(
    base: &Topology,
    head: &Topology,
    policy: Policy,
    global: &GlobalArgs,
) -> Result<Review, CliError> {
    let needed = needed(&base.spec, &head.spec);
    memory::require(global, needed, "this comparison", None)?;
    let bar = Bar::start(global, "comparing closures");
    let left = memory::left(global, needed);
    let comparison = Comparison::within(&base.spec, &head.spec, left).map_err(refused)?;
    let review = Review::of(comparison, policy);
    drop(bar);
    Ok(review)
}

/// The closures of two topologies, over the nodes of both.
fn needed(base: &Spec, head: &Spec) -> usize {
    let gone = base.nodes.keys().filter(|name| !head.nodes.contains_key(*name)).count();
    report::memory::comparison(head.nodes.len() + gone, base.edges.len().max(head.edges.len()))
}

fn refused(refusal: Refusal) -> CliError {
    match refusal {
        Refusal::Rename(diagnostics) => CliError::Spec(diagnostics),
        Refusal::TooMuch => CliError::usage(
            "more answers differ between the two topologies than fit in memory".to_owned(),
            "raise --memory-limit, or compare in steps: one commit at a time, or one part of the spec",
        ),
    }
}

impl DiffArgs {
    /// The formats, each with where it goes: the n-th file belongs to the n-th format, and what has none is printed.
    fn outputs(&self) -> Result<Vec<(DiffFormat, OutputArgs)>, CliError> {
        let count = self.format.len().max(self.output.len()).max(1);
        let mut outputs = Vec::with_capacity(count);
        for position in 0..count {
            let output = OutputArgs { output: self.output.get(position).cloned() };
            let format = format(self.format.get(position).copied(), output.file())?;
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
        let mut files: Vec<&Path> = outputs.iter().filter_map(|(_, output)| output.file()).collect();
        files.sort_unstable();
        if let Some(twice) = files.windows(2).find(|pair| pair[0] == pair[1]) {
            let message = format!("two formats would be written to `{}`", twice[0].display());
            return Err(CliError::usage(message, "give each -f its own -o FILE"));
        }
        Ok(outputs)
    }

    fn context(&self, base: &Topology, head: &Topology) -> Context {
        let sides = [&self.sides.base, &self.sides.head].into_iter().flatten();
        let named: Vec<String> = sides.map(|side| side.to_string_lossy().into_owned()).collect();
        Context {
            base: base.name.clone(),
            head: head.name.clone(),
            base_commit: base.commit.clone(),
            head_commit: head.commit.clone(),
            command: Again::new("diff").names(&named).text(),
            link: self.link.as_ref().map(|link| link.trim_end_matches('/').to_owned()),
            fail_on: self.fail_on.level(),
        }
    }

    fn write(
        &self,
        review: &Review,
        context: &Context,
        format: DiffFormat,
        output: &OutputArgs,
        global: &GlobalArgs,
    ) -> Result<(), CliError> {
        use report::review as words;
        let text = match format {
            DiffFormat::Text => words::text(review, context),
            DiffFormat::Markdown => words::markdown(review, context),
            DiffFormat::Github => words::github(review, context),
            DiffFormat::Junit => words::junit(review, context),
            DiffFormat::Mermaid => words::mermaid(review, context),
            DiffFormat::Dot | DiffFormat::Svg => words::dot(review, context, self.theme.into())?,
            DiffFormat::Sarif => return output.json(&words::sarif(review, context)),
            DiffFormat::Gitlab => return output.json(&words::gitlab(review, context)),
            DiffFormat::Json => {
                return output
                    .stream(|out: &mut dyn Write| report::json::write_diff_json(review, context, out));
            }
        };
        if format == DiffFormat::Svg { write_svg(&text, output) } else { output.text(&text, global) }
    }
}
