//! A topology → the graders whose free text goes back to the agent that they grade and that steers them.

use super::shared::{guards_on_return, in_role};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_001, ASI01, ASI06, L5, LLM01};
use crate::model::text::phrase;
use crate::model::{Piece, Plane, Role, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::GraderLoop, include_str!("grader_loop.md")),
    references: &[ASI01, ASI06, LLM01, AML_T0051_001, L5],
    surface: Some(Surface::Grader),
    severity: Some("4.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = in_role(context, Role::Grader).filter(|edge| {
        guards_on_return(context, edge) == Some(0)
            && context.open(Plane::Influence).reaches(edge.from, edge.to)
    });
    let drafts = found.map(|edge| {
        let (graded, grader) = (edge.from, edge.to);
        let title = phrase!["free text of the grader ", grader, " goes back to ", graded];
        Draft::new(Rule::GraderLoop, vec![grader, graded], title)
            .on_edge(edge)
            .detail(phrase!["an injection in the work comes back as the verdict on it, round after round"])
            .fix(phrase![
                "let the verdict come back in fixed fields: ",
                Piece::Code("returns: {guards: [typed-output]}".to_owned())
            ])
    });
    drafts.collect()
}
