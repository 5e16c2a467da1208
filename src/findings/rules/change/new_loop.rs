//! CW006: nodes that can now all steer each other.

use super::context::ChangeContext;
use crate::compare::NewLoop;
use crate::findings::finding::{About, Draft};
use crate::findings::fingerprint;
use crate::model::Rule;

pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    context.comparison.loops().iter().map(|new| of_loop(context, new)).collect()
}

fn of_loop(context: &ChangeContext<'_>, new: &NewLoop) -> Draft {
    let comparison = context.comparison;
    let names = new.nodes.iter().map(|node| comparison.joint().name(*node));
    let changes = &comparison.cause(new.cause).changes;
    let about = About::Loop { nodes: new.nodes.clone(), cause: new.cause };
    Draft::about(Rule::NewLoop, about, vec![fingerprint::of_loop(names)])
        .at(super::paths::place(comparison, changes, &[]))
        .caused_by(context.edge(changes))
}
