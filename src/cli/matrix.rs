//! `crabwalk matrix`: the whole matrix.

use clap::{Args, ValueEnum};

use super::args::{Format, GlobalArgs, SpecArgs, format, graph, select, slice};
use super::destination::OutputArgs;
use super::error::CliError;
use crate::analysis::{Matrix, Order};
use crate::report::{self, MatrixOptions, View};
use crate::spec::NodeId;

/// The lateral-movement matrix: for every pair, what an attacker who holds the row gets of the column
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk matrix crabwalk.yaml --view influence")]
pub(super) struct MatrixArgs {
    #[command(flatten)]
    spec: SpecArgs,
    /// What the cells show
    #[arg(long, value_name = "VIEW", default_value = "verbs")]
    view: ViewArg,
    /// Order of the nodes inside their zones
    #[arg(long, value_name = "ORDER", default_value = "declared")]
    order: OrderArg,
    /// Rows: a node or a selector (zone:, tag:, kind:, type:, untrusted); may be repeated
    #[arg(long, value_name = "NODE")]
    from: Vec<String>,
    /// Columns: a node or a selector; may be repeated
    #[arg(long, value_name = "NODE")]
    to: Vec<String>,
    /// Rows and columns of this zone alone, on the sides that --from and --to do not name; may be repeated
    #[arg(long, value_name = "ZONE")]
    zone: Vec<String>,
    /// The same by kind (agent, tool, store, …); may be repeated
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Draw with ASCII alone
    #[arg(long)]
    ascii: bool,
    /// Format of the answer
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<MatrixFormat>,
    #[command(flatten)]
    output: OutputArgs,
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
    /// The output contract crabwalk/matrix/1
    Json,
    /// One plain table
    Html,
}

impl Format for MatrixFormat {
    const DEFAULT: Self = Self::Text;
}

pub(super) fn run(args: &MatrixArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let format = format(args.format, args.output.file())?;
    let graph = graph(&args.spec.spec, global)?;
    let spec = graph.spec();
    let slice = slice(spec, &args.zone, &args.kind)?;
    let side = |words: &[String]| -> Result<Vec<NodeId>, CliError> {
        if words.is_empty() { Ok(slice.clone()) } else { select(spec, words) }
    };
    let (rows, columns) = (side(&args.from)?, side(&args.to)?);
    if !spec.nodes.is_empty() && (rows.is_empty() || columns.is_empty()) {
        return Err(CliError::usage(
            "no node is in the zones and of the kinds that were named".to_owned(),
            "drop --zone or --kind, or name other ones",
        ));
    }
    if matches!(format, MatrixFormat::Json | MatrixFormat::Csv) {
        let matrix = Matrix::restricted(&graph, rows, &columns);
        return args.output.stream(|out| match format {
            MatrixFormat::Json => report::json::matrix_json(&matrix, out),
            _ => report::matrix_csv(&matrix, out),
        });
    }
    let order = Order::from(args.order);
    let (rows, columns) = (order.arrange(&graph, &rows), order.arrange(&graph, &columns));
    let matrix = Matrix::restricted(&graph, rows.clone(), &columns);
    let options = MatrixOptions { view: args.view.into(), width: width(args), ascii: args.ascii };
    let text = match format {
        MatrixFormat::Markdown => report::matrix_markdown(&matrix, &rows, &columns, options),
        MatrixFormat::Html => report::matrix_html(&matrix, &rows, &columns, options),
        _ => report::matrix_text(&matrix, &rows, &columns, options),
    };
    args.output.text(&text, global)
}

/// Columns to fit: those of the terminal, or what `COLUMNS` says; no limit otherwise, and none for a file.
fn width(args: &MatrixArgs) -> Option<usize> {
    let from_environment = || std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|width| *width > 0);
    if args.output.file().is_some() {
        return None;
    }
    let terminal =
        || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    from_environment().or_else(terminal)
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
