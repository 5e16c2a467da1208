//! The surfaces that a topology uses: where, with which findings against each, and a paragraph for the threat model on each place.

use super::assessment::Assessment;
use super::paragraphs::{Paragraph, Writer};
use super::surface::Surface;

/// A surface that a topology uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Adopted {
    /// The surface.
    pub surface: Surface,
    /// Where it is used, in node order.
    pub places: Vec<Paragraph>,
    /// Positions of the findings against it.
    pub findings: Vec<usize>,
}

/// The surfaces that a topology uses, in the order of the documentation.
#[must_use]
pub fn surfaces(assessment: &Assessment<'_>) -> Vec<Adopted> {
    let writer = Writer::new(assessment.graph);
    let adopted = Surface::ALL.iter().map(|surface| {
        let findings = assessment.findings.iter().enumerate();
        let against = findings.filter(|(_, finding)| finding.rule.surface() == Some(*surface));
        Adopted {
            surface: *surface,
            places: writer
                .places(*surface)
                .into_iter()
                .map(|node| writer.paragraph(*surface, node))
                .collect(),
            findings: against.map(|(position, _)| position).collect(),
        }
    });
    adopted.filter(|adopted| !adopted.places.is_empty()).collect()
}
