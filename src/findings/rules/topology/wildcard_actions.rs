//! A topology → the roles and keys with a wildcard among their actions.

use super::shared::assumed;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0012, AML_T0081, ASI03, L4, L6, LLM06};
use crate::model::text::phrase;
use crate::model::{Piece, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::WildcardActions, include_str!("wildcard_actions.md")),
    references: &[ASI03, LLM06, AML_T0012, AML_T0081, L4, L6],
    surface: Some(Surface::Principals),
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = assumed(context).filter_map(|role| {
        let actions = context.spec.node(role).actions().iter();
        let wild: Vec<&str> = actions.map(|action| &**action).filter(|action| action.contains('*')).collect();
        let first = *wild.first()?;
        let title = phrase![role, " may do whatever matches ", Piece::Quoted(first.to_owned())];
        let mut draft = Draft::new(Rule::WildcardActions, vec![role], title);
        if wild.len() > 1 {
            draft = draft.detail(phrase!["and whatever matches ", Piece::Quoted(wild[1..].join(", "))]);
        }
        Some(draft.fix(phrase!["list the actions that it needs, one by one"]))
    });
    found.collect()
}
