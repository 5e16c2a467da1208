//! Rules of the spec's own that a change breaks or lets say less.

use super::Words;
use crate::compare::{ContractId, Side};
use crate::findings::Evidence;
use crate::findings::Finding;
use crate::report::name::visible;
use crate::report::page::Page;
use crate::report::sentence::one_line;
use crate::report::threat::words::Words as Sentences;

impl Words<'_> {
    /// How sentences about the topology are written here. Places in them may hold anybody's words.
    pub(in crate::report) fn sentences(&self) -> Sentences<'_> {
        let (name, spec) = (self.name, self.comparison.joint().spec(Side::Head));
        Sentences { spec, name, code: Page::code(self.style), quoted: Page::quoted(self.style) }
    }

    /// What proves that a rule is broken, and what else there is to know, a line each.
    pub(in crate::report) fn told_of_breach<'a>(
        &'a self,
        finding: &'a Finding,
    ) -> impl Iterator<Item = String> + 'a {
        let evidence = finding.evidence().iter().map(|one| self.proof(one));
        evidence.chain(finding.details().iter().map(|detail| self.sentences().phrase(detail)))
    }

    fn proof(&self, one: &Evidence) -> String {
        let graph = self.comparison.graph(Side::Head);
        let mut path = one_line(graph, &one.path);
        if let Some(edge) = one.act.map(|id| graph.edge(id)) {
            path += &format!(" -{}-> {}", edge.verb.letter(), visible(graph.spec().node_name(edge.to)));
        }
        format!("{}: {}", self.sentences().phrase(&one.label), self.style.path(&path))
    }

    /// A rule that is gone, or that says less.
    pub(super) fn loosened(&self, entry: ContractId, says_less: bool) -> String {
        let contract = self.comparison.joint().contract(entry);
        let key = contract.term.key();
        let rule = match &contract.name {
            Some(name) => format!("rule {} ({key})", (self.name)(name)),
            None => format!("a rule ({key})"),
        };
        let less = if says_less { "asks for less than it did" } else { "is taken away" };
        format!(
            "protection lowered: {rule} {less}; it must hold because: {}",
            self.style.quoted(&contract.why)
        )
    }
}
