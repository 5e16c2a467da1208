//! `crabwalk gen`: a made-up fleet, for benches and trials.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::global::GlobalArgs;
use super::interrupt::Unfinished;
use super::leftovers;
use super::memory_limit;
use super::output::OutputArgs;
use crate::fleet::{Fleet, FleetPlan, Secrets, Shape};
use crate::report;

/// Make up a fleet of any size, for benches and trials; the same seed gives the same bytes
#[derive(Debug, Args)]
#[command(before_help = "Example: crabwalk gen org-dense --nodes 10000 --mixed -o fleet.yaml")]
pub(super) struct GenArgs {
    /// The shape of what flows between the nodes
    #[arg(value_name = "SHAPE")]
    shape: ShapeArg,
    /// Nodes of the shape; what is mixed in comes on top
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    nodes: u32,
    /// Where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 7)]
    seed: u64,
    /// Mix in guards (on a third of the edges), per-call agents, persistent stores, sources, sinks, zones and some credentials
    #[arg(long)]
    mixed: bool,
    /// Edges drawn a node [default: 2; layered: 3]; for random, scale-free and layered
    #[arg(long, value_name = "K")]
    edges_per_node: Option<u32>,
    /// Credentials, each read by one agent and opening one to three tools [default: 0; --mixed: one in 200 nodes, up to 50]
    #[arg(long, value_name = "N")]
    credentials: Option<u32>,
    /// General tools, each invoked by three agents [default: 0; --mixed: one in 1000 nodes, up to 10]
    #[arg(long, value_name = "N")]
    general_tools: Option<u32>,
    /// Roles, each assumed by three agents [default: 0; --mixed: one in 1000 nodes, up to 10]
    #[arg(long, value_name = "N")]
    roles: Option<u32>,
    /// Declare nodes in the order in which they are made, instead of shuffled
    #[arg(long)]
    ordered: bool,
    /// Spread the fleet over this many files; -o names the directory to create
    #[arg(long, value_name = "N")]
    files: Option<u32>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShapeArg {
    /// Teams of 5 to 12 with a lead, workers and a memory, and few edges between teams
    Org,
    /// The same with five times the edges between teams: a giant loop arises
    OrgDense,
    /// Edges anywhere
    Random,
    /// Who has many edges gets more
    ScaleFree,
    /// 100 layers, without any loop
    Layered,
    /// One after the other
    Chain,
    /// One store shared by all
    Hub,
}

impl From<ShapeArg> for Shape {
    fn from(shape: ShapeArg) -> Self {
        match shape {
            ShapeArg::Org => Self::Org,
            ShapeArg::OrgDense => Self::OrgDense,
            ShapeArg::Random => Self::Random,
            ShapeArg::ScaleFree => Self::ScaleFree,
            ShapeArg::Layered => Self::Layered,
            ShapeArg::Chain => Self::Chain,
            ShapeArg::Hub => Self::Hub,
        }
    }
}

impl GenArgs {
    fn plan(&self) -> FleetPlan {
        let plan = FleetPlan {
            mixed: self.mixed,
            edges_per_node: self.edges_per_node,
            files: self.files.unwrap_or(1),
            ordered: self.ordered,
            ..FleetPlan::new(self.shape.into(), self.nodes, self.seed)
        };
        let usual = plan.secrets();
        plan.with_secrets(Secrets {
            credentials: self.credentials.unwrap_or(usual.credentials),
            general_tools: self.general_tools.unwrap_or(usual.general_tools),
            roles: self.roles.unwrap_or(usual.roles),
        })
    }
}

pub(super) fn run(args: &GenArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let directory = match (args.files, args.output.file()) {
        (None, _) => None,
        (Some(_), Some(directory)) => Some(directory),
        (Some(_), None) => {
            return Err(CliError::usage(
                "several files cannot be written to the standard output".to_owned(),
                "name the directory to create with -o",
            ));
        }
    };
    let plan = args.plan();
    let edges = plan.edges_per_node.map_or(MOST_DRAWN, |edges| edges as usize + MOST_DRAWN);
    memory_limit::require(
        global,
        report::memory_bounds::fleet(plan.nodes as usize, edges),
        "this fleet",
        None,
    )?;
    let fleet = Fleet::generate(plan)?;
    match directory {
        None => args.output.stream(|out| fleet.write(out))?,
        Some(directory) => write_directory(&fleet, directory)?,
    }
    if let Some(path) = args.output.file() {
        let (nodes, edges) = (fleet.node_count(), fleet.edge_count());
        global.note(&format!("wrote {}: nodes {nodes}, edges {edges}", path.display()));
    }
    Ok(())
}

/// Edges that shapes and what is mixed in draw a node where nothing else is said.
const MOST_DRAWN: usize = 6;

/// Writes the files beside the directory and moves them into place together.
fn write_directory(fleet: &Fleet, directory: &Path) -> Result<(), CliError> {
    if fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(CliError::usage(
            format!("`{}` is not empty, and gen never overwrites", directory.display()),
            "name a directory that is not there yet",
        ));
    }
    create_directory(fleet, directory).map_err(|problem| CliError::write(directory, problem))
}

fn create_directory(fleet: &Fleet, directory: &Path) -> io::Result<()> {
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
    let make = || leftovers::folder(parent.unwrap_or(Path::new(".")));
    let (_unfinished, unfinished) = Unfinished::create(make)?;
    let unfinished_path = unfinished.directory.path();
    for file in 0..fleet.file_count() {
        let mut out =
            BufWriter::with_capacity(1 << 16, fs::File::create_new(unfinished_path.join(name(fleet, file)))?);
        fleet.write_file(file, &mut out)?;
        out.flush()?;
    }
    // An empty directory may be there; not every system lets a rename replace it.
    if directory.is_dir() {
        fs::remove_dir(directory)?;
    }
    fs::rename(unfinished_path, directory)?;
    // Nothing is left to remove.
    drop(unfinished.directory.keep());
    Ok(())
}

/// The name of a file: sorted by name, the files are in order.
fn name(fleet: &Fleet, file: usize) -> PathBuf {
    let digits = fleet.file_count().to_string().len();
    format!("part-{:0digits$}.crabwalk.yaml", file + 1).into()
}
