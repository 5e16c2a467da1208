//! A topology → the general tools that untrusted content steers: whoever writes the mail runs commands.

use super::open_to_untrusted::open;
use super::steering::Steering;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0053, ASI02, ASI05, L7, LLM01, LLM06};
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::SteeredGeneral, include_str!("steered_general.md")),
    references: &[ASI02, ASI05, LLM01, LLM06, AML_T0051_001, AML_T0053, L7],
    surface: None,
    severity: Some("8.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    // What is critical is told as that.
    let general = context.spec.node_ids().filter(|id| {
        let node = context.spec.node(*id);
        node.general && !node.critical
    });
    general
        .filter_map(|tool| open(context, Rule::SteeredGeneral, tool).or_else(|| guarded(context, tool)))
        .collect()
}

/// What steers it past guards alone.
fn guarded(context: &RuleContext<'_>, tool: NodeId) -> Option<Draft> {
    let steering = Steering::of_actor(context, tool);
    let (cost, from) = steering.lead()?;
    let title = phrase![
        "untrusted content from ",
        from,
        " steers ",
        tool,
        ", which can be made to do anything, behind ",
        count(cost.guards as usize, "guard")
    ];
    let mut draft = Draft::new(Rule::SteeredGeneral, vec![tool, from], title).behind(cost.guards);
    draft = draft.between_all(steering.by.iter().map(|(_, stranger)| (*stranger, tool)));
    for others in steering.others().into_iter().chain(steering.guarded()) {
        draft = draft.detail(others);
    }
    let path = steering.path_of(from);
    Some(draft.shown_by(phrase!["how ", from, " steers ", tool], path).fix(phrase![
        "keep what strangers say away from whoever calls ",
        tool,
        ", or let it do less than anything"
    ]))
}
