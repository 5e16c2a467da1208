//! A judged topology → what its threat model says beside the findings: surfaces, and the nodes whose compromise is worst.

use super::adopted::{Adopted, surfaces};
use super::assessment::Assessment;
use crate::analysis::{BlastRadius, FleetSizes, Matrix, NodeSizes};
use crate::model::NodeId;

/// How many nodes are told of.
const WORST: usize = 5;

/// The threat model of a topology.
#[derive(Debug)]
#[non_exhaustive]
pub struct ThreatModel<'a, 'g> {
    /// What was found.
    pub assessment: &'a Assessment<'g>,
    /// The surfaces that it uses.
    pub surfaces: Vec<Adopted>,
    /// The nodes with the widest blast radii, the widest first.
    pub worst: Vec<WorstNode<'g>>,
    /// The matrix, whose rows are searched for when they are asked for.
    pub matrix: Matrix<'g>,
}

/// A node whose compromise goes far.
#[derive(Debug)]
#[non_exhaustive]
pub struct WorstNode<'g> {
    /// The node.
    pub node: NodeId,
    /// Its figures.
    pub sizes: NodeSizes,
    /// How far it goes.
    pub blast: BlastRadius<'g>,
}

impl<'a, 'g> ThreatModel<'a, 'g> {
    /// Gathers it.
    #[must_use]
    pub fn of(assessment: &'a Assessment<'g>) -> Self {
        let graph = assessment.graph;
        let sizes = FleetSizes::count(graph, &());
        let mut nodes: Vec<NodeId> = graph.spec().node_ids().collect();
        sizes.rank(&mut nodes);
        nodes.truncate(WORST);
        let worst = nodes.into_iter().map(|node| WorstNode {
            node,
            sizes: sizes.of(node),
            blast: BlastRadius::compute(graph, &[node], 0),
        });
        let worst = worst.collect();
        Self { assessment, surfaces: surfaces(assessment), worst, matrix: Matrix::new(graph) }
    }
}
