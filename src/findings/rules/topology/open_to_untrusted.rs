//! A topology → the critical nodes that untrusted content steers with no guard in between.

use super::shared::critical;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0053, ASI01, ASI07, ASI08, L7, LLM01, LLM06};
use crate::model::Rule;
use crate::model::text::phrase;

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::OpenToUntrusted, include_str!("open_to_untrusted.md")),
    references: &[ASI01, ASI07, ASI08, LLM01, LLM06, AML_T0051_001, AML_T0053, L7],
    surface: None,
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let reached = critical(context).filter(|(_, cost)| cost.is_open());
    let found = reached.filter_map(|(node, _)| {
        let path = context.untrusted_reach().path_to(node)?;
        let from = path.from;
        let title = phrase!["untrusted content from ", from, " steers ", node, ", which is critical"];
        let last = path.hops.last().map(|hop| context.graph.edge(hop.edge));
        let mut draft = Draft::new(Rule::OpenToUntrusted, vec![node, from], title).between(from, node);
        if let Some(edge) = last {
            draft = draft.fix(phrase![
                "put a guard that stops influence where ",
                edge.from,
                " ",
                edge.verb,
                " ",
                edge.to,
                ", or on another hop of the path"
            ]);
        }
        Some(draft.shown_by(phrase!["how ", from, " steers ", node], Some(path)))
    });
    found.collect()
}
