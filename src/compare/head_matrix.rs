//! A comparison → the matrix after the change, where it is small.

use super::comparison::Comparison;
use super::joint::Side;
use crate::analysis::{Matrix, Order};
use crate::model::NodeId;

impl Comparison {
    /// The matrix of the head, and its nodes as they are declared. Nothing where there are none, or more than `most`.
    #[must_use]
    pub fn head_matrix(&self, most: usize) -> Option<(Matrix<'_>, Vec<NodeId>)> {
        let joint = self.joint();
        let nodes: Vec<NodeId> = joint.nodes().filter(|node| joint.has(Side::Head, *node)).collect();
        if nodes.is_empty() || nodes.len() > most {
            return None;
        }
        let graph = self.graph(Side::Head);
        let nodes = Order::Declared.arrange(graph, &nodes);
        Some((Matrix::new(graph), nodes))
    }
}
