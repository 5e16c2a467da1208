//! Rules of the spec's own that a change breaks or lets say less.

use super::names::Words;
use crate::compare::{ContractId, Side};
use crate::findings::{Evidence, Finding};
use crate::model::text::{name, phrase, quoted};
use crate::model::{Piece, Text};
use crate::report::name::visible;
use crate::report::sentence::one_line;

impl Words<'_> {
    /// What proves that a rule is broken, and what else there is to know, a line each.
    pub(in crate::report) fn told_of_breach(&self, finding: &Finding) -> impl Iterator<Item = Text> {
        let evidence = finding.evidence().iter().map(|one| self.proof(one));
        evidence.chain(finding.details().iter().cloned())
    }

    fn proof(&self, one: &Evidence) -> Text {
        let graph = self.comparison.graph(Side::Head);
        let mut path = one_line(graph, &one.path);
        if let Some(edge) = one.act.map(|id| graph.edge(id)) {
            path += &format!(" -{}-> {}", edge.verb.letter(), visible(graph.spec().node_name(edge.to)));
        }
        phrase![one.label.clone(), ": ", Piece::Path(path)]
    }

    /// A rule that is gone, or that says less.
    pub(super) fn loosened(&self, entry: ContractId, says_less: bool) -> Text {
        let contract = self.comparison.joint().contract(entry);
        let rule = match &contract.name {
            Some(own) => phrase!["rule ", name(own.as_str())],
            None => phrase!["a rule"],
        };
        let less = if says_less { ") asks for less than it did" } else { ") is taken away" };
        let why = quoted(contract.why.as_str());
        let key = contract.term.key();
        phrase!["protection lowered: ", rule, " (", key, less, "; it must hold because: ", why]
    }
}
