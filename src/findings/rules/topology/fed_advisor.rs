//! A topology → the advisors that untrusted content comes to, and whose advice comes back as free text.

use super::shared::{guards_on_return, in_role};
use super::steering::Steering;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_001, AML_T0080_001, ASI01, ASI07, ASI09, L3, L5, LLM01};
use crate::graph::Cost;
use crate::model::text::phrase;
use crate::model::{Piece, Role, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::FedAdvisor, include_str!("fed_advisor.md")),
    references: &[ASI01, ASI07, ASI09, LLM01, AML_T0051_001, AML_T0080_001, L3, L5],
    surface: Some(Surface::Advisor),
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = in_role(context, Role::Advisor).filter_map(|edge| {
        let (executor, advisor) = (edge.from, edge.to);
        let on_return = guards_on_return(context, edge)?;
        let steering = Steering::reaching(context, advisor);
        let is_own = context.untrusted.binary_search(&advisor).is_ok();
        let own = is_own.then_some((Cost::ZERO, advisor));
        let (cost, attacker) = own.or(steering.lead())?;
        let title = match is_own {
            true => phrase!["the advisor ", advisor, " is untrusted itself"],
            false => phrase!["untrusted content from ", attacker, " comes to the advisor ", advisor],
        };
        let mut draft = Draft::new(Rule::FedAdvisor, vec![advisor, executor, attacker], title)
            .behind(cost.guards.saturating_add(on_return))
            .on_edge(edge)
            .between(advisor, executor);
        draft = draft.between_all(steering.by.iter().map(|(_, stranger)| (*stranger, advisor)));
        Some(
            draft
                .detail(phrase!["and ", executor, " follows its advice as it comes"])
                .shown_by(phrase!["how it comes there"], steering.path_of(attacker).filter(|_| !is_own))
                .fix(phrase![
                    "let the advice come back in fixed fields (",
                    Piece::Code("returns: {guards: [typed-output]}".to_owned()),
                    "), or keep untrusted content out of what ",
                    advisor,
                    " sees"
                ]),
        )
    });
    found.collect()
}
