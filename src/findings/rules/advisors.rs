//! Advisors and graders: who is listened to more than others.

use crate::analysis::{Path, Witness};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::phrase::{Piece, phrase};
use crate::model::{Edge, NodeId, Plane, Role, Rule, Verb};

/// The invocations in which the callee plays a role.
fn in_role<'g>(context: &RuleContext<'g>, role: Role) -> impl Iterator<Item = &'g Edge> {
    context.edges(Verb::Invoke).filter(move |edge| edge.role == Some(role))
}

/// How many guards stop influence on what comes back; nothing where nothing comes back.
fn guards_on_return(context: &RuleContext<'_>, edge: &Edge) -> Option<u32> {
    let guards = edge.result.as_deref()?.iter();
    let stopping = guards.filter(|guard| context.spec.guard(**guard).stops(Plane::Influence)).count();
    u32::try_from(stopping).ok()
}

/// Advice that comes back and is not logged.
pub(super) fn unlogged_advice(context: &RuleContext<'_>) -> Vec<Draft> {
    let silent = in_role(context, Role::Advisor).filter(|edge| !edge.logged && edge.result.is_some());
    let found = silent.map(|edge| {
        let (executor, advisor) = (edge.from, edge.to);
        let title = phrase!["what ", advisor, " advises ", executor, " is not logged"];
        let draft = Draft::new(Rule::UnloggedAdvice, vec![executor, advisor], title)
            .on_edge(edge)
            .detail(phrase!["an attack that comes through it cannot be reconstructed afterwards"])
            .fix(phrase![
                "use an advisor whose answers are recorded, and say so: ",
                Piece::Code("logged: true".to_owned())
            ]);
        let draft =
            draft.shown_by(phrase!["untrusted content comes in"], context.untrusted_reach().path_to(advisor));
        draft.shown_by(phrase!["and goes on, unlogged"], beyond(context, edge))
    });
    found.collect()
}

/// Where what is advised can do most: the way to the nearest critical node, else to who is advised.
fn beyond(context: &RuleContext<'_>, edge: &Edge) -> Option<Path> {
    let advice = Witness::from_starts(context.graph, Plane::Influence, &[edge.to]);
    let critical =
        context.spec.node_ids().filter(|node| context.spec.node(*node).critical && *node != edge.to);
    let nearest = critical.filter_map(|node| Some((advice.cost_to(node)?, node))).min();
    advice.path_to(nearest.map_or(edge.from, |(_, node)| node))
}

/// An advisor that untrusted content comes to, and whose advice comes back as free text.
pub(super) fn fed_advisor(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = in_role(context, Role::Advisor).filter_map(|edge| {
        let (executor, advisor) = (edge.from, edge.to);
        let on_return = guards_on_return(context, edge)?;
        let path = context.untrusted_reach().path_to(advisor)?;
        let attacker = path.from;
        let title = phrase!["untrusted content from ", attacker, " comes to the advisor ", advisor];
        Some(
            Draft::new(Rule::FedAdvisor, vec![advisor, executor, attacker], title)
                .behind(path.cost.guards.saturating_add(on_return))
                .on_edge(edge)
                .between(attacker, advisor)
                .detail(phrase!["and ", executor, " follows its advice as it comes"])
                .shown_by(phrase!["how it comes there"], Some(path))
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

/// A grader that is steered by whom it grades, or by what steers that one too.
pub(super) fn steered_grader(context: &RuleContext<'_>) -> Vec<Draft> {
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

/// A grader whose free text goes back to the agent that it grades and is steered by.
pub(super) fn grader_loop(context: &RuleContext<'_>) -> Vec<Draft> {
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
