//! What a fleet shall look like: its shape, its size, and what is mixed in.

use thiserror::Error;

/// The shape of the flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Teams of 5 to 12 agents: a lead invokes its workers, every third one answers; memory that some share with other
    /// teams; 0.6 edges a team into other teams. Reach stays small.
    Org,
    /// The same with five times the edges into other teams: a giant loop arises.
    OrgDense,
    /// Edges between agents drawn at random, two a node.
    Random,
    /// Agents that attach to those that have many edges already, two edges a node.
    ScaleFree,
    /// 100 layers; each agent writes to three of the next layer. The deep case without any loop.
    Layered,
    /// One agent after the other.
    Chain,
    /// Agents that all write and read one store.
    Hub,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 7] =
        [Self::Org, Self::OrgDense, Self::Random, Self::ScaleFree, Self::Layered, Self::Chain, Self::Hub];

    /// The name on the command line and in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Org => "org",
            Self::OrgDense => "org-dense",
            Self::Random => "random",
            Self::ScaleFree => "scale-free",
            Self::Layered => "layered",
            Self::Chain => "chain",
            Self::Hub => "hub",
        }
    }

    /// How many edges a node draws, for the shapes where that can be chosen.
    #[must_use]
    pub fn edges_per_node(self) -> Option<u32> {
        match self {
            Self::Random | Self::ScaleFree => Some(2),
            Self::Layered => Some(3),
            Self::Org | Self::OrgDense | Self::Chain | Self::Hub => None,
        }
    }
}

/// How much authority is mixed in, on top of the nodes of the shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Secrets {
    /// Credentials: one agent reads each, and each opens one to three tools.
    pub credentials: u32,
    /// Tools that can be made to call anything; three agents invoke each.
    pub general_tools: u32,
    /// Roles with edges of their own; three agents assume each.
    pub roles: u32,
}

/// Everything that a fleet is made from. The same plan gives the same fleet on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetPlan {
    /// The shape of the flows.
    pub shape: Shape,
    /// How many nodes the shape has; what is mixed in comes on top.
    pub nodes: u32,
    /// Where the random numbers start.
    pub seed: u64,
    /// Whether guards, nodes that start afresh for each caller, persistent stores, sources, sinks and zones are mixed in.
    pub mixed: bool,
    /// How many edges a node draws, if not the shape's own number.
    pub edges_per_node: Option<u32>,
    /// How much authority is mixed in; with `mixed`, a little by default.
    pub secrets: Option<Secrets>,
    /// Over how many files the fleet is spread.
    pub files: u32,
    /// Whether nodes are declared in the order in which they were made, and not shuffled.
    pub ordered: bool,
}

/// Why there is no such fleet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct PlanError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// More nodes than that have no place in a spec: ids have 32 bits, and so do the places in a file.
const MOST_NODES: u32 = 50_000_000;
const MOST_EDGES: u64 = 500_000_000;

impl FleetPlan {
    /// A plain fleet in one file.
    #[must_use]
    pub fn new(shape: Shape, nodes: u32, seed: u64) -> Self {
        Self {
            shape,
            nodes,
            seed,
            mixed: false,
            edges_per_node: None,
            secrets: None,
            files: 1,
            ordered: false,
        }
    }

    /// The same with everything mixed in.
    #[must_use]
    pub fn mixed(self) -> Self {
        Self { mixed: true, ..self }
    }

    /// The same with this many edges drawn a node.
    #[must_use]
    pub fn with_edges_per_node(self, edges: u32) -> Self {
        Self { edges_per_node: Some(edges), ..self }
    }

    /// The same with this much authority mixed in.
    #[must_use]
    pub fn with_secrets(self, secrets: Secrets) -> Self {
        Self { secrets: Some(secrets), ..self }
    }

    /// The authority that is mixed in. By default a little, and not more in a large fleet: what it costs grows with
    /// both.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        let some = |one_in: u32, most: u32| (self.nodes / one_in).min(most);
        let little =
            Secrets { credentials: some(200, 50), general_tools: some(1_000, 10), roles: some(1_000, 10) };
        self.secrets.unwrap_or(if self.mixed { little } else { Secrets::default() })
    }

    /// How many edges a node draws.
    pub(super) fn drawn(&self) -> u32 {
        self.edges_per_node.or(self.shape.edges_per_node()).unwrap_or(0)
    }

    /// Whether there can be such a fleet.
    pub(super) fn check(&self) -> Result<(), PlanError> {
        let error = |message: String, help: &str| Err(PlanError { message, help: help.to_owned() });
        let shape = self.shape.as_str();
        if self.edges_per_node.is_some() && self.shape.edges_per_node().is_none() {
            return error(
                format!("`{shape}` has a fixed number of edges a node"),
                "the number can be chosen for random, scale-free and layered",
            );
        }
        let secrets = self.secrets();
        let added = [secrets.credentials, secrets.general_tools, secrets.roles];
        if added.iter().any(|count| *count > 0) && self.nodes < 2 {
            return error(
                "there is no agent to hold credentials, tools or roles".to_owned(),
                "make at least 2 nodes",
            );
        }
        if self.nodes > MOST_NODES || added.iter().any(|count| *count > MOST_NODES) {
            return error(format!("a spec cannot have more than {MOST_NODES} nodes of a kind"), "make fewer");
        }
        if u64::from(self.nodes) * u64::from(self.drawn()) > MOST_EDGES {
            return error(format!("a spec cannot have more than {MOST_EDGES} edges"), "make fewer");
        }
        if self.files == 0 || (self.files > 1 && self.files > self.nodes) {
            return error(
                format!("{} nodes cannot be spread over {} files", self.nodes, self.files),
                "each file needs a node, and there is at least one file",
            );
        }
        Ok(())
    }
}
