//! `crabwalk diff`: what does a change of the topology open, which line did it, and may it land?

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::drawing::{ThemeArg, write_svg};
use super::error::CliError;
use super::failure;
use super::format::Format;
use super::gate::{FailOn, today};
use super::global::GlobalArgs;
use super::memory_limit;
use super::output::{OutputArgs, outputs};
use super::progress::Bar;
use super::was_read;
use super::what_if;
use super::what_if::WhatIfArgs;
use crate::compare::{Overlay, Refusal};
use crate::findings::{AcceptFrom, HeadGone, Policy, Review, accepted_deletion};
use crate::input::{self, InputError, Presence, Topology, Word};
use crate::model::Spec;
use crate::report::{self, CommandLine, review::Context};

/// Review a change of topology: what it opens, which line did it, and whether it may land
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk diff origin/main:crabwalk.yaml crabwalk.yaml")]
#[command(
    after_help = "BASE and HEAD are each a file, a directory, - for the standard input, a matrix saved with `matrix -f json`, or \
    REV:PATH of the git repository around; :PATH is the index. A revision alone is the head's own spec at that revision, wherever it \
    was then: what was moved is followed. A side that cannot be read is exit code 2 and never an empty topology; that is `none`, with \
    --base or --head. Without BASE that is the merge base with the default branch. What is tried with --without, --with-guard or --isolate is tried on HEAD.\n\n\
    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run. `crabwalk explain CW001` explains a finding."
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
    first: Option<PathBuf>,
    /// The topology after the change [default: the spec as it stands]
    #[arg(value_name = "HEAD", value_hint = clap::ValueHint::AnyPath)]
    second: Option<PathBuf>,
    /// BASE by its name; `none` is an empty topology
    #[arg(long, value_name = "BASE", value_hint = clap::ValueHint::AnyPath, conflicts_with = "second")]
    base: Option<PathBuf>,
    /// HEAD by its name; `none` is an empty topology
    #[arg(long, value_name = "HEAD", value_hint = clap::ValueHint::AnyPath, conflicts_with = "second")]
    head: Option<PathBuf>,
    /// Whose acceptances count: those that the base has already, or the head's too
    #[arg(long, value_name = "SIDE", default_value = "base")]
    accept_from: AcceptFromArg,
    /// The day by which acceptances expire [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    #[command(flatten)]
    what_if: WhatIfArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AcceptFromArg {
    Base,
    Head,
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
    let outputs = outputs(&args.format, &args.output)?;
    let sides = args.sides.read(global);
    for (_, output) in &outputs {
        output.spare()?;
    }
    let compared = sides.and_then(|(base, head)| {
        let review = review(&base, &head, args.sides.policy(), global)?;
        Ok((args.context(&base, &head), review))
    });
    let (context, review) = compared.map_err(|problem| args.could_not_run(problem, &outputs))?;
    for (format, output) in &outputs {
        match args.write(&review, &context, *format, output, global) {
            // Whoever reads one answer may go away; the others are still wanted, and the gate does not open by it.
            Err(problem) if problem.is_closed_pipe() => {}
            written => written?,
        }
    }
    if args.fail_on.gate().fails(&review.findings) { Err(CliError::Found) } else { Ok(()) }
}

impl SidesArgs {
    /// Reads both sides and says what is worth knowing about them.
    fn read(&self, global: &GlobalArgs) -> Result<(Topology, Topology), CliError> {
        let reading = Bar::start(global, "reading both sides");
        let (base, head) = self.words()?;
        let sides = input::sides(base, head, Path::new("."), &mut io::stdin());
        drop(reading);
        was_read::named([base, head].into_iter().filter_map(|word| match word {
            Word::Named(path) => Some(path),
            Word::Own | Word::Empty => None,
        }));
        let (base, mut head) = sides.inspect_err(remember_mistakes)?;
        // What git reads is not on the disk.
        for side in [&base, &head].into_iter().filter(|side| side.commit.is_none()) {
            was_read::files(&side.spec.files);
        }
        for notice in base.notices.iter().chain(&head.notices) {
            global.note(notice);
        }
        head.spec = self.what_if.apply_to_head(head.spec, &head.name)?;
        Ok((base, head))
    }

    /// What is said of each side: by its place, or by its name.
    fn words(&self) -> Result<(Word<'_>, Word<'_>), CliError> {
        if self.base.is_some() && self.head.is_some() && self.first.is_some() {
            let help = "say each side once: `crabwalk diff BASE HEAD`";
            return Err(CliError::usage("there are three sides".to_owned(), help));
        }
        let first = Word::from(self.first.as_deref());
        Ok(match (by_name(self.base.as_deref()), by_name(self.head.as_deref())) {
            (Some(base), Some(head)) => (base, head),
            (Some(base), None) => (base, first),
            (None, Some(head)) => (first, head),
            (None, None) => (first, Word::from(self.second.as_deref())),
        })
    }

