//! The pairs of a finding: which of them are told, in which order, and by which answer.

use super::names::Words;
use crate::compare::Delta;
use crate::findings::{Finding, Pair};

impl Words<'_> {
    /// How many pairs a finding tells of: those of nodes on both sides; if there are none, all.
    pub(in crate::report) fn count(&self, finding: &Finding) -> usize {
        let known = finding.pairs.iter().filter(|pair| !pair.is_of_other_node).count();
        if known == 0 { finding.pairs.len() } else { known }
    }

    /// The pairs that a finding tells of.
    pub(in crate::report) fn told(finding: &Finding) -> &[Pair] {
        let known = finding.pairs.iter().take_while(|pair| !pair.is_of_other_node).count();
        if known == 0 { &finding.pairs } else { &finding.pairs[..known] }
    }

    /// The pairs of a finding as they are listed: those of nodes on both sides first, influence before exposure and that before
    /// what can be had done, each by what it costs.
    pub(in crate::report) fn ordered(finding: &Finding) -> Vec<&Pair> {
        let mut pairs: Vec<&Pair> = finding.pairs.iter().collect();
        pairs.sort_by_key(|pair| {
            let lead = lead(pair);
            (pair.is_of_other_node, lead.question, lead.after.or(lead.before))
        });
        pairs
    }
}

/// The answer by which a pair is told: the first one, so influence where that changed.
pub(in crate::report) fn lead(pair: &Pair) -> Delta {
    // A pair without any is never made.
    pair.deltas.first().copied().unwrap_or(Delta {
        from: pair.from,
        to: pair.to,
        question: crate::model::Way::Influence,
        before: None,
        after: None,
        cause: None,
    })
}
