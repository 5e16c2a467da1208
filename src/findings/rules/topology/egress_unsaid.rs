//! A topology → the untrusted tools that do not say whether they let out what they are given: strangers may run them, and then they do.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::model::text::phrase;
use crate::model::{NodeKind, Piece, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::EgressUnsaid, include_str!("egress_unsaid.md")),
    references: &[],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let tools = context.nodes(NodeKind::Tool).filter(|tool| {
        let node = context.spec.node(*tool);
        node.untrusted && node.declared.flag("egress").is_none()
    });
    let drafts = tools.map(|tool| {
        let title = phrase![tool, " is untrusted and does not say whether what it is given gets out"];
        Draft::new(Rule::EgressUnsaid, vec![tool], title)
            .detail(phrase!["until it says so, whatever comes to it counts as learned by strangers"])
            .fix(phrase![
                "say ",
                Piece::Code("egress: true".to_owned()),
                " if strangers see what it is asked, and ",
                Piece::Code("egress: false".to_owned()),
                " if only what it answers is theirs"
            ])
    });
    drafts.collect()
}
