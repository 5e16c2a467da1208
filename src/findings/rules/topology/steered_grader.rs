//! A topology → the graders that are steered by what they grade, or by what steers the graded agent too.

use super::shared::in_role;
use crate::analysis::Witness;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0051_001, ASI01, ASI06, L5, LLM01};
use crate::model::text::phrase;
use crate::model::{Edge, NodeId, Piece, Plane, Role, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::SteeredGrader, include_str!("steered_grader.md")),
    references: &[ASI01, ASI06, LLM01, AML_T0051_001, L5],
    surface: Some(Surface::Grader),
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    in_role(context, Role::Grader).filter_map(|edge| steered(context, edge)).collect()
}

fn steered(context: &RuleContext<'_>, edge: &Edge) -> Option<Draft> {
    let (graded, grader) = (edge.from, edge.to);
    let from_graded = Witness::from_starts(context.graph, Plane::Influence, &[graded]);
    let by_work = from_graded.path_to(grader).filter(|path| path.cost.is_open());
    let (title, by, path) = if let Some(path) = by_work {
        (phrase!["the grader ", grader, " is steered by what it grades: ", graded], graded, path)
    } else {
        let both = |node: &NodeId| {
            let reach = context.open(Plane::Influence);
            reach.reaches(*node, graded) && reach.reaches(*node, grader)
        };
        let source = *context.untrusted.iter().find(|node| both(node))?;
        let path = Witness::from_starts(context.graph, Plane::Influence, &[source]).path_to(grader)?;
        (phrase!["the grader ", grader, " is steered by what feeds ", graded, " too: ", source], source, path)
    };
    Some(
        Draft::new(Rule::SteeredGrader, vec![grader, graded, by], title)
            .on_edge(edge)
            .between(by, grader)
            .detail(phrase!["its verdict is no control: who steers the work steers the verdict"])
            .shown_by(phrase!["how"], Some(path))
            .fix(phrase![
                "hand the work over in a form that carries no orders (a guard such as ",
                Piece::Code("quarantine".to_owned()),
                " where ",
                graded,
                " invokes ",
                grader,
                "), and let nobody else write to it"
            ]),
    )
}
