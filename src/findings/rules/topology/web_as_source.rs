//! A topology → the open web where it is declared as a source. It does not come by itself: somebody asks for it by an address, and
//! the address can carry anything away.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0086, ASI01, ASI02, L3, LLM01, LLM02};
use crate::model::text::phrase;
use crate::model::{NodeKind, Piece, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::WebAsSource, include_str!("web_as_source.md")),
    references: &[ASI01, ASI02, LLM01, LLM02, AML_T0051_001, AML_T0086, L3],
    surface: None,
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let webs =
        context.nodes(NodeKind::Source).filter(|node| context.spec.node(*node).declared_kind == Some("web"));
    let found = webs.filter_map(|web| {
        let reads = context.declared_on(web).into_iter().find(|edge| {
            matches!(edge.verb, Verb::Read | Verb::Observe)
                && context.spec.node(edge.from).kind == NodeKind::Agent
        })?;
        let title = phrase![reads.from, " reads the open web, ", web, ", as if it came by itself"];
        let draft = Draft::new(Rule::WebAsSource, vec![web, reads.from], title)
            .at(reads.place)
            .detail(phrase!["who asks for a page can put anything that it knows into the address"])
            .fix(phrase![
                "declare what fetches it as a tool with ",
                Piece::Code("untrusted: true, egress: true".to_owned()),
                ", and have ",
                reads.from,
                " invoke it"
            ]);
        Some(draft)
    });
    found.collect()
}
