//! A topology → the passive tools that read and send though nobody calls them: either a caller is missing, or they act by themselves.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Piece, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UncalledTool, include_str!("uncalled_tool.md")),
    references: &[],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let tools = context.nodes(NodeKind::Tool).filter(|tool| is_uncalled(context, *tool));
    let drafts = tools.map(|tool| {
        let title = phrase![tool, " reads and sends, but nobody calls it"];
        Draft::new(Rule::UncalledTool, vec![tool], title)
            .detail(phrase!["a tool that only answers carries nothing from what it reads to what it writes"])
            .fix(phrase![
                "say ",
                Piece::Code("relays: true".to_owned()),
                " if it copies by itself (a job, a poller, a sync), or declare who invokes it"
            ])
    });
    drafts.collect()
}

fn is_uncalled(context: &RuleContext<'_>, tool: NodeId) -> bool {
    let edges = || context.declared_of(tool).into_iter().map(|edge| edge.verb);
    let is_called = context.graph.edges_on(tool).any(|id| context.graph.edge(id).verb == Verb::Invoke);
    context.spec.node(tool).is_passive()
        && !is_called
        && edges().any(|verb| matches!(verb, Verb::Read | Verb::Observe))
        && edges().any(|verb| matches!(verb, Verb::Write | Verb::Invoke))
}
