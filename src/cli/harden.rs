//! `crabwalk harden`: what to change first?

use clap::{Args, ValueEnum};

use super::drawing::{ThemeArg, write_svg};
use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::progress::Bar;
use super::select::select;
use crate::hardening::{By, Hardening, Question};
use crate::model::{NodeId, Plane, Spec};
use crate::report::{self, CommandLine};

/// What to change first: the smallest cuts, what every path passes, and what each single change would do
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk harden crabwalk.yaml --from inbox --to payments")]
pub(super) struct HardenArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// What an attacker holds: a node or a selector (zone:, tag:, kind:, type:, untrusted); may be repeated [default: all that is untrusted]
    #[arg(long, value_name = "NODE", allow_hyphen_values = true)]
    from: Vec<String>,
    /// What to keep it from: a node or a selector; may be repeated [default: all that is critical, private, or of the most trusted zone]
    #[arg(long, value_name = "NODE", allow_hyphen_values = true)]
    to: Vec<String>,
    /// Edges to remove, or places for one more guard
    #[arg(long, value_name = "WHAT", default_value = "edges")]
    by: ByArg,
    /// Keep the content of TO from coming to FROM, instead of FROM from steering TO
    #[arg(long)]
    exposure: bool,
    /// Colours of a drawing
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<HardenFormat>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ByArg {
    /// Edges to remove: all paths count, whatever guards stand on them
    Edges,
    /// Where one more guard would do it: open paths count alone
    Guards,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum HardenFormat {
    /// For the terminal
    Text,
    /// For a comment or a document
    Markdown,
    /// The output contract crabwalk/harden/1: all changes that close something
    Json,
    /// What lies between the two, and the smallest cuts, as a drawing for Graphviz
    Dot,
    /// The same as a picture (needs Graphviz)
    Svg,
    /// The same as a drawing for Mermaid
    Mermaid,
}

impl Format for HardenFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &HardenArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    let question = args.question(graph.spec())?;
    memory_limit::require(global, report::memory_bounds::hardening(&graph), "trying changes", None)?;
    let bar = Bar::start(global, "trying changes");
    if matches!(format, HardenFormat::Dot | HardenFormat::Svg | HardenFormat::Mermaid) {
        let hardening = Hardening::cuts(&graph, question);
        drop(bar);
        return args.draw(&hardening, format, global);
    }
    let hardening = Hardening::compute(&graph, question, &bar);
    let again = args.again();
    let text = match format {
        HardenFormat::Text => report::harden_text(&hardening, &again),
        HardenFormat::Markdown => report::harden_markdown(&hardening, &again),
        _ => {
            drop(bar);
            return args.output.stream(|out| report::wire::write_harden_json(&hardening, out));
        }
    };
    drop(bar);
    args.output.text(&text, global)
}

impl HardenArgs {
    fn question(&self, spec: &Spec) -> Result<Question, CliError> {
        let side = |words: &[String], otherwise: Vec<NodeId>, nothing: &str, help: &str| {
            if !words.is_empty() {
                return Ok(select(spec, words)?);
            }
            if otherwise.is_empty() {
                return Err(CliError::usage(nothing.to_owned(), help));
            }
            Ok(otherwise)
        };
        let from = side(
            &self.from,
            Question::untrusted(spec),
            "no node is untrusted, so that there is nothing to begin with",
            "name what an attacker holds with --from",
        )?;
        let to = side(
            &self.to,
            Question::precious(spec),
            "no node is critical, private or in the most trusted of several zones",
            "name what is to be kept with --to, or mark it `critical: true` in the spec",
        )?;
        let by = match self.by {
            ByArg::Edges => By::Edges,
            ByArg::Guards => By::Guards,
        };
        let plane = if self.exposure { Plane::Exposure } else { Plane::Influence };
        Ok(Question::new(plane, by, &from, &to))
    }

    fn draw(
        &self,
        hardening: &Hardening<'_>,
        format: HardenFormat,
        global: &GlobalArgs,
    ) -> Result<(), CliError> {
        match format {
            HardenFormat::Mermaid => self.output.text(&report::mermaid_harden(hardening)?, global),
            HardenFormat::Svg => write_svg(&report::dot_harden(hardening, self.theme.into())?, &self.output),
            _ => self.output.text(&report::dot_harden(hardening, self.theme.into())?, global),
        }
    }

    /// The command as it was typed, without the format.
    fn again(&self) -> CommandLine {
        let again = CommandLine::new("harden").paths(&self.spec.spec);
        let again = again.option("--from", &self.from).option("--to", &self.to);
        let again = if self.by == ByArg::Guards { again.flag("--by guards") } else { again };
        let again = if self.exposure { again.flag("--exposure") } else { again };
        self.spec.what_if.again(again)
    }
}