    fn policy(&self) -> Policy {
        let accept_from = match self.accept_from {
            AcceptFromArg::Base => AcceptFrom::Base,
            AcceptFromArg::Head => AcceptFrom::Head,
        };
        Policy { accept_from, today: self.today.unwrap_or_else(today) }
    }
}

/// A side that is said by its name.
fn by_name(word: Option<&Path>) -> Option<Word<'_>> {
    word.map(|word| if word == Path::new("none") { Word::Empty } else { Word::Named(word) })
}

/// A spec with mistakes was read too.
fn remember_mistakes(problem: &InputError) {
    if let InputError::Spec(mistakes) = problem {
        was_read::files(&mistakes.files);
    }
}

/// Compares and judges two topologies.
pub(super) fn review(
    base: &Topology,
    head: &Topology,
    policy: Policy,
    global: &GlobalArgs,
) -> Result<Review, CliError> {
    let overlay = Overlay::of(&base.spec, &head.spec).map_err(refused)?;
    let needed = if overlay.moves_nothing() { 0 } else { needed(&base.spec, &head.spec) };
    memory_limit::require(global, needed, "this comparison", None)?;
    let bar = Bar::start(global, "comparing closures");
    let comparison = overlay.compare(memory_limit::left(global, needed)).map_err(refused)?;
    let review = Review::knowing(comparison, policy, head_gone(head, policy));
    drop(bar);
    Ok(review)
}

/// What is known of a head without nodes: whether that was said, and whether another spec of the repository accepts it.
fn head_gone(head: &Topology, policy: Policy) -> HeadGone {
    let on_purpose = head.presence == Presence::OnPurpose;
    let Some(gone) = &head.gone else { return HeadGone { on_purpose, ..HeadGone::default() } };
    let accepted = accepted_deletion(&gone.path, &gone.before, &gone.after, policy);
    HeadGone { path: Some(gone.path.clone()), on_purpose, accepted }
}

/// The closures of two topologies, over the nodes of both.
fn needed(base: &Spec, head: &Spec) -> usize {
    let gone = base.nodes.keys().filter(|name| !head.nodes.contains_key(*name)).count();
    report::memory_bounds::comparison(head.nodes.len() + gone, base.edges.len().max(head.edges.len()))
}

fn refused(refusal: Refusal) -> CliError {
    match refusal {
        Refusal::Rename(diagnostics) | Refusal::Authority(diagnostics) => CliError::Spec(diagnostics),
        Refusal::TooMuch => CliError::usage(
            "more answers differ between the two topologies than fit in memory".to_owned(),
            "raise --memory-limit, or compare in steps: one commit at a time, or one part of the spec",
        ),
    }
}

impl DiffArgs {
    /// Writes the problem where other programs wait for findings.
    fn could_not_run(&self, problem: CliError, outputs: &[(DiffFormat, OutputArgs)]) -> CliError {
        let sides = [&self.sides.head, &self.sides.second, &self.sides.first, &self.sides.base];
        let asked = sides.into_iter().flatten().next().map(PathBuf::as_path);
        failure::report(problem, ("diff", &self.again()), asked, outputs)
    }

    /// The call, as it is typed again.
    fn again(&self) -> CommandLine {
        let sides = &self.sides;
        let by_name = |again: CommandLine, flag: &str, side: &Option<PathBuf>| {
            let side = side.iter().map(|side| side.to_string_lossy().into_owned());
            again.option(flag, &side.collect::<Vec<_>>())
        };
        let again = by_name(by_name(CommandLine::new("diff"), "--base", &sides.base), "--head", &sides.head);
        let placed: Vec<PathBuf> = [&sides.first, &sides.second].into_iter().flatten().cloned().collect();
        sides.what_if.again(again.paths(&placed))
    }

    fn context(&self, base: &Topology, head: &Topology) -> Context {
        Context {
            base: base.name.clone(),
            head: head.name.clone(),
            base_commit: base.commit.clone(),
            head_commit: head.commit.clone(),
            command: self.again().text(),
            link: self.link.as_ref().map(|link| link.trim_end_matches('/').to_owned()),
            fail_on: self.fail_on.gate().0,
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
        if matches!(format, DiffFormat::Sarif | DiffFormat::Github | DiffFormat::Gitlab) {
            what_if::note_sides(review, global);
        }
        let text = match format {
            DiffFormat::Text => words::text_within(review, context, output.width()),
            DiffFormat::Markdown => words::markdown(review, context),
            DiffFormat::Github => return output.commands(&words::github(review, context)),
            DiffFormat::Junit => words::junit(review, context),
            DiffFormat::Mermaid => words::mermaid(review, context),
            DiffFormat::Dot | DiffFormat::Svg => words::dot(review, context, self.theme.into()),
            DiffFormat::Sarif => return output.json(&words::sarif(review, context)),
            DiffFormat::Gitlab => return output.json(&words::gitlab(review, context)),
            DiffFormat::Json => {
                return output
                    .stream(|out: &mut dyn Write| report::wire::write_diff_json(review, context, out));
            }
        };
        if format == DiffFormat::Svg { write_svg(&text, output) } else { output.text(&text, global) }
    }
}
