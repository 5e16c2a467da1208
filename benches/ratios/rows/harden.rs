//! The smallest cut between what is untrusted and what is precious, with the changes that make it recomputed from the spec: against petgraph's
//! maximum flow, on the whole plane and on what lies between, which somebody has found out for it.

use crabwalk::fleet::Shape;
use crabwalk::graph::CapabilityGraph;
use crabwalk::hardening::{By, CutAnswer, Question, smallest_cut};
use crabwalk::model::Plane;

use super::Settings;
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed};
use crate::support::peers;
use crate::support::workload::{Density, graph, plain, without_secrets};

const TASK: &str = "the smallest cut, and the changes that make it";

/// How many edges it has.
fn size(answer: &CutAnswer) -> u64 {
    match answer {
        CutAnswer::Cut { near_ends, .. } => near_ends.edges.len() as u64,
        _ => 0,
    }
}

pub(crate) fn harden(settings: Settings, page: &mut Page) {
    let graph: CapabilityGraph = graph(without_secrets(plain(Shape::OrgDense, settings.nodes(100_000))));
    let (from, to) = (Question::untrusted(graph.spec()), Question::precious(graph.spec()));
    let question = Question::new(Plane::Influence, By::Edges, &from, &to);
    let [plane, between] = peers::flow_networks(&graph, &question.between(graph.flows()));
    let [ours, on_plane, on_between] = race(
        settings.effort,
        [
            Box::new(|| timed(|| smallest_cut(&graph, &question), size)),
            Box::new(|| timed(|| peers::maximum_flow(&plane), |flow| *flow)),
            Box::new(|| timed(|| peers::maximum_flow(&between), |flow| *flow)),
        ],
    );
    let workload = graph.spec().name.clone();
    let edges = size(&smallest_cut(&graph, &question));
    let cut = format!("{} ({edges} edges between {} nodes and {})", human(ours), from.len(), to.len());
    let measured = format!("{cut}, petgraph `dinics` {}", human(on_plane));
    page.add(Line::at_most(TASK, &workload, measured, ratio(ours, on_plane), 1.0));
    let measured = format!("{}, `dinics` on what lies between alone {}", human(ours), human(on_between));
    page.add(Line::at_most(TASK, &workload, measured, ratio(ours, on_between), 1.0));
    page.workload(&workload, Density::of(&graph));
}
