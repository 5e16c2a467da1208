//! `crabwalk matrix`: the whole matrix.

use clap::{Args, ValueEnum};

use super::bless;
use super::bless::BlessArgs;
use super::error::CliError;
use super::format::{Format, format};
use super::global::GlobalArgs;
use super::load::{SpecArgs, graph};
use super::memory_limit;
use super::output::OutputArgs;
use super::progress::Bar;
use super::select::{select, slice};
use super::what_if;
use crate::analysis::{FleetSizes, Matrix, Order, Shard};
use crate::graph::CapabilityGraph;
use crate::model::{NodeId, Spec};
use crate::report::{self, CommandLine, MatrixOptions, View};

/// The lateral-movement matrix: for every pair, what an attacker who holds the row gets of the column
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk matrix crabwalk.yaml --view influence")]
pub(super) struct MatrixArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// What the cells show
    #[arg(long, value_name = "VIEW", default_value = "verbs")]
    view: ViewArg,
    /// Order of the nodes inside their zones; with --sizes-only, of all nodes
    #[arg(long, value_name = "ORDER", default_value = "declared")]
    order: OrderArg,
    /// Rows: a node or a selector (zone:, tag:, kind:, type:, untrusted); may be repeated
    #[arg(long, value_name = "NODE", allow_hyphen_values = true)]
    from: Vec<String>,
    /// Columns: a node or a selector; may be repeated
    #[arg(long, value_name = "NODE", allow_hyphen_values = true)]
    to: Vec<String>,
    /// Rows and columns of this zone alone, on the sides that --from and --to do not name; may be repeated
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Vec<String>,
    /// The same by kind (agent, tool, store, …); may be repeated
    #[arg(long, value_name = "KIND", allow_hyphen_values = true)]
    kind: Vec<String>,
    /// Draw with ASCII alone
    #[arg(long)]
    ascii: bool,
    /// How far each node reaches, as figures: counted and not kept, for fleets of any size
    #[arg(long, conflicts_with_all = ["to", "view", "ascii"])]
    sizes_only: bool,
    /// Slice I of N of the rows (csv, json, sizes): N slices joined in order are the whole, byte for byte
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<MatrixFormat>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    bless: BlessArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ViewArg {
    /// Verbs: declared in upper case, through others in lower case
    Verbs,
    /// Hops to what can be steered
    Influence,
    /// Hops from what can be learned
    Exposure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrderArg {
    /// As in the spec
    Declared,
    /// Along the flow of influence
    Flow,
    /// The widest reach first
    Reach,
    /// By name
    Name,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MatrixFormat {
    /// For the terminal
    Text,
    /// For a comment or a document
    Markdown,
    /// One row a pair
    Csv,
    /// The output contract crabwalk/matrix/2
    Json,
    /// One plain table
    Html,
}

impl Format for MatrixFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &MatrixArgs, global: &GlobalArgs) -> Result<(), CliError> {
    if args.bless.bless {
        return bless::run(&args.bless, &args.spec.spec, global);
    }
    let format = format(args.format, args.output.file())?;
    args.refuse(format)?;
    let graph = graph(&args.spec.spec, &args.spec.what_if, global)?;
    if format == MatrixFormat::Csv {
        what_if::note(graph.spec(), global);
    }
    if args.sizes_only {
        return sizes(args, format, &graph, global);
    }
    let (rows, columns) = args.selected(graph.spec())?;
    let matrix = Matrix::restricted(&graph, rows, &columns);
    args.require(format, &matrix, global)?;
    match format {
        MatrixFormat::Json | MatrixFormat::Csv => streamed(args, format, &matrix, global),
        _ => drawn(args, format, matrix, global),
    }
}

/// Row by row: nothing is kept of what has been written.
fn streamed(
    args: &MatrixArgs,
    format: MatrixFormat,
    matrix: &Matrix<'_>,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    let bar = Bar::start_beside(global, "rows", args.output.file().is_none());
    args.output.stream(|out| match format {
        MatrixFormat::Json => report::wire::matrix_json_shard(matrix, args.slice(), out, &bar),
        _ => report::matrix_csv_shard(matrix, args.slice(), out, &bar),
    })
}

/// As a page: whole in memory, because what a column is wide depends on all of its cells.
fn drawn(
    args: &MatrixArgs,
    format: MatrixFormat,
    matrix: Matrix<'_>,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    let bar = Bar::start(global, "rows");
    let order = Order::from(args.order);
    let arrange = |nodes: &[NodeId]| order.arrange(matrix.graph(), nodes);
    let (rows, columns) = (arrange(matrix.row_nodes()), arrange(&matrix.column_nodes()));
    let options = MatrixOptions { view: args.view.into(), width: args.output.width(), ascii: args.ascii };
    let text = match format {
        MatrixFormat::Markdown => report::matrix_markdown(&matrix, &rows, &columns, options),
        MatrixFormat::Html => report::matrix_html(&matrix, &rows, &columns, options),
        _ => report::matrix_text(&matrix, &rows, &columns, options),
    };
    drop(bar);
    args.output.text(&text, global)
}

/// The sizes of the rows alone.
fn sizes(
    args: &MatrixArgs,
    format: MatrixFormat,
    graph: &CapabilityGraph,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    let (mut nodes, _) = args.selected(graph.spec())?;
    memory_limit::require(global, report::memory_bounds::sizes(graph), "counting the sizes", None)?;
    let bar = Bar::start(global, "counting");
    let sizes = FleetSizes::count(graph, &bar);
    drop(bar);
    match args.order {
        OrderArg::Reach => sizes.rank(&mut nodes),
        OrderArg::Name => nodes.sort_by_key(|node| graph.spec().node_name(*node)),
        OrderArg::Declared | OrderArg::Flow => {}
    }
    args.output.stream(|out| match format {
        MatrixFormat::Json => report::wire::sizes_json(&sizes, &nodes, args.slice(), out),
        MatrixFormat::Csv => report::sizes_csv(&sizes, &nodes, args.slice(), out),
        _ => report::sizes_text(&sizes, &nodes, args.slice(), out),
    })
}

impl MatrixArgs {
    /// Refuses what has no answer, before anything is read.
    fn refuse(&self, format: MatrixFormat) -> Result<(), CliError> {
        let page = matches!(format, MatrixFormat::Markdown | MatrixFormat::Html);
        let rows = matches!(format, MatrixFormat::Csv | MatrixFormat::Json);
        if self.sizes_only && page {
            return Err(CliError::usage(
                "`--sizes-only` has no such format".to_owned(),
                "say -f text, -f csv or -f json",
            ));
        }
        if self.sizes_only && self.order == OrderArg::Flow {
            return Err(CliError::usage(
                "`--order flow` arranges a matrix, and `--sizes-only` prints none".to_owned(),
                "say --order reach for the widest first",
            ));
        }
        if self.shard.is_some() && !self.sizes_only && !rows {
            return Err(CliError::usage(
                "`--shard` takes a slice of what is written row by row, and this format is a page".to_owned(),
                "say -f csv or -f json, or --sizes-only",
            ));
        }
        Ok(())
    }

    /// Rows and columns.
    fn selected(&self, spec: &Spec) -> Result<(Vec<NodeId>, Vec<NodeId>), CliError> {
        let slice = slice(spec, &self.zone, &self.kind)?;
        let side = |words: &[String]| -> Result<Vec<NodeId>, CliError> {
            Ok(if words.is_empty() { slice.clone() } else { select(spec, words)? })
        };
        let (rows, columns) = (side(&self.from)?, side(&self.to)?);
        if !spec.nodes.is_empty() && (rows.is_empty() || columns.is_empty()) {
            return Err(CliError::usage(
                "no node is in the zones and of the kinds that were named".to_owned(),
                "drop --zone or --kind, or name other ones",
            ));
        }
        Ok((rows, columns))
    }

    /// Refuses what would not fit in memory, with a command that does.
    fn require(
        &self,
        format: MatrixFormat,
        matrix: &Matrix<'_>,
        global: &GlobalArgs,
    ) -> Result<(), CliError> {
        let rows = matches!(format, MatrixFormat::Csv | MatrixFormat::Json);
        let too_wide = self.output.width().is_some_and(|width| matrix.column_count() > width);
        let needed = match format {
            MatrixFormat::Csv | MatrixFormat::Json => {
                report::memory_bounds::stream(matrix, format == MatrixFormat::Json)
            }
            MatrixFormat::Html => report::memory_bounds::page(matrix, true),
            MatrixFormat::Text if too_wide => report::memory_bounds::summary(matrix),
            MatrixFormat::Markdown if !report::fits_markdown(matrix) => {
                report::memory_bounds::summary(matrix)
            }
            MatrixFormat::Text | MatrixFormat::Markdown => report::memory_bounds::page(matrix, false),
        };
        let what = if rows { "writing this matrix row by row" } else { "this matrix" };
        memory_limit::require(global, needed, what, self.instead(matrix, global))
    }

    /// What fits in memory, the fullest answer first.
    fn instead(&self, matrix: &Matrix<'_>, global: &GlobalArgs) -> Option<String> {
        let again = || {
            let again = CommandLine::new("matrix").paths(&self.spec.spec).option("--from", &self.from);
            let again = again.option("--zone", &self.zone).option("--kind", &self.kind);
            self.spec.what_if.again(again)
        };
        let rows = again().option("--to", &self.to).format("csv", self.output.file());
        let sizes = again().flag("--sizes-only").format("csv", self.output.file());
        if memory_limit::fits(global, report::memory_bounds::stream(matrix, false)) {
            Some(format!("{} writes it row by row, {} counts alone", rows.quoted(), sizes.quoted()))
        } else {
            memory_limit::fits(global, report::memory_bounds::sizes(matrix.graph()))
                .then(|| format!("{} counts alone", sizes.quoted()))
        }
    }

    fn slice(&self) -> Shard {
        self.shard.unwrap_or(Shard::WHOLE)
    }
}

/// `I/N`.
fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    parts
        .and_then(|(number, of)| Shard::new(number, of))
        .ok_or_else(|| "say I/N with I from 1 to N, such as 3/8".to_owned())
}

impl From<ViewArg> for View {
    fn from(view: ViewArg) -> Self {
        match view {
            ViewArg::Verbs => Self::Verbs,
            ViewArg::Influence => Self::Influence,
            ViewArg::Exposure => Self::Exposure,
        }
    }
}

impl From<OrderArg> for Order {
    fn from(order: OrderArg) -> Self {
        match order {
            OrderArg::Declared => Self::Declared,
            OrderArg::Flow => Self::Flow,
            OrderArg::Reach => Self::Reach,
            OrderArg::Name => Self::Name,
        }
    }
}
