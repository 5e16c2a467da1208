//! Authority: credentials that spread, what they open, and roles, closed together with the flows.

use crabwalk::analysis::Reachability;
use crabwalk::fleet::{Secrets, Shape};
use crabwalk::graph::{CapabilityGraph, Strength};
use crabwalk::model::Plane;

use super::Settings;
use crate::page::{Line, Page};
use crate::race::{human, race, ratio, timed_alone};
use crate::support::workload::{Density, plain, spec};

const TASK: &str = "authority, closed to its fixpoint";

pub(crate) fn authority(settings: Settings, page: &mut Page) {
    let some = |count| settings.nodes(count);
    let secrets = Secrets { credentials: some(1_000), general_tools: some(100), roles: some(100) };
    let spec = spec(plain(Shape::OrgDense, settings.nodes(10_000)).with_secrets(secrets));
    let graph = CapabilityGraph::build(spec.clone());
    let close = || Reachability::close(&graph, Plane::Influence, Strength::Any);
    let [build, one] = race(
        settings.effort,
        [
            Box::new(|| {
                let spec = spec.clone();
                timed_alone(|| CapabilityGraph::build(spec))
            }),
            Box::new(|| timed_alone(close)),
        ],
    );
    let Secrets { credentials, general_tools, roles } = secrets;
    let workload = format!(
        "{}, {credentials} credentials, {general_tools} general tools, {roles} roles",
        graph.spec().name
    );
    let derived = graph.derived_count();
    let measured = format!(
        "{} for the whole build with {derived} derived edges, one closure of the result {}",
        human(build),
        human(one)
    );
    page.add(Line::at_most(TASK, &workload, measured, ratio(build, one), 30.0));
    page.workload(&workload, Density::of(&graph));
}
